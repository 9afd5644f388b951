"""Followed searches as their page says them: what they ask, what is new since the last look.

A name of its own: it is what the page says, not how it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.richtext.numbers import in_letters

from ..asking import Wish
from ..facets import labels
from ..forms import Question, asked
from ..models import FollowedSearch
from ..service import search_service


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """A followed search, in words, with how many texts it finds and how many of these are new.

    The counts are None when the engine does not answer.
    """

    followed: FollowedSearch
    name: str
    total: int | None
    fresh: int | None

    @property
    def said(self) -> str:
        """« trois textes nouveaux »; empty when there is none."""
        return fresh_said(self.fresh) if self.fresh else ""


def fresh_said(count: int) -> str:
    """« un texte nouveau ou changé », « trois textes nouveaux ou changés »."""
    words = ngettext("%(n)s texte nouveau ou changé", "%(n)s textes nouveaux ou changés", count)
    return words % {"n": in_letters(count)}


def question_of(followed: FollowedSearch) -> Question:
    """Return what a followed search asks; words that left the vocabularies are left out."""
    return asked(QueryDict(followed.query))


def name_of(question: Question) -> str:
    """Return a search in words: « bilan social », Forest."""
    names = labels()
    said = [_("« %(word)s »") % {"word": question.text}] if question.text else []
    return ", ".join([*said, *(names[facet][value] for facet, value in question.pairs())]) or _("Tout Agora")


def is_followed(user, query: str) -> bool:
    """Return whether somebody follows this search already (one query, none for an empty search)."""
    return bool(query) and FollowedSearch.objects.filter(owner=user.pk, query=query).exists()


def followed_rows(user, searches: Iterable[FollowedSearch]) -> list[FollowedRow]:
    """Return the rows of some searches of one person; the database is asked as often as for one."""
    questions = [(each, question_of(each)) for each in searches]
    wishes = [Wish(question.text, question.filters, newer_than=each.seen_at) for each, question in questions]
    counts = search_service().counts(wishes, user) or [(None, None)] * len(wishes)
    return [
        FollowedRow(each, name_of(question), *count)
        for (each, question), count in zip(questions, counts, strict=True)
    ]
