"""Other words for a word: what people commonly say for the same thing, and the family it belongs to.

A name of its own beside the thesaurus: concepts are the trade's and the editors', these are everybody's.
Groups are data (`data/everyday_*.txt`); families come from endings (« surveiller, surveillance »:
`data/endings_*.txt`) and only words that some visible text has are added, see `spelling.Vocabulary.kin`.
"""

from functools import lru_cache

from . import analysis
from .contract import LANGUAGES, Lang
from .thesaurus import Idea, Term, Thesaurus

SHORTEST_ROOT = 4  # letters: shorter beginnings belong to several families
_TWICE = 2  # endings taken off one word at most (« numéris·ation·s »)

_ENDINGS: dict[Lang, tuple[str, ...]] = {
    lang: tuple(sorted(analysis.lines(f"endings_{lang}.txt"), key=lambda ending: (-len(ending), ending)))
    for lang in LANGUAGES
}
_SPLIT_VERBS = ("aan", "af", "bij", "door", "in", "mee", "om", "op", "over", "terug", "toe", "uit", "voor")


@lru_cache(analysis.CACHED_WORDS)
def root(word: str, lang: Lang) -> str:
    """Return the beginning that a word shares with its family, folded; the word itself when it is short."""
    word = analysis.fold(word)
    if lang == "nl":
        word = _without_ge(word)
    for _time in range(_TWICE):
        for ending in _ENDINGS[lang]:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
                word = word[: -len(ending)]
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
    return Thesaurus(
        Idea(f"{lang}-{number}", tuple(Term(" ".join(term.split()), lang) for term in line.split(",")))
        for lang in LANGUAGES
        for number, line in enumerate(_groups(lang))
    )


def _groups(lang: Lang) -> list[str]:
    text = (analysis.DATA / f"everyday_{lang}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
