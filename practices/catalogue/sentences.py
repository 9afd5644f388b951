"""The sentences of the list: how many sheets, how many filters, what the button does."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .asked import Request


def lead(count: int, *, member: bool) -> str:
    """Say how many sheets there are for this reader, and what they are."""
    if not count:
        return _("Des façons de faire, racontées par celles et ceux qui les ont essayées.")
    if member:
        said = ngettext(
            "%(count)d façon de faire, racontée par celles et ceux qui l’ont essayée. "
            "Y compris quand ça n’a pas marché.",
            "%(count)d façons de faire, racontées par celles et ceux qui les ont essayées. "
            "Y compris celles qui n’ont pas marché.",
            count,
        )
    else:
        said = ngettext(
            "%(count)d façon de faire ouverte à tous, racontée par celles et ceux qui l’ont essayée.",
            "%(count)d façons de faire ouvertes à tous, racontées par celles et ceux qui les ont essayées.",
            count,
        )
    return said % {"count": count}


def counted(count: int) -> str:
    """Return « 12 fiches »."""
    if not count:
        return _("Aucune fiche")
    return ngettext("%(count)d fiche", "%(count)d fiches", count) % {"count": count}


def unit(count: int) -> str:
    """Return « fiches », for screen readers, beside a count."""
    return ngettext("fiche", "fiches", count)


def active(request: Request) -> str:
    """Return « 2 filtres actifs », or nothing."""
    count = sum(map(len, request.chosen.values())) + bool(request.words)
    if not count:
        return ""
    return ngettext("%(count)d filtre actif", "%(count)d filtres actifs", count) % {"count": count}


def to_show(count: int) -> str:
    """Return the words of the button that applies the filters."""
    if not count:
        return _("Montrer les fiches")
    return ngettext("Montrer la fiche", "Montrer les %(count)d fiches", count) % {"count": count}
