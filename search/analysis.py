"""From text to words, once for all engines: the same tokens are indexed, asked for and highlighted.

Both stemming orders plus a stripped final vowel, two tokens per position: the best recall measured for
people who type without accents. Verdict and figures: docs/decisions/search-engine.md.
"""

import re
import threading
import unicodedata
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple

import Stemmer

from . import verbs
from .contract import LANGUAGES, Lang
from .verbs import DATA

CACHED_WORDS = 100_000
WORD_LENGTH = 64  # characters kept of one word: longer ones are noise, not words
ACRONYM = re.compile(r"(?=.*[A-ZÀ-Þ].*[A-ZÀ-Þ])[A-ZÀ-Þ][A-ZÀ-Þ0-9]{1,7}\Z")

_APOSTROPHES = "'’‘ʼ´`＇"
_IS_APOSTROPHE = frozenset(_APOSTROPHES)
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
WORD_SIGNS = rf"\w\u0300-\u036f{_INVISIBLE}"  # for a class of signs; underscores are blanked beforehand
_WORD = re.compile(
    r"(?P<dotted>(?<!\w)(?:[A-Za-zÀ-ÿ]\.){2,}[A-Za-zÀ-ÿ]?(?!\w))"
    rf"|(?P<whole>aujourd[{_APOSTROPHES}]hui)"
    rf"|(?P<word>[{WORD_SIGNS}]+)",
    re.IGNORECASE,
)
_MARKS = re.compile(rf"[{_INVISIBLE}]")
_ELIDED = frozenset(
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu"]
)
_INCLUSIVE = "·•‧∙⋅"
_UNFOLDABLE = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ĳ": "ij", "ı": "i"}
)


def lines(name: str) -> frozenset[str]:
    """Return the words of one list of `data/`."""
    text = (DATA / name).read_text("utf-8")
    rows = (row for row in text.splitlines() if not row.startswith("#"))
    return frozenset(word for row in rows for word in row.split())


class Token(NamedTuple):
    """One word of a text: as written (invisible signs and dots out), and its place in characters."""

    surface: str
    start: int
    end: int


def normalise(text: str) -> str:
    """Return a query in plain signs: NFC, straight apostrophes, no ligatures, no invisible signs, no NUL.

    Dotted acronyms lose their dots (« C.P.A.S. » → « CPAS »).
    """
    text = unicodedata.normalize("NFC", text)
    text = re.sub(rf"[{_APOSTROPHES}]", "'", text)
    text = re.sub(r"[«»„“”″]", '"', text)
    text = _MARKS.sub("", text)
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Cn", "Co") else sign for sign in text)
    text = text.replace("œ", "oe").replace("Œ", "Oe").replace("ﬁ", "fi").replace("ﬂ", "fl")
    text = _WORD.sub(lambda match: _surface(match) if match.lastgroup == "dotted" else match[0], text)
    return " ".join(text.split())


def tokens(text: str) -> list[Token]:
    """Cut a text into words with their offsets in it (characters).

    Elided articles (l’, d’, qu’), a Dutch ’s and inclusive endings (assistant·e) are not words.
    """
    text = text.replace("_", " ")
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        surface = match[0]
        if match.lastgroup != "word" or not surface.isascii() or end - start > WORD_LENGTH:
            surface = _surface(match)
            if not fold(surface):
                continue
        before = text[start - 1] if start else " "
        if before in _INCLUSIVE and start > 1 and len(surface) <= 5:
            continue
        if (before in _IS_APOSTROPHE or text[end : end + 1] in _IS_APOSTROPHE) and _is_elided(
            text, start, end
        ):
            continue
        found.append(Token(surface, start, end))
    return found


def _is_elided(text: str, start: int, end: int) -> bool:
    word = text[start:end].lower()
    if word in _ELIDED and text[end : end + 1] in _IS_APOSTROPHE:
        return text[end + 1 : end + 2].isalnum()
    return word == "s" and start > 0 and text[start - 1] in _IS_APOSTROPHE


def _surface(match: re.Match) -> str:
    word = match[0]
    if match.lastgroup == "dotted":
        return word.replace(".", "").upper()
    if not word.isascii():
        word = unicodedata.normalize("NFC", _MARKS.sub("", word)).strip("\u0300\u0301\u0302\u0308")
    return word[:WORD_LENGTH]


@lru_cache(CACHED_WORDS)
def fold(word: str) -> str:
    """Return the word in lower case without accents, ligatures or compatibility signs."""
    word = word.lower()
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_UNFOLDABLE))
    return "".join(sign for sign in decomposed if sign.isalnum())


_local = threading.local()  # a stemmer keeps state between two words: one per thread


def _stem(word: str, lang: Lang) -> str:
    try:
        stemmer = getattr(_local, lang)
    except AttributeError:
        stemmer = Stemmer.Stemmer({"fr": "french", "nl": "dutch"}[lang])
        setattr(_local, lang, stemmer)
    return stemmer.stemWord(word)


def _strip(stem: str) -> str:
    """Drop a final e or i (« enquet » and « enquete » meet) and the plural s that is left (« velos »)."""
    if len(stem) > 3 and stem[-1] == "s" and stem[-2] in "aiou":
        stem = stem[:-1]
    return stem[:-1] if len(stem) > 3 and stem[-1] in "ei" else stem


def _without_t(bare: str, word: str) -> str:
    """Return the stem of what may be a Dutch verb (« zorgt », « betaald ») as of « zorgen », « betalen »."""
    if len(word) < 4 or bare != word:
        return bare
    if word[-1] == "t" or word[-1] == "d" and word.startswith(("be", "ver", "ont", "her", "er")):
        return _stem(word[:-1], "nl")
    return bare


_NO_VERBS = lines("not_verbs_fr.txt")


def _without_ent(bare: str, word: str) -> str:
    """Return the stem of a French verb in the plural, which the stemmer leaves whole, as of its singular."""
    if len(word) < 6 or not word.endswith("ent") or word.endswith("ment") or word in _NO_VERBS:
        return _strip(bare)
    return _strip(_stem(word[:-2], "fr"))


_OVERRIDES: dict[Lang, dict[str, str]] = {
    "fr": verbs.french(partial(_stem, lang="fr"), _strip) | verbs.listed("stems_fr.txt"),
    "nl": verbs.dutch(partial(_stem, lang="nl")) | verbs.listed("stems_nl.txt"),
}


@lru_cache(CACHED_WORDS)
def stems(word: str, lang: Lang) -> tuple[str, ...]:
    """Return the stems of a word: of its bare form, then (if different) of its accented form, and of the verb
    that it may be (« racontent », « zorgt »).

    The first one is the same with and without accents, so that phrases may rely on it.
    """
    folded = fold(word)
    if folded in _OVERRIDES[lang]:
        return (_OVERRIDES[lang][folded],)
    lowered = unicodedata.normalize("NFC", word.lower())
    bare, accented = _stem(folded, lang), fold(_stem(lowered, lang))
    if lang == "nl":
        return tuple(dict.fromkeys((bare, accented, _without_t(bare, folded))))
    return tuple(dict.fromkeys((_strip(bare), _strip(accented), _without_ent(bare, folded))))


STOP_WORDS: dict[Lang, frozenset[str]] = {"fr": lines("stop_fr.txt"), "nl": lines("stop_nl.txt")}
# Little words so common that even as the words of a question they say nothing.
GLUE = lines("glue.txt")
LIGHT = frozenset(stems(word, lang)[0] for word in lines("light.txt") for lang in LANGUAGES)
_NL_PARTS = frozenset(fold(part) for part in lines("nl_parts.txt"))
_NL_PART_STEMS = frozenset(stems(part, "nl")[0] for part in _NL_PARTS)
_NL_WHOLE = frozenset(fold(word) for word in lines("nl_whole.txt"))
LINKS = ("", "s", "en", "n", "e", "er")
SHORTEST_PART = 3
SHORTEST_COMPOUND = 7


@lru_cache(CACHED_WORDS)
def parts(word: str) -> tuple[str, ...]:
    """Split a Dutch compound into reviewed parts (« leefloonaanvraag » → leefloon, aanvraag).

    Empty when the word is not entirely made of them (linking s, en, n, e allowed), or on the list of
    words that only look like compounds. The longest first part wins.
    """
    word = fold(word)
    if len(word) < SHORTEST_COMPOUND or word in _NL_WHOLE or not word.isalpha():
        return ()
    if word in _NL_PARTS or stems(word, "nl")[0] in _NL_PART_STEMS:
        return ()
    return _split(word)


@lru_cache(CACHED_WORDS)
def _split(rest: str) -> tuple[str, ...]:
    for cut in range(len(rest) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        head, tail = rest[:cut], rest[cut:]
        if head not in _NL_PARTS:
            continue
        for link in LINKS:
            if not tail.startswith(link):
                continue
            end = tail[len(link) :]
            if len(end) >= SHORTEST_PART and (end in _NL_PARTS or stems(end, "nl")[0] in _NL_PART_STEMS):
                return (head, end)
            if more := _split(end):
                return (head, *more)
    return ()


def is_acronym(surface: str) -> bool:
    """True for two to eight capitals as people write CPAS, AS or NT2."""
    return bool(ACRONYM.match(surface))


@lru_cache(CACHED_WORDS)
def is_stop_word(word: str, lang: Lang | None = None) -> bool:
    """True for a word without a subject of its own, in one language or (None) in either."""
    folded = fold(word)
    return any(folded in STOP_WORDS[each] for each in ((lang,) if lang else ("fr", "nl")))


def language_of(text: str) -> Lang | None:
    """Return the language that the little words of a text betray, None when they do not."""
    words = [fold(token.surface) for token in tokens(text)]
    french, dutch = (sum(word in STOP_WORDS[lang] for word in words) for lang in LANGUAGES)
    return None if french == dutch else "fr" if french > dutch else "nl"


def _version() -> str:
    digest = blake2b(b"3", digest_size=4)  # change this number with any rule of this module or of fields.py
    for name in sorted(DATA.glob("*.txt")):
        if not name.name.startswith(
            ("everyday", "endings", "glossary", "glue", "light")
        ):  # these count when one searches
            digest.update(name.read_bytes())
    return digest.hexdigest()


# Indexes made by another analysis go on serving until `search_rebuild` replaces them.
ANALYSIS_VERSION = _version()
