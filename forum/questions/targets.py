"""What the discussion is told of questions: their messages are answers.

A name of its own: a registration, like indexing.py.
"""

from agora.discussion import queues, targets
from agora.people.audience import MEMBERS
from practices import provenance
from practices.beginnings import Beginning
from practices.beginnings import register as register_beginning
from search import outbox, ways

from ..models import Question
from . import actions, moderation, permissions
from .ways import ask_way


def register() -> None:
    """Open the answers under questions; say how a sheet is begun from one, and that one can be asked."""
    targets.register(
        Question,
        can_read=permissions.can_read,
        can_comment=permissions.can_answer,
        findable=targets.Findable(
            visible=permissions.readable_by,
            audience=lambda question: frozenset({MEMBERS}),
            facets=lambda question: {"theme": tuple(theme.slug for theme in question.themes.all())},
            language=lambda question: question.language,
            words=lambda question: f"{question.title}\n{question.text}",
            related=("themes",),
        ),
        answers=targets.Answers(
            template="forum/questions/answers.html",
            changed=actions.recount,
            helped=lambda question: frozenset(question.helps.values_list("answer", flat=True)),
            can_say=permissions.can_say_helped,
        ),
    )
    queues.register("questions", moderation.queue)
    beside = {"beside": "practices/comes_from.html", "context": provenance.beside}
    register_beginning(Beginning(mark=actions.MARK, finish=_finish, **beside))
    ways.register("ask", ask_way)


def _finish(draft, practice, by) -> None:
    """Tie the published sheet to the question it was begun from, and keep with it where it comes from."""
    provenance.keep(draft, practice)
    number = draft.data.get(actions.MARK)
    if isinstance(number, int) and Question.objects.filter(pk=number, sheet=None).update(sheet=practice):
        outbox.enqueue(actions.UID(number))
