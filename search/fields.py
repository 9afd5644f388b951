"""The word fields of the index: what each engine stores for a contribution and asks for a plan.

`*_x` hold folded words (nothing removed: phrases, exact forms), `*_fr` and `*_nl` hold stems of texts in
that language only, so that rarity is counted per language; `acronyms` holds capitals as written.
Body fields contain the summary too; `above_*` hold what a text says it is about, beside its title: the
title and summary of what it hangs under (a message: its sheet), else its own summary.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from . import analysis
from .contract import LANGUAGES, ContributionDoc, Lang

BODY_LENGTH = 200_000  # characters indexed of one text
WORD_FIELDS = (
    "title_x",
    "body_x",
    *(f"{part}_{lang}" for lang in LANGUAGES for part in ("title", "body", "above")),
)
# What a find is worth by place: as typed before inflected, title before text.
BOOSTS = {"title_x": 2.35, "body_x": 1.1, "acronyms": 2.0} | {
    f"{part}_{lang}": boost
    for lang in LANGUAGES
    for part, boost in (("title", 2.0), ("body", 1.0), ("above", 0.5))
}
TYPED_LENGTH, MOST_TYPED = 200, 8  # characters and whole words read of a text being typed
NAMED = 2.0  # of the rarity of a clause: what it adds where title or summary, or those of its sheet, say it
TITLE_BOOST = 12.0  # added when the title is the query, word for word

_HYPHENS = "-\u2010\u2011"

Positions = list[tuple[int, str]]  # (position, term); several terms may share a position


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """The finished tokens of one contribution: field → positions, its acronyms, its title as one key."""

    fields: dict[str, Positions]
    acronyms: tuple[str, ...]
    title_key: str


def words_of(doc: ContributionDoc) -> IndexedWords:
    """Analyse a contribution once, for whichever engine."""
    title = analysis.tokens(doc.title)
    text = f"{doc.summary}\n\n{doc.body}"[:BODY_LENGTH]
    body = analysis.tokens(text)
    about = doc.above or doc.summary
    above = analysis.tokens(about[:BODY_LENGTH])
    spoken = (doc.above_language if doc.above else None) or doc.language
    acronyms = {token.surface for token in (*title, *body) if analysis.is_acronym(token.surface)}
    return IndexedWords(
        fields={
            "title_x": _folded_positions(doc.title, title),
            "body_x": _folded_positions(text, body),
            f"title_{doc.language}": _stem_positions(title, doc.language),
            f"body_{doc.language}": _stem_positions(body, doc.language),
        }
        | ({f"above_{spoken}": _stem_positions(above, spoken)} if above else {}),
        acronyms=tuple(sorted(acronyms)),
        title_key=title_key(doc.title),
    )


def title_key(text: str) -> str:
    """Return the text as one comparable key: its folded words."""
    return " ".join(analysis.fold(token.surface) for token in analysis.tokens(text))


def typed_words(text: str) -> list[str]:
    """Return the folded words of a text that somebody is typing; the last one may be unfinished.

    Stop words before it do not count, so that « aide aux pers » finds « Aide pour les personnes ».
    """
    words = [token.surface for token in analysis.tokens(analysis.normalise(text)[:TYPED_LENGTH])]
    kept = [word for word in words[:-1] if not analysis.is_stop_word(word)][:MOST_TYPED] + words[-1:]
    return [analysis.fold(word) for word in kept]


def _folded_positions(text: str, tokens: list[analysis.Token]) -> Positions:
    """Return the words as typed; « burn-out » is found as « burnout » too."""
    found: Positions = []
    for place, token in enumerate(tokens):
        found.append((place, analysis.fold(token.surface)))
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following and following.start == token.end + 1 and text[token.end] in _HYPHENS:
            found.append((place, analysis.fold(token.surface + following.surface)))
    return found


def _stem_positions(tokens: Iterable[analysis.Token], lang: Lang) -> Positions:
    found: Positions = []
    for place, token in enumerate(tokens):
        if analysis.is_stop_word(token.surface, lang):
            continue
        found += [(place, stem) for stem in stems_at(token.surface, lang)]
    return found


@lru_cache(analysis.CACHED_WORDS)
def stems_at(surface: str, lang: Lang) -> tuple[str, ...]:
    """Return every stem that a word of a text answers to: its own, and those of its parts in Dutch."""
    own = analysis.stems(surface, lang)
    if lang == "nl" and (split := analysis.parts(surface)):
        return tuple(dict.fromkeys((*own, *(stem for part in split for stem in analysis.stems(part, "nl")))))
    return own


class Word(NamedTuple):
    """A word of a query in all its readings, and its place among the words (stop words included)."""

    folded: str
    stems: dict[Lang, tuple[str, ...]]
    position: int


@lru_cache(20_000)
def query_words(text: str, lang: Lang | None) -> tuple[Word, ...]:
    """Analyse one alternative of a plan; stop words leave a gap, unless there is nothing else.

    Kept: concepts come back in many plans. Read the words, never change them.
    """
    surfaces = [token.surface for token in analysis.tokens(text)]
    languages = (lang,) if lang else LANGUAGES
    words = [
        Word(analysis.fold(surface), {each: analysis.stems(surface, each) for each in languages}, place)
        for place, surface in enumerate(surfaces)
        if not analysis.is_stop_word(surface, lang)
    ]
    return tuple(words) or tuple(
        Word(analysis.fold(surface), {}, place) for place, surface in enumerate(surfaces)
    )
