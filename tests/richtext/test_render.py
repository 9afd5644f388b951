"""What people type, as they see it afterwards, and as words only."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agora.richtext.plain import one_line, plain, tidy
from agora.richtext.render import render


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        (" \n ", ""),
        ("un\ndeux", "<p>un<br>\ndeux</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("• a\n• b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("3) a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("**a** *b*", "<p><strong>a</strong> <em>b</em></p>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("# a", "<h3>a</h3>\n"),
        ("### a", "<h3>a</h3>\n"),
        ("#### a", "<h4>a</h4>\n"),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("<b>a</b> & b", "<p>&lt;b&gt;a&lt;/b&gt; &amp; b</p>\n"),
        ("| a | b |", "<p>| a | b |</p>\n"),
        ("l’été : 5 * 3 * 2", "<p>l’été : 5 * 3 * 2</p>\n"),
    ],
)
def test_light_markdown(typed, shown):
    assert render(typed) == shown


@pytest.mark.parametrize("piece", ["> ", "- ", "[", "[a](", "**", "*a ", "<", "&", "`", "1. ", "\\", "]"])
def test_twenty_thousand_odd_characters_do_no_harm(piece):
    html = render((piece * 20_000)[:20_000])
    assert html.count("<blockquote>") <= 20
    assert html.count("<ul>") <= 20


def test_every_run_of_blanks_becomes_one_space_and_no_break_spaces_stay():
    assert (
        one_line(" un\t\ndeux  trois\u2028quatre \n\u0085 cinq\u00a0? \r\n\u00a0")
        == "un deux trois quatre cinq\u00a0?"
    )
    assert one_line("un \u00a0\n deux") == "un \u00a0 deux"


def test_plain_keeps_the_words_only():
    text = "### Titre\n\n**Gras** et [lien](https://a.be)\nsuite\n\n1. un\n2. deux\n\n<b> &amp;"
    assert plain(text) == "Titre\nGras et lien suite\nun\ndeux\n<b> &"


def test_tidy_makes_equal_texts_equal():
    assert tidy("e\u0301te\u0301\r\n a \t\r\nb\x00\ud800") == "été\n a\nb"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_anything_can_be_typed(text):
    assert isinstance(render(text), str)
    assert tidy(tidy(text)) == tidy(text)
    assert "<script" not in render(text)
