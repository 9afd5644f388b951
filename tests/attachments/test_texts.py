"""The words of files, page by page: read once, beside the site, and gone with the file."""

from io import StringIO

import pytest
from django.core.management import call_command

from agora.attachments import texts, workshop
from agora.attachments.actions import read_again, receive, withdraw
from agora.attachments.models import Attachment, FileText

from . import samples
from .conftest import upload
from .word_samples import docx_saying, odf_saying, pdf_saying, pptx_saying, xlsx_saying


@pytest.mark.parametrize(
    ("kind", "content", "pages"),
    [
        (
            "pdf",
            pdf_saying("Premier accueil", "", "Le pamplemousse"),
            ["Premier accueil", "", "Le pamplemousse"],
        ),
        ("docx", docx_saying("Chère Madame,", "Votre demande"), ["Chère Madame,\nVotre demande"]),
        ("pptx", pptx_saying(*map(str, range(1, 13))), [str(number) for number in range(1, 13)]),
        ("xlsx", xlsx_saying("Budget", "Loyer"), ["Budget", "Loyer"]),
        ("odt", odf_saying("text", "Un", "Deux"), ["Un\nDeux"]),
        ("ods", odf_saying("spreadsheet", "Budget", "Loyer"), ["Budget", "Loyer"]),
        ("odp", odf_saying("presentation", "Un", "Deux"), ["Un", "Deux"]),
        ("pdf", samples.pdf(), []),
        ("png", samples.picture("png"), []),
        ("docx", b"PK\x03\x04 broken", []),
        ("pdf", b"%PDF-1.7 broken", []),
        ("odt", samples.zipped({"content.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), []),
    ],
)
def test_each_sort_of_file_gives_its_pages(tmp_path, kind, content, pages):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert texts.pages_of(path, kind) == pages


def test_words_are_mended_and_what_only_places_them_is_left_out(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(docx_saying("Le   pample-", "mousse\x01"[:6]))
    assert texts.pages_of(path, "docx") == ["Le pamplemousse"]


def test_the_limits_keep_what_was_read_before_them(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "MOST_CHARACTERS", 10)
    path = tmp_path / "file"
    path.write_bytes(pptx_saying("123456", "789012", "345678"))
    assert texts.pages_of(path, "pptx") == ["123456", "7890"]


def test_a_file_that_takes_too_long_gives_what_it_gave_so_far(tmp_path, monkeypatch):
    def slow(path):
        yield "vite"
        raise texts.TooLong

    monkeypatch.setitem(texts._READERS, "pdf", slow)
    assert texts.pages_of(tmp_path, "pdf") == ["vite"]


def test_another_process_reads_and_may_fail(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(pdf_saying("Bonjour"))
    assert workshop.words(path, "pdf") == ["Bonjour"]
    assert workshop.words(tmp_path / "nothing", "pdf") == []
    monkeypatch.setattr(workshop, "PATIENCE_TO_READ", 0.001)
    assert workshop.words(path, "pdf") == []


@pytest.mark.django_db
class TestKeeping:
    def test_a_file_comes_in_with_its_words(self, member):
        kept = receive(upload(pdf_saying("Bonjour", "Madame")), member)
        assert kept.text.pages == ["Bonjour", "Madame"]

    def test_a_scan_comes_in_without(self, member):
        assert receive(upload(samples.pdf()), member).text.pages == []

    def test_what_is_withdrawn_loses_its_words_at_once(self, member):
        kept = receive(upload(pdf_saying("Bonjour")), member)
        withdraw(kept, member, "Un nom.")
        assert not FileText.objects.exists()
        assert read_again(Attachment.objects.get(pk=kept.pk)) == 0
        assert not FileText.objects.exists()

    def test_older_files_are_read_by_a_command_once(self, member):
        kept = receive(upload(pdf_saying("Bonjour")), member)
        FileText.objects.all().delete()
        said = StringIO()
        call_command("read_attachments", stdout=said)
        assert Attachment.objects.get(pk=kept.pk).text.pages == ["Bonjour"]
        assert "with words: 1, without: 0, unreadable: 0" in said.getvalue()
        again = StringIO()
        call_command("read_attachments", stdout=again)
        assert "with words: 0, without: 0" in again.getvalue()
        call_command("read_attachments", again=True, stdout=again)
        assert "with words: 1" in again.getvalue()

    def test_bytes_that_are_gone_are_said_and_stop_nothing(self, member):
        kept = receive(upload(pdf_saying("Bonjour")), member)
        FileText.objects.all().delete()
        kept.file.storage.delete(kept.file.name)
        said, wrong = StringIO(), StringIO()
        call_command("read_attachments", stdout=said, stderr=wrong)
        assert "unreadable: 1" in said.getvalue()
        assert str(kept.pk) in wrong.getvalue()
