"""The fictional files that the demo's sheets carry, made from text when a new installation is filled.

A name of its own, beside demo.py: it alone makes documents. Each file of `demo/files` is a small text: who
adds it to which sheet and when, an empty line, then `# ` titles, `- ` lists and paragraphs. `grid.pdf.txt`
becomes `grid.pdf`. What comes out goes through the door of every file that a member sends.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from agora.attachments.actions import receive
from agora.people.models import Member
from practices.actions import publish_version
from practices.fields import PracticeFields
from practices.models import PracticePage, RevisionNote
from practices.paper.press import HERE as PAPER

ODT = "application/vnd.oasis.opendocument.text"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
_KINDS = {"# ": "title", "## ": "heading", "- ": "item"}
# The words come as data and are laid as text: nothing in them is read as typst markup.
_TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set page(paper: "a4", margin: 26mm, numbering: "1 / 1")
#set text(font: ("Atkinson Hyperlegible Next", "DejaVu Sans"), size: 12pt, lang: data.language, region: "be")
#set par(leading: 0.7em, spacing: 1em)
#for (kind, words) in data.blocks {
  if kind == "title" { heading(level: 1, words) }
  else if kind == "heading" { heading(level: 2, words) }
  else if kind == "item" { list(words) }
  else { par(words) }
}
"""


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file to be: its name, where and by whom it is added (`told`), and its text, block by block."""

    name: str
    told: dict[str, str]
    blocks: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, path: Path) -> "DemoFile":
        """Read the text that one file is made of. Raises KeyError later when its head lacks a line."""
        head, _empty, body = path.read_text("utf-8").partition("\n\n")
        told = dict(line.split(": ", 1) for line in head.splitlines())
        return cls(path.name.removesuffix(".txt"), told, tuple(_blocks(body)))

    def content(self) -> bytes:
        """Return the document itself: a PDF, or a text of OpenDocument."""
        return _odt(self.blocks) if self.name.endswith(".odt") else _pdf(self.blocks, self.told["language"])


def load_files(folder: Path) -> int:
    """Add the fictional files that their sheet does not carry yet; return how many the folder has."""
    files = [DemoFile.read(path) for path in sorted(folder.glob("*.txt"))]
    for file in files:
        with transaction.atomic():
            _add(file)
    return len(files)


def _add(file: DemoFile) -> None:
    practice = PracticePage.objects.get(external_id=file.told["practice"])
    if practice.files_ever.filter(attachment__name=file.name).exists():
        return  # carried now, or taken off since by somebody: either way it was there
    author = Member.objects.get(email=file.told["author"])
    attachment = receive(SimpleUploadedFile(file.name, file.content()), author)
    fields = PracticeFields.of(practice)
    publish_version(
        practice,
        replace(fields, attachments=(*fields.attachments, str(attachment.pk))),
        by=author,
        significance=RevisionNote.Significance.MINOR,
        reason=file.told["reason"],
        based_on=practice.live_revision_id,
        moment=datetime.fromisoformat(file.told["at"]),
    )


def _blocks(body: str) -> Iterable[tuple[str, str]]:
    for line in filter(None, map(str.strip, body.splitlines())):
        mark = next((mark for mark in _KINDS if line.startswith(mark)), "")
        yield _KINDS.get(mark, "paragraph"), line.removeprefix(mark)


def _pdf(blocks: tuple[tuple[str, str], ...], language: str) -> bytes:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[PAPER / "fonts"]
    )
    data = {"title": blocks[0][1], "language": language, "blocks": blocks}
    return typst.compile(
        _TEMPLATE.encode(), font_paths=fonts, sys_inputs={"data": json.dumps(data)}, format="pdf"
    )


def _odt(blocks: tuple[tuple[str, str], ...]) -> bytes:
    tags = {"title": "text:h", "heading": "text:h", "item": "text:p", "paragraph": "text:p"}
    text = "".join(
        f"<{tags[kind]}>{'☐ ' if kind == 'item' else ''}{escape(words)}</{tags[kind]}>"
        for kind, words in blocks
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
        f'xmlns:office="{_NAMES}office:1.0" xmlns:text="{_NAMES}text:1.0"><office:body><office:text>'
        f"{text}</office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{_NAMES}manifest:1.0" '
        f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        f"</manifest:manifest>"
    )
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", manifest)
    return package.getvalue()
