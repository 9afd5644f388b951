"""A sheet begun from a Word document: what goes where, what is told, what is refused before it is opened."""

import io
import itertools
import tracemalloc

import docx
import pytest
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st

from agora.drafts.models import Draft
from practices.models import PracticePage
from practices.word import checks
from practices.word.checks import NotReadable, Wrong, check_document
from practices.word.reading import read_document
from practices.word.sections import PHRASES, key_of, section_for

from .test_write import address, send, text_of
from .word_samples import RELATIONS, TYPES, W, as_file, full_document, made_of, packed, raw, said

H = "Heading 1"


class TestHeadings:
    @pytest.mark.parametrize(
        ("heading", "section"),
        [
            ("Contexte", "problem"),
            ("2. Le problème :", "problem"),
            ("DÉROULEMENT", "steps"),
            ("III. Moyens et coût", "means"),
            ("Résultats et limites", "effects"),
            ("Conditions de réussite", "conditions"),
            ("1.2 Points d’attention", "pitfalls"),
            ("À qui demander", "contacts"),
            ("Mise en œuvre", "steps"),
            ("Wat heb je nodig?", "means"),
            ("Knelpunten en valkuilen", "pitfalls"),
            ("In het kort", "summary"),
            ("Public cible", None),
            ("Le CPAS d’Ixelles", None),
            ("Un exemple de situation vécue par une famille de notre quartier", None),
            ("", None),
            ("?!", None),
        ],
    )
    def test_what_they_announce(self, heading, section):
        assert section_for(heading) == section

    def test_no_phrase_announces_two_sections(self):
        phrases = list(itertools.chain.from_iterable(PHRASES.values()))
        assert len(phrases) == len(set(phrases))
        assert [phrase for phrase in phrases if key_of(phrase) != phrase] == []

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=200))
    def test_any_heading_is_no_error(self, heading):
        assert section_for(heading) in {None, *PHRASES}


class TestReading:
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_the_note_of_a_colleague(self, language):
        reading = read_document(full_document(language))
        french = {
            "summary": "Une fois par semaine, le service reste ouvert jusqu’à vingt heures.",
            "problem": "Les personnes qui travaillent ne pouvaient pas venir.\n\n### Public cible\n\n"
            "Les travailleurs pauvres.",
            "steps": "1. Ouvrir\n2. Écouter\n3. Noter",
            "means": "### Moyens et coût :\n\n- Poste · Heures\n- Accueil · 4",
            "pitfalls": "trouver des volontaires.\n\nLe vigile est parti en mai",
        }
        assert set(reading.texts) == set(french)
        if language == "fr":
            assert reading.title == "La permanence du jeudi soir"
            assert reading.texts == french
        assert reading.tables == 1
        assert reading.tracked
        assert reading.dropped == {"struck": 1, "margins": 1}

    def test_nothing_of_the_text_is_lost(self):
        words = [f"mot{number}" for number in range(40)]
        headings = ["Contexte", "Ailleurs", "Moyens", "Encore", "Résumé", "Contact", "Contexte"]
        paragraphs = [
            (H if number % 6 == 5 else "", f"{headings[number // 6]} {word}" if number % 6 == 5 else word)
            for number, word in enumerate(words)
        ]
        reading = read_document(made_of(*paragraphs))
        found = " ".join([reading.title, *reading.texts.values()])
        assert [word for word in words if word not in found.split()] == []

    @pytest.mark.parametrize(
        ("paragraphs", "title"),
        [
            ([("Title", "Le titre"), ("", "texte")], "Le titre"),
            ([(H, "Mon projet"), ("", "texte")], "Mon projet"),
            ([(H, "Contexte"), ("", "texte")], "Nom du fichier"),
            ([("", "texte")], "Nom du fichier"),
        ],
    )
    def test_the_title(self, paragraphs, title):
        file = made_of(*paragraphs)
        assert read_document(file, name="Notes\\Nom_du_fichier.docx").title == title

    def test_the_title_of_the_properties(self):
        document = docx.Document()
        document.add_paragraph("texte")
        document.core_properties.title = "Dans les propriétés"
        assert read_document(as_file(document), name="x.docx").title == "Dans les propriétés"

    def test_two_texts_of_one_section_stand_under_each_other(self):
        told = [(H, "Contexte"), ("", "un"), (H, "Méthode"), ("", "m"), (H, "Constat"), ("", "deux")]
        reading = read_document(made_of(*told))
        assert reading.texts == {"problem": "un\n\ndeux", "steps": "m"}

    def test_a_summary_of_several_paragraphs_is_kept_whole(self):
        reading = read_document(made_of((H, "Résumé"), ("", "un"), ("", "deux"), (H, "Contexte"), ("", "c")))
        assert reading.texts == {"problem": "### Résumé\n\nun\n\ndeux\n\nc"}

    def test_a_bold_sentence_is_no_heading(self):
        reading = read_document(
            made_of((H, "Contexte"), ("bold", "Ne jamais afficher les moyens."), ("", "x"))
        )
        assert reading.texts == {"problem": "**Ne jamais afficher les moyens.**\n\nx"}

    def test_pictures_are_counted_and_never_opened(self):
        pixel = io.BytesIO(
            bytes.fromhex(
                "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63"
                "64f8cf500f0003860180075ab2c30000000049454e44ae426082"
            )
        )
        document = docx.Document()
        document.add_paragraph("texte")
        document.add_picture(pixel, width=Cm(1))
        reading = read_document(as_file(document))
        assert reading.dropped == {"images": 1}
        assert reading.texts == {"problem": "texte"}

    def test_hostile_words_stay_words(self):
        reading = read_document(
            made_of((H, "Contexte"), ("", "<script>alert(1)</script> & [x](javascript:a)"))
        )
        assert "alert(1)" in reading.texts["problem"]


def refused(file) -> Wrong:
    with pytest.raises(NotReadable) as caught:
        read_document(file)
    return caught.value.wrong


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "wrong"),
        [
            (b"", Wrong.EMPTY),
            (b"%PDF-1.7 ...", Wrong.OTHER),
            (b"{\\rtf1 ...}", Wrong.OTHER),
            (b"PK\x03\x04 and then noise", Wrong.BROKEN),
            (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", Wrong.OLD),
            (
                bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"),
                Wrong.ENCRYPTED,
            ),
        ],
    )
    def test_what_is_no_document(self, content, wrong):
        assert refused(io.BytesIO(content)) == wrong

    def test_another_archive(self):
        assert refused(packed({"content.xml": "<a/>", "mimetype": "x"})) == Wrong.OTHER

    def test_a_document_without_words(self):
        assert refused(raw("<w:p/>")) == Wrong.EMPTY

    @pytest.mark.parametrize("body", ["<w:p>", "<w:p></w:q>", "\x01", "&unknown;"])
    def test_broken_xml(self, body):
        assert refused(raw(body)) == Wrong.BROKEN

    def test_entities_are_not_even_declared(self):
        prolog = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        assert refused(raw(said("&b;"), prolog=prolog)) == Wrong.BROKEN

    def test_elements_without_end_of_depth(self):
        assert refused(raw("<w:p>" * 3_000 + "</w:p>" * 3_000)) == Wrong.TOO_MUCH

    def test_more_elements_than_a_document_has(self):
        assert refused(raw("<w:p/>" * (checks.MOST_ELEMENTS + 1))) == Wrong.TOO_MUCH

    def test_five_megabytes_of_text(self):
        assert refused(raw(said("mot " * 1_300_000))) == Wrong.TOO_LONG

    def test_too_many_parts(self):
        parts = {f"word__x{number}": "<a/>" for number in range(checks.MOST_PARTS + 1)}
        assert refused(raw(said("a"), **parts)) == Wrong.TOO_MUCH

    def test_a_bomb_is_refused_in_little_memory(self):
        """A gigabyte of zeros declares itself; it is never unpacked."""
        bomb = raw(said("a"), word__media__x=b"\0" * (checks.UNPACKED_BYTES + 1))
        assert len(bomb.getvalue()) < 1024 * 1024
        tracemalloc.start()
        try:
            assert refused(bomb) == Wrong.TOO_MUCH
            assert tracemalloc.get_traced_memory()[1] < 2 * 1024 * 1024
        finally:
            tracemalloc.stop()

    def test_a_text_part_that_swells(self):
        spaces = b"<a>" + b" " * checks.READ_BYTES + b"</a>"
        assert refused(raw(said("a"), word__styles=spaces)) == Wrong.TOO_MUCH

    def test_too_heavy(self):
        assert refused(io.BytesIO(b"PK\x03\x04" + b"\0" * checks.FILE_BYTES)) == Wrong.TOO_HEAVY

    def test_the_file_s_own_rules_are_not_followed(self):
        rules = "p => h1.agora-title:fresh"
        file = packed(
            {
                "[Content_Types].xml": TYPES,
                "_rels/.rels": RELATIONS,
                "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{said("un")}{said("deux")}'
                "</w:body></w:document>",
                "mammoth/style-map": rules,
            }
        )
        assert read_document(file).texts == {"problem": "un\n\ndeux"}

    def test_what_passes_is_left_at_its_beginning(self):
        file = made_of(("", "texte"))
        check_document(file)
        assert file.tell() == 0


@pytest.mark.django_db
class TestPages:
    def post(self, browser, file, name="note.docx", language="fr"):
        file.name = name
        return browser.post(address("import_word", language), {"document": file})

    def test_from_the_first_step_to_a_published_sheet(self, client_of, tree, member):
        browser = client_of(member)
        assert address("import_word") in text_of(browser.get(address("write")))
        answer = self.post(browser, full_document())
        draft = Draft.objects.get()
        assert answer.url == address("word_report", pk=draft.pk)
        page = text_of(browser.get(answer.url))
        for words in (
            "« DÉROULEMENT »",
            "« Public cible »",
            "Un tableau est devenu une liste",
            "Un passage supprimé",
            "Les en-têtes et pieds de page",
            "Ce qu’il reste à dire",
        ):
            assert words in page, words
        assert "Revoir ce que nous en avons compris" in text_of(
            browser.get(address("write_step", pk=draft.pk, step=1))
        )
        send(browser, member, 4, themes=["parcours"])
        send(browser, member, 5, go="publish")
        practice = PracticePage.objects.get()
        assert practice.title == "La permanence du jeudi soir"
        assert practice.steps == "1. Ouvrir\n2. Écouter\n3. Noter"
        assert practice.origin_id == member.cpas_id

    def test_a_dutch_note_on_the_dutch_page(self, client_of, tree, colleague):
        browser = client_of(colleague)
        answer = self.post(browser, full_document("nl"), language="nl")
        assert Draft.objects.get().language == "nl"
        assert "WERKWIJZE" in text_of(browser.get(answer.url))

    def test_too_long_for_a_section_is_kept_with_its_error(self, client_of, tree, member):
        browser = client_of(member)
        answer = self.post(browser, made_of((H, "Contexte"), ("", "mot " * 6_000)))
        assert len(Draft.objects.get().data["problem"]) > 23_000
        assert "sur 20000 possibles" in text_of(browser.get(answer.url)).replace("\u202f", "").replace(
            "\u00a0", ""
        )

    @pytest.mark.parametrize(
        ("file", "words"),
        [
            (b"%PDF-1.7", "pas un document Word"),
            (bytes.fromhex("d0cf11e0a1b11ae1"), "Enregistrer sous"),
            (b"PK\x03\x04x", "abîmé"),
            (b"", "vide"),
        ],
    )
    def test_a_refusal_says_what_to_do(self, client_of, tree, member, file, words):
        answer = self.post(client_of(member), io.BytesIO(file))
        assert answer.status_code == 400
        page = text_of(answer)
        assert words in page
        assert address("write") in page
        assert not Draft.objects.exists()

    def test_no_file_at_all(self, client_of, tree, member):
        answer = client_of(member).post(address("import_word"), {"document": "x"})
        assert "Choisissez un document Word." in text_of(answer)

    def test_the_report_is_its_authors(self, client_of, tree, member, colleague):
        self.post(client_of(member), made_of(("", "texte")))
        url = address("word_report", pk=Draft.objects.get().pk)
        assert client_of(colleague).get(url).status_code == 404

    def test_a_draft_that_is_not_from_word_has_none(self, client_of, tree, member):
        draft = Draft.objects.create(owner=member, kind="practice", language="fr")
        assert client_of(member).get(address("word_report", pk=draft.pk)).status_code == 404
