"""Which words exist, and which known word an unknown one resembles.

The words come from the contributions that this kind of viewer sees (visitors: public ones; members: those
open to all members), never from what others typed, and only a word of two contributions or of a concept
is ever proposed: a name in one closed text stays there.
"""

import math
import threading
import time
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agora.people.audience import MEMBERS, PUBLIC, Viewer

from . import analysis, kinship
from .contract import LANGUAGES, Lang, SearchEngine
from .sound import sound

SHORTEST = 4  # letters: shorter words have too many neighbours
PROPOSALS = 3
RENEW_AFTER = 120.0  # seconds: how long new words may wait to be known
_ENOUGH = 2  # contributions
RELATIVES = 4  # words of a family, compounds of a word
MOST_RELATED = 50_000  # words whose families and compounds are known: beyond, names and slips
SHORTEST_SOUND = 3  # signs of a key: shorter ones belong to too many words
SHORTEST_PART = 4  # letters of a part of a compound that no list knows


class Vocabulary:
    """The known words of one kind of viewer: folded word → number of contributions."""

    def __init__(self, words: Mapping[str, int] | None = None, concept_words: Collection[str] = ()) -> None:
        counts = dict(words or {})
        for word in concept_words:
            counts[word] = max(counts.get(word, 0), _ENOUGH)
        self._counts = counts
        self._by_length: dict[int, list[str]] = {}
        for word, count in counts.items():
            if count >= _ENOUGH and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
        self._stems: dict[str, int] = {}
        for word, count in counts.items():
            for stem in _all_stems(word):
                self._stems[stem] = self._stems.get(stem, 0) + count
        self.most = max(counts.values(), default=0)
        self.nearest = lru_cache(4096)(self._nearest)
        self._relatives: dict[Lang, dict[str, list[str]]] = {}
        self._compounds: dict[str, list[str]] | None = None
        self._by_sound: dict[str, list[str]] | None = None

    def knows(self, word: str) -> bool:
        """True when some visible text has the word or a form of it (or it is made of known Dutch parts)."""
        folded = analysis.fold(word)
        return folded in self._counts or bool(analysis.parts(folded)) or self.has_form(word)

    def has_form(self, word: str) -> bool:
        """True when some visible text has a form of the word."""
        return any(stem in self._stems for stem in _all_stems(word))

    def count(self, word: str) -> int:
        """Return how many visible contributions have this very word."""
        return self._counts.get(analysis.fold(word), 0)

    def spread(self, text: str) -> int:
        """Return about how many visible contributions have a text's rarest word in some form; at least 1."""
        words = [token.surface for token in analysis.tokens(text)]
        counts = [max(self._stems.get(stem, 0) for stem in _all_stems(word)) for word in words]
        return max(1, min([self.most, *counts]))

    def rarity(self, text: str) -> float:
        """Return how much it tells to contain a text, as BM25 weighs a word: the fewer do, the more.

        0 if no word is known.
        """
        having = self.spread(text)
        return math.log(1 + (self.most - having + 0.5) / (having + 0.5)) if self.most else 0.0

    def _nearest(self, word: str) -> tuple[tuple[str, int], ...]:
        """Return up to three known words near an unknown one, nearest then commonest, with distances.

        First what sounds alike. One slip (a letter more, less, other, or two swapped) up to six letters, two
        beyond. Empty for what is not a plain word of at least four letters.
        """
        folded = analysis.fold(word)
        if len(folded) < SHORTEST or not folded.isalpha():
            return ()
        heard = [(word, 1) for word in self._sounding(folded)]
        limit = 1 if len(folded) <= 6 else 2
        choices = self._lengths(range(len(folded) - limit, len(folded) + limit + 1))
        found = process.extract(folded, choices, scorer=OSA.distance, score_cutoff=limit, limit=50)
        ranked = sorted(
            found, key=lambda each: (each[1], each[0][0] != folded[0], -self._counts[each[0]], each[0])
        )
        near = [(word, int(distance)) for word, distance, _ in ranked]
        first = [each for each in near if each[1] == 1 and each[0][0] == folded[0]]
        return tuple(dict(heard[:1] + first + heard[1:] + near).items())[:PROPOSALS]

    def _sounding(self, folded: str) -> list[str]:
        """Return the known words that sound like an unknown one, those written most like it first."""
        if self._by_sound is None:
            found: dict[str, list[str]] = {}
            for word in self._commonest():
                if self._counts[word] >= _ENOUGH and len(word) > SHORTEST and word.isalpha():
                    for key in {sound(word, lang) for lang in LANGUAGES}:
                        found.setdefault(key, []).append(word)
            self._by_sound = found
        keys = dict.fromkeys(sound(folded, lang) for lang in LANGUAGES)
        found = [word for key in keys for word in self._by_sound.get(key, ()) if len(key) >= SHORTEST_SOUND]
        return sorted(dict.fromkeys(found), key=lambda word: OSA.distance(folded, word))

    def kin(self, word: str, lang: Lang) -> tuple[str, ...]:
        """Return up to RELATIVES known words of the same family that no stem joins to it, commonest first."""
        families = self._relatives.get(lang)
        if families is None:
            families = self._relatives[lang] = self._grouped(lang)
        seen = set(analysis.stems(word, lang))
        found: list[str] = []
        for other in families.get(kinship.root(word, lang), ()):
            stems = analysis.stems(other, lang)
            if seen.isdisjoint(stems):
                found.append(other)
                seen.update(stems)
            if len(found) == RELATIVES:
                break
        return tuple(found)

    def _grouped(self, lang: Lang) -> dict[str, list[str]]:
        families: dict[str, list[str]] = {}
        for word in self._commonest():
            if len(word) > kinship.SHORTEST_ROOT and word.isalpha():
                families.setdefault(kinship.root(word, lang), []).append(word)
        return {root: words for root, words in families.items() if len(words) > 1}

    def _commonest(self) -> list[str]:
        """Return the words whose relatives are worth knowing, commonest first."""
        ranked = sorted(self._counts, key=lambda each: (-self._counts[each], each))
        return ranked[:MOST_RELATED]

    def split(self, word: str) -> tuple[str, ...]:
        """Return the two known words that a Dutch compound seems made of; empty when it is none."""
        folded = analysis.fold(word)
        if len(folded) < 2 * SHORTEST_PART or not folded.isalpha():
            return ()
        for cut in range(len(folded) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if self._counts.get(folded[:cut], 0) < _ENOUGH:
                continue
            for link in analysis.LINKS:
                end = folded[cut + len(link) :]
                if folded.startswith(link, cut) and len(end) >= SHORTEST_PART and end in self._counts:
                    return folded[:cut], end
        return ()

    def joined(self, first: str, second: str) -> str:
        """Return the known Dutch compound of two words, an empty text without one."""
        start, end = analysis.fold(first), analysis.fold(second)
        return next((word for link in analysis.LINKS if (word := start + link + end) in self._counts), "")

    def compounds(self, word: str) -> tuple[str, ...]:
        """Return up to RELATIVES known Dutch compounds that begin or end with a word, commonest first."""
        if self._compounds is None:
            found: dict[str, list[str]] = {}
            for each in self._commonest():
                for part in self.split(each):
                    found.setdefault(part, []).append(each)
            self._compounds = found
        return tuple(self._compounds.get(analysis.fold(word), ())[:RELATIVES])

    def _lengths(self, lengths: Iterable[int]) -> list[str]:
        return [word for length in lengths for word in self._by_length.get(length, ())]


@lru_cache(10_000)
def _all_stems(word: str) -> tuple[str, ...]:
    """Return the stems of a word in both languages, each once."""
    return tuple({*analysis.stems(word, "fr"), *analysis.stems(word, "nl")})


_lock = threading.Lock()
# Per engine: is it for members? → stamp, time and words.
_known: WeakKeyDictionary[SearchEngine, dict[bool, tuple[str, float, Vocabulary]]] = WeakKeyDictionary()


def vocabulary_for(viewer: Viewer, engine: SearchEngine, concept_words: Collection[str]) -> Vocabulary:
    """Return the words that this viewer may be corrected to; renewed a while after the index moved.

    One thread renews, the others go on with the former words meanwhile.
    """
    member = MEMBERS in viewer.tokens
    known, stamp = _known.setdefault(engine, {}), f"{engine.stamp()}:{len(concept_words)}"
    seen, since, vocabulary = known.get(member, ("", 0.0, None))
    fresh = seen == stamp or time.monotonic() - since < RENEW_AFTER
    if vocabulary is not None and (fresh or not _lock.acquire(blocking=False)):
        return vocabulary
    if vocabulary is None:
        _lock.acquire()
    try:
        tokens = frozenset({PUBLIC, MEMBERS} if member else {PUBLIC})
        words = engine.words(Viewer(tokens & viewer.tokens, None, viewer.language))
        vocabulary = Vocabulary(words, concept_words)
        known[member] = (stamp, time.monotonic(), vocabulary)
    finally:
        _lock.release()
    return vocabulary


def forget() -> None:
    """Drop the known words, so that the next search reads them again."""
    _known.clear()
