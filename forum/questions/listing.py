"""The list of questions: what is asked of it, and one page of it in four queries whatever the number.

A name of its own beside views.py: it reads an address and prepares rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agora.richtext.plain import one_line
from agora.vocabulary import lists
from search.service import search_service

from ..models import Question
from . import permissions, quiet
from .wording import answers_said, state_of

PER_PAGE = 20
LONGEST_WORDS = 200  # characters
MOST_FOUND = 200  # questions that words bring, the closest ones
STATES = {
    "": gettext_lazy("Toutes"),
    "sans-reponse": gettext_lazy("Sans réponse"),
    "longtemps": gettext_lazy("Sans réponse depuis quatre jours"),
    "repondues": gettext_lazy("Répondues"),
}
CLOSEST = "mots"  # an order that only words have
SORTS = {
    "nouvelles": (gettext_lazy("Les plus récentes"), ("-asked_at", "-pk")),
    "mouvement": (gettext_lazy("Le dernier mouvement"), ("-moved_at", "-pk")),
    "attente": (gettext_lazy("Celles qui attendent le plus"), ("asked_at", "pk")),
}
LANGUAGES = {"": gettext_lazy("Les deux langues"), "fr": "Français", "nl": "Nederlands"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the list; anything unknown counts as not said."""

    state: str = ""
    theme: str = ""
    language: str = ""
    sort: str = "nouvelles"
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """Read an address."""
        state, theme = query.get("etat", ""), query.get("theme", "")
        language, sort = query.get("langue", ""), query.get("tri", "")
        words = one_line(query.get("mots", ""))[:LONGEST_WORDS].strip()
        return cls(
            state if state in STATES else "",
            theme if theme in lists.themes().by_slug else "",
            language if language in LANGUAGES else "",
            sort if sort in SORTS else _usual(state, words),
            words,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether something narrows the list."""
        return bool(self.state or self.theme or self.language or self.words)

    @property
    def sorts(self) -> list[tuple[str, Any]]:
        """The orders to choose from, with their names."""
        orders = [(key, label) for key, (label, _order) in SORTS.items()]
        return [(CLOSEST, gettext_lazy("Les plus proches des mots")), *orders] if self.words else orders

    @property
    def usual(self) -> str:
        """The order of whoever chose none; a form that sends it would choose it for what comes next too."""
        return _usual(self.state, self.words)

    def questions(self, user) -> QuerySet[Question]:
        """Return the questions asked for, in their order."""
        found = Question.objects.visible_to(user)
        if self.state == "sans-reponse":
            found = found.unanswered()
        elif self.state == "longtemps":
            found = found.waiting_long()
        elif self.state == "repondues":
            found = found.filter(answers__gt=0)
        if self.theme:
            found = found.filter(themes=lists.themes().by_slug[self.theme].pk)
        if self.language:
            found = found.filter(language=self.language)
        if self.words:
            found = found.filter(pk__in=(keys := self._found(user)))
            if self.sort == CLOSEST:
                places = [When(pk=key, then=Value(place)) for place, key in enumerate(keys)]
                return found.order_by(Case(*places, default=len(keys), output_field=IntegerField()), "-pk")
        return found.order_by(*SORTS[self.sort][1])

    def _found(self, user) -> list[int]:
        """Return the keys of what search finds, the closest first; by the titles when it does not answer."""
        uids = search_service().matching(self.words, user, kind="question")
        if uids is None:
            titles = Question.objects.visible_to(user).filter(title__icontains=self.words)
            return list(titles.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])
        return [int(uid.partition(":")[2]) for uid in uids[:MOST_FOUND]]


def _usual(state: str, words: str) -> str:
    if words:
        return CLOSEST
    return "attente" if state in ("sans-reponse", "longtemps") else "nouvelles"


@dataclass(frozen=True, slots=True)
class Row:
    """One question in a list. `author`: None where it was asked quietly, or the account is gone."""

    question: Question
    author: Any
    themes: tuple[str, ...]
    state: str
    answers: str


def page_of(asked: Asked, user, number: str | None) -> Page:
    """Return one page of the list (three queries, and one for the themes)."""
    found = asked.questions(user).select_related("author__cpas", "author__function")
    return Paginator(found.prefetch_related("themes"), PER_PAGE).get_page(number)


def rows_of(questions) -> list[Row]:
    """Return questions as a list shows them; no query where themes and authors came along."""
    return [
        Row(
            question,
            question.author,
            tuple(theme.name for theme in question.themes.all()),
            state_of(question),
            answers_said(question),
        )
        for question in questions
    ]


def counted(page: Page) -> str:
    """Say which questions of how many a page shows."""
    total = page.paginator.count
    if not page.has_other_pages():
        if not total:
            return _("Aucune question")
        return ngettext("%(n)s question", "%(n)s questions", total) % {"n": total}
    facts = {"first": page.start_index(), "last": page.end_index(), "n": total}
    return _("Questions %(first)s à %(last)s sur %(n)s") % facts


def asked_by(user) -> list[Question]:
    """Return what somebody asked, under their name or quietly, the newest first."""
    related = ("author__cpas", "author__function")
    own = Question.objects.select_related(*related).prefetch_related("themes")
    found = {*own.filter(author=user.pk), *own.filter(pk__in=quiet.asked_by(user))}
    return sorted(found, key=lambda question: question.asked_at, reverse=True)


def waiting_for(user) -> Question | None:
    """Return the question of somebody else that has waited most, those of followed themes first."""
    through = Question.themes.through.objects
    followed = through.filter(question=OuterRef("pk"), theme__in=user.themes.values("pk"))
    found = Question.objects.visible_to(user).unanswered().exclude(author=user.pk)
    mine = quiet.asked_by(user)
    return found.exclude(pk__in=mine).alias(near=Exists(followed)).order_by("-near", "asked_at").first()


def similar(title: str, user) -> list[Question]:
    """Return up to three questions that resemble a title; none when search does not answer."""
    if not permissions.can_ask(user) or len(title.split()) < 2:
        return []
    return search_service().like(title, user, kind="question", size=3) or []
