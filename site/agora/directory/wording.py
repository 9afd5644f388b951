"""Words of closed lists as people type them."""

import re

# « Médiateur·trice », « Infirmier·ère », « administratif·ve »: what the ending takes the place of.
_REPLACES = {"trice": "teur", "ère": "er", "ve": "f", "euse": "eur"}
_INCLUSIVE = re.compile(r"(\w+)·(\w+)")


def feminine(name: str) -> str:
    """Return « Médiatrice » for « Médiateur·trice », which search reads as the masculine."""

    def whole(found: re.Match) -> str:
        stem, ending = found.groups()
        return stem.removesuffix(_REPLACES.get(ending, "")) + ending

    return _INCLUSIVE.sub(whole, name)
