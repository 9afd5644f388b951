"""What the pages about proposals say: the queue, one proposal, what happens when one sends.

A name of its own beside views.py: this is what the pages say, not how they are asked for.
"""

from dataclasses import dataclass
from functools import cache

from django.db.models import Case, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.drafts.handlers import Sent
from agora.people.models import Member
from agora.people.roles import MODERATOR, roles_of
from agora.prepared import Prepared

from ..comparison import FieldChange, changes_between
from ..fields import PracticeFields
from ..labels import heading
from ..models import PracticePage, Proposal, RevisionNote
from ..permissions import can_edit, keepers_of
from ..wording import capitalised, day, in_letters, since
from .extent import why_not_minor, words_changed
from .permissions import can_answer, can_publish_directly
from .reading import Reading, reading_of

State = Proposal.State
MAJOR = RevisionNote.Significance.MAJOR
ANY_SHEET = -1  # a blank: no sheet has this number


@dataclass(frozen=True, slots=True)
class Row:
    """One proposal in the queue."""

    url: str
    title: str
    language: str
    size: str
    who: str
    age: str
    reason: str
    is_late: bool


def queue_for(user) -> QuerySet[Proposal]:
    """Return what waits for somebody's answer, the oldest first; for moderators, what is late before it."""
    found = Proposal.objects.to_answer_by(user).select_related("practice__locale", "author__cpas")
    found = found.only(
        "state", "sent_at", "significance", "reason",
        "author__first_name", "author__last_name", "author__status", "author__cpas",
        "practice__title", "practice__locale__language_code",
    )  # fmt: skip
    late = Proposal.objects.escalated().values("pk")
    first = Value(0) if MODERATOR not in roles_of(user) else Case(When(pk__in=late, then=1), default=0)
    return found.annotate(is_late=first).order_by("-is_late", "sent_at", "pk")


def rows_of(proposals) -> list[Row]:
    """Return the rows of the queue (see `queue_for`)."""
    return [
        Row(
            url=reverse("practices:proposal", kwargs={"pk": proposal.pk}),
            title=proposal.practice.title,
            language=proposal.practice.locale.language_code,
            size=capitalised(proposal.get_significance_display()),
            who=signed(proposal.author),
            age=age_of(proposal),
            reason=proposal.reason,
            is_late=bool(proposal.is_late),
        )
        for proposal in proposals
    ]


def signed(author: Member | None) -> str:
    """Return « Samira B., Forest »; nobody's name once they left."""
    if author is None or author.status == Member.Status.LEFT:
        return _("quelqu’un qui a quitté Agora")
    return ", ".join(filter(None, [author.signature, author.cpas.name if author.cpas else ""]))


def age_of(proposal: Proposal) -> str:
    """Return « attend depuis quatre jours »."""
    sent, today = timezone.localtime(proposal.sent_at).date(), timezone.localdate()
    if sent >= today:
        return _("attend depuis aujourd’hui")
    return _("attend depuis %(duration)s") % {"duration": since(sent, today)}


def answerers_said(practice: PracticePage) -> str:
    """Return who answers: « Samira B., qui tient la fiche, ou la modération »."""
    names = [keeper.signature for keeper in keepers_of(practice)]
    if not names:
        return _("la modération (personne ne tient la fiche pour le moment)")
    if len(names) == 1:
        return _("%(name)s, qui tient la fiche, ou la modération") % {"name": names[0]}
    return _("%(name)s ou %(other)s, qui tiennent la fiche, ou la modération") % {
        "name": names[0],
        "other": names[1],
    }


# --- Before sending ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sending:
    """What happens to a change when it is sent, as the last step of the form says it.

    `at_once`: whatever its extent. `answerers`: who answers otherwise. `too_big`: why it is no small
    correction; empty when it may be one. `mine`, `reviewed`: the proposal that this text replaces, or amends.
    """

    at_once: bool
    answerers: str
    too_big: str
    mine: Proposal | None = None
    reviewed: Proposal | None = None


def sending_of(
    user,
    page: PracticePage,
    before: PracticeFields,
    after: PracticeFields,
    *,
    mine: Proposal | None,
    reviewed: Proposal | None,
) -> Sending:
    """Say what happens when this person sends `after`, begun from `before`."""
    return Sending(
        at_once=can_publish_directly(user, page, MAJOR),
        answerers=answerers_said(page),
        too_big=why_not_minor(before, after),
        mine=mine if mine and mine.state == State.WAITING else None,
        reviewed=reviewed if reviewed and can_answer(user, reviewed) else None,
    )


# --- One proposal ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as its page shows it, to its author or to whoever answers."""

    proposal: Proposal
    practice: PracticePage
    who: str
    size: str
    age: str
    changes: list[FieldChange]
    seen: str
    is_mine: bool
    can_answer: bool
    can_accept: bool
    can_change: bool
    is_archived: bool
    has_moved: bool
    quarrel: str
    problems: list[str]
    nothing_new: bool
    answered: str
    answerers: str


def shown_to(user, proposal: Proposal) -> Shown:
    """Gather what the page of a proposal says to somebody who may read it."""
    practice = proposal.practice
    reading = reading_of(proposal, practice)
    waiting = proposal.state == State.WAITING
    before, after = (reading.live, reading.outcome) if waiting else _as_proposed(proposal, reading)
    answers = can_answer(user, proposal)
    is_mine = proposal.author_id == user.pk
    return Shown(
        proposal=proposal,
        practice=practice,
        who=signed(proposal.author),
        size=_size(proposal, before, after),
        age=age_of(proposal) if waiting else "",
        changes=changes_between(before, after, language=practice.locale.language_code),
        seen=reading.seen,
        is_mine=is_mine,
        can_answer=answers,
        can_accept=answers and reading.is_acceptable,
        can_change=is_mine and waiting,
        is_archived=not can_edit(user, practice),
        has_moved=waiting and proposal.base_id != practice.live_revision_id,
        quarrel=", ".join(heading(name) for name in reading.standoff.fields) if waiting else "",
        problems=list(reading.problems.values()) if waiting else [],
        nothing_new=waiting and reading.says_nothing_new,
        answered=_answered(proposal),
        answerers=answerers_said(practice),
    )


def _as_proposed(proposal: Proposal, reading: Reading) -> tuple[PracticeFields, PracticeFields]:
    """What it changed when it was written, once it is answered and the sheet has moved on."""
    base = PracticeFields.of(proposal.base.as_object()) if proposal.base_id else reading.live
    return base, base.with_data(proposal.data)


def _size(proposal: Proposal, before: PracticeFields, after: PracticeFields) -> str:
    said = capitalised(proposal.get_significance_display())
    count = words_changed(before, after)
    if not count:
        return said
    words = ngettext("%(n)s mot change", "%(n)s mots changent", count) % {"n": in_letters(count)}
    return _("%(size)s : %(words)s") % {"size": said, "words": words}


def _answered(proposal: Proposal) -> str:
    """Say who answered what, and when; empty while it waits."""
    if proposal.state == State.WAITING or proposal.answered_at is None:
        return ""
    when = day(timezone.localtime(proposal.answered_at))
    if proposal.state == State.WITHDRAWN:
        return _("Retirée par son auteur le %(day)s.") % {"day": when}
    told = {"who": signed(proposal.answered_by), "day": when}
    if proposal.state == State.DECLINED:
        return _("Déclinée par %(who)s, le %(day)s.") % told
    note = RevisionNote.objects.filter(proposal=proposal).first()
    if note is not None and note.is_amended:
        return _("Acceptée avec des retouches par %(who)s, le %(day)s.") % told
    return _("Acceptée par %(who)s, le %(day)s.") % told


# --- One's own, in « Mes brouillons »; and the notice on a sheet -------------------------------


def sent_by(user) -> list[Sent]:
    """Return what this person proposed and what waits to be read of the answers (one query)."""
    mine = Proposal.objects.filter(author=user).exclude(state=State.WITHDRAWN)
    mine = mine.filter(seen_at=None).select_related("practice__locale", "answered_by__cpas")
    mine = mine.defer("data").order_by("-sent_at")
    return [_sent(proposal) for proposal in mine]


def _sent(proposal: Proposal) -> Sent:
    waiting = proposal.state == State.WAITING
    if waiting and proposal.practice.live:
        said = _("Votre proposition %(age)s. Vous pouvez la changer ou la retirer.")
        said = said % {"age": age_of(proposal)}
    elif waiting:
        said = _("Cette fiche a été retirée du catalogue. Votre texte est gardé.")
    elif proposal.state == State.ACCEPTED:
        said = _("Acceptée : la fiche dit maintenant ce que vous proposiez, avec votre nom.")
    else:
        said = _("Déclinée par %(who)s.") % {"who": signed(proposal.answered_by)}
    put_away = "" if waiting else reverse("practices:proposal_seen", kwargs={"pk": proposal.pk})
    return Sent(
        url=reverse("practices:proposal", kwargs={"pk": proposal.pk}),
        title=proposal.practice.title,
        language=proposal.practice.locale.language_code,
        said=said,
        answer=proposal.answer,
        put_away_url=put_away,
    )


@cache
def _waiting_around() -> Prepared:
    found = Proposal.objects.filter(practice=ANY_SHEET, state=State.WAITING).order_by("sent_at")
    return Prepared(found.values_list("pk", "author_id", "sent_at"), {"practice": ANY_SHEET})


def on_sheet(user, practice: PracticePage) -> dict:
    """Say what waits around a sheet to those who answer for it, and to an author (one query)."""
    waiting = [
        Proposal(pk=pk, author_id=author, sent_at=sent_at, state=State.WAITING, practice=practice)
        for pk, author, sent_at in _waiting_around().rows(practice=practice.pk)
    ]
    to_answer = [proposal for proposal in waiting if can_answer(user, proposal)]
    mine = [proposal for proposal in waiting if proposal.author_id == user.pk]
    context = {}
    if to_answer:
        count = len(to_answer)
        said = ngettext(
            "%(n)s proposition attend votre réponse.", "%(n)s propositions attendent votre réponse.", count
        ) % {"n": capitalised(in_letters(count, feminine=True))}
        url = _address(to_answer[0]) if count == 1 else reverse("practices:proposals")
        context["proposals_to_answer"] = {"said": said, "url": url}
    if mine:
        said = capitalised(_("votre proposition %(age)s.") % {"age": age_of(mine[0])})
        context["proposal_sent"] = {"said": said, "url": _address(mine[0])}
    return context


def _address(proposal: Proposal) -> str:
    return reverse("practices:proposal", kwargs={"pk": proposal.pk})
