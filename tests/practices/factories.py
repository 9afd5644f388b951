"""Sheets for the tests, the same as those that the act publishes."""

from itertools import count

from practices.actions import PracticeFields, create_practice
from practices.models import PracticePage

from .rows import write_sheet

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


def make_practice(
    *, by, language: str = "fr", is_showcase: bool = False, fields: PracticeFields | None = None, **changes
) -> PracticePage:
    """A published sheet by a member; keyword arguments are fields of the sheet (needs the fixture `tree`)."""
    return write_sheet(fields or fields_of(**changes), by=by, language=language, is_showcase=is_showcase)


def publish_practice(*, by, language: str = "fr", is_showcase: bool = False, **changes) -> PracticePage:
    """The same through the act, with all that it checks: for the tests of the act."""
    return create_practice(fields_of(**changes), by=by, language=language, is_showcase=is_showcase)
