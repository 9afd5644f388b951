"""Small real files that say something, page by page."""

import io

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from .samples import _XML, office_parts, zipped

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def pdf_saying(*pages: str) -> bytes:
    """Return a PDF with one line of plain letters per page; an empty text is a page of a scan."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for words in pages:
        page = writer.add_blank_page(595, 842)
        if not words:
            continue
        stream = DecodedStreamObject()
        said = words.replace("\\", "").replace("(", "").replace(")", "")
        stream.set_data(f"BT /F1 12 Tf 72 720 Td ({said}) Tj ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def docx_saying(*paragraphs: str) -> bytes:
    """Return a document of Word, with a sentence that somebody struck out."""
    said = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    struck = "<w:p><w:del><w:r><w:delText>biffé</w:delText></w:r></w:del></w:p>"
    body = f'{_XML}<w:document xmlns:w="{_W}"><w:body>{said}{struck}</w:body></w:document>'
    return zipped(office_parts("docx") | {"word/document.xml": body})


def pptx_saying(*slides: str) -> bytes:
    """Return slides, in an order that the names of their parts do not have in the alphabet."""
    parts = {
        f"ppt/slides/slide{number}.xml": f'{_XML}<a:x xmlns:a="{_A}"><a:p><a:t>{words}</a:t></a:p></a:x>'
        for number, words in enumerate(slides, start=1)
    }
    return zipped(office_parts("pptx") | dict(sorted(parts.items())))


def xlsx_saying(*sheets: str) -> bytes:
    """Return a workbook: one sheet per text, beside a number."""
    strings = "".join(f"<si><t>{words}</t></si>" for words in sheets)
    parts = {"xl/sharedStrings.xml": f'{_XML}<sst xmlns="{_S}">{strings}</sst>'}
    for number in range(len(sheets)):
        parts[f"xl/worksheets/sheet{number + 1}.xml"] = (
            f'{_XML}<worksheet xmlns="{_S}"><sheetData><row><c t="s"><v>{number}</v></c>'
            "<c><v>42</v></c></row></sheetData></worksheet>"
        )
    return zipped(office_parts("xlsx") | parts)


def odf_saying(kind: str, *pages: str) -> bytes:
    """Return a text, a spreadsheet or slides of OpenDocument, with a remark that its author wrote aside."""
    said = [f"<text:p>{words}<office:annotation>à part</office:annotation></text:p>" for words in pages]
    body = {
        "text": f"<office:text>{''.join(said)}</office:text>",
        "spreadsheet": "".join(
            f"<table:table><table:table-cell>{one}</table:table-cell></table:table>" for one in said
        ),
        "presentation": "".join(f"<draw:page>{one}</draw:page>" for one in said),
    }[kind]
    content = (
        f'{_XML}<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:draw="{_ODF}:drawing:1.0"><office:body>{body}</office:body>'
        "</office:document-content>"
    )
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})
