"""A text in light Markdown as what a reader sees of it: paragraphs, items, titles, and their words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from ..plain import tidy
from ..render import markdown, source

PARAGRAPH, TITLE, SMALL_TITLE, BULLET, NUMBER, RULE = (
    "paragraph",
    "title",
    "small-title",
    "bullet",
    "number",
    "rule",
)

# A word may hold hyphens, a number its decimals; an address stays whole. Anything else is one sign each.
_WORDS = re.compile(r"(\s*)(https?://\S+|\d+(?:[.,:/]\d+)*(?!\w)|\w+(?:-\w+)*|[^\w\s])")
_MARKS = {"strong_open": "strong", "em_open": "em"}
_TITLES = {"h3": TITLE, "h4": SMALL_TITLE}


@dataclass(frozen=True, slots=True)
class Word:
    """One word or sign as it stands in a text.

    `before`: what separates it from the previous one ("", a space, a line end); `marks`: "strong", "em";
    `link`: where it leads, empty for plain words.
    """

    text: str
    before: str = ""
    marks: frozenset[str] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, title or item.

    `depth`: of lists around it; `number`: of an item in a numbered list, or 0; an item whose number moved
    because another came before it is the same item.
    """

    shape: str
    words: tuple[Word, ...]
    depth: int = 0
    is_quoted: bool = False
    number: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """The words alone: two blocks with the same key say the same. Words hold no spaces."""
        return "\x00" if self.shape == RULE else " ".join(word.text for word in self.words)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return self.shape in (BULLET, NUMBER)


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a text in light Markdown, in reading order; those without a word are left out."""
    return [
        block for block in _blocks(markdown.parse(source(tidy(text)))) if block.words or block.shape == RULE
    ]


def lines_of(text: str) -> list[Block]:
    """Return the lines of a text without Markdown, each as a paragraph."""
    lines = [tuple(_plain_words(line)) for line in tidy(text).split("\n")]
    return [Block(PARAGRAPH, words) for words in lines if words]


def _plain_words(text: str) -> Iterator[Word]:
    return (Word(found[2], found[1]) for found in _WORDS.finditer(text))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    lists: list[list] = []  # the lists around: [shape, next number]
    quotes, shape, number = 0, PARAGRAPH, 0
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append([BULLET, 0])
            case "ordered_list_open":
                lists.append([NUMBER, int(token.attrs.get("start", 1))])
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                shape, number = lists[-1]
                lists[-1][1] += shape == NUMBER
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "heading_open":
                shape = _TITLES[token.tag]
            case "hr":
                yield Block(RULE, (), len(lists), quotes > 0)
            case "inline":
                yield Block(shape, tuple(_words(token.children or [])), len(lists), quotes > 0, number)
                shape, number = PARAGRAPH, 0  # what follows in the same item is a paragraph under it


def _words(tokens: list[Token]) -> Iterator[Word]:
    marks: list[str] = []
    link, gap = "", ""
    for token in tokens:
        if token.type in _MARKS:
            marks.append(_MARKS[token.type])
        elif token.type in ("strong_close", "em_close"):
            marks.pop()
        elif token.type == "link_open":
            link = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            link = ""
        elif token.type in ("softbreak", "hardbreak"):
            gap = "\n"
        elif token.content:
            end = 0
            for found in _WORDS.finditer(token.content):
                yield Word(found[2], gap or found[1], frozenset(marks), link)
                gap, end = "", found.end()
            gap = gap or token.content[end:]
