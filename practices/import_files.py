"""From a file to rows: JSON Lines or CSV, whatever somebody's spreadsheet or editor made of it.

Apart from importing.py, which knows what a sheet is: here one only reads. What is wrong with one line is
said of that line and the next one is read; only a file that is no text at all is refused as a whole.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_LINE = 2 * 1024 * 1024  # bytes; a whole sheet at its limits is ten times smaller
SEPARATORS = ",;\t"
LIST_SEPARATOR = "|"
NO_CSV = gettext_lazy("Cette ligne n’est pas du CSV valable : un guillemet n’est pas fermé ?")
TOO_LONG = "\x00"  # stands in for a line that was not kept; no real text holds it


class FileRefused(Exception):
    """The file as a whole cannot be read; its message says why, in the reader's language."""


@dataclass(slots=True)
class Row:
    """One row as read: its number in the file (a CSV's header counts), its values, what is wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_rows(path: Path, *, columns: Iterable[str], lists: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of a file; CSV when its name ends so, else JSON Lines.

    `columns`: the names that a CSV may have; `lists`: those whose cells hold several words.
    Raises FileRefused for what is no text file, or has nothing in it.
    """
    try:
        with path.open("rb") as file:
            yield from rows_of(file, is_csv=path.suffix.lower() == ".csv", columns=columns, lists=lists)
    except OSError as error:
        said = _("Ce fichier ne s’ouvre pas : %(why)s.")
        raise FileRefused(said % {"why": error.strerror or error}) from error


def rows_of(file: BinaryIO, *, is_csv: bool, columns: Iterable[str], lists: Iterable[str]) -> Iterator[Row]:
    """Yield the rows of an open file that stands at its beginning; see `read_rows`."""
    _refuse_binary(file.read(4096))
    file.seek(0)
    numbered = _lines(file)
    yield from _csv_rows(numbered, set(columns), set(lists)) if is_csv else _json_rows(numbered)


def _refuse_binary(start: bytes) -> None:
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        raise FileRefused(_("Ce fichier est vide."))
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(_("Ce fichier est en UTF-16. Enregistrez-le en UTF-8."))
    if b"\x00" in start or start.startswith(b"PK\x03\x04"):
        raise FileRefused(
            _("Ce fichier n’est pas du texte (tableur, document ou image ?). Enregistrez-le en CSV UTF-8.")
        )


def _lines(file: BinaryIO) -> Iterator[str]:
    """Yield the lines as text; bytes that are no UTF-8 come as lone surrogates, a giant as TOO_LONG."""
    first = True
    while line := file.readline(LONGEST_LINE + 1):
        is_giant = len(line) > LONGEST_LINE
        while is_giant and line and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE)
        text = TOO_LONG + "\n" if is_giant else line.decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if first else text
        first = False


def _problem_of(text: str) -> str:
    if TOO_LONG in text:
        return _("Cette ligne est trop longue (plus de 2 Mo) ou contient des caractères nuls.")
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        return _("Cette ligne n’est pas en UTF-8. Enregistrez le fichier en UTF-8.")
    return ""


# --- JSON Lines --------------------------------------------------------------------------------


def _json_rows(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    if problem := _problem_of(line):
        return Row(number, problem=problem)
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        said = _("Cette ligne n’est pas du JSON valable (au caractère %(column)d).")
        return Row(number, problem=said % {"column": error.colno})
    except (ValueError, RecursionError):
        return Row(number, problem=_("Cette ligne n’est pas du JSON valable."))
    if not isinstance(values, Mapping):
        return Row(number, problem=_("Cette ligne doit être un objet JSON : {…}."))
    return Row(number, dict(values))


# --- CSV ---------------------------------------------------------------------------------------


def _csv_rows(lines: Iterator[str], columns: set[str], lists: set[str]) -> Iterator[Row]:
    header = next(lines, "")
    if problem := _problem_of(header):
        raise FileRefused(problem)
    separator = max(SEPARATORS, key=header.count)
    try:
        names = [name.strip() for name in next(csv.reader([header], delimiter=separator), [])]
    except csv.Error as error:  # a lone carriage return, for one
        raise FileRefused(str(NO_CSV)) from error
    _refuse_header(names, columns)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 2
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, problem=str(NO_CSV))
            continue
        if any(cell.strip() for cell in cells):
            yield _csv_row(number, names, cells, lists)


def _refuse_header(names: list[str], columns: set[str]) -> None:
    if unknown := [name for name in names if name not in columns]:
        said = _("Colonne inconnue : « %(name)s ». Colonnes possibles : %(columns)s.")
        raise FileRefused(said % {"name": unknown[0][:80], "columns": ", ".join(sorted(columns))})
    if twice := [name for name in names if names.count(name) > 1]:
        raise FileRefused(_("La colonne « %(name)s » est là deux fois.") % {"name": twice[0]})


def _csv_row(number: int, names: list[str], cells: list[str], lists: set[str]) -> Row:
    if problem := _problem_of("".join(cells)):
        return Row(number, problem=problem)
    if len(cells) != len(names):
        said = _("Cette ligne compte %(found)d cellules au lieu de %(expected)d.")
        return Row(number, problem=said % {"found": len(cells), "expected": len(names)})
    values: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=True):
        if name in lists:
            values[name] = [word.strip() for word in cell.split(LIST_SEPARATOR) if word.strip()]
        elif name == "adoptions":
            try:
                values[name] = json.loads(cell) if cell.strip() else []
            except (ValueError, RecursionError):
                return Row(number, problem=_("La colonne « adoptions » doit contenir du JSON : [{…}]."))
        else:
            values[name] = cell
    return Row(number, values)
