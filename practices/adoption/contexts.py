"""The profiles of the nineteen CPAS, read: what the mirror and its form compare and show.

A name of its own: the database side of mirror.py, which stays pure.
"""

from collections.abc import Iterable

from agora.vocabulary import lists

from ..models import CpasContext
from .mirror import Profile, profile_of


def profiles_of(codes: Iterable[str]) -> dict[str, Profile]:
    """Return the profiles of some CPAS by INS code; those that said nothing have their size (two queries)."""
    said = {
        context.pk: [c.slug for c in context.circumstances.all()]
        for context in CpasContext.objects.filter(pk__in=list(codes)).prefetch_related("circumstances")
    }
    known = lists.cpas_by_ins()
    return {code: profile_of(known[code], said.get(code)) for code in codes if code in known}
