"""The page of results in words: headings, counts, chips, links.

A name of its own beside views.py: this is what the page says, not how it is asked for.
"""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import ways
from .answers import OTHERS, PER_PAGE, Answer
from .contract import MAX_WINDOW, Lang
from .facets import Group, groups, labels
from .forms import Question

MOST_WORDS = 5  # words of concepts said on the page


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value, with the address of the same search without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of text among those found, with the address of the same search for it alone."""

    label: str
    count: int
    url: str
    is_current: bool


class Results:
    """What the template prints."""

    def __init__(self, question: Question, answer: Answer, language: Lang, user=None) -> None:
        self.question, self.answer, self.language, self._user = question, answer, language, user

    @cached_property
    def heading(self) -> str:
        """The h1."""
        if not self.question.text:
            return _("Tout Agora, le plus récent d’abord")
        return _("Résultats pour « %(text)s »") % {"text": self.question.text}

    @property
    def counted(self) -> str:
        """« 41 résultats »; empty when there is none."""
        return said_count(self.answer.all_total) if self.answer.all_total else ""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The facets; none in a simplified answer, which cannot count them."""
        if self.answer.is_simplified:
            return ()
        return groups(self.answer.facets, self.question.filters)

    @cached_property
    def tabs(self) -> list[Tab]:
        """All, then each kind that is found, the most numerous first; none where there is only one."""
        if self.answer.is_simplified:
            return []
        names, chosen = labels()["kind"], self.question.filters.get("kind", frozenset())
        counts = [each for each in self.answer.facets.facets.get("kind", ()) if each.value in names]
        if len(counts) < 2:
            return []
        whole = Tab(_("Tout"), sum(each.count for each in counts), self.question.address(kind=""), not chosen)
        return [whole] + [
            Tab(
                names[each.value],
                each.count,
                self.question.address(kind=each.value),
                chosen == frozenset({each.value}),
            )
            for each in counts
        ]

    @property
    def sorts(self) -> dict[str, str]:
        """The orders that make sense here, by their word in the address."""
        if not self.question.text:
            return {"relevance": _("Plus récents"), "useful": _("Plus utiles")}
        return {
            "relevance": _("Pertinence"),
            "newest": _("Plus récents"),
            "useful": _("Plus utiles"),
        }

    @property
    def is_dated(self) -> bool:
        """Whether rows say when they changed: where that is their order."""
        return self.question.sort == "newest" or not self.question.text

    @cached_property
    def ways(self) -> list[ways.Way]:
        """What else one can do with this search: what the rooms offer."""
        return ways.offered(self._user, self.question.text)

    @property
    def request_url(self) -> str:
        """Where a sheet is asked for, with the words of this search."""
        return reverse("search:request_sheet") + Question(self.question.text, {}).address()

    @property
    def plainer_url(self) -> str:
        """The same words without quotes and exclusions."""
        return self.question.address(q=self.answer.nearest.plainer)

    @property
    def nearest_words(self) -> list[Chip]:
        """Known words that look like those typed, each a search."""
        near = self.answer.nearest.words if self.answer.nearest else ()
        return [Chip(word, Question(word, {}).address()) for word in near]

    @property
    def unfiltered_said(self) -> str:
        """What the same words find without any filter."""
        return said_count(self.answer.nearest.unfiltered)

    @cached_property
    def chips(self) -> list[Chip]:
        """What is chosen, each with its way out."""
        names = {} if self.answer.is_simplified else labels()
        return [
            Chip(names[facet][value], self.question.address(without=(facet, value)))
            for facet, values in self.question.filters.items()
            for value in sorted(values)
            if facet in names
        ]

    @property
    def chips_said(self) -> str:
        """How many filters are chosen, for the fold of a small screen."""
        count = len(self.chips)
        return ngettext("%(n)s filtre actif", "%(n)s filtres actifs", count) % {"n": count} if count else ""

    @property
    def bare_url(self) -> str:
        """The same words without any filter."""
        return Question(self.question.text, {}, sort=self.question.sort).address()

    @property
    def own_heading(self) -> str:
        """The heading over the texts in one's own language (or over the only list)."""
        if not self.answer.is_split:
            return _("Textes trouvés")
        return _("En néerlandais") if self.language == "nl" else _("En français")

    @property
    def other_language(self) -> Lang:
        """The language that is not the interface's."""
        return "fr" if self.language == "nl" else "nl"

    @property
    def later_heading(self) -> str:
        """The heading over one's own texts behind some of the other language."""
        if not self.answer.first_hits:
            return self.own_heading
        return _("En néerlandais, la suite") if self.language == "nl" else _("En français, la suite")

    @property
    def close_heading(self) -> str:
        """The heading over the texts of the other language that come ahead."""
        if self.other_language == "fr":
            return _("En français, au plus près de vos mots")
        return _("En néerlandais, au plus près de vos mots")

    @property
    def no_others_close(self) -> bool:
        """Whether all the texts of the other language stand at the end."""
        return not self.answer.close_others

    @property
    def all_others_close(self) -> bool:
        """Whether none of them stands at the end."""
        return not self.answer.other_others

    @property
    def others_heading(self) -> str:
        """« Aussi en néerlandais », or « En néerlandais » when nothing stands above."""
        if self.answer.total:
            return _("Aussi en français") if self.other_language == "fr" else _("Aussi en néerlandais")
        return _("En français") if self.other_language == "fr" else _("En néerlandais")

    @property
    def others_counted(self) -> str:
        """« 5 textes » of the other language."""
        count = self.answer.others_total
        return ngettext("%(n)s texte", "%(n)s textes", count) % {"n": count}

    @property
    def others_url(self) -> str:
        """All the texts of the other language; empty when they are all shown."""
        if self.answer.others_total <= OTHERS:
            return ""
        return self.question.address(language=self.other_language)

    @property
    def others_all_url(self) -> str:
        """The texts of the other language, on the pages after the first."""
        return self.question.address(language=self.other_language)

    @property
    def others_link(self) -> str:
        """The words of that link."""
        counted = {"n": self.answer.others_total}
        if self.other_language == "fr":
            return _("Les %(n)s textes en français") % counted
        return _("Les %(n)s textes en néerlandais") % counted

    @property
    def own_words(self) -> list[str]:
        """Words of one's own language that concepts added, in quotes."""
        return self._words(self.language)

    @property
    def other_words(self) -> list[str]:
        """Words of the other language that were searched, in quotes."""
        return self._words(self.other_language)

    def _words(self, language: Lang) -> list[str]:
        words = [word for each in self.answer.synonyms(language) for word in each.words[:2]]
        return [_("« %(word)s »") % {"word": word} for word in list(dict.fromkeys(words))[:MOST_WORDS]]

    @property
    def correction_url(self) -> str:
        """The search under the proposed spelling, filters kept."""
        return self.question.address(q=self.answer.correction.text) if self.answer.correction else ""

    @property
    def correction_counted(self) -> str:
        """What the proposed spelling would find."""
        return said_count(self.answer.correction.count) if self.answer.correction else ""

    @cached_property
    def page(self) -> Page:
        """The window of the list, for the pager."""
        rows = range(min(self.answer.total, MAX_WINDOW))
        return Paginator(rows, PER_PAGE).get_page(self.question.page)

    @property
    def numbers(self):
        """The page numbers of the pager."""
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)

    @property
    def said(self) -> str:
        """« Résultats 1 à 10 sur 41 »."""
        window = {"first": self.page.start_index(), "last": self.page.end_index(), "total": self.answer.total}
        return _("Résultats %(first)s à %(last)s sur %(total)s") % window


def said_count(count: int) -> str:
    """« 1 résultat », « 41 résultats »."""
    return ngettext("%(n)s résultat", "%(n)s résultats", count) % {"n": count}
