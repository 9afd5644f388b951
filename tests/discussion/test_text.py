"""Any text may be typed; what is shown is harmless and says the same."""

from html import unescape
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.utils.html import urlize
from hypothesis import given
from hypothesis import strategies as st

from agora.discussion.text import MAX_LENGTH, clean_text, text_html
from agora.richtext import quotes

ALLOWED = {"p", "br", "a", "blockquote"}


class Reader(HTMLParser):
    """Reads HTML as a browser does: what tags there are, and what text remains."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.said = [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]

    def handle_data(self, data):
        self.said += data


PIECES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            [
                "<script>",
                "&lt;",
                "http://",
                "https://a.be/?x=1&y=2",
                "javascript:alert(1)",
                "www.x.com",
                "\n\n",
                "\n> ",
                "> ",
                '"',
                "'",
            ]
        ),
    ),
    max_size=12,
).map("".join)


@given(PIECES)
def test_only_paragraphs_breaks_and_links_come_out(typed):
    try:
        text = clean_text(typed)
    except ValidationError:
        return
    read = Reader(text_html(text))
    assert set(read.tags) <= ALLOWED
    for tag, name, value in read.attributes:
        assert (tag, name) in (("a", "href"), ("a", "rel"), ("blockquote", "class"))
        assert name != "href" or value.startswith(("http://", "https://", "mailto:"))


@given(st.text(alphabet="abé &<>'\"’ \n", min_size=1, max_size=60))
def test_no_word_is_lost(typed):
    try:
        text = clean_text(typed)
    except ValidationError:
        return
    words = "".join(words for _quotes, words in quotes.blocks(text))  # without « > », drawn as a line
    assert "".join(Reader(text_html(text)).said.split()) == "".join(words.split())
    assert words.count(">") >= text.count(">") - len(text.splitlines())


@given(PIECES)
def test_skipping_the_search_for_links_never_misses_one(typed):
    if "<a " not in text_html(typed):
        assert "<a " not in urlize(typed, nofollow=True, autoescape=True)


@given(st.text())
def test_what_is_kept_can_be_stored_anywhere(typed):
    try:
        text = clean_text(typed)
    except ValidationError:
        return
    assert text.encode("utf-8")
    assert "\x00" not in text and "\r" not in text
    assert clean_text(text) == text


@pytest.mark.parametrize(
    "typed", ["", "   ", "\n\r\n", "\x00\x00", "\u200b\u200d", "\ufeff", "\u00a0", "\ud800"]
)
def test_nothing_is_not_a_message(typed):
    with pytest.raises(ValidationError) as refusal:
        clean_text(typed)
    assert refusal.value.code == "empty"


def test_length_is_counted_as_people_count():
    assert len(clean_text("é" * MAX_LENGTH)) == MAX_LENGTH
    assert clean_text("a\r\n" * (MAX_LENGTH // 2)).count("\n") == MAX_LENGTH // 2 - 1
    with pytest.raises(ValidationError) as refusal:
        clean_text("é" * (MAX_LENGTH + 12))
    assert "12" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Une ligne\nune autre\n\n\nun paragraphe", "<p>Une ligne<br>une autre</p><p>un paragraphe</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        (
            "Voir https://www.ocmw.be/a?b=1&c=2.",
            '<a href="https://www.ocmw.be/a?b=1&amp;c=2" rel="nofollow">',
        ),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
    ],
)
def test_lines_and_links_are_shown(typed, shown):
    assert shown in text_html(typed)
    assert unescape(text_html("&amp;")) == "<p>&amp;</p>"
