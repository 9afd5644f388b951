"""The order of the answers, beyond how well the words fit: one formula, the same on every engine.

final = fit × weight of the kind × (1 + 0.25 · e^(−age / 365 days)) × (1 + 0.10 · ln(1 + useful))
A fresh text gains at most a quarter; « utile » said ten times gains a quarter too.
"""

import math

FRESHNESS, YEAR_DAYS, USEFULNESS = 0.25, 365.0, 0.10


def lasting(weight: float, useful: int) -> float:
    """Return the factor of a contribution that does not depend on the day: its kind and its thanks."""
    return weight * (1 + USEFULNESS * math.log1p(max(useful, 0)))


def freshness(age_days: float) -> float:
    """Return the factor of age; the future counts as today."""
    return 1 + FRESHNESS * math.exp(-max(age_days, 0.0) / YEAR_DAYS)
