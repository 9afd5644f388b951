"""Pasting from Word, Outlook and Google Docs."""

import json
import time
from pathlib import Path

import pytest
from django.urls import reverse

from agora.richtext.convert import PASTE_BYTES, from_html
from agora.richtext.render import render

SAMPLES = Path(__file__).parent / "samples"
WORD = """\
### Premier accueil

Le premier jour, un quart d’heure pour écouter,\u00a0**sans écran**\u00a0: on pose *une* question.

- une porte fermée
  - près de l’accueil
- deux chaises

Ensuite\u00a0:

1. **Écouter** quinze minutes
2. Fixer le rendez-vous

- Avant · 61 sur cent
- Après · 28 sur cent

[Le site](https://www.mi-is.be/fr) et un piège."""
OUTLOOK = """\
Bonjour,

Voici ce que nous faisons à Jette\u00a0:
on relit les prolongations à deux.

- le lundi matin
- à voix haute

**Service social**"""
GOOGLE_DOCS = """\
Nous avons **un tableau** au mur.

- trois colonnes
  - *dont une rouge*
- un stylo"""


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.html").read_text("utf-8")


class TestSamples:
    @pytest.mark.parametrize(
        ("name", "text", "images", "tables"),
        [("word", WORD, 1, 1), ("outlook", OUTLOOK, 1, 0), ("google-docs", GOOGLE_DOCS, 0, 0)],
    )
    def test_becomes_light_markdown(self, name, text, images, tables):
        converted = from_html(sample(name))
        assert converted.text == text
        assert (converted.images, converted.tables) == (images, tables)

    def test_is_shown_with_its_lists(self):
        html = render(from_html(sample("word")).text)
        assert html.count("<ul>") == 3
        assert html.count("<ol>") == 1
        assert "javascript" not in html


class TestOddities:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("", ""),
            ("mot", "mot"),
            ("<p>a</p><p>b</p>", "a\n\nb"),
            ("a &amp; b &lt;i&gt;", "a & b <i>"),
            ("<h1>T</h1>x", "### T\n\nx"),
            ("<blockquote>a</blockquote>", "> a"),
            ("<table><tr><td>a</td></tr></table>", "a"),
            ("<p>un\n deux</p>", "un deux"),
            ("<ol start=4><li>a<li>b</ol>", "4. a\n5. b"),
            ("<a href='//evil.example'>x</a>", "x"),
            ("<a href='https://a.be/(x)'>x</a>", "[x](https://a.be/%28x%29)"),
            ("<script>alert(1)</script><title>t</title><p>a</p>", "a"),
            ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ],
    )
    def test_html(self, html, text):
        assert from_html(html).text == text

    @pytest.mark.parametrize(
        "html",
        [
            "<div>" * 50_000,
            "<blockquote>" * 5000 + "x",
            "<ul><li>" * 3000 + "x",
            "<table>" * 3000,
            "<" * PASTE_BYTES,
            "<!--" * 250_000,
            "<p>a " * 150_000,
            "<b>a</b>" * 19_000,
            "\x00\ufffe</p>" * 50,
        ],
        ids=["div", "quote", "list", "table", "lt", "comment", "p", "b", "nul"],
    )
    def test_a_megabyte_of_nonsense_is_answered_in_seconds(self, html):
        start = time.perf_counter()
        assert isinstance(from_html(html).text, str)
        assert time.perf_counter() - start < 20

    def test_what_is_too_deep_keeps_its_words(self):
        assert from_html("<div>" * 500 + "mot<p>suite").text.split() == ["mot", "suite"]


@pytest.mark.django_db
class TestEndpoint:
    def post(self, client, body, **headers):
        return client.post(reverse("richtext:paste"), body, content_type="text/html", headers=headers)

    def test_answers_text_and_what_was_dropped(self, client_of, member):
        answer = self.post(client_of(member), sample("word").encode())
        assert answer.status_code == 200
        body = json.loads(answer.content)
        assert body["text"] == WORD
        assert len(body["dropped"]) == 2

    def test_says_nothing_when_nothing_was_dropped(self, client_of, member):
        assert self.post(client_of(member), b"<p>a</p>").json() == {"text": "a", "dropped": []}

    def test_refuses_more_than_a_megabyte(self, client_of, member):
        answer = self.post(client_of(member), b"x" * (PASTE_BYTES + 1))
        assert answer.status_code == 413
        assert answer.json()["error"]

    def test_refuses_who_does_not_write(self, client_of, pending):
        assert self.post(client_of(pending), b"<p>a</p>").status_code == 403
        assert self.post(client_of(), b"<p>a</p>").status_code == 302

    def test_bytes_that_are_no_text_are_no_error(self, client_of, member):
        assert self.post(client_of(member), b"\xff\xfe\x00<p>a").status_code == 200

    def test_only_takes_posts(self, client_of, member):
        assert client_of(member).get(reverse("richtext:paste")).status_code == 405
