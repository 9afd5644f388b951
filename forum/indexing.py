"""What search knows of a question and of a debate: their words and themes, never who wrote them.

Answers are messages (see agora.discussion.indexing); rooms are not here at all.
"""

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from agora.people.audience import MEMBERS
from search import documents
from search.contract import ContributionDoc

from .models import Argument, Debate, Position, Question

# Of a text beside a sheet (1.0) and a message (0.85): a question with an answer helps, one without hardly.
ANSWERED, UNANSWERED, DEBATED = 0.85, 0.65, 0.9


def register() -> None:
    """Tell search that questions and debates can be found."""
    documents.register(QUESTIONS)
    documents.register(DEBATES)


def build_question(question: Question) -> ContributionDoc:
    """Return a question as the index knows it."""
    return ContributionDoc(
        uid=QUESTIONS.uid(question.pk),
        language=question.language,
        title=question.title,
        body=question.text,
        audience=frozenset({MEMBERS}),
        updated=question.moved_at,
        facets={"theme": tuple(theme.slug for theme in question.themes.all())},
        useful=question.helped,
        weight=ANSWERED if question.answers else UNANSWERED,
    )


def text_of_question(question: Question) -> documents.Text:
    """Return the words of a question; no query."""
    return documents.Text(question.language, question.title, body=question.text, updated=question.moved_at)


def _debates() -> QuerySet[Debate]:
    arguments = Argument.objects.filter(removed_at__isnull=True)
    positions = Position.objects.filter(removed_at__isnull=True).prefetch_related(
        Prefetch("arguments", arguments, to_attr="standing")
    )
    return Debate.objects.prefetch_related("themes", Prefetch("positions", positions, to_attr="standing"))


def build_debate(debate: Debate) -> ContributionDoc:
    """Return a debate as the index knows it: all that stands in it."""
    words = text_of_debate(debate)
    return ContributionDoc(
        uid=DEBATES.uid(debate.pk),
        language=debate.language,
        title=words.title,
        summary=words.summary,
        body=words.body,
        audience=frozenset({MEMBERS}),
        updated=debate.moved_at,
        facets={"theme": tuple(theme.slug for theme in debate.themes.all())},
        weight=DEBATED,
    )


def text_of_debate(debate: Debate) -> documents.Text:
    """Return the words of a debate; no query on a row that `visible` gave."""
    parts = []
    for position in debate.standing:
        parts += [position.claim, position.detail, *(argument.text for argument in position.standing)]
    body = "\n".join(filter(None, parts))
    return documents.Text(debate.language, debate.question, debate.agreement, body, debate.moved_at)


QUESTIONS = documents.Source(
    kind="question",
    label=_("Questions"),
    one=_("Question"),
    queryset=lambda: Question.objects.shown().prefetch_related("themes"),
    build=build_question,
    visible=lambda user: Question.objects.visible_to(user),
    template="forum/questions/search_hit.html",
    text=text_of_question,
    fallback_fields=("title",),
)
DEBATES = documents.Source(
    kind="debate",
    label=_("Débats"),
    one=_("Débat"),
    queryset=_debates,
    build=build_debate,
    visible=lambda user: _debates().visible_to(user),
    text=text_of_debate,
    fallback_fields=("question", "agreement"),
)
