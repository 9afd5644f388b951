"""Plain text in which somebody is quoted or spoken to: « > » before a line quotes, « @ » before a name calls.

Both are signs that people type themselves, so that a text needs no second column, reads the same in a letter
box of 1995, and comes back in the form as it was. Here is how such a text is made, read and drawn; who may be
called, and who is told, is for the room that holds it.
"""

import re
from collections.abc import Callable, Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

MOST_QUOTED = 600  # characters of one quote: it points at a passage, the whole text stands above
_QUOTE = re.compile(r"> +(?=\S)")
_CALL = re.compile(r"(?<![^\s(>])@((?:[^\W\d_][\w’'.-]*)(?:[ \u00a0][^\W\d_][\w’'.-]*){0,4})")
_SPACES = re.compile(r"\s+")


def quote(text: str, by: str = "") -> str:
    """Return a passage as it stands in the composer: `by` on a line of its own, then the words, then a line
    for one's answer. What the passage itself quoted is left out, and a long one is cut at a word.
    """
    words = own_words(text).strip()
    if len(words) > MOST_QUOTED:
        words = words[:MOST_QUOTED].rsplit(None, 1)[0] + " …"
    lines = ([by] if by else []) + [line for line in words.splitlines() if line.strip()]
    return "".join(f"> {line}\n" for line in lines) + "\n" if words else ""


def blocks(text: str) -> list[tuple[bool, str]]:
    """Cut a text into runs of lines, each with whether it quotes; signs of quoting are taken off."""
    found: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        sign = _QUOTE.match(line)
        quotes = sign is not None
        if not found or found[-1][0] != quotes:
            found.append((quotes, []))
        found[-1][1].append(line[sign.end() :] if sign else line)
    return [(quotes, "\n".join(lines)) for quotes, lines in found]


def own_words(text: str) -> str:
    """Return a text without what it quotes (all of it where it only quotes): for extracts and for search."""
    if not _may_quote(text):
        return text
    return "\n".join(words for quotes, words in blocks(text) if not quotes).strip() or text


def without(text: str, gone: str, said: str) -> str:
    """Return a text in which the passages quoted from `gone` are replaced by what is `said` of them."""
    if not _may_quote(text):
        return text
    source = _flat(gone)
    parts = []
    for quotes, words in blocks(text):
        if not quotes:
            parts.append(words)
            continue
        lines = [said if _comes_from(line, source) else line for line in words.split("\n")]
        lines = [line for n, line in enumerate(lines) if not n or line != said or lines[n - 1] != said]
        parts.append("\n".join(f"> {line}" for line in lines))
    return "\n".join(parts)


def _comes_from(line: str, source: str) -> bool:
    words = _flat(line.removesuffix("…"))
    return len(words) > 1 and words in source


def _may_quote(text: str) -> bool:
    return text.startswith("> ") or "\n> " in text


def _flat(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def called(text: str, names: Iterable[str]) -> list[str]:
    """Return those of some names that a text calls (« @Frêne »), the longest that fits each time; what a text
    quotes calls nobody again.
    """
    names = sorted(set(filter(None, names)), key=len, reverse=True)
    found: list[str] = []
    for quotes, words in blocks(text):
        for match in () if quotes else re.finditer(r"(?<![^\s(])@", words):
            rest = words[match.end() :].replace("\u00a0", " ")
            name = next((each for each in names if _begins(rest, each)), None)
            if name is not None and name not in found:
                found.append(name)
    return found


def spans_of(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Return where some names stand after « @ », or at the head of a quoted line: from where to where."""
    words = "|".join(re.escape(name) for name in sorted(set(filter(None, names)), key=len, reverse=True))
    if not words:
        return []
    sought = re.compile(rf"(?:(?<![^\s(>])@|^> +)({words})", re.MULTILINE)
    return [match.span(1) for match in sought.finditer(text)]


def calls_in(text: str) -> list[str]:
    """Return what stands after each « @ » of a text, up to five words: the names that it may hold."""
    return [
        match[1].replace("\u00a0", " ")
        for quotes, words in blocks(text)
        if not quotes
        for match in _CALL.finditer(words)
    ]


def _begins(rest: str, name: str) -> bool:
    if not rest.casefold().startswith(name.casefold()):
        return False
    after = rest[len(name) : len(name) + 1]
    return not (after.isalnum() or after == "_")


def drawn(text: str, paragraphs: Callable[[str], str] | None = None) -> SafeString:
    """Return the HTML of a text.

    Args:
        paragraphs: draws what stands in a run of lines, escaped; by default `plain_paragraphs`.
    """
    draw = paragraphs or plain_paragraphs
    if not _may_quote(text):
        return mark_safe(draw(text))  # noqa: S308
    pieces = ((quotes, draw(words)) for quotes, words in blocks(text) if words.strip())
    html = (
        f'<blockquote class="cited">{piece}</blockquote>' if quotes else piece for quotes, piece in pieces
    )
    return mark_safe("".join(html))  # noqa: S308


def plain_paragraphs(text: str) -> str:
    """Return plain text as escaped paragraphs, with its lines as typed."""
    html = escape(text.strip("\n"))
    pieces = (piece.strip("\n").replace("\n", "<br>") for piece in re.split(r"\n{2,}", html))
    return "".join(f"<p>{piece}</p>" for piece in pieces if piece)
