"""What may come in, judged by content: each kind that is taken, each thing that is not, and why."""

import io
import random
import zipfile

import pytest

from agora.attachments import checks
from agora.attachments.checks import Refusal
from agora.attachments.cleaning import clean
from agora.attachments.kinds import KINDS, MOST_BYTES
from agora.attachments.refusals import SENTENCES, sentence
from agora.attachments.workshop import work

from . import samples

GOOD = {
    "pdf": samples.pdf(),
    "docx": samples.office("docx"),
    "xlsx": samples.office("xlsx"),
    "pptx": samples.office("pptx"),
    "odt": samples.odf("text"),
    "ods": samples.odf("spreadsheet"),
    "odp": samples.odf("presentation"),
    "png": samples.picture("png"),
    "jpg": samples.picture("jpg"),
    "webp": samples.picture("webp"),
}
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def with_parts(kind: str = "docx", **parts) -> bytes:
    """Return a document with some parts more, or without those that are None; « % » for « / »."""
    whole = samples.office_parts(kind) | {name.replace("%", "/"): what for name, what in parts.items()}
    return samples.zipped({name: what for name, what in whole.items() if what is not None})


def locked_zip() -> bytes:
    """Return a document whose parts say that they are encrypted."""
    content = bytearray(samples.office("docx"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    return bytes(content)


# What is long to make is made by the process that tries it, and not by each that reads this file.
BAD = {
    "nothing": (b"", "empty"),
    "bytes of no kind": (bytes(range(256)) * 4, "unknown"),
    "plain text": ("Liste des présences, à compléter".encode(), "text"),
    "rich text": (b"{\\rtf1 hello}", "text"),
    "a web page": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", "web_page"),
    "a web page after blanks": (b"\xef\xbb\xbf\n  <html>", "web_page"),
    "a drawing that runs scripts": (b'<?xml version="1.0"?><svg xmlns="http://svg"/>', "picture"),
    "a GIF": (b"GIF89a" + bytes(40), "picture"),
    "a photograph of a telephone": (b"\x00\x00\x00\x18ftypheic" + bytes(40), "picture"),
    "a film": (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "unknown"),
    "a program": (b"MZ\x90\x00" + bytes(200), "program"),
    "a program of Linux": (b"\x7fELF" + bytes(200), "program"),
    "a script": (b"#!/bin/sh\nexit\n", "program"),
    "an archive": (samples.zipped({"a.txt": "a"}), "archive"),
    "an empty archive": (samples.zipped({}), "archive"),
    "another archive": (b"7z\xbc\xaf\x27\x1c" + bytes(40), "archive"),
    "Word of 1997": (OLE2, "old_office"),
    "a document with a password": (OLE2 + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "a locked part": (locked_zip(), "locked"),
    "a locked PDF": (samples.pdf(password="sésame"), "locked"),
    "macros by their part": (with_parts(**{"word%vbaProject.bin": b"x"}), "macros"),
    "macros by their type": (
        samples.zipped(samples.office_parts(main_type="application/vnd.ms-word.document.macroEnabled.main+xml")),
        "macros",
    ),
    "macros of LibreOffice": (samples.odf(**{"Basic/Standard/Module1.xml": "x"}), "macros"),
    "a template": (samples.zipped(samples.office_parts(main_type=WORD + "template.main+xml")), "template"),
    "an object of another program": (with_parts(**{"word%embeddings%oleObject1.bin": OLE2}), "embedded"),
    "a program inside": (with_parts(**{"word%media%image1.png": b"MZ" + bytes(99)}), "program"),
    "an archive inside": (with_parts(**{"word%media%a.zip": samples.zipped({"a": "a"})}), "archive"),
    "a main part that is not there": (with_parts(**{"word%document.xml": None}), "damaged"),
    "no relations": (with_parts(**{"_rels%.rels": None}), "damaged"),
    "types that are no XML": (with_parts(**{"[Content_Types].xml": "<Types"}), "damaged"),
    "types with entities": (
        with_parts(**{"[Content_Types].xml": f'<!DOCTYPE a [<!ENTITY b "c">]>{TYPES}</Types>'}),
        "damaged",
    ),
    "a way out of the folder": (with_parts(**{"..%..%etc%passwd": "x"}), "damaged"),
    "LibreOffice without manifest": (
        samples.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        "damaged",
    ),
    "another type of OpenDocument": (samples.odf("graphics"), "template"),
    "half a document": (samples.office("docx")[:700], "damaged"),
    "half a PDF": (samples.pdf()[:300], "damaged"),
    "a PDF of nothing": (b"%PDF-1.7\nnothing\n%%EOF", "damaged"),
    "half a picture": (samples.picture("jpg", (600, 400))[:1500], "damaged"),
    "a header and nothing else": (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
    "a PNG that moves": (samples.moving_picture("png"), "moving"),
    "a WebP that moves": (samples.moving_picture("webp"), "moving"),
    "too many pixels": (samples.huge_picture, "pixels"),
    "a bomb": (samples.bomb, "bomb"),
    "a flat bomb": (samples.flat_bomb, "bomb"),
    "a bomb inside a workbook inside": (
        lambda: with_parts(
            **{"word%embeddings%a.xlsx": with_parts("xlsx", **{"xl%media%a.png": bytes(64_000_000)})}
        ),
        "bomb",
    ),
    "documents in documents in documents": (
        with_parts(**{"word%embeddings%a.docx": with_parts(**{"word%embeddings%b.docx": with_parts()})}),
        "bomb",
    ),
    "thousands of parts": (
        lambda: with_parts(**{f"word%a{n}.xml": "" for n in range(checks.MOST_PARTS)}),
        "bomb",
    ),
}  # fmt: skip


@pytest.fixture
def judge(tmp_path):
    """Clean a file in this process; return what it is, or the code of the refusal."""

    def judging(content: bytes) -> str:
        source, target = tmp_path / "sent", tmp_path / "clean"
        source.write_bytes(content)
        try:
            return clean(source, target).kind
        except Refusal as refusal:
            return refusal.code

    return judging


@pytest.mark.parametrize("kind", GOOD)
def test_each_kind_is_known_by_its_content(judge, kind):
    assert judge(GOOD[kind]) == kind


def test_all_the_kinds_that_are_announced_are_tried():
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("what", BAD)
def test_what_may_not_come_in(judge, what):
    content, code = BAD[what]
    assert judge(content() if callable(content) else content) == code


def test_a_file_that_is_too_heavy(judge):
    content = samples.pdf()
    assert judge(content + bytes(MOST_BYTES - len(content) + 1)) == "too_big"


def test_a_part_that_is_larger_than_it_says(judge):
    content = bytearray(samples.office("docx", word__big__bin=bytes(200_000)))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # the size before packing
        at = content.rfind(mark)
        content[at + place : at + place + 4] = (1000).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.infolist()[-1].file_size == 1000
    assert judge(bytes(content)) == "damaged"


def test_the_total_is_bounded_even_without_any_ratio(judge):
    # Twenty parts of eight megabytes: no part is suspect by itself.
    noise = random.Random(1).randbytes(60_000)
    parts = {f"word%media%a{n}.bin": noise + bytes(8_000_000) for n in range(20)}
    assert judge(with_parts(**parts)) == "bomb"


def test_an_honest_chart_with_its_workbook_comes_in(judge):
    assert judge(with_parts(**{"word%embeddings%a.xlsx": samples.office("xlsx")})) == "docx"


def test_every_refusal_has_its_sentence():
    told = {code for _content, code in BAD.values()} | {"too_big", "too_many", "too_fast", "complicated"}
    assert set(SENTENCES) == told
    assert all("%" not in sentence(code) for code in SENTENCES)


class TestAnotherProcess:
    """The same, where files of strangers are really opened."""

    @pytest.mark.parametrize("what", ["pdf", "docx", "jpg"])
    def test_what_is_good_comes_back_clean(self, tmp_path, what):
        source, target = tmp_path / "sent", tmp_path / "clean"
        source.write_bytes(GOOD[what])
        assert work(source, target).kind == what
        assert target.stat().st_size > 100

    def test_a_refusal_comes_back_as_one(self, tmp_path):
        (tmp_path / "sent").write_bytes(samples.bomb())
        with pytest.raises(Refusal, match="bomb"):
            work(tmp_path / "sent", tmp_path / "clean")

    def test_a_process_that_dies_is_a_refusal(self, tmp_path):
        with pytest.raises(Refusal, match="complicated"):
            work(tmp_path / "missing", tmp_path / "clean")
