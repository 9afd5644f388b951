"""Who reads a question and what they may do there, and the only way from an address to one."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from agora.people.audience import MEMBERS, MODERATORS, tokens_of

from ..models import Question
from . import quiet

EDIT_WINDOW = timedelta(minutes=15)
LARGEST_KEY = 2**63 - 1  # beyond it, SQLite raises OverflowError instead of finding nothing


def can_ask(user) -> bool:
    """Any validated member asks."""
    return MEMBERS in tokens_of(user)


def can_read(user, question: Question) -> bool:
    """Members read every question; of one that was taken back, the answers are what is left to read."""
    return MEMBERS in tokens_of(user) and (question.is_shown or question.answers > 0)


def readable_by(user) -> QuerySet[Question]:
    """Return the questions for which `can_read` holds (a test proves it)."""
    if MEMBERS not in tokens_of(user):
        return Question.objects.none()
    shown = Q(withdrawn_at__isnull=True, removed_at__isnull=True)
    return Question.objects.filter(shown | Q(answers__gt=0))


def is_asker(user, question: Question) -> bool:
    """Whether this person asked it, under their name or quietly."""
    if question.is_quiet:
        return question.pk in quiet.asked_by(user)
    return question.author_id is not None and question.author_id == user.pk


def can_answer(user, question: Question) -> bool:
    """Members answer what is open; who asked quietly does not, since answers carry a name."""
    is_open = question.is_shown and question.closed_at is None
    return is_open and can_read(user, question) and not (question.is_quiet and is_asker(user, question))


def can_say_helped(user, question: Question) -> bool:
    """Who asked says what helped, at any time."""
    return question.is_shown and can_read(user, question) and is_asker(user, question)


def can_edit(user, question: Question, now=None) -> bool:
    """Who asked corrects the words during fifteen minutes."""
    recent = (now or timezone.now()) - question.asked_at < EDIT_WINDOW
    return recent and question.closed_at is None and can_say_helped(user, question)


def can_add(user, question: Question) -> bool:
    """Later, who asked adds to what was asked, as long as it is open."""
    return question.closed_at is None and can_say_helped(user, question)


def can_close(user, question: Question) -> bool:
    """Who asked closes and opens again; so do the moderators."""
    return can_say_helped(user, question) or (can_moderate(user) and question.is_shown)


def can_report(user, question: Question) -> bool:
    """One reports what others asked and what still stands."""
    return question.is_shown and can_read(user, question) and not is_asker(user, question)


def can_appeal(user, question: Question) -> bool:
    """Who asked appeals, once, against the removal of their question."""
    is_removed = question.removed_at is not None and question.withdrawn_at is None
    is_theirs = MEMBERS in tokens_of(user) and is_asker(user, question)
    return is_removed and is_theirs and not question.reports.filter(is_appeal=True).exists()


def can_moderate(user) -> bool:
    """Moderators decide about questions."""
    return MODERATORS in tokens_of(user)


def can_promote(user, question: Question) -> bool:
    """Any member begins a sheet from a question that was answered and that no sheet tells yet."""
    return question.is_shown and question.answers > 0 and question.sheet_id is None and can_ask(user)


def get_question_for(user, pk: int) -> Question:
    """Return a question that somebody may look at, or Http404.

    Beside its readers, who asked and the moderators find what was removed: they read why.
    """
    if pk > LARGEST_KEY or MEMBERS not in tokens_of(user):
        raise Http404
    found = (
        Question.objects.select_related("author__cpas", "author__function", "sheet__locale")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    removed = found.removed_at is not None and found.withdrawn_at is None
    if not (can_read(user, found) or (removed and (can_moderate(user) or is_asker(user, found)))):
        raise Http404
    return found
