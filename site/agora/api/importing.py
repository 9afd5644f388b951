"""POST /api/v1/practices/import: the import command, for a program of the team.

A name of its own: one address of the API. The body is read in pieces into a file of bounded size, its rows
are counted before the first one is taken, and only one import runs at a time: the machine has two cores, and
SQLite one writer. What a row becomes is decided by practices.importing, for the command as for this.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _

from agora.people.models import Member
from practices.import_files import FileRefused, Row, rows_of
from practices.import_rows import COLUMNS, LIST_COLUMNS
from practices.importing import Report, import_rows
from search.locks import lock

from .callers import Caller, busy, caller_of, count
from .endpoints import endpoint, said
from .models import Scope
from .permissions import can_sign_for_others
from .problems import Problem

MOST_BYTES = 4 * 1024 * 1024
MOST_ROWS = 200
PIECE = 64 * 1024  # bytes read at a time
WAIT = 20  # seconds: what an import takes, about
FORMATS = {  # media type → is it CSV?
    "application/jsonl": False,
    "application/x-ndjson": False,
    "text/csv": True,
}
TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@endpoint("POST")
def import_practices(request: HttpRequest) -> HttpResponse:
    """Import rows in the name of the token's owner and say what became of each."""
    caller = caller_of(request, session=False)
    caller.must(Scope.IMPORT)
    count(caller, "import")
    dry_run, is_csv = _dry_run(request), _is_csv(request)
    with SpooledTemporaryFile(max_size=PIECE * 4) as file:
        _receive(request, file)
        try:
            rows = _counted(rows_of(file, is_csv=is_csv, columns=COLUMNS, lists=LIST_COLUMNS))
        except FileRefused as refusal:
            raise Problem(400, "unreadable_body", str(refusal)) from refusal
    with lock(settings.VAR / "locks", "api-import", wait=False) as alone:
        if not alone:
            raise busy(WAIT)
        report = import_rows(_signed(rows, caller), as_member=caller.user, dry_run=dry_run)
    return said(report_body(report, dry_run=dry_run))


def _dry_run(request: HttpRequest) -> bool:
    unknown = set(request.GET) - {"dry_run"}
    value = request.GET.get("dry_run", "false").lower()
    if unknown or value not in TRUTHS:
        raise Problem(
            400, "bad_parameters", _("Un seul paramètre est connu : dry_run, « true » ou « false ».")
        )
    return TRUTHS[value]


def _is_csv(request: HttpRequest) -> bool:
    """Tell the format by the media type; Problem 415 for others, for another charset, for what is packed."""
    is_csv = FORMATS.get(request.content_type)
    charset = request.content_params.get("charset", "utf-8").lower()
    packed = request.headers.get("Content-Encoding", "identity").lower() != "identity"
    if is_csv is None or charset not in ("utf-8", "utf8") or packed:
        formats = ", ".join(FORMATS)
        said = _("Formats lus, en UTF-8 et sans compression : %(formats)s.") % {"formats": formats}
        raise Problem(415, "unsupported_media_type", said, headers={"Accept-Post": formats})
    return is_csv


def _receive(request: HttpRequest, file: BinaryIO) -> None:
    """Read the body piece by piece, never more than MOST_BYTES."""
    too_big = Problem(
        413,
        "too_large",
        _("Au plus %(n)d Mo par envoi : partagez le fichier.") % {"n": MOST_BYTES // 1024 // 1024},
    )
    announced = request.headers.get("Content-Length") or "0"
    if announced.isdigit() and int(announced[:18]) > MOST_BYTES:
        raise too_big
    try:
        while piece := request.read(PIECE):
            if file.tell() + len(piece) > MOST_BYTES:
                raise too_big
            file.write(piece)
    except UnreadablePostError as error:
        raise Problem(400, "unreadable_body", _("L’envoi s’est interrompu. Rien n’a été importé.")) from error
    file.seek(0)


def _counted(rows: Iterator[Row]) -> list[Row]:
    """Return all the rows; Problem 413 when there are too many, before anything was done."""
    kept = list(islice(rows, MOST_ROWS + 1))
    if len(kept) > MOST_ROWS:
        said = _("Au plus %(n)d fiches par envoi. Rien n’a été importé : partagez le fichier.")
        raise Problem(413, "too_many_rows", said % {"n": MOST_ROWS})
    return kept


def _signed(rows: Iterable[Row], caller: Caller) -> Iterator[Row]:
    """Let nobody but an administrator sign with the name of somebody else, nor try addresses out."""
    free, own = can_sign_for_others(caller.user), _address(caller.user)
    for row in rows:
        author = row.values.get("author")
        if not free and author and not row.problem and str(author).strip().lower() != own:
            row.problem = _("author : ce jeton signe du nom de son membre. Laissez cette colonne vide.")
        yield row


def _address(member: Member) -> str:
    return member.email.lower()


def report_body(report: Report, *, dry_run: bool) -> dict:
    """Return what became of the rows as JSON."""
    return {
        "dry_run": dry_run,
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "rows": [
            {
                "row": each.number,
                "external_id": each.external_id,
                "outcome": each.outcome.value,
                "reasons": list(each.reasons),
            }
            for each in report.verdicts
        ],
    }
