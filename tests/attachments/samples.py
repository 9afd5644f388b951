"""Small real files, made as they are needed: what offices send, and what hostile people would."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

SECRET = "Nadege Vandersecret"  # what no cleaned file may hold
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: dict[str, bytes | str], *, method=zipfile.ZIP_DEFLATED, stored=("mimetype",)) -> bytes:
    """Return a zip file with these parts, in order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else method
            package.writestr(name, content, compress_type=how)
    return file.getvalue()


def office_parts(kind: str = "docx", *, main_type: str = "", text: str = "Bonjour") -> dict[str, bytes | str]:
    """Return the parts of a document of Office that carries its author's name in every usual place."""
    main, said = _MAIN[kind]
    said = main_type or f"application/vnd.openxmlformats-officedocument.{said}.main+xml"
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    miniature = f'Type="{_RELATIONS}/metadata/thumbnail" Target="docProps/thumbnail.jpeg"'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{said}"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}">{relation}'
        f'<Relationship Id="rId2" {miniature}/></Relationships>',
        main: f'{_XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>",
        "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{SECRET}</dc:creator><cp:lastModifiedBy>{SECRET}</cp:lastModifiedBy></cp:coreProperties>",
        "docProps/app.xml": f"{_XML}<Properties><Company>{SECRET}</Company></Properties>",
        "docProps/custom.xml": f"{_XML}<Properties><property>{SECRET}</property></Properties>",
        "docProps/thumbnail.jpeg": SECRET,
    }


def office(kind: str = "docx", **parts: bytes | str) -> bytes:
    """Return a document of Office; keyword arguments are parts more, « __ » for « / »."""
    return zipped(office_parts(kind) | {name.replace("__", "/"): content for name, content in parts.items()})


def odf(kind: str = "text", **parts: bytes | str) -> bytes:
    """Return a document of LibreOffice whose author is named; keyword arguments as in `office`."""
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f'{_XML}<office:document-content xmlns:office="{names}:office:1.0"/>',
            "meta.xml": f"{_XML}<office:meta><creator>{SECRET}</creator></office:meta>",
            "Thumbnails/thumbnail.png": SECRET,
            "META-INF/manifest.xml": f'{_XML}<manifest:manifest xmlns:manifest="{names}:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type=""/>'
            "</manifest:manifest>",
        }
        | {name.replace("__", "/"): content for name, content in parts.items()}
    )


def pdf(pages: int = 2, *, password: str = "", signed: bool = False, program: bool = False) -> bytes:
    """Return a PDF whose author is named, twice (dictionary and XMP)."""
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Author": SECRET, "/Title": SECRET})
    xmp = StreamObject()
    xmp.set_data(f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode())
    root = writer.root_object
    root[NameObject("/Metadata")] = writer._add_object(xmp)
    if signed:
        root[NameObject("/AcroForm")] = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    if program:
        script = {
            NameObject("/S"): NameObject("/JavaScript"),
            NameObject("/JS"): TextStringObject("app.alert(1)"),
        }
        root[NameObject("/OpenAction")] = DictionaryObject(script)
        writer.add_attachment("caché.txt", SECRET.encode())
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def picture(kind: str = "jpg", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """Return a picture that a telephone took: its owner's name, its place, and which side is up (EXIF)."""
    notes = Image.Exif()
    notes[0x0112] = 6  # to be turned by a quarter
    notes[0x013B] = SECRET
    notes.get_ifd(0x8825)[2] = (50.0, 49.0, 12.0)
    drawn = Image.new("RGB", size, "teal")
    drawn.paste("white", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    form = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind]
    comment = {"comment": SECRET} if kind == "jpg" else {}
    drawn.save(file, form, exif=notes.tobytes(), **comment, **options)
    return file.getvalue()


def moving_picture(kind: str = "png") -> bytes:
    """Return a picture that moves."""
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, {"png": "PNG", "webp": "WEBP"}[kind], save_all=True, append_images=frames[1:])
    return file.getvalue()


def huge_picture(width: int = 20_000, height: int = 20_000) -> bytes:
    """Return a real PNG of one colour with this many pixels: kilobytes that become hundreds of megabytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)  # one bit a pixel
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(width // 8 + 1)) for _row in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb(megabytes: int = 64, **more: bytes | str) -> bytes:
    """Return a document of Office of some kilobytes, one part of which unpacks to megabytes of zeros."""
    return office("docx", word__media__image1__png=bytes(megabytes * 1024 * 1024), **more)


def flat_bomb(copies: int = 40) -> bytes:
    """Return a document whose table of contents names the same packed bytes many times over."""
    content = zlib.compress(bytes(900_000), 9)[2:-4]
    file = io.BytesIO(office("docx"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/a.bin", bytes(900_000))
        first = package.getinfo("word/media/a.bin")
        for number in range(copies):
            twin = zipfile.ZipInfo(f"word/media/b{number}.bin", first.date_time)
            twin.compress_type, twin.CRC = first.compress_type, first.CRC
            twin.compress_size, twin.file_size = len(content) + 100_000, first.file_size
            twin.header_offset, twin.external_attr = first.header_offset, first.external_attr
            package.filelist.append(twin)
            package.NameToInfo[twin.filename] = twin
    return file.getvalue()
