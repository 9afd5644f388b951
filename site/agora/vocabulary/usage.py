"""Whether a word is in use: a word that somebody chose is hidden, never deleted."""

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _


def is_used(row: Model) -> bool:
    """Return True when any row of any room points to this one (foreign key or list of words)."""
    relations = (field for field in row._meta.get_fields(include_hidden=True) if field.auto_created)
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in relations
        if not relation.concrete and (relation.one_to_many or relation.one_to_one or relation.many_to_many)
    )


def refuse_if_used(sender: type[Model], instance: Model, **signal: object) -> None:
    """Stop any deletion of a word in use, whatever code asks for it.

    Lists of words (many-to-many) have no PROTECT of their own: without this, deleting a theme would
    take it off every sheet in silence. Raises ProtectedError.
    """
    if is_used(instance):
        raise ProtectedError(why_not([instance]), {instance})


def why_not(rows: list[Model]) -> str:
    """Return what an editor reads about words in use, and what to do instead."""
    names = ", ".join(str(row) for row in rows)
    return _(
        "%(names)s : déjà choisi dans des fiches ou des profils, donc pas de suppression. Décochez "
        "« proposé dans les formulaires » : plus personne ne pourra le choisir, et rien ne changera ailleurs."
    ) % {"names": names}
