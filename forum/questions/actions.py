"""The acts on questions: ask, correct, add, take back, close, say what helped, begin a sheet."""

import logging
import uuid
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_comments_xtd.models import XtdComment

from agora.discussion import calling
from agora.discussion.indexing import follow
from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from agora.face.days import first_of_month
from agora.people.models import Member
from agora.vocabulary.models import Theme
from practices.drafting import KIND
from practices.models import Provenance
from practices.models.practice import TIP_LENGTH
from practices.provenance import mark_of
from search import outbox

from ..models import Help, Question
from ..models.questions import TEXT_LENGTH, TITLE_LENGTH
from . import letters, permissions, quiet
from .clock import due
from .wording import checked, guarded, tidy, title_of

UID = "question:{}".format
MARK = "_from_question"  # field of a draft: the question it was begun from
MOST = 5  # questions by one member in PERIOD
PERIOD = timedelta(minutes=10)
WHOLE_LENGTH = 3 * TEXT_LENGTH  # with what was added

log = logging.getLogger("agora.questions")


def ask(
    by: Member,
    title: str,
    text: str = "",
    *,
    themes: Iterable[Theme],
    language: str,
    is_quiet: bool = False,
    is_sure: bool = False,
) -> Question:
    """Ask the colleagues; return the question, or the same one sent twice (a double click).

    `is_quiet`: without a name, for ever; the row then names nobody. PermissionDenied for whoever is no
    member; ValidationError by field for the words (Recognisable among them).
    """
    if not permissions.can_ask(by):
        raise PermissionDenied
    title, text = _words(by, title, text, language, is_sure)
    themes, now = list(themes), timezone.now()
    if not themes:
        raise ValidationError(
            {"themes": _("Choisissez au moins un thème : c’est lui qui trouve le référent.")}
        )
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=by.pk)  # two clicks wait for one another
        recent = _asked_since(by, now - PERIOD)
        for known in recent:
            if (known.title, known.text, known.is_quiet) == (title, text, is_quiet) and known.is_shown:
                return known
        if len(recent) >= MOST:
            raise ValidationError(
                _("Cinq questions en dix minutes : laissez aux collègues le temps de les lire.")
            )
        made = Question.objects.create(
            title=title,
            text=text,
            language=language,
            author=None if is_quiet else by,
            is_quiet=is_quiet,
            asked_at=now,
            moved_at=now,
            due_at=due(now),
        )
        made.themes.set(themes)
        if is_quiet:
            quiet.remember(by, made)
        outbox.enqueue(UID(made.pk))
        letters.tell_referent(made, but=by)
        _tell_called(by, made, f"{title}\n{text}")
    log.info("question.asked id=%s", made.pk)  # never who: it may be quiet
    return made


def _words(by: Member, title: str, text: str, language: str, is_sure: bool) -> tuple[str, str]:
    title = title_of(title, TITLE_LENGTH)
    text = checked(text, TEXT_LENGTH, field="text")
    guarded(by, {"title": title, "text": text}, language, is_sure=is_sure)
    return title, text


def _tell_called(by: Member, question: Question, text: str, before: str = "") -> None:
    """Write to whom a question calls and did not call before; the letter names nobody, quiet or not."""
    known = {each.handle for each in calling.called_in(by, before)} if before else ()
    people = [each for each in calling.called_in(by, text) if each.handle not in known]
    calling.tell(people, lambda: settings.SITE_URL + question.get_absolute_url())


def _asked_since(by: Member, moment) -> list[Question]:
    asked = Question.objects.filter(asked_at__gte=moment)
    return list(asked.filter(author=by)) + list(asked.filter(pk__in=quiet.asked_by(by)))


def _locked(question: Question) -> Question:
    return Question.objects.select_for_update(of=("self",)).get(pk=question.pk)


@transaction.atomic
def edit(by: Member, question: Question, title: str, text: str, *, is_sure: bool = False) -> Question:
    """Replace the words of one's question, within fifteen minutes; it then says « modifiée »."""
    current = _locked(question)
    if not permissions.is_asker(by, current):
        raise PermissionDenied
    if not permissions.can_edit(by, current):
        raise ValidationError(_("Les quinze minutes sont passées : ajoutez plutôt une précision."))
    title, text = _words(by, title, text, current.language, is_sure)
    if (title, text) != (current.title, current.text):
        _tell_called(by, current, f"{title}\n{text}", f"{current.title}\n{current.text}")
        current.title, current.text, current.edited_at = title, text, timezone.now()
        current.save(update_fields=["title", "text", "edited_at"])
        outbox.narrow(UID(current.pk))  # hidden until the index has the new words, as its answers are
        follow(current, narrowed=True)
    return current


@transaction.atomic
def add(by: Member, question: Question, text: str, *, is_sure: bool = False) -> Question:
    """Add to what one asked, under its date. Errors as `edit`."""
    current = _locked(question)
    if not permissions.can_add(by, current):
        raise PermissionDenied
    text = checked(text, TEXT_LENGTH, field="text", needed=True)
    guarded(by, {"text": text}, current.language, is_sure=is_sure)
    with override(current.language):
        day = first_of_month(date_format(timezone.localtime(), "j F"))
        added = _("Précision du %(day)s : %(text)s") % {"day": day, "text": text}
    whole = tidy(f"{current.text}\n\n{added}")
    if len(whole) > WHOLE_LENGTH:
        raise ValidationError({"text": _("La question devient trop longue : posez-en plutôt une autre.")})
    _tell_called(by, current, text)
    current.text, current.moved_at = whole, timezone.now()
    current.save(update_fields=["text", "moved_at"])
    outbox.enqueue(UID(current.pk))
    follow(current)
    return current


@transaction.atomic
def withdraw(by: Member, question: Question) -> None:
    """Take one's question back: its words are erased, its answers stay in their place."""
    current = _locked(question)
    if not permissions.is_asker(by, current):
        raise PermissionDenied
    if current.withdrawn_at is None:
        current.title, current.text, current.withdrawn_at = "", "", timezone.now()
        current.save(update_fields=["title", "text", "withdrawn_at"])
        outbox.narrow(UID(current.pk))
        follow(current, narrowed=True)


@transaction.atomic
def close(by: Member, question: Question, *, again: bool = False) -> None:
    """Say that no answer is awaited any more, or (`again`) that one is; done twice, it changes nothing."""
    current = _locked(question)
    if not permissions.can_close(by, current):
        raise PermissionDenied
    current.closed_at = None if again else current.closed_at or timezone.now()
    if again and not current.answers:
        current.due_at, current.reminders = due(timezone.now()), 0
    current.save(update_fields=["closed_at", "due_at", "reminders"])


@transaction.atomic
def say_helped(by: Member, question: Question, pk: int, *, helped: bool = True) -> None:
    """Say that an answer helped, or take that back. ValidationError when it no longer stands."""
    current = _locked(question)
    if not permissions.can_say_helped(by, current):
        raise PermissionDenied
    answer = current.comments.filter(pk=pk, is_removed=False).first()
    if answer is None:
        raise ValidationError(_("Cette réponse n’est plus là."))
    if helped:
        Help.objects.get_or_create(question=current, answer=answer)
    else:
        Help.objects.filter(question=current, answer=answer).delete()
    recount(current)


def recount(question: Question) -> None:
    """Repeat on the question what its answers say; in the transaction that changed them."""
    standing = XtdComment.norel_objects.filter(
        pk__in=question.comments.order_by().values("pk"), is_removed=False, is_public=True
    )
    # What the asker adds under their own question answers nothing.
    others = standing.exclude(user=question.author_id) if question.author_id else standing
    first = others.aggregate(at=Min("submit_date"))["at"]
    was = question.answers
    question.answers = others.count()
    question.helped = question.helps.filter(answer__is_removed=False).count()
    question.answered_at = first
    latest = standing.order_by("-submit_date").values_list("submit_date", flat=True).first()
    question.moved_at = max(filter(None, (question.asked_at, latest)))
    question.save(update_fields=["answers", "helped", "answered_at", "moved_at"])
    if question.is_shown:
        outbox.enqueue(UID(question.pk))
        if question.answers and not was:
            letters.tell_asker(question)


@transaction.atomic
def promote(by: Member, question: Question) -> Draft:
    """Begin the draft of a sheet from a question and what helped: where it comes from, never who.

    The answers that helped are taken, all of them where none was said to help. The draft is its writer's.
    """
    current = _locked(question)
    if not permissions.can_promote(by, current):
        raise PermissionDenied
    standing = current.comments.filter(is_removed=False).order_by("submit_date")
    helped = list(standing.filter(pk__in=current.helps.values("answer")))
    answers = helped or list(standing)
    told = "\n\n".join(answer.comment for answer in answers)
    texts = _as_sheet(current, told)
    themes = [theme.slug for theme in current.themes.all()]
    comes_from = mark_of(Provenance.Source.QUESTION, day=timezone.localdate(current.asked_at))
    data = texts | comes_from | {"title": current.title, "themes": themes, MARK: current.pk, "_step": 1}
    return save_draft(by, pk=uuid.uuid4(), kind=KIND, language=current.language, data=data).draft


def _as_sheet(question: Question, told: str) -> dict[str, str]:
    """Return the texts of a tip where all fits in one, else those of a sheet."""
    whole = "\n\n".join(filter(None, (question.text, told)))
    if len(whole) <= TIP_LENGTH:
        return {"kind": "tip", "problem": whole}
    problem = "\n\n".join(filter(None, (question.title, question.text)))
    return {"kind": "sheet", "problem": problem, "steps": told}
