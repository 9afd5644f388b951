"""« Et chez vous ? » on a sheet: what the reader's own CPAS said, who declared, what the keeper may say.

A name of its own: one of the concerns of practices.sheet.personal.
"""

from functools import lru_cache
from typing import Any

from django.db.models import F
from django.utils import timezone

from agora.people.models import Member
from agora.vocabulary import lists

from ..addresses import adapt_url, adopt_url, mirror_url
from ..models import Adoption, PracticePage
from ..wording import day, interface_language
from .permissions import can_adapt, can_advance
from .spoken import Trier, trier_of


def at_ours(user, practice: PracticePage, mark: str) -> dict[str, Any]:
    """Return what a member reads about their own CPAS and about who declared.

    The register is kept under the catalogue's mark, which moves with any declaration and any person.
    """
    language, ours = interface_language(), lists.cpas_by_ins().get(user.cpas_id)
    rows = _register(practice.pk, mark)
    mine, declared = _said(practice.pk, user.cpas_id, mark, lists.stamp(), language)
    return {
        "at_ours": mine,
        "our_cpas": ours.name if ours else "",
        "declared": declared,
        "adopt_url": adopt_url(practice.slug, language),
        "mirror_url": mirror_url(practice.slug, language),
        "adapt_url": adapt_url(practice.slug, language) if can_adapt(user, practice) else "",
        "tried_by": _tried_by(user, practice, rows),
    }


@lru_cache(maxsize=512)
def _register(pk: int, _mark: str) -> list[Adoption]:
    """Return what the CPAS said of a sheet, oldest first; shared by all readers: never change it."""
    found = Adoption.objects.filter(practice=pk).select_related("cpas", "declared_by").order_by("since", "pk")
    # Asked along: neither is in the identity that the page of a sheet begins with.
    return list(found.annotate(maturity=F("practice__maturity"), origin=F("practice__origin")))


@lru_cache(maxsize=1024)
def _said(pk: int, cpas: str | None, mark: str, _words: object, _language: str) -> tuple[Trier | None, tuple]:
    """Return what one CPAS said of a sheet, and who declared what when, as all its people read it."""
    rows = _register(pk, mark)
    mine = next((row for row in rows if row.cpas_id == cpas), None)
    declared = tuple(
        (row.cpas.name, row.declared_by.signature, day(timezone.localdate(row.updated_at)))
        for row in rows
        if row.declared_by is not None and row.declared_by.status != Member.Status.LEFT
    )
    return trier_of(mine, origin=None) if mine else None, declared


def _tried_by(user, practice: PracticePage, rows: list[Adoption]) -> str:
    """Name the CPAS that tries a practice which its sheet only calls told, to whoever keeps the sheet."""
    elsewhere = [row for row in rows if row.state != Adoption.State.STOPPED and row.cpas_id != row.origin]
    is_told = bool(elsewhere) and elsewhere[0].maturity == PracticePage.Maturity.TOLD
    return elsewhere[0].cpas.name if is_told and can_advance(user, practice) else ""
