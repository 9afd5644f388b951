"""Other words for a word: what people commonly say for the same thing, and the family it belongs to.

A name of its own beside the thesaurus: concepts are the trade's and the editors', these are everybody's.
Groups are data (`data/everyday.txt`); families come from endings (« surveiller, surveillance »:
`data/endings_*.txt`) and only words that some visible text has are added, see `spelling.Vocabulary.kin`.
"""

from functools import lru_cache

from . import analysis
from .contract import LANGUAGES, Lang
from .thesaurus import Idea, Term, Thesaurus

SHORTEST_ROOT = 4  # letters: shorter beginnings belong to several families
_TWICE = 2  # endings taken off one word at most (« numéris·ation·s »)

_ENDINGS: dict[Lang, frozenset[str]] = {lang: analysis.lines(f"endings_{lang}.txt") for lang in LANGUAGES}
_LONGEST = max(len(ending) for endings in _ENDINGS.values() for ending in endings)
_SPLIT_VERBS = ("aan", "af", "bij", "door", "in", "mee", "om", "op", "over", "terug", "toe", "uit", "voor")


@lru_cache(analysis.CACHED_WORDS)
def root(word: str, lang: Lang) -> str:
    """Return the beginning that a word shares with its family, folded; the word itself when it is short."""
    word = analysis.fold(word)
    if lang == "nl":
        word = _without_ge(word)
    for _time in range(_TWICE):
        for length in range(min(_LONGEST, len(word) - SHORTEST_ROOT), 0, -1):
            if word[-length:] in _ENDINGS[lang]:
                word = word[:-length]
                break
        else:
            break
    return _dutch(word) if lang == "nl" else word


def _without_ge(word: str) -> str:
    """Take the « ge » out of a participle: gevraagd → vraagd, aangevraagd → aanvraagd."""
    for start in ("", *_SPLIT_VERBS):
        if word.startswith(f"{start}ge") and len(word) - len(start) - 2 >= SHORTEST_ROOT:
            return start + word[len(start) + 2 :]
    return word


def _dutch(word: str) -> str:
    """Spell a Dutch root one way: vraag and vrag, brief and briev, keuz and keus, bell and bel."""
    for vowel in "aeou":
        word = word.replace(vowel * 2, vowel)
    if len(word) > 2 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] + {"v": "f", "z": "s"}.get(word[-1:], word[-1:])


@lru_cache(maxsize=1)
def everyday() -> Thesaurus:
    """Return the groups of everyday words of both languages, as a thesaurus."""
    return _groups("everyday")


@lru_cache(maxsize=1)
def glossary() -> Thesaurus:
    """Return what words are called in the other language, as a thesaurus; not for use within one language."""
    return _groups("glossary", taught=False)


def _groups(name: str, *, taught: bool = True) -> Thesaurus:
    text = (analysis.DATA / f"{name}.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    ideas = (Idea(f"{name}-{number}", _terms(line)) for number, line in enumerate(lines))
    return Thesaurus(ideas, taught=taught)


def _terms(line: str) -> tuple[Term, ...]:
    sides = zip(LANGUAGES, line.split("="), strict=True)
    return tuple(Term(" ".join(term.split()), lang) for lang, side in sides for term in side.split(","))
