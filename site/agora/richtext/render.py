"""From the light Markdown that people type to the HTML that we show."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from .sanitize import clean, linkify

RENDER_VERSION = 2  # move it when the rendering changes: stored renderings are then remade

# « • » comes with plain text out of Word or a mail; people mean a list.
_BULLETS = re.compile(r"^([ \t]*)[•▪●◦‣⁃·][ \t\u00a0]+", re.MULTILINE)


def _fit_headings(state: StateCore) -> None:
    """Bring the titles that people type under ours: the section itself is an h2."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h4" if token.tag in ("h4", "h5", "h6") else "h3"


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"breaks": True, "html": False, "maxNesting": 20})
    parser.enable(
        ["emphasis", "list", "link", "blockquote", "heading", "newline", "escape", "entity", "autolink", "hr"]
    )
    parser.core.ruler.push("fit_headings", _fit_headings)
    return parser


markdown = _parser()


def source(text: str) -> str:
    """Return the Markdown that a typed text stands for."""
    return _BULLETS.sub(r"\1- ", text)


def render(text: str) -> str:
    """Return safe HTML for a text typed in light Markdown; empty for an empty text.

    Single line ends are kept, HTML is shown as the text it is, bare web addresses become links, and
    what is nested deeper than anybody reads is left out.
    """
    return linkify(clean(markdown.render(source(text)))) if text.strip() else ""
