"""Word documents for the tests: made as Word makes them, or as an attacker would."""

import io
import zipfile

import docx
from docx.document import Document
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def as_file(document: Document) -> io.BytesIO:
    """Save a document in memory."""
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file


def made_of(*paragraphs: tuple[str, str]) -> io.BytesIO:
    """Make a document of (style, text) pairs; the style « bold » is a paragraph in bold, « » a plain one."""
    document = docx.Document()
    for style, text in paragraphs:
        if style == "bold":
            document.add_paragraph().add_run(text).bold = True
        else:
            document.add_paragraph(text, style=style or None)
    return as_file(document)


def raw(body: str, *, prolog: str = "", **parts: bytes | str) -> io.BytesIO:
    """Make a document of the XML between the tags of its body; `parts`: more files, « __ » for a slash."""
    text = f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    files = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": text}
    return packed(files | {name.replace("__", "/") + ".xml": content for name, content in parts.items()})


def packed(files: dict[str, bytes | str]) -> io.BytesIO:
    """Pack files as an archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    file.seek(0)
    return file


def said(text: str) -> str:
    """Return the XML of one paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def full_document(language: str = "fr") -> io.BytesIO:
    """Make the note of a colleague, with everything that colleagues put in notes."""
    fr = language == "fr"
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Note interne" if fr else "Interne nota"
    document.add_heading("La permanence du jeudi soir" if fr else "De avondpermanentie op donderdag", 0)
    document.add_paragraph(
        "Une fois par semaine, le service reste ouvert jusqu’à vingt heures."
        if fr
        else "Eén keer per week blijft de dienst open tot twintig uur."
    )
    document.add_heading("1. Contexte" if fr else "1. Context", 1)
    document.add_paragraph(
        "Les personnes qui travaillent ne pouvaient pas venir." if fr else "Wie werkt, kon niet komen."
    )
    document.add_heading("Public cible" if fr else "Doelgroep", 2)
    document.add_paragraph("Les travailleurs pauvres." if fr else "Werkende armen.")
    document.add_paragraph().add_run("DÉROULEMENT" if fr else "WERKWIJZE").bold = True
    for line in ("Ouvrir", "Écouter", "Noter") if fr else ("Openen", "Luisteren", "Noteren"):
        document.add_paragraph(line, style="List Number")
    document.add_heading("Moyens et coût :" if fr else "Middelen en kosten:", 1)
    table = document.add_table(2, 2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ("Poste", "Heures", "Accueil", "4") if fr else ("Post", "Uren", "Onthaal", "4"),
        strict=True,
    ):
        cell.text = text
    lead = document.add_paragraph()
    lead.add_run("Difficultés :" if fr else "Moeilijkheden:").bold = True
    lead.add_run(" trouver des volontaires." if fr else " vrijwilligers vinden.")
    tracked = document.add_paragraph("Le vigile est parti" if fr else "De bewaker is weg")
    tracked._p.append(parse_xml(f'<w:ins xmlns:w="{W}"><w:r><w:t> en mai</w:t></w:r></w:ins>'))
    tracked._p.append(parse_xml(f'<w:del xmlns:w="{W}"><w:r><w:delText>fâché</w:delText></w:r></w:del>'))
    return as_file(document)
