"""A sheet on A4: what the PDF says, to whom, at what cost, and what happens when it cannot be made."""

import io
from datetime import date

import pytest
from django.core.cache import caches
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from agora.richtext.render import render
from practices.actions import change_practice
from practices.models import SECTIONS
from practices.paper import press, views
from practices.paper.glyphs import drawable
from practices.paper.pieces import DEEPEST, LONGEST_WORD, pieces_of, words
from practices.paper.reading import said
from tests.attachments.factories import stored

from .factories import fields_of, make_practice
from .samples import declare

WHOLE = {"origin": "21009", "maturity": "tried", "themes": ("accueil-flux",)} | {
    name: f"Texte de {name}." for name in SECTIONS
}
HOSTILE = '#eval("1") #read("/etc/passwd") ]][[ }{ $x$ \\ _ ` @cle <cle> // /* -- #import "@preview/a:1.0.0"'


@pytest.fixture(autouse=True)
def fresh_cache():
    for name in ("paper", "default"):
        caches[name].clear()


@pytest.fixture
def sheet(tree, member):
    """A whole sheet for members, in French."""
    return make_practice(by=member, title="Un accueil en deux temps", **WHOLE)


def address(sheet) -> str:
    """Return the address of the sheet on paper."""
    with translation.override(sheet.locale.language_code):
        return reverse("practices:pdf", kwargs={"slug": sheet.slug})


def opened(response) -> PdfReader:
    """Read the PDF of an answer; fails when it is none."""
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(pdf: PdfReader) -> str:
    """Return the words of a PDF on one line."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


class TestWhatItSays:
    def test_everything_that_has_data(self, sheet, member, client_of):
        declare(sheet, "21009", "adopted", date(2024, 3, 1))
        declare(sheet, "21016", "stopped", date(2025, 6, 1), "Faute de local.")
        pdf = opened(client_of(member).get(address(sheet)))
        text = text_of(pdf)
        for said_of in (
            "Un accueil en deux temps",
            "CPAS d’Ixelles",
            "Essayée ailleurs (étape actuelle)",
            "Lisible par les membres des 19 CPAS.",
            *(f"Texte de {name}." for name in SECTIONS),
            "Adopté depuis mars 2024. CPAS d’origine.",
            "Arrêté en juin 2025. Faute de local.",
            "Premier accueil et flux",
            "À relire avant",
            "Écrite par Samira B., Forest.",
            "page 1 sur",
            "imprimé le",
            sheet.get_absolute_url(),
        ):
            assert said_of in text, said_of

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_it_is_tagged_and_says_its_language_and_title(self, tree, member, client_of, language):
        sheet = make_practice(by=member, language=language, title="Een bord aan de muur", **WHOLE)
        pdf = opened(client_of(member).get(address(sheet)))
        root = pdf.trailer["/Root"]
        assert root["/Lang"] == f"{language}-BE"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert pdf.metadata.title == "Een bord aan de muur"
        assert "pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        width, height = (round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:])
        assert (width, height) == (210, 297)

    def test_parts_are_headings_lists_are_lists_and_pictures_have_words(self, sheet, member, client_of):
        sheet.steps = "1. Tracer.\n2. Relire."
        sheet.save()
        declare(sheet, "21007")
        pdf = opened(client_of(member).get(address(sheet)))
        kinds = list(_structure(pdf.trailer["/Root"]["/StructTreeRoot"]))
        for kind in ("/H1", "/L", "/LI", "/Table", "/TH", "/Link", "/Figure"):
            assert kind in kinds, kind

    def test_files_are_named_on_paper(self, tree, member, client_of):
        sheet = make_practice(by=member, attachments=(str(stored(member, "grille.pdf").pk),))
        text = text_of(opened(client_of(member).get(address(sheet))))
        assert "À télécharger" in text
        assert "grille.pdf" in text

    def test_links_lead_somewhere_from_paper_too(self, tree, member, client_of):
        sheet = make_practice(by=member, problem="Voir [le site](https://agora.example/a) et www.b.example.")
        pdf = opened(client_of(member).get(address(sheet)))
        targets = {
            str(note.get_object()["/A"]["/URI"]) for page in pdf.pages for note in page.get("/Annots", [])
        }
        assert {"https://agora.example/a", "https://www.b.example"} <= targets
        assert all(target.startswith("http") for target in targets)


def _structure(node):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from _structure(node["/K"])


class TestWhoReads:
    def test_a_visitor_gets_the_showcase_without_a_person(self, tree, member, client_of):
        sheet = make_practice(by=member, is_showcase=True, **WHOLE)
        for person, named in ((member, True), (None, False)):
            text = text_of(opened(client_of(person).get(address(sheet))))
            assert "Texte de steps." in text
            assert (member.first_name in text) is named

    def test_what_is_closed_does_not_exist_for_a_visitor(self, sheet, member, pending, client_of):
        assert client_of(member).get(address(sheet)).status_code == 200
        for person in (None, pending):
            assert client_of(person).get(address(sheet)).status_code == 404

    def test_archived_is_gone_though_it_was_printed(self, sheet, member, client_of):
        assert client_of(member).get(address(sheet)).status_code == 200
        sheet.unpublish()
        assert client_of(member).get(address(sheet)).status_code == 404

    def test_the_page_of_the_sheet_leads_there(self, sheet, member, client_of):
        html = client_of(member).get(sheet.get_absolute_url()).content.decode()
        assert f'href="{address(sheet)}"' in html


class TestKeeping:
    @pytest.fixture
    def set_count(self, monkeypatch):
        """Count the papers that are really set."""
        made, real = [], press.typeset
        monkeypatch.setattr(press, "typeset", lambda data: made.append(1) or real(data))
        return made

    def test_the_second_reader_gets_the_same_paper(self, sheet, member, colleague, client_of, set_count):
        first, second = (client_of(person).get(address(sheet)) for person in (member, colleague))
        assert first.content == second.content
        assert len(set_count) == 1

    def test_the_browser_keeps_it_until_it_changes(self, sheet, member, client_of, set_count):
        browser = client_of(member)
        etag = browser.get(address(sheet))["ETag"]
        again = browser.get(address(sheet), headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        change_practice(
            sheet,
            fields_of(title=sheet.title, problem="Autre chose."),
            by=member,
            significance="major",
            based_on=sheet.live_revision_id,
        )
        changed = browser.get(address(sheet), headers={"If-None-Match": etag})
        assert "Autre chose." in text_of(opened(changed))
        assert len(set_count) == 2

    def test_the_file_has_the_name_of_the_sheet(self, sheet, member, client_of):
        disposition = client_of(member).get(address(sheet))["Content-Disposition"]
        assert disposition == 'attachment; filename="un-accueil-en-deux-temps.pdf"'

    @pytest.mark.parametrize("rows", [1, 19])
    def test_its_cost_does_not_grow(self, sheet, member, client_of, rows, django_assert_num_queries):
        for ins in range(21001, 21001 + rows):
            declare(sheet, str(ins))
        browser = client_of(member)
        browser.get(address(sheet))
        with django_assert_num_queries(QUERIES):
            browser.get(address(sheet))


QUERIES = 23


class TestTrouble:
    def test_a_failure_of_the_typesetter_is_told(self, sheet, member, client_of, monkeypatch, caplog):
        monkeypatch.setattr(press, "TYPESETTER", press.HERE / "nowhere.py")
        response = client_of(member).get(address(sheet))
        assert response.status_code == 503
        assert "Pas de PDF pour le moment" in response.content.decode()
        assert "No paper" in caplog.text

    def test_a_sheet_that_takes_too_long_is_given_up(self, sheet, member, client_of, monkeypatch):
        monkeypatch.setattr(press, "TIME", 0.001)
        assert client_of(member).get(address(sheet)).status_code == 503

    def test_many_new_papers_at_once_wait(self, tree, member, colleague, client_of, monkeypatch):
        monkeypatch.setattr(views, "PAPERS", 1)
        first, second = make_practice(by=member), make_practice(by=member)
        browser = client_of(member)
        assert browser.get(address(first)).status_code == 200
        refused = browser.get(address(second))
        assert refused.status_code == 429
        assert "dans cinq minutes" in refused.content.decode()
        assert browser.get(address(first)).status_code == 200  # what is made already costs nothing
        assert client_of(colleague).get(address(second)).status_code == 200

    def test_what_people_type_is_never_an_order(self, tree, member, client_of):
        sheet = make_practice(by=member, title=f"Titre {HOSTILE}", problem=HOSTILE, summary=HOSTILE[:90])
        text = text_of(opened(client_of(member).get(address(sheet))))
        assert '#eval("1") #read("/etc/passwd") ]][[ }{ $x$' in text
        assert "root:" not in text

    def test_every_script_and_sign_gets_a_place(self, tree, member, client_of):
        signs = "العربية محمد · 中文 · ኣማርኛ · 😀👍🏽 · → ✓ · \ue000\U0010ffff · Łódź Şişli"
        sheet = make_practice(by=member, title=f"Noms {signs}", problem=signs)
        text = text_of(opened(client_of(member).get(address(sheet))))
        for shown in ("Łódź Şişli", "→ ✓", "😀"):
            assert shown in text, shown

    def test_the_longest_texts_fit(self, tree, member, client_of):
        long = dict.fromkeys(SECTIONS[:3], "mot " * 4_999) | {"means": "a" * 20_000}
        sheet = make_practice(by=member, **long)
        assert len(opened(client_of(member).get(address(sheet))).pages) > 15


class TestPieces:
    def test_nothing_is_lost_of_ordinary_text(self):
        html = render("Un **mot** et _un_ autre.\n\n1. a\n2. b\n\n- c\n\n> d\n\n### Titre\n\nfin")
        assert _words_of(pieces_of(html)) == "Un mot et un autre.abcdTitrefin"

    def test_a_long_word_may_be_cut(self):
        (piece,) = words("a" * 100)
        assert max(map(len, piece.split("\u200b"))) <= LONGEST_WORD
        assert piece.replace("\u200b", "") == "a" * 100

    def test_what_no_font_draws_has_its_name(self):
        assert words("中a") == [["unknown", [], "cjk unified ideograph-4e2d"], "a"]

    def test_headings_never_skip_a_level(self):
        found = pieces_of(render("###### a\n\n# b\n\n###### c"))
        assert [piece[2] for piece in found if piece[0] == "heading"] == [2, 2, 3]

    @given(st.text(max_size=400))
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_any_text_becomes_pieces_of_bounded_depth_that_can_be_drawn(self, text):
        pieces = pieces_of(render(text))
        assert _depth(pieces) <= DEEPEST + 1
        assert {ord(sign) for sign in _words_of(pieces)} <= drawable() | {0x200B}


def _words_of(pieces) -> str:
    return "".join(piece if isinstance(piece, str) else _words_of(piece[1]) for piece in pieces)


def _depth(pieces) -> int:
    return max((1 + _depth(piece[1]) for piece in pieces if not isinstance(piece, str)), default=0)


@pytest.mark.django_db
def test_the_data_holds_no_name_for_a_visitor(tree, member, colleague):
    sheet = make_practice(by=member, is_showcase=True, **WHOLE)
    for is_member in (True, False):
        data = repr(said(sheet, member=is_member, today=date(2026, 3, 4)))
        assert (member.signature in data) is is_member
