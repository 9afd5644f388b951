"""The editors' concepts in memory: which words mean the same, in both languages.

Nothing is read at import. The snapshot is renewed as soon as the rows change, so an editor sees the
effect on the next search, without any reindexing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from agora.vocabulary import lists, seed
from agora.vocabulary.models import Concept

from . import analysis
from .contract import LANGUAGES, Lang

# Acronyms that are also ordinary words count only in capitals (or alone in the query).
_WORDS_TOO = frozenset(
    ["ris", "mag", "dis", "air", "mas", "sac", "cap", "car", "rat", "age", "est", "tes", "ces", "sis", "ile"]
    + ["loi", "roi", "sel", "phare", "rob", "maf", "lets"]
)
AMBIGUOUS_LENGTH = 2
# Stop words that add nothing to the expression they are in: « se marier » is « marier ».
_ADDS_NOTHING = frozenset(
    ["se", "s", "l", "le", "la", "les", "un", "une", "du", "des", "d", "de", "zich", "het", "een"]
)
# And those that turn it round: « sans domicile » is not « domicile ».
_DENYING = frozenset(["sans", "pas", "plus", "ne", "n", "non", "zonder", "geen", "niet"])
Said = Mapping[Lang, str]  # a whole query as `said_in` writes it


@dataclass(frozen=True, slots=True)
class Term:
    """One way to say a concept."""

    text: str
    lang: Lang
    acronym: bool = False


@dataclass(frozen=True, slots=True)
class Idea:
    """A concept as search uses it: its terms, the label of each language first."""

    slug: str
    terms: tuple[Term, ...]


def key_of(text: str, lang: Lang) -> tuple[str, ...]:
    """Return the stems by which a term is recognised; stop words do not count."""
    surfaces = [token.surface for token in analysis.tokens(text)]
    return tuple(analysis.stems(each, lang)[0] for each in surfaces if not analysis.is_stop_word(each, lang))


def said_in(text: str, lang: Lang) -> str:
    """Return a text as the first stems of all its words, stop words too, each between blanks."""
    return f" {' '.join(analysis.stems(token.surface, lang)[0] for token in analysis.tokens(text))} "


def _whole(text: str, lang: Lang) -> str:
    """Return what a query must say to name a term of one word and stop words; empty when the word is enough.

    « sans papiers » is not « papiers », nor « à l’étranger » « étranger ».
    """
    little = [each.surface for each in analysis.tokens(text) if analysis.is_stop_word(each.surface, lang)]
    return "" if _ADDS_NOTHING.issuperset(map(analysis.fold, little)) else said_in(text, lang)


@lru_cache(analysis.CACHED_WORDS)
def is_denial(text: str, lang: Lang) -> bool:
    """True for a term of one word and little ones of which one denies it: texts must say it word for word."""
    words = [analysis.fold(token.surface) for token in analysis.tokens(text)]
    subjects = sum(not analysis.is_stop_word(word, lang) for word in words)
    return subjects == 1 and not _DENYING.isdisjoint(words)


class Thesaurus:
    """A snapshot of concepts; `match` recognises them in a run of words.

    `taught`: its words are nobody's slips, even those that no text has (`words`). A process holds some 25,000
    terms, so they lie flat: a string for a key, one tuple for what it names.
    """

    def __init__(self, ideas: Iterable[Idea] = (), *, taught: bool = True) -> None:
        # Stems → what they name, each with what the query must then say (`_whole`) and the term.
        self._by_key: dict[Lang, dict[str, tuple[Idea | str, ...]]] = {lang: {} for lang in LANGUAGES}
        self._taught = taught
        self._by_acronym: dict[str, list[Idea]] = {}
        self.words: set[str] = set()
        self.longest = 1
        for idea in ideas:
            for term in idea.terms:
                self._add(idea, term)

    def _add(self, idea: Idea, term: Term) -> None:
        if term.acronym:
            self._by_acronym.setdefault(term.text, []).append(idea)
            return
        if self._taught:
            self.words.update(
                analysis.fold(token.surface)
                for token in analysis.tokens(term.text)
                if token.surface.isalpha() and len(token.surface) > AMBIGUOUS_LENGTH
            )
        if key := key_of(term.text, term.lang):
            whole = _whole(term.text, term.lang) if len(key) == 1 else ""
            named = self._by_key[term.lang].get(" ".join(key), ())
            if (idea, whole) not in zip(named[::3], named[1::3], strict=True):
                self._by_key[term.lang][" ".join(key)] = (*named, idea, whole, term.text)
            self.longest = max(self.longest, len(key))

    def match(
        self, surfaces: list[str], said: Said | None = None, spoken: Lang = "fr"
    ) -> tuple[tuple[Idea, Lang], ...]:
        """Return the concepts that exactly these words name, with the language in which they do.

        `said`: the whole query in each language, for the terms that need more than one word of it.
        `spoken`: the language that counts when the words are of both (« gsm », « budget »).
        """
        found: dict[str, tuple[Idea, Lang]] = {}
        for idea, lang, whole, _term in sorted(self._named(surfaces), key=lambda each: each[1] != spoken):
            if not whole or whole in (said or {}).get(lang, ""):
                found.setdefault(idea.slug, (idea, lang))
        return tuple(found.values())

    def expression(self, surface: str, said: Said) -> str:
        """Return the term that a query says with stop words around a word (« sans papiers »), or nothing."""
        named = self._named([surface])
        return next((term for _idea, lang, whole, term in named if whole and whole in said[lang]), "")

    def _named(self, surfaces: list[str]) -> Iterator[tuple[Idea, Lang, str, str]]:
        for lang in LANGUAGES:
            keys: Iterable[str]
            if len(surfaces) == 1:
                keys = analysis.stems(surfaces[0], lang)
            else:
                keys = [" ".join(analysis.stems(surface, lang)[0] for surface in surfaces)]
            for key in keys:
                named = self._by_key[lang].get(key, ())
                for idea, whole, term in zip(named[::3], named[1::3], named[2::3], strict=True):
                    yield idea, lang, whole, term

    def acronym(self, surface: str, *, alone: bool) -> tuple[Idea, ...]:
        """Return the concepts behind an acronym.

        « AS » counts, « as » only when it is the whole query, « cpas » always (no such word).
        """
        written = surface.upper()
        if surface != written and not alone:
            folded = analysis.fold(surface)
            ordinary = folded in _WORDS_TOO or analysis.is_stop_word(folded)
            if len(folded) <= AMBIGUOUS_LENGTH or ordinary:
                return ()
        return tuple(self._by_acronym.get(written, ()))


def idea_of(concept: Concept) -> Idea:
    """Return a concept as search uses it, saved or not."""
    terms: list[Term] = []
    for lang in LANGUAGES:
        names = [getattr(concept, f"label_{lang}"), *getattr(concept, f"variants_{lang}").splitlines()]
        terms += [Term(name.strip(), lang) for name in names if name.strip()]
        terms += [Term(name, lang, acronym=True) for name in getattr(concept, f"acronyms_{lang}").split()]
    return Idea(concept.slug, tuple(dict.fromkeys(terms)))


def shipped() -> Thesaurus:
    """Return the concepts that Agora starts with, whatever editors made of them since."""
    return Thesaurus(idea_of(Concept(**row)) for row in seed.shipped())


_snapshot: tuple[tuple[Concept, ...] | None, Thesaurus] = (None, Thesaurus())


def current() -> Thesaurus:
    """Return the present concepts; no query of our own (agora.vocabulary.lists keeps and renews the rows)."""
    global _snapshot
    concepts = lists.concepts()
    seen, thesaurus = _snapshot
    if concepts is not seen:
        thesaurus = Thesaurus(map(idea_of, concepts))
        _snapshot = (concepts, thesaurus)
    return thesaurus
