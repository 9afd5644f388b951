"""The files of the demo: documents that members can open, added once."""

import io
import zipfile

import pytest
from django.conf import settings
from pypdf import PdfReader

from agora.home.demo_files import DemoFile, load_files
from practices.models import PracticePage
from tests.practices.factories import make_practice

FOLDER = settings.ROOT / "demo" / "files"


@pytest.mark.parametrize("name", ["vijf-vragen-beroepsgeheim.pdf", "vragenblad-leefloonaanvraag.odt"])
def test_a_text_becomes_a_document_that_says_it(name):
    file = DemoFile.read(FOLDER / f"{name}.txt")
    content = file.content()
    if name.endswith(".odt"):
        words = zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()
    else:
        words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert file.blocks[0][1].split()[0] in words
    assert file.blocks[-1][1].split()[0] in words


def test_every_text_says_where_it_goes():
    files = [DemoFile.read(path) for path in FOLDER.glob("*.txt")]
    assert files
    for file in files:
        assert file.told.keys() == {"practice", "author", "language", "at", "reason"}, file.name
        assert file.blocks[0][0] == "title", file.name


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["blad.pdf", "blad.odt"])
def test_a_file_is_added_to_its_sheet_once(tmp_path, tree, member, name):
    practice = make_practice(by=member)
    PracticePage.objects.filter(pk=practice.pk).update(external_id="demo-x")
    (tmp_path / f"{name}.txt").write_text(
        f"practice: demo-x\nauthor: {member.email}\nlanguage: nl\nat: 2025-02-06T10:00:00+01:00\n"
        "reason: Een blad erbij.\n\n# Een blad\n## Met een titel\n- en een vakje\nEn een zin.",
        "utf-8",
    )
    assert load_files(tmp_path) == 1
    after = PracticePage.objects.get(pk=practice.pk)
    assert [file.name for file in after.attachments.all()] == [name]
    assert load_files(tmp_path) == 1
    assert PracticePage.objects.get(pk=practice.pk).live_revision_id == after.live_revision_id
