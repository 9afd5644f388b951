"""What a CPAS says about a practice and about itself. Each act checks, changes, and leaves its trace.

A form, an import and an adaptation declare by the same acts. The log tells who and when; what a CPAS said
before is not kept: it is asked what it does now.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from agora.vocabulary import lists

from ..actions import publish_version
from ..fields import PracticeFields
from ..models import Adoption, CpasContext, PracticePage, RevisionNote
from .fields import KEPT, Declaration
from .mirror import ASKED
from .permissions import can_advance, can_declare, can_speak_for

DECLARED, WITHDRAWN = "practices.declare", "practices.withdraw"


@transaction.atomic
def declare(practice: PracticePage, said: Declaration, *, by) -> Adoption:
    """Say what a CPAS does with a practice, in place of what it said before; return the row.

    Any validated member may for their own CPAS, whoever of them declared before; a moderator for any.
    Raises PermissionDenied, and ValidationError (by field). The maturity of the sheet does not move: it
    is one of its texts, that whoever keeps it answers for (see `advance`).
    """
    if not can_declare(by, practice, said.cpas):
        raise PermissionDenied(_("On ne parle que pour son propre CPAS."))
    said.check()
    adoption = _row(practice, said.cpas)
    if adoption.pk is None or Declaration.of(adoption) != said or adoption.declared_by_id is None:
        adoption.declared_by = by
        _write(adoption, said)
        log(practice, DECLARED, user=by, data={"cpas": said.cpas, "state": said.state})
    return adoption


@transaction.atomic
def declare_imported(practice: PracticePage, declared: Iterable[Declaration]) -> bool:
    """Write what a file says that CPAS did with a sheet; what a member declared on the site stays as it is.

    Returns whether anything changed. The declarations were checked by whoever read the file.
    """
    moved, declared = False, list(declared)
    rows = Adoption.objects.select_for_update().filter(practice=practice) if declared else ()
    known = {row.cpas_id: row for row in rows}
    for said in declared:
        adoption = known.setdefault(said.cpas, Adoption(practice=practice, cpas_id=said.cpas))
        is_new = adoption.pk is None
        if adoption.declared_by_id is None and (is_new or Declaration.of(adoption) != said):
            _write(adoption, said)
            moved = True
    return moved


@transaction.atomic
def declare_adapted(practice: PracticePage, cpas: str, month, *, by) -> Adoption:
    """Say that a CPAS adapted a practice; what it had said of it, and since when, stays. See `declare`."""
    known = Adoption.objects.filter(practice=practice, cpas_id=cpas).first()
    if known is None or known.state == Adoption.State.STOPPED:
        return declare(practice, Declaration(cpas, Adoption.State.ADAPTED, month), by=by)
    return declare(practice, replace(Declaration.of(known), state=Adoption.State.ADAPTED), by=by)


@transaction.atomic
def withdraw(practice: PracticePage, cpas: str, *, by) -> Declaration | None:
    """Take back what a CPAS said, as if it had said nothing; return it, so that `declare` can undo this."""
    if not can_declare(by, practice, cpas):
        raise PermissionDenied(_("On ne parle que pour son propre CPAS."))
    adoption = Adoption.objects.select_for_update().filter(practice=practice, cpas_id=cpas).first()
    if adoption is None:
        return None
    said = Declaration.of(adoption)
    adoption.delete()
    log(practice, WITHDRAWN, user=by, data={"cpas": cpas})
    return said


def _row(practice: PracticePage, cpas: str) -> Adoption:
    found = Adoption.objects.select_for_update().filter(practice=practice, cpas_id=cpas).first()
    return found or Adoption(practice=practice, cpas_id=cpas)


def _write(adoption: Adoption, said: Declaration) -> None:
    for name in KEPT:
        setattr(adoption, name, getattr(said, name))
    adoption.save()


@transaction.atomic
def describe(cpas: str, circumstances: Iterable[str], *, by) -> CpasContext:
    """Say what a CPAS is like (slugs of circumstances), in place of what was said before; return it.

    Slugs that are not asked of a CPAS are left out: its size is known. PermissionDenied for others.
    """
    if not can_speak_for(by, cpas):
        raise PermissionDenied(_("On ne parle que pour son propre CPAS."))
    known = lists.circumstances().by_slug
    chosen = [known[slug] for slug in set(circumstances) if slug in known]
    context, _new = CpasContext.objects.select_for_update().get_or_create(cpas_id=cpas)
    context.circumstances.set([c for c in chosen if c.dimension in ASKED])
    context.updated_by = by
    context.save()
    return context


def has_been_tried(practice: PracticePage) -> list[Adoption]:
    """Return the declarations that make « essayée ailleurs » true, oldest first: of others, not stopped."""
    ours = practice.adoptions.exclude(state=Adoption.State.STOPPED).select_related("cpas")
    return [adoption for adoption in ours if adoption.cpas_id != practice.origin_id]


@transaction.atomic
def advance(practice: PracticePage, *, by) -> PracticePage:
    """Say that a practice that was only told is tried elsewhere, since somebody declared so; return it.

    A version like another, so that the history tells who decided. PermissionDenied for whoever does not
    keep the sheet; nothing moves when it is no longer only told, or when nobody tries it any more.
    """
    practice = PracticePage.objects.select_for_update().get(pk=practice.pk)
    if not can_advance(by, practice):
        raise PermissionDenied
    tried = has_been_tried(practice)
    if practice.maturity != PracticePage.Maturity.TOLD or not tried:
        return practice
    with override(practice.locale.language_code):
        reason = _("Essayée aussi ailleurs : %(cpas)s.") % {"cpas": tried[0].cpas.name}
    return publish_version(
        practice,
        replace(PracticeFields.of(practice), maturity=PracticePage.Maturity.TRIED),
        by=by,
        significance=RevisionNote.Significance.MINOR,
        reason=reason,
        based_on=practice.live_revision_id,
    )


__all__ = [
    "Declaration",
    "advance",
    "declare",
    "declare_adapted",
    "declare_imported",
    "describe",
    "has_been_tried",
    "withdraw",
]
