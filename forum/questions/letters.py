"""The letters about questions: that something waits, never what, nor from whom.

A name of its own beside forum/notices.py: whom to tell, and when, is decided here.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agora.people import notices
from agora.people.models import Member

from ..models import Duty, Question
from . import clock, quiet

LETTERS = {
    "forum/question_asked": notices.Letter(
        _("Une question attend dans un de vos thèmes"),
        (
            _("Des collègues ont posé une question dans un thème dont vous êtes le référent."),
            _("Répondez si vous savez, ou dites qui pourrait savoir :\n%(unanswered_url)s"),
        ),
    ),
    "forum/question_waits": notices.Letter(
        _("Des questions attendent encore une réponse"),
        (
            _("Dans un de vos thèmes, des questions n’ont pas encore de réponse :\n%(unanswered_url)s"),
            _("Une phrase aide déjà, ou le nom de qui saurait."),
        ),
    ),
    "forum/question_answered": notices.Letter(
        _("Une réponse à votre question"),
        (
            _("Quelqu’un a répondu à une question que vous avez posée :\n%(question_url)s"),
            _("Si cela vous a aidé, dites-le : le suivant trouvera plus vite."),
        ),
    ),
    "forum/question_decided": notices.Letter(
        _("La modération a décidé"),
        (_("La modération a répondu au sujet d’une question. La décision se lit ici :\n%(mine_url)s"),),
    ),
}


def register() -> None:
    """Add the letters (from AppConfig.ready)."""
    notices.register(LETTERS, {"unanswered_url": "forum:unanswered", "mine_url": "forum:my_questions"})


def duties_of(question: Question) -> list[Duty]:
    """Return who is on duty for the themes of a question, in the order of the themes (one query)."""
    duties = Duty.objects.filter(theme__in=question.themes.all())
    return list(
        duties.select_related("theme", "referent__cpas", "stand_in__cpas").order_by("theme__position")
    )


def on_duty(duties: list[Duty], *, but: int | None = None) -> Member | None:
    """Return who answers first: the first referent who is there, else the first stand-in.

    `but`: the number of who asked under their name: nobody is on duty for their own question. Of a quiet
    question it is not given, since the name of a stand-in would tell who asked.
    """
    people = [*(duty.referent for duty in duties), *(duty.stand_in for duty in duties)]
    return next((person for person in _present(people) if person.pk != but), None)


def _present(people) -> Iterator[Member]:
    return (person for person in people if person is not None and person.is_validated)


def tell_referent(question: Question, *, but: Member) -> None:
    """Tell who is on duty that a question came, when the transaction holds; never the asker."""
    referent = on_duty(duties_of(question), but=question.author_id)
    if referent is not None and referent.pk != but.pk:
        transaction.on_commit(lambda: notices.send_to(referent, "forum/question_asked"), robust=True)


def tell_asker(question: Question) -> None:
    """Tell who asked that a first answer is there, when the transaction holds."""
    asker = quiet.asker_of(question)
    if asker is None or not asker.is_validated:
        return
    with override(asker.language):
        address = settings.SITE_URL + reverse("forum:question", args=[question.pk])
    transaction.on_commit(
        lambda: notices.send_to(asker, "forum/question_answered", question_url=address), robust=True
    )


def remind(now: datetime | None = None) -> int:
    """Write to referents the working day before an answer is owed, to stand-ins after it; return how many.

    One letter a pass for each person, whatever the number of questions; who was reminded is not kept.
    """
    now = now or timezone.now()
    soon = Question.objects.unanswered().filter(reminders__lt=2).prefetch_related("themes")
    duties = {duty.theme_id: duty for duty in Duty.objects.select_related("theme", "referent", "stand_in")}
    told: dict[int, Member] = {}
    reached: dict[int, list[int]] = {1: [], 2: []}
    for question in soon:
        step = 2 if now >= question.due_at else 1 if now >= clock.day_before(question.due_at) else 0
        if step <= question.reminders:
            continue
        mine = [duties[theme.pk] for theme in question.themes.all() if theme.pk in duties]
        first = on_duty(mine, but=question.author_id)
        others = (each for each in _present(duty.stand_in for duty in mine) if each.pk != question.author_id)
        second = next(others, None) or first
        person = first if step == 1 else second
        reached[step].append(question.pk)
        if person is not None:
            told[person.pk] = person
    with transaction.atomic():
        for step, pks in reached.items():
            Question.objects.filter(pk__in=pks).update(reminders=step)
        for person in told.values():
            transaction.on_commit(lambda to=person: notices.send_to(to, "forum/question_waits"), robust=True)
    return len(told)
