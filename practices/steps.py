"""The five small steps in which a sheet is written. Any order; nothing is required before publishing.

A name of its own: forms, views and drafts all need to know which field is asked where.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form: its number from 1, its title, the fields it asks for."""

    number: int
    title: str | Promise
    fields: tuple[str, ...]


STEPS = (
    Step(1, _("L’essentiel"), ("title", "summary", "problem", "kind")),
    Step(2, _("Comment on fait"), ("steps", "means", "tools", "attachments")),
    Step(3, _("Ce que ça change"), ("effects", "key_functions", "conditions", "pitfalls", "maturity")),
    Step(
        4,
        _("Pour qui"),
        ("themes", "publics", "functions", "services", "missions", "circumstances", "origin", "contacts"),
    ),
    Step(5, _("Relire"), ("significance", "reason", "vouched")),
)
HOW, FILING = 2, 4
REVIEW = STEPS[-1].number


def step_of(number: int | str) -> Step:
    """Return a step by its number, the first one when there is no such step."""
    text = str(number)
    return STEPS[int(text) - 1] if text in {"1", "2", "3", "4", "5"} else STEPS[0]


def step_asking(field: str) -> Step:
    """Return the step where a field is asked; the first one for a field that is asked nowhere."""
    return next((step for step in STEPS if field in step.fields), STEPS[0])
