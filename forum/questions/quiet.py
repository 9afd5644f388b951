"""Who asked quietly: the only place that opens it, for the asker's own acts, a letter, and the moderators.

A name of its own: neither a model nor an act. No page gets a person from here but the moderators' screen.
"""

from agora.people.models import Member

from ..models import Question, Quiet


def remember(member: Member, question: Question) -> None:
    """Keep, sealed, that a member asked this question; in the transaction that makes it."""
    Question.objects.filter(pk=question.pk).update(asker=str(member.pk))
    Quiet.objects.get_or_create(member=member)
    kept = Quiet.objects.select_for_update().get(member=member)
    kept.numbers = f"{kept.numbers} {question.pk}".strip()
    kept.save(update_fields=["numbers"])
    vars(member).pop("_asked_quietly", None)


def asked_by(user) -> frozenset[int]:
    """Return the keys of the questions that somebody asked quietly; one query for each user object."""
    if not getattr(user, "pk", None):
        return frozenset()
    if "_asked_quietly" not in vars(user):
        kept = Quiet.objects.filter(member=user.pk).first()
        user._asked_quietly = frozenset(map(int, kept.numbers.split())) if kept else frozenset()
    return user._asked_quietly


def asker_of(question: Question) -> Member | None:
    """Return who asked, quietly or not; None when the account is gone. For letters and moderators only."""
    if not question.is_quiet:
        return question.author
    number = Question.objects.values_list("asker", flat=True).get(pk=question.pk)
    return Member.objects.filter(pk=int(number)).first() if number else None
