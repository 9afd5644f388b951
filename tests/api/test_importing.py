"""POST /api/v1/practices/import: the command's rows, its report, and nothing that stops the server."""

import gzip

import pytest

from agora.people.roles import ADMINISTRATOR
from practices.models import PracticePage
from search.locks import lock
from tests.api.programs import IMPORT
from tests.practices.import_samples import as_csv, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(tree, editor, program_of):
    """A program of an editor."""
    return program_of(editor)


def unsigned(number: int = 1, **changes) -> dict:
    return row(external_id=f"essai-{number}", title=f"Premier accueil {number}", author=None, **changes)


def outcomes(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [each["outcome"] for each in answer.json()["rows"]]


def sheets():
    return PracticePage.objects.filter(external_id__startswith="essai-")


@pytest.mark.parametrize("media", ["application/jsonl", "application/x-ndjson; charset=UTF-8", "text/csv"])
def test_rows_become_sheets_signed_by_the_member_of_the_token(program, editor, lines, media):
    rows = [unsigned(1), unsigned(2, showcase=False)]
    body = (
        as_csv([{k: v for k, v in r.items() if v is not None} for r in rows])
        if "csv" in media
        else lines(*rows)
    )
    answer = program.send(body, media)
    assert outcomes(answer) == ["created", "created"]
    assert answer.json() | {"rows": []} == {
        "dry_run": False, "created": 2, "changed": 0, "unchanged": 0, "refused": 0, "rows": [],
    }  # fmt: skip
    assert {sheet.owner for sheet in sheets()} == {editor}
    assert answer["Cache-Control"] == "private, no-store"


def test_the_same_rows_again_change_nothing(program, lines):
    body = lines(unsigned(1), unsigned(2))
    program.send(body)
    before = set(sheets().values_list("pk", "live_revision_id"))
    assert outcomes(program.send(body)) == ["unchanged", "unchanged"]
    assert set(sheets().values_list("pk", "live_revision_id")) == before
    assert outcomes(program.send(lines(unsigned(1, summary="Autrement."), unsigned(2)))) == [
        "changed",
        "unchanged",
    ]


def test_a_trial_says_the_same_and_writes_nothing(program, lines):
    body = lines(unsigned(1), unsigned(2, language="de"))
    trial = program.send(body, query="dry_run=true").json()
    assert trial["dry_run"] and not sheets().exists()
    assert program.send(body).json() | {"dry_run": True} == trial


def test_each_row_stands_or_falls_alone(program, lines):
    answer = program.send(
        lines(unsigned(1), unsigned(2, themes=["x"])) + b"\n{broken\n\n" + lines(unsigned(3))
    )
    assert outcomes(answer) == ["created", "refused", "refused", "created"]
    rows = answer.json()["rows"]
    assert [each["row"] for each in rows] == [1, 2, 3, 5]
    assert rows[1]["external_id"] == "essai-2" and "themes" in rows[1]["reasons"][0]


def test_nobody_signs_with_the_name_of_another_nor_tries_addresses_out(program, editor, make_member, lines):
    member = make_member()
    known, unknown = unsigned(1) | {"author": member.email}, unsigned(2) | {"author": "x@nulle.part"}
    own = unsigned(3) | {"author": editor.email.upper()}
    answer = program.send(lines(known, unknown, own))
    assert outcomes(answer) == ["refused", "refused", "created"]
    first, second = (each["reasons"] for each in answer.json()["rows"][:2])
    assert first == second


def test_an_administrator_takes_over_old_work(tree, make_member, program_of, lines):
    member, keeper = make_member(), make_member(roles=[ADMINISTRATOR], cpas=None)
    program_of(keeper).send(lines(unsigned(1) | {"author": member.email}))
    assert sheets().get().owner == member


# --- Who -----------------------------------------------------------------------------------------


def test_only_a_token_with_the_right_imports(tree, member, editor, program_of, client, lines):
    body = lines(unsigned(1))
    searching = program_of(editor, "search:read").send(body)
    assert (searching.status_code, searching.json()["code"]) == (403, "insufficient_scope")
    assert program_of(member).send(body).status_code == 403
    client.force_login(editor)  # a session is no token: no other site may make a browser import
    assert client.post(IMPORT, body, content_type="application/jsonl").status_code == 401
    assert not sheets().exists()


def test_a_lost_role_closes_the_door_at_once(program, editor, lines):
    editor.groups.through.objects.all().delete()  # as no act of ours would do it
    assert program.send(lines(unsigned(1))).status_code == 403
    assert not sheets().exists()


# --- Huge, hostile ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "media", "code"),
    [
        (b"\n", "application/jsonl", (400, "unreadable_body")),
        (b"PK\x03\x04", "text/csv", (400, "unreadable_body")),
        ("é".encode("utf-16"), "text/csv", (400, "unreadable_body")),
        (b"a\x00b", "application/jsonl", (400, "unreadable_body")),
        (b"naam;x\n1;2", "text/csv", (400, "unreadable_body")),
        (b"{}", "application/json", (415, "unsupported_media_type")),
        (b"{}", "application/jsonl; charset=latin-1", (415, "unsupported_media_type")),
        (b"{}", "multipart/form-data; boundary=x", (415, "unsupported_media_type")),
        (b"x" * (4 * 1024 * 1024 + 1), "application/jsonl", (413, "too_large")),
        (b"{}\n" * 201, "application/jsonl", (413, "too_many_rows")),
        (b"title\n" + b"x\n" * 201, "text/csv", (413, "too_many_rows")),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_as_a_whole(program, body, media, code):
    answer = program.send(body, media)
    assert (answer.status_code, answer.json()["code"]) == code
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] and len(answer.content) < 2000
    assert not sheets().exists()


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"1" * 9999,
        b"[]",
        b'"x"',
        b'{"external_id": 1e999}',
        b"\xff\xfe{}",
        b"{" + b"x" * 3_000_000,
    ],
)
def test_a_hostile_line_is_refused_and_the_next_one_read(program, lines, line):
    assert outcomes(program.send(b"\n" + line + b"\n" + lines(unsigned(1)))) == ["refused", "created"]


def test_what_is_packed_is_not_unpacked(program, lines):
    packed = gzip.compress(lines(unsigned(1)))
    answer = program.send(packed, HTTP_CONTENT_ENCODING="gzip")
    assert answer.status_code == 415
    assert "application/jsonl" in answer["Accept-Post"]


def test_a_body_longer_than_it_says_is_cut(program):
    answer = program.send(b"x" * (4 * 1024 * 1024 + 10), CONTENT_LENGTH="not a number")
    assert answer.status_code in (400, 413)


@pytest.mark.parametrize("query", ["dry_run=maybe", "dryrun=true", "dry_run=%00"])
def test_a_mistyped_trial_does_not_write(program, lines, query):
    assert program.send(lines(unsigned(1)), query=query).status_code == 400
    assert not sheets().exists()


def test_one_import_at_a_time(program, lines, settings):
    with lock(settings.VAR / "locks", "api-import", wait=False):
        answer = program.send(lines(unsigned(1)))
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert not sheets().exists()
    assert outcomes(program.send(lines(unsigned(1)))) == ["created"]


def test_the_report_speaks_the_language_asked_for(program, lines):
    said = {
        program.send(lines(unsigned(1, language="de")), spoken=each).json()["rows"][0]["reasons"][0]
        for each in ("fr", "nl")
    }
    assert len(said) == 2
