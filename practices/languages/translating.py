"""From a sheet to the draft of its translation, and from that draft to two sheets that say the same.

A name of its own: what practices.beginnings asks of a translation. The draft carries, in `_translates`, the
sheet it translates and the version it was begun from; no form sends that field. What one would not write
anew is there already (themes, publics, origin…); the texts wait for their words, the original beside them.
"""

import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.drafts.actions import rebase_draft, save_draft
from agora.drafts.models import Draft
from agora.drafts.permissions import PRESENCE_MINUTES

from ..beginnings import Beginning, register
from ..drafting import KIND, NotReady, published_revision, step_url
from ..fields import LISTS, PracticeFields
from ..models import PracticeIndexPage, PracticePage
from ..permissions import can_edit, can_read, can_write
from ..steps import REVIEW
from .actions import set_alignment

MARK = "_translates"
FILED = (*LISTS, "origin", "kind", "maturity")  # the same in both languages


def other_language(practice: PracticePage) -> str:
    """Return the language that a sheet is not written in."""
    return "fr" if practice.locale.language_code == "nl" else "nl"


def draft_translating(practice: PracticePage, user) -> Draft | None:
    """Return the open draft in which somebody translates a sheet already, if any."""
    return _drafts(practice).filter(owner_id=user.pk).first()


def also_translating(practice: PracticePage, user) -> list:
    """Return the other members who worked on a translation of this sheet in the last minutes: names only."""
    since = timezone.now() - timedelta(minutes=PRESENCE_MINUTES)
    others = _drafts(practice).filter(saved_at__gte=since).exclude(owner_id=user.pk)
    return [draft.owner for draft in others.select_related("owner")[:3]]


def _drafts(practice: PracticePage):
    of_this = {f"data__{MARK}__of": practice.pk}
    return Draft.objects.filter(kind=KIND, target="", discarded_at=None, **of_this)


def translation_in(practice: PracticePage, language: str) -> PracticePage | None:
    """Return the sheet of the same practice in a language, in the catalogue or out of it."""
    sisters = PracticePage.objects.filter(translation_key=practice.translation_key).exclude(pk=practice.pk)
    return sisters.filter(locale__language_code=language).select_related("locale").first()


@transaction.atomic
def begin(practice: PracticePage, *, by) -> Draft:
    """Begin the translation of a sheet, or go on with the one begun; return its draft.

    PermissionDenied for who may not write, or not read it.
    """
    if not (can_write(by) and can_read(by, practice)):
        raise PermissionDenied(_("Écrire une fiche demande un compte validé."))
    if (draft := draft_translating(practice, by)) is not None:
        return draft
    filed = {name: value for name, value in PracticeFields.of(practice).as_data().items() if name in FILED}
    mark = {"of": practice.pk, "base": practice.live_revision_id}
    language = other_language(practice)
    draft = save_draft(
        by, pk=uuid.uuid4(), kind=KIND, language=language, data=filed | {MARK: mark, "_step": 1}
    ).draft
    title = _("Traduction de « %(title)s »") % {"title": practice.title}
    Draft.objects.filter(pk=draft.pk).update(title=title[:255])  # until it has its own
    return draft


def original_of(draft: Draft) -> PracticePage | None:
    """Return the sheet that a draft translates; None when it translates nothing, or the sheet is gone."""
    mark = draft.data.get(MARK)
    number = mark.get("of") if isinstance(mark, dict) else None
    found = PracticePage.objects.filter(pk=number) if isinstance(number, int) else PracticePage.objects.none()
    return found.select_related("locale").first()


def original_fields(draft: Draft, original: PracticePage) -> PracticeFields:
    """Return what the original said when the translation was begun: what is being translated."""
    revision = published_revision(original, draft.data[MARK].get("base"))
    return PracticeFields.of(revision.as_object() if revision else original)


# --- What practices.beginnings asks --------------------------------------------------------------


def _options(draft: Draft, by) -> dict[str, Any]:
    original = original_of(draft)
    if original is None:
        return {}
    # The same lock as create_practice takes: of two translators, one publishes and the other is told.
    list(PracticeIndexPage.objects.select_for_update().filter(locale__language_code=draft.language))
    if translation_in(original, draft.language) is not None:
        raise NotReady(
            {"title": _("Cette fiche a été traduite entre-temps. Rien n’est perdu : choisissez en haut.")}
        )
    return {"translation_of": original}


def _finish(draft: Draft, practice: PracticePage, by) -> None:
    original = original_of(draft)
    if original is None:
        return
    revision = published_revision(original, draft.data[MARK].get("base"))
    version = revision.pk if revision else original.live_revision_id
    if version is not None:
        set_alignment(practice, practice.live_revision_id, original, version, None)


def _context(draft: Draft, user) -> dict[str, Any]:
    original = original_of(draft)
    readable = original is not None and can_read(user, original)
    there = translation_in(original, draft.language) if original else None
    base = draft.data[MARK].get("base")
    return {
        "original": original if readable else None,
        "translators": [member.signature for member in also_translating(original, user)] if original else [],
        "has_changed": readable and original.live_revision_id != base,
        "there": there,
        "there_is_open": there is not None and can_edit(user, there),
    }


@transaction.atomic
def join(draft: Draft, user) -> str:
    """Turn a translation that came second into a change of the first one; return where to choose.

    Nobody knows who changed what: each text that differs is a choice between two. The draft stays as it is
    when this person is changing that sheet already.
    """
    original = original_of(draft)
    there = translation_in(original, draft.language) if original else None
    if there is None or not can_edit(user, there):
        return step_url(draft, REVIEW)
    texts = PracticeFields(title="", origin=None).with_data(draft.data).as_data()
    try:
        with transaction.atomic():
            Draft.objects.filter(pk=draft.pk).update(target=str(there.pk))
    except IntegrityError:
        return reverse("drafts:list")
    draft = rebase_draft(draft, data=texts | {MARK: None}, base="")
    return reverse("practices:conflict", kwargs={"pk": draft.pk})


@transaction.atomic
def part(draft: Draft, user) -> str:
    """Turn a translation that came second into a sheet of its own; return where it is read again."""
    return step_url(rebase_draft(draft, data={MARK: None}, base=""), REVIEW)


def register_beginning() -> None:
    """Tell the drafts of new sheets about translations (from AppConfig.ready)."""
    register(
        Beginning(
            mark=MARK,
            finish=_finish,
            options=_options,
            beside="practices/languages/translating.html",
            context=_context,
            acts={"join": join, "part": part},
        )
    )
