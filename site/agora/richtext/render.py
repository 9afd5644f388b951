"""From the light Markdown that people type to the HTML that we show."""

from markdown_it import MarkdownIt

from .sanitize import clean

RENDER_VERSION = 1  # move it when the rendering changes: stored renderings are then remade

_markdown = MarkdownIt("zero", {"breaks": True, "html": False}).enable(
    ["emphasis", "list", "link", "blockquote", "heading", "newline", "escape", "entity", "autolink", "hr"]
)


def render(text: str) -> str:
    """Return safe HTML for a text typed in light Markdown; empty for an empty text."""
    return clean(_markdown.render(text)) if text.strip() else ""
