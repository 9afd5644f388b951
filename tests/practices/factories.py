"""Sheets for the tests, made through the same act as real ones."""

from itertools import count

from practices.actions import PracticeFields, create_practice
from practices.models import PracticePage

_numbers = count(1)

TEXTS = {
    "title": "Un tableau pour les prolongations",
    "summary": "Au mur, trois colonnes montrent les dossiers à prolonger. Plus de surprise.",
    "problem": "Chacun suit ses échéances dans son carnet :\n\n- on cherche,\n- on attend.",
    "steps": "1. **Tracer** les colonnes.\n2. **Relire** le lundi.",
    "themes": ("accueil-flux",),
}


def fields_of(**changes) -> PracticeFields:
    """The fields of a complete small sheet, with some replaced; its title is new each time by default."""
    title = f"{TEXTS['title']} {next(_numbers)}"
    return PracticeFields(**(TEXTS | {"title": title} | changes))


def make_practice(*, by, language: str = "fr", is_showcase: bool = False, **fields) -> PracticePage:
    """A published sheet by a member; keyword arguments are fields of the sheet (needs the fixture `tree`)."""
    return create_practice(fields_of(**fields), by=by, language=language, is_showcase=is_showcase)
