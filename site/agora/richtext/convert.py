"""From what Word, Outlook, Google Docs or a web page put on the clipboard to our light Markdown.

nh3 goes first, and not only for safety: it turns any HTML into well-formed HTML, in linear time, so that
the gentler tools behind it meet no surprise. What is kept of styles only serves to recognise lists and bold.
"""

import re
from dataclasses import dataclass
from html import unescape

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from markdownify import MarkdownConverter

from .plain import tidy
from .sanitize import safe_href

PASTE_BYTES = 1024 * 1024
MAX_DEPTH = 30  # of nested elements; deeper than any document, shallow enough for recursive tools
MAX_TAGS = 40_000  # opening and closing; a hundred pages of Word, a second of work

_BLOCKS = {"p", "div", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "pre"}
_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"}
_INLINE = {"a", "b", "strong", "i", "em", "span", "img", "font"}
_KEPT = {"a": {"href"}, "ol": {"start"}, "p": {"class"}}
_STYLED = {"p", "span", "b", "strong", "i", "em", "li", "div", "font"}

_MSO_LIST = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)")
_NUMBER = re.compile(r"^\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
# Closing tags of the elements in `flat` are often left out, and they only nest inside the others.
_TAG = re.compile(
    r"<(?P<close>/?)(?:(?P<flat>(?:br|hr|img|meta|link|o:p|p|li|tr|td|th|tbody)\b)|[a-z][\w:]*)[^<>]*>",
    re.IGNORECASE,
)
_PLAIN_WEIGHT, _PLAIN_SLOPE = re.compile(r"font-weight:(normal|400)"), re.compile(r"font-style:normal")
_UNDONE = {"b": _PLAIN_WEIGHT, "strong": _PLAIN_WEIGHT, "i": _PLAIN_SLOPE, "em": _PLAIN_SLOPE}
_BLANK_LINES = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WORDLESS = {"script", "style", "title", "template", "iframe", "object", "svg", "math", "select", "button"}


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a paste, and what could not come along: images left out, tables that became lines."""

    text: str
    images: int = 0
    tables: int = 0


def from_html(html: str) -> Converted:
    """Return a pasted piece of HTML as light Markdown. Never fails: the worst case is its bare words."""
    if _is_odd(html):
        return _bare(html)
    attributes = {tag: {"style"} for tag in _STYLED}
    for tag, names in _KEPT.items():
        attributes[tag] = attributes.get(tag, set()) | names
    known = nh3.clean(
        html,
        tags=_BLOCKS | _TABLES | _INLINE,
        clean_content_tags=_WORDLESS,
        attributes=attributes,
        link_rel=None,
    )
    if _is_odd(known):
        return _bare(known)
    soup = BeautifulSoup(known, "html.parser")
    images = _drop_images(soup)
    _unfold_lines(soup)
    _restore_emphasis(soup)
    _restore_lists(soup)
    tables = _flatten_tables(soup)
    _keep_safe_links(soup)
    text = _Converter().convert_soup(soup)
    return Converted(_neat(text), images, tables)


class _Converter(MarkdownConverter):
    """markdownify, held to the few marks that our editor knows."""

    class Options:
        bullets = "-"
        autolinks = True
        # A mark that the text itself holds (« 5*3 ») is rarer than an ugly backslash would be.
        escape_asterisks = escape_underscores = escape_misc = False

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Keep line ends: our renderer shows them."""
        return " " if "_inline" in parent_tags else "\n"

    def _heading(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = " ".join(text.split())
        return f"\n\n### {words}\n\n" if words else ""

    convert_h1 = convert_h2 = convert_h3 = convert_h4 = convert_h5 = convert_h6 = _heading


def _unfold_lines(soup: BeautifulSoup) -> None:
    """Make one blank of each run of blanks: Word breaks its source where the eye sees no line end."""
    for text in soup.find_all(string=True):
        if not text.find_parent("pre"):
            unfolded = _BLANKS.sub(" ", text)
            if isinstance(text.previous_sibling, Tag) and text.previous_sibling.name == "br":
                unfolded = unfolded.lstrip(" ")
            text.replace_with(NavigableString(unfolded))
    for item in soup.find_all("li"):
        paragraphs = item.find_all("p", recursive=False)
        if len(paragraphs) == 1:  # a loose list would come out with empty lines
            paragraphs[0].unwrap()


def _drop_images(soup: BeautifulSoup) -> int:
    images = soup.find_all("img")
    for image in images:
        image.decompose()
    return len(images)


def _is_odd(html: str) -> bool:
    """Say whether HTML is too deep or has too many elements to be a document somebody wrote.

    Asked before nh3, whose time grows with the square of the depth, and after, when all tags are closed.
    """
    if html.count("<") > MAX_TAGS:
        return True
    depth = 0
    for tag in _TAG.finditer(html):
        if not tag["flat"]:
            depth = max(depth - 1, 0) if tag["close"] else depth + 1
            if depth > MAX_DEPTH:
                return True
    return False


def _bare(html: str) -> Converted:
    return Converted(_neat(unescape(_TAG.sub("\n", html))))


def _style(tag: Tag) -> str:
    return str(tag.get("style", "")).replace(" ", "").lower()


def _restore_emphasis(soup: BeautifulSoup) -> None:
    """Read bold and italics where they are: Google Docs wraps everything in a <b> that is not bold."""
    for tag in soup.find_all(["b", "strong", "i", "em", "span", "font"]):
        style = _style(tag)
        if tag.name in _UNDONE and _UNDONE[tag.name].search(style):
            tag.unwrap()
        elif tag.name == "span" and "mso-list:ignore" not in style:
            if re.search(r"font-weight:(bold|[6-9]00)", style):
                tag.name = "strong"
            elif "font-style:italic" in style:
                tag.name = "em"
    for tag in soup.find_all(["b", "strong", "i", "em"]):
        # Word cuts a bold sentence in pieces; « **a****b** » would be no bold at all.
        while isinstance(tag.next_sibling, Tag) and tag.next_sibling.name == tag.name:
            following = tag.next_sibling
            tag.extend(list(following.children))
            following.decompose()
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        for tag in heading.find_all(["b", "strong"]):
            tag.unwrap()


def _restore_lists(soup: BeautifulSoup) -> None:
    """Make lists of Word's list paragraphs, and put lists that hang in a list under its last item."""
    open_lists: list[Tag] = []  # the list under way, and those nested in it
    previous: Tag | None = None
    for paragraph in soup.find_all("p"):
        level = _word_level(paragraph)
        if level is None:
            continue
        if previous is None or _next_element(previous) is not paragraph:
            open_lists = []
        ordered = _take_marker(paragraph)
        del open_lists[level:]
        if len(open_lists) == level and (open_lists[-1].name == "ol") != ordered:
            open_lists.pop()
        while len(open_lists) < level:
            nested = soup.new_tag("ol" if ordered else "ul")
            if not open_lists:
                paragraph.insert_before(nested)
            else:
                items = open_lists[-1].find_all("li", recursive=False)
                (items[-1] if items else open_lists[-1]).append(nested)
            open_lists.append(nested)
        paragraph.extract()
        paragraph.name = "li"
        open_lists[-1].append(paragraph)
        previous = open_lists[0]
    for nested in soup.find_all(["ul", "ol"]):
        if nested.parent and nested.parent.name in ("ul", "ol"):
            items = nested.find_previous_siblings("li", limit=1)
            if items:
                items[0].append(nested.extract())


def _word_level(paragraph: Tag) -> int | None:
    """Return how deep a paragraph stands in one of Word's lists (1 = outermost), None outside lists."""
    found = _MSO_LIST.search(str(paragraph.get("style", "")))
    if found:
        return min(max(int(found[1]), 1), 6)
    is_list = any(str(name).startswith("MsoListParagraph") for name in paragraph.get("class", []))
    return 1 if is_list and paragraph.find(_is_marker) else None


def _is_marker(tag: Tag) -> bool:
    return tag.name == "span" and "mso-list:ignore" in _style(tag)


def _take_marker(paragraph: Tag) -> bool:
    """Remove the bullet or number that Word wrote out in a list paragraph; say whether it was a number."""
    marker = paragraph.find(_is_marker)
    if marker is None:
        return False
    written = marker.get_text().strip()
    holder = marker.parent
    marker.decompose()
    while holder is not paragraph and holder is not None and not holder.get_text(strip=True):
        holder, empty = holder.parent, holder
        empty.decompose()
    return bool(_NUMBER.match(written))


def _next_element(tag: Tag) -> Tag | None:
    """Return the element that follows, if nothing but blanks stands between."""
    for sibling in tag.next_siblings:
        if isinstance(sibling, Tag):
            return sibling
        if str(sibling).strip():
            return None
    return None


def _flatten_tables(soup: BeautifulSoup) -> int:
    """Turn tables into lines « cell · cell »; tables that only hold a layout give their content back."""
    flattened = 0
    for table in reversed(soup.find_all("table")):  # inner ones first
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
        filled = [[cell for cell in cells if cell.get_text(strip=True)] for cells in rows]
        if any(len(cells) > 1 for cells in filled) and not table.find(["ul", "ol", "table"]):
            lines = soup.new_tag("ul")
            for cells in filter(None, filled):
                line = soup.new_tag("li")
                line.string = " · ".join(" ".join(cell.get_text(" ").split()) for cell in cells)
                lines.append(line)
            table.replace_with(lines)
            flattened += 1
        else:
            for tag in [*table.find_all(list(_TABLES)), table]:
                tag.name = "div"
    return flattened


def _keep_safe_links(soup: BeautifulSoup) -> None:
    for link in soup.find_all("a"):
        href = safe_href(str(link.get("href", "")))
        if href is None or not link.get_text(strip=True):
            link.unwrap()
        else:
            link["href"] = href.replace("(", "%28").replace(")", "%29")


def _neat(text: str) -> str:
    """Drop what separates nothing: blanks at line ends, lines of blanks, more than one empty line."""
    lines = (line.rstrip("\u00a0 ") for line in tidy(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n ")
