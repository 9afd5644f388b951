"""What can be done to a sheet. Each act checks, changes in one transaction, and leaves its trace.

The index hears of every act through `signals.py`, which also serves what is published from Wagtail's admin.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction

from agora.attachments.rows import attachments_among
from agora.richtext.plain import one_line

from .attached.permissions import check_files
from .fields import LISTS, TOO_LONG, PracticeFields
from .models import SECTIONS, PracticeIndexPage, PracticePage, RevisionNote
from .permissions import can_archive, can_edit, can_showcase, can_write
from .review.extent import why_not_minor
from .review.permissions import can_publish_directly

__all__ = [
    "PracticeFields",
    "StaleEdit",
    "archive_practice",
    "change_practice",
    "create_practice",
    "publish_version",
    "set_showcase",
]

SLUG_LENGTH = 80
REASON_LENGTH = 300
# Words that the address of a sheet may not be: our own pages stand there (see urls.py).
RESERVED_SLUGS = frozenset(
    {"ecrire", "schrijven", "propositions", "voorstellen", "a-relire", "te-herlezen"}
    | {"contexte", "context", "famille", "familie"}
    | {"que-je-tiens", "die-ik-bijhoud", "sans-personne", "zonder-beheerder"}
)
# How big a change may be said to be; a first version is told by the act that makes it.
EXTENTS = (
    RevisionNote.Significance.MINOR,
    RevisionNote.Significance.MEDIUM,
    RevisionNote.Significance.MAJOR,
)


class StaleEdit(Exception):
    """Somebody published another version since the one this change started from.

    `latest`: the number of the revision that is published now.
    """

    def __init__(self, latest: int | None) -> None:
        super().__init__(f"The published revision is now {latest}.")
        self.latest = latest


@transaction.atomic
def create_practice(
    fields: PracticeFields,
    *,
    by,
    language: str,
    is_showcase: bool = False,
    external_id: str | None = None,
    translation_of: PracticePage | None = None,
    reviewed_on: date | None = None,
    published_at: datetime | None = None,
) -> PracticePage:
    """Publish a new sheet in the catalogue of one language, and return it.

    `by`: its author. `translation_of`: the same practice in the other language. `reviewed_on`: the day
    it was last found true, by default the day of publication. `published_at`: when an import tells of
    the past. Raises PermissionDenied, and ValidationError (by field) when the fields cannot stand.
    """
    if not can_write(by):
        raise PermissionDenied(_("Écrire une fiche demande un compte validé."))
    fields.check()
    check_files(fields, None, by)
    # The lock makes the choice of the address, and the place in the tree, one writer at a time.
    index = PracticeIndexPage.objects.select_for_update().filter(locale__language_code=language).first()
    if index is None:
        raise ValidationError({"language": _("Il n’y a pas de catalogue dans cette langue.")})
    moment = published_at or timezone.now()
    practice = PracticePage(
        slug=free_slug(fields.title, index),
        locale=index.locale,
        owner=by,
        live=False,
        is_showcase=is_showcase,
        external_id=external_id,
        reviewed_on=reviewed_on or timezone.localdate(moment),
        first_published_at=moment,
    )
    if translation_of is not None:
        if PracticePage.objects.filter(
            translation_key=translation_of.translation_key, locale=index.locale
        ).exists():
            raise ValidationError({"translation_of": _("Cette fiche est déjà traduite dans cette langue.")})
        practice.translation_key = translation_of.translation_key
    _apply(fields, practice)
    index.add_child(instance=practice)
    return _publish(practice, by, RevisionNote.Significance.CREATED, moment=published_at)


@transaction.atomic
def change_practice(
    practice: PracticePage,
    fields: PracticeFields,
    *,
    by,
    significance: str,
    reason: str = "",
    based_on: int | None,
) -> PracticePage:
    """Publish a member's change at once, and return the sheet as it now stands.

    `based_on`: the number of the published revision that the change started from. Publishing what is
    already there writes nothing. The address never changes. Raises StaleEdit when somebody published
    since, PermissionDenied (also when a change of this extent must wait as a proposal, see `review`), and
    ValidationError (by field), which says when a « small correction » is none.
    """
    practice = _locked(practice)
    if not can_edit(by, practice):
        raise PermissionDenied(_("Vous ne pouvez pas modifier cette fiche."))
    if significance in EXTENTS and not can_publish_directly(by, practice, significance):
        raise PermissionDenied(_("Ce changement attend l’accord de la personne qui tient la fiche."))
    standing = PracticeFields.of(practice)
    is_minor = significance == RevisionNote.Significance.MINOR
    if is_minor and (said := why_not_minor(standing, fields)):
        raise ValidationError({"significance": said})
    return _decided(practice, standing, fields, based_on, by, significance, reason)


@transaction.atomic
def publish_version(
    practice: PracticePage,
    fields: PracticeFields,
    *,
    by,
    significance: str,
    reason: str = "",
    based_on: int | None,
    **told: Any,
) -> PracticePage:
    """Publish a version that somebody entitled has decided (an import, an answer); return the sheet.

    Whoever calls has checked who may. `by`: who wrote it, None when they have left. `told`: more of its
    RevisionNote (`proposal`, `reviewer`, …). Publishing what is already there writes nothing. Raises
    StaleEdit and ValidationError as `change_practice`.
    """
    practice = _locked(practice)
    return _decided(practice, PracticeFields.of(practice), fields, based_on, by, significance, reason, **told)


def _decided(
    practice: PracticePage,
    standing: PracticeFields,
    fields: PracticeFields,
    based_on: int | None,
    by,
    significance: str,
    reason: str,
    **told: Any,
) -> PracticePage:
    """Publish a version of a sheet that was read again under lock; `standing` is what it says now."""
    if not practice.live or practice.locked:
        raise PermissionDenied(_("Cette fiche est archivée ou verrouillée."))
    reason = one_line(reason)
    if practice.live_revision_id != based_on:
        raise StaleEdit(practice.live_revision_id)
    fields.check()
    check_files(fields, practice, told.get("reviewer") or by)
    check_note(significance, reason)
    if fields == standing:
        return practice
    _apply(fields, practice)
    return _publish(practice, by, significance, reason, **told)


def check_note(significance: str, reason: str) -> None:
    """Raise ValidationError (by field) unless a change can be said to be this big, for this reason."""
    if significance not in EXTENTS:
        raise ValidationError({"significance": _("Choisissez l’ampleur du changement.")})
    if len(reason) > REASON_LENGTH:
        raise ValidationError({"reason": TOO_LONG % {"count": len(reason), "limit": REASON_LENGTH}})


@transaction.atomic
def archive_practice(practice: PracticePage, by) -> None:
    """Take a sheet out of the catalogue and of every search at once; its text and history stay.

    Its owner or a moderator may; PermissionDenied for anybody else.
    """
    practice = _locked(practice)
    if not can_archive(by, practice):
        raise PermissionDenied(_("Seule la personne qui tient cette fiche peut la retirer du catalogue."))
    UnpublishPageAction(practice, user=by).execute(skip_permission_checks=True)


@transaction.atomic
def set_showcase(practice: PracticePage, on: bool, by) -> PracticePage:
    """Open a sheet to people without an account, or close it again; return it.

    An editor or a moderator may; PermissionDenied for anybody else. It is a version like another, so
    that the history tells when more people could read.
    """
    practice = _locked(practice)
    if not can_showcase(by, practice):
        raise PermissionDenied(_("Ouvrir une fiche à tous revient à l’équipe d’édition."))
    if practice.is_showcase == on:
        return practice
    practice.is_showcase = on
    with translation.override(practice.locale.language_code):
        reason = _("Ouverte à tous, même sans compte.") if on else _("De nouveau réservée aux membres.")
    return _publish(practice, by, RevisionNote.Significance.MINOR, reason)


def free_slug(title: str, index: PracticeIndexPage) -> str:
    """Return an address made from a title, free in this catalogue, of at most 80 characters."""
    stem = slugify(title)[:SLUG_LENGTH].strip("-_") or "fiche"
    taken = set(index.get_children().filter(slug__startswith=stem[:60]).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    slug, number = stem, 1
    while slug in taken:
        number += 1
        ending = f"-{number}"
        slug = stem[: SLUG_LENGTH - len(ending)].strip("-_") + ending
    return slug


def _locked(practice: PracticePage) -> PracticePage:
    """Read the sheet again, so that nobody else changes it before we are done (where the database can)."""
    return PracticePage.objects.select_for_update().get(pk=practice.pk)


def _apply(fields: PracticeFields, practice: PracticePage) -> None:
    for name in ("title", "kind", "summary", *SECTIONS, "maturity"):
        setattr(practice, name, getattr(fields, name))
    practice.draft_title = fields.title
    practice.origin_id = fields.origin
    for name in LISTS:
        setattr(practice, name, fields.terms(name))
    practice.attachments = attachments_among(fields.attachments)


def _publish(
    practice: PracticePage,
    by,
    significance: str,
    reason: str = "",
    *,
    moment: datetime | None = None,
    **told: Any,
) -> PracticePage:
    """Make a revision of the sheet as it is in memory, note why, and publish it."""
    # Checked when it is published, three lines below, and all of it is undone if it cannot stand.
    revision = practice.save_revision(user=by, log_action=True, clean=False)
    RevisionNote.objects.create(
        revision=revision,
        author=by,
        significance=significance,
        reason=reason,
        published_at=moment or timezone.now(),
        **told,
    )
    # Wagtail's own rights are those of its admin; ours were checked above.
    revision.publish(user=by, skip_permission_checks=True)
    if moment is not None:
        type(revision).objects.filter(pk=revision.pk).update(created_at=moment)
        PracticePage.objects.filter(pk=practice.pk).update(
            last_published_at=moment, latest_revision_created_at=moment
        )
    return PracticePage.objects.get(pk=practice.pk)
