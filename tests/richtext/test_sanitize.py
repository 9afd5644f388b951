"""The boundary: whatever comes in, nothing that runs, loads or misleads goes out.

One file holds nh3 (the boundary) and bleach (which only finds bare addresses) to the same payloads.
"""

import re
import time

import pytest

from agora.richtext.render import render
from agora.richtext.sanitize import clean, linkify, safe_href

ZERO_WIDTH, TAB_ENTITY = "\u200b", "&#9;"
HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><animate onbegin=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil.example><input name=password></form>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    f"<a href='java{TAB_ENTITY}script:alert(1)'>x</a>",
    f"<a href='java{ZERO_WIDTH}script:alert(1)'>x</a>",
    f"<a href='{ZERO_WIDTH}javascript:alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='\\\\evil.example'>x</a>",
    "<a href='https://agora.example@evil.example/'>x</a>",
    "<a href='https:evil.example'>x</a>",
    "<p style='position:fixed;inset:0'>x</p>",
    "<p onclick=alert(1) id=contenu class=btn>x</p>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<ol start='1 onclick=alert(1)'><li>x</li></ol>",
    "<b <script>alert(1)//<</b>",
    "<!--><img src=x onerror=alert(1)>-->",
]
ALLOWED_TAG = re.compile(r"</?(p|br|strong|em|ul|ol|li|a|blockquote|h3|h4|hr)\b[^<>]*>")
ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')


def assert_harmless(html: str) -> None:
    """Every tag is on the list, every attribute is one of four, every address leads somewhere said."""
    bare = ALLOWED_TAG.sub("", html)
    assert "<" not in bare, html
    for tag in ALLOWED_TAG.finditer(html):
        for name, value in ATTRIBUTE.findall(tag[0]):
            assert name in {"href", "title", "start", "rel"}, html
            if name == "href":
                assert re.match(r"https?://[\w.-]+|mailto:\S+@|/(?![/\\])", value), html
                assert "evil.example" not in value, html


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_html_is_harmless_after_each_function(payload):
    assert_harmless(clean(payload))
    assert_harmless(linkify(clean(payload)))


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_html_typed_as_text_is_shown_as_text(payload):
    html = render(f"avant {payload} après")
    assert_harmless(html)
    assert "avant" in html
    assert "après" in html


@pytest.mark.parametrize(
    "href",
    ["//evil.example", f"java{ZERO_WIDTH}script:alert(1)", "javascript:alert(1)", "data:text/html,x", "x:y"],
)
@pytest.mark.parametrize("form", ["[mot]({})", "<{}>", "[mot][1]\n\n[1]: {}"])
def test_no_hostile_link_is_made_of_markdown(href, form):
    html = render(form.format(href))
    assert "href=" not in html


@pytest.mark.parametrize("tag", ["script", "style"])
def test_the_text_of_scripts_and_styles_goes_too(tag):
    assert clean(f"<p>a</p><{tag}>alert(1)</{tag}>") == "<p>a</p>"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://www.mi-is.be/fr?a=1#b", "https://www.mi-is.be/fr?a=1#b"),
        ("http://a.be", "http://a.be"),
        ("www.ocmw.be", "https://www.ocmw.be"),
        ("mailto:service@cpas.example", "mailto:service@cpas.example"),
        ("/fr/pratiques/x/", "/fr/pratiques/x/"),
        ("  https://a.be ", "https://a.be"),
        ("fiche.html", None),
        ("mailto:", None),
        ("http://", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_where_links_may_lead(href, kept):
    assert safe_href(href) == kept


class TestLinkify:
    def test_bare_addresses_become_links_that_vouch_for_nothing(self):
        html = linkify("<p>Voir https://www.mi-is.be/fr, et www.ocmw.be.</p>")
        assert 'href="https://www.mi-is.be/fr" rel="noopener nofollow"' in html
        assert 'href="https://www.ocmw.be"' in html
        assert ">https://www.mi-is.be/fr</a>, et" in html
        assert ">www.ocmw.be</a>." in html

    @pytest.mark.parametrize("text", ["fini.Il", "fiche.be", "a@b.be", "//evil.example", "ftp://a.be"])
    def test_words_stay_words(self, text):
        assert "<a" not in linkify(f"<p>http: {text} ://</p>")

    def test_links_are_not_made_in_links(self):
        html = render("[https://a.be](https://b.be)")
        assert html.count("<a ") == 1
        assert 'href="https://b.be"' in html

    def test_an_address_that_lies_about_its_host_stays_text(self):
        assert "<a" not in render("https://agora.example@evil.example/")


def test_long_texts_are_cleaned_at_once():
    start = time.perf_counter()
    render(("mot **gras** https://a.be [x](https://b.be) <b>\n" * 1000)[:20_000])
    assert time.perf_counter() - start < 5
