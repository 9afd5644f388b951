"""The fictional questions and debates of a new installation, asked and answered by the acts themselves.

A file of its own, like demo_rooms.py. Days are told backwards from the day of loading, so that some questions
always wait for their answer.
"""

import json
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from agora.discussion.actions import import_comment
from agora.people.models import Member
from agora.people.notices import silence
from agora.vocabulary.models import Theme
from forum.debates import actions as debating
from forum.models import Debate, DebateChange, Duty, Position, Question
from forum.questions import actions as asking
from forum.questions.clock import due


def load_questions(path: Path) -> int:
    """Make what is missing of the roster, the questions and the debates; return how many questions there are.

    A question or a debate is known again by its words.
    """
    told = json.loads(path.read_text("utf-8"))
    people = {member.email: member for member in Member.objects.select_related("cpas")}
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for each in told["duties"]:
        named = {name: people.get(each[name]) for name in ("referent", "stand_in")}
        Duty.objects.get_or_create(theme=themes[each["theme"]], defaults=named)
    with silence():
        for each in told["questions"]:
            if not Question.objects.filter(title=each["title"]).exists():
                _ask(each, people, [themes[slug] for slug in each["themes"]])
        for each in told["debates"]:
            if not Debate.objects.filter(question=each["question"]).exists():
                _debate(each, people, [themes[slug] for slug in each["themes"]])
    return len(told["questions"])


def _ask(told: dict, people: dict[str, Member], themes: list[Theme]) -> None:
    words = {"themes": themes, "language": told["language"], "is_quiet": told["quiet"], "is_sure": True}
    made = asking.ask(people[told["by"]], told["title"], told["text"], **words)
    at = timezone.now() - timedelta(days=told["days"])
    times = {"asked_at": at, "moved_at": at, "due_at": due(at)}
    Question.objects.filter(pk=made.pk).update(**times)
    made = Question.objects.get(pk=made.pk)
    answers = [
        import_comment(people[one["by"]], made, one["text"], None, at + timedelta(hours=one["after"]))
        for one in told["answers"]
    ]
    for number in told["helped"]:
        asking.say_helped(people[told["by"]], made, answers[number].pk)


def _debate(told: dict, people: dict[str, Member], themes: list[Theme]) -> None:
    by = people[told["by"]]
    claims = [side["claim"] for side in told["positions"]]
    made = debating.open_debate(
        by,
        told["question"],
        told["agreement"],
        claims,
        themes=themes,
        language=told["language"],
        is_sure=True,
    )
    for side in told["positions"]:
        position = Position.objects.select_related("debate").get(debate=made, claim=side["claim"])
        if side["detail"]:
            words = (side["claim"], side["detail"])
            debating.reword_position(by, position, *words, seen=1, is_sure=True)
        for one in side["arguments"]:
            debating.argue(
                people[one["by"]],
                position,
                one["text"],
                one["source"],
                one["source_url"],
                is_against=one["against"],
                is_sure=True,
            )
    at = timezone.now() - timedelta(days=told["days"])
    DebateChange.objects.filter(debate=made).update(at=at)
    Debate.objects.filter(pk=made.pk).update(opened_at=at, moved_at=at)
