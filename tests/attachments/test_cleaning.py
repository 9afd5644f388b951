"""What is kept of a file: its content, without who made it, where and with what."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from agora.attachments.cleaning import NAME_LENGTH, clean, clean_name
from agora.attachments.pictures import without_notes

from . import samples
from .samples import SECRET


@pytest.fixture
def kept(tmp_path):
    """Clean a file; return what it is and the bytes that are kept."""

    def cleaning(content: bytes):
        source, target = tmp_path / "sent", tmp_path / "clean"
        source.write_bytes(content)
        return clean(source, target), target.read_bytes()

    return cleaning


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


class TestOffice:
    @pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
    def test_the_author_goes_and_the_text_stays(self, kept, kind):
        sent = samples.zipped(samples.office_parts(kind, text="Le tableau du lundi"))
        assert SECRET.encode() in b"".join(unpacked(sent).values())
        cleaned, content = kept(sent)
        parts = unpacked(content)
        assert SECRET.encode() not in b"".join(parts.values())
        assert any(b"Le tableau du lundi" in part for part in parts.values())
        assert b"thumbnail" not in parts["_rels/.rels"]
        assert b"officeDocument" in parts["_rels/.rels"]
        assert cleaned.notes == []

    def test_libreoffice_too_and_its_first_part_stays_legible(self, kept):
        _cleaned, content = kept(samples.odf("text"))
        assert content[30:38] == b"mimetype"
        assert content[38:77] == b"application/vnd.oasis.opendocument.text"
        parts = unpacked(content)
        assert SECRET.encode() not in b"".join(parts.values())
        assert b"Thumbnails" not in parts["META-INF/manifest.xml"]

    def test_the_path_of_the_template_goes(self, kept):
        settings_part = b'<w:settings><w:attachedTemplate r:id="rId1"/><w:zoom/></w:settings>'
        relations = (
            '<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" '
            f'Target="file:///D:/Comptes/{SECRET}/Normal.dotm" TargetMode="External"/></Relationships>'
        )
        parts = samples.office_parts() | {
            "word/settings.xml": settings_part,
            "word/_rels/settings.xml.rels": relations,
        }
        _cleaned, content = kept(samples.zipped(parts))
        assert unpacked(content)["word/settings.xml"] == b"<w:settings><w:zoom/></w:settings>"
        assert SECRET.encode() not in unpacked(content)["word/_rels/settings.xml.rels"]

    def test_a_photograph_inside_loses_its_notes_and_keeps_its_pixels(self, kept):
        photo = samples.picture("jpg")
        parts = samples.office_parts() | {"word/media/image1.jpeg": photo}
        _cleaned, content = kept(samples.zipped(parts))
        clean_photo = unpacked(content)["word/media/image1.jpeg"]
        assert SECRET.encode() not in clean_photo
        before, after = (Image.open(io.BytesIO(one)) for one in (photo, clean_photo))
        assert before.tobytes() == after.tobytes()
        assert after.getexif()[0x0112] == 6, "which side is up stays"
        assert not after.getexif().get_ifd(0x8825)

    def test_a_workbook_inside_is_cleaned_too(self, kept):
        parts = samples.office_parts() | {"word/embeddings/a.xlsx": samples.office("xlsx")}
        _cleaned, content = kept(samples.zipped(parts))
        inner = unpacked(unpacked(content)["word/embeddings/a.xlsx"])
        assert "xl/workbook.xml" in inner
        assert SECRET.encode() not in b"".join(inner.values())

    @pytest.mark.parametrize(
        "parts",
        [
            {"word/comments.xml": "<w:comments/>"},
            {"word/document.xml": b"<w:document>" + b" " * 65_530 + b'<w:ins w:author="A"/></w:document>'},
        ],
    )
    def test_remarks_with_their_authors_are_told(self, kept, parts):
        cleaned, content = kept(samples.zipped(samples.office_parts() | parts))
        assert cleaned.notes == ["remarks"]
        name, part = next(iter(parts.items()))
        assert unpacked(content)[name] == (part if isinstance(part, bytes) else part.encode())

    def test_a_signed_document_is_left_as_it_is_and_that_is_told(self, kept):
        sent = samples.zipped(samples.office_parts() | {"_xmlsignatures/sig1.xml": "<Signature/>"})
        cleaned, content = kept(sent)
        assert cleaned.notes == ["properties"]
        assert content == sent

    def test_slides_are_counted(self, kept):
        slides = {f"ppt/slides/slide{number}.xml": "<p:sld/>" for number in (1, 2, 3)}
        cleaned, _content = kept(samples.zipped(samples.office_parts("pptx") | slides))
        assert cleaned.pages == 3

    def test_hours_and_remarks_of_the_package_go(self, kept):
        file = io.BytesIO(samples.office())
        with zipfile.ZipFile(file, "a") as package:
            package.comment = SECRET.encode()
        _cleaned, content = kept(file.getvalue())
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            assert package.comment == b""
            assert {part.date_time[0] for part in package.infolist()} == {1980}


class TestPdf:
    def test_the_author_goes_and_the_pages_stay(self, kept):
        sent = samples.pdf(pages=3)
        assert SECRET.encode() in sent
        cleaned, content = kept(sent)
        assert (cleaned.pages, cleaned.notes) == (3, [])
        assert SECRET.encode() not in content
        reader = PdfReader(io.BytesIO(content))
        assert len(reader.pages) == 3
        assert not reader.metadata
        assert reader.xmp_metadata is None

    def test_programs_and_enclosed_files_go(self, kept):
        _cleaned, content = kept(samples.pdf(program=True))
        text = content.decode("latin-1")
        assert "alert" not in text
        assert "EmbeddedFile" not in text
        assert SECRET not in text

    def test_a_signed_one_is_left_as_it_is_and_that_is_told(self, kept):
        sent = samples.pdf(signed=True)
        cleaned, content = kept(sent)
        assert cleaned.notes == ["properties"]
        assert content == sent


class TestPictures:
    @pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
    def test_notes_go_and_the_picture_is_upright(self, kept, kind):
        sent = samples.picture(kind, (60, 40))
        assert SECRET.encode() in sent
        _cleaned, content = kept(sent)
        assert SECRET.encode() not in content
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.size == (40, 60)
            assert not dict(picture.getexif())
            assert not {"exif", "comment", "xmp", "icc_profile"} & set(picture.info)
            top, bottom = (picture.convert("RGB").getpixel((20, y)) for y in (10, 50))
        assert min(top) > 200 > min(bottom), "turned the right way"

    def test_transparency_stays(self, kept):
        file = io.BytesIO()
        Image.new("RGBA", (8, 8), (10, 20, 30, 0)).save(file, "PNG")
        _cleaned, content = kept(file.getvalue())
        with Image.open(io.BytesIO(content)) as picture:
            assert picture.getpixel((3, 3))[3] == 0

    def test_colours_of_another_space_are_brought_to_ours(self, kept):
        from PIL import ImageCms

        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
        _cleaned, content = kept(samples.picture("jpg", icc_profile=profile))
        with Image.open(io.BytesIO(content)) as picture:
            assert "icc_profile" not in picture.info

    @settings(max_examples=60, deadline=None)
    @given(st.binary(max_size=200), st.integers(0, 900))
    def test_a_damaged_picture_inside_a_document_breaks_nothing(self, noise, at):
        for kind in ("jpg", "png"):
            photo = samples.picture(kind)
            at %= len(photo)
            without_notes(photo[:at] + noise + photo[at + len(noise) :])


class TestNames:
    @pytest.mark.parametrize(
        ("sent", "kind", "shown"),
        [
            ("Lettre type.docx", "docx", "Lettre type.docx"),
            ("IMG_2041.JPEG", "jpg", "IMG_2041.jpg"),
            ("lettre.pdf", "png", "lettre.png"),
            ("../../etc/passwd", "pdf", "passwd.pdf"),
            ("D:\\nadege\\Bureau\\grille.xlsx", "xlsx", "grille.xlsx"),
            ("facture\u202efdp.exe", "pdf", "facturefdp.pdf"),
            ("a\x00b\r\nc.pdf", "pdf", "ab c.pdf"),
            ("rapport v1.2 final.odt", "odt", "rapport v1.2 final.odt"),
            ('un "mot" <b>?.pdf', "pdf", "un mot b.pdf"),
            ("...", "pdf", "fichier.pdf"),
            ("", "webp", "fichier.webp"),
            ("e\u0301te\u0301.png", "png", "été.png"),
        ],
    )
    def test_what_is_shown(self, sent, kind, shown):
        assert clean_name(sent, kind) == shown

    @given(st.text())
    def test_always_short_on_one_line_and_with_its_extension(self, sent):
        shown = clean_name(sent, "pdf")
        assert shown.endswith(".pdf")
        assert 4 < len(shown) <= NAME_LENGTH
        assert shown.isprintable()
        assert not set('/\\:*?"<>|') & set(shown)
