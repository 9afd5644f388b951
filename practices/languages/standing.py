"""How the French and the Dutch sheet of one practice stand to each other: fresh, to review, out of date.

A name of its own: facts, read from the versions of both, which the sheet, its form and its history show.
They last said the same at their Alignment. Without one (imported pairs, a purged version), that is taken to
be the day when the second of them was first published: somebody translated then. What the sister's authors
called a small correction never counts.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Revision

from ..fields import PracticeFields
from ..models import Alignment, PracticePage, RevisionNote
from ..wording import day, in_letters

Significance = RevisionNote.Significance
COUNTING = (Significance.MEDIUM, Significance.MAJOR)
UNDO_FOR = timedelta(days=1)


class State(StrEnum):
    """What a version is, compared with its sister."""

    FRESH = "fresh"
    TO_REVIEW = "to_review"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Standing:
    """One sheet beside its sister in the other language; the same for whoever reads both, without names.

    `seen`: the sister's published version that was counted. `medium`, `major`: how many of its changes came
    since both said the same; `last`: the day of the latest. `has_moved`: this sheet was changed after that.
    """

    sister: int
    language: str
    url: str
    seen: int | None
    state: State = State.FRESH
    medium: int = 0
    major: int = 0
    last: datetime | None = None
    has_moved: bool = False
    aligned_at: datetime | None = None
    aligned_by: int | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the sister says something that this sheet may not say yet."""
        return self.state != State.FRESH

    @property
    def said(self) -> str:
        """What the sister did, in one sentence."""
        if not self.is_stale:
            return ""
        if self.major:
            count = ngettext("%(n)s changement important", "%(n)s changements importants", self.major)
            many = self.major
        else:
            count = ngettext("%(n)s précision", "%(n)s précisions", self.medium)
            many = self.medium
        which = (
            _("La version néerlandaise a changé le %(day)s : %(count)s depuis le dernier accord.")
            if self.language == "nl"
            else _("La version française a changé le %(day)s : %(count)s depuis le dernier accord.")
        )
        words = {"n": in_letters(many, feminine=not self.major)}
        return which % {"day": day(timezone.localtime(self.last)), "count": count % words}

    @property
    def may_be_undone(self) -> bool:
        """Whether somebody said less than a day ago that both say the same."""
        return self.aligned_at is not None and self.aligned_at >= timezone.now() - UNDO_FOR


def sister_of(practice: PracticePage) -> PracticePage | None:
    """Return the published sheet of the same practice in the other language."""
    sisters = PracticePage.objects.filter(translation_key=practice.translation_key, live=True)
    return sisters.exclude(pk=practice.pk).select_related("locale").first()


def standing_of(practice: PracticePage, sister: PracticePage) -> Standing:
    """Tell how a sheet stands to its sister (three queries, four when it lags behind)."""
    alignment = Alignment.objects.filter(pk=practice.translation_key).first()
    since = _since(practice, sister, alignment)
    sizes = list(
        _notes(sister)
        .filter(since, significance__in=COUNTING)
        .order_by("pk")
        .values_list("significance", "published_at", "pk")
    )
    major = sum(size == Significance.MAJOR for size, _when, _pk in sizes)
    medium = len(sizes) - major
    return Standing(
        sister=sister.pk,
        language=sister.locale.language_code,
        url=sister.get_absolute_url(),
        seen=sister.live_revision_id,
        state=State.OUTDATED if major else State.TO_REVIEW if medium else State.FRESH,
        medium=medium,
        major=major,
        last=sizes[-1][1] if sizes else None,
        has_moved=bool(sizes) and _notes(practice).filter(pk__gt=sizes[-1][2]).exists(),
        aligned_at=alignment.aligned_at if alignment else None,
        aligned_by=alignment.aligned_by_id if alignment else None,
    )


def aligned_fields(practice: PracticePage, sister: PracticePage) -> PracticeFields:
    """Return what the sister said when both last said the same: what a comparison starts from."""
    alignment = Alignment.objects.filter(pk=practice.translation_key).first()
    if alignment is not None:
        revision = Revision.objects.get(pk=_side(alignment, sister))
        return PracticeFields.of(revision.as_object())
    before = _notes(sister).exclude(_since(practice, sister, None) & Q(significance__in=COUNTING))
    note = before.select_related("revision").order_by("-pk").first() or _notes(sister).order_by("pk").first()
    return PracticeFields.of(note.revision.as_object() if note else sister)


def _notes(practice: PracticePage) -> QuerySet[RevisionNote]:
    return RevisionNote.objects.filter(revision__in=practice.revisions.all())


def _side(alignment: Alignment, sheet: PracticePage) -> int:
    return alignment.french_id if sheet.locale.language_code == "fr" else alignment.dutch_id


def _since(practice: PracticePage, sister: PracticePage, alignment: Alignment | None) -> Q:
    """Keep the notes of what the sister published after both said the same."""
    if alignment is None:
        starts = [sheet.first_published_at for sheet in (practice, sister) if sheet.first_published_at]
        return Q(published_at__gt=max(starts)) if starts else Q()
    note = (
        RevisionNote.objects.filter(revision_id=_side(alignment, sister)).values_list("pk", flat=True).first()
    )
    return Q(pk__gt=note) if note else Q(published_at__gt=alignment.aligned_at)
