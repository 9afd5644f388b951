"""Every page of a room, in every state, for every role: who opens it, written once more by hand.

Where test_matrix_of_acts.py asks the acts, this asks the doors; tests/access has all others, who open none.
"""

import pytest
from django.urls import reverse

from forum.models import CardReport, Contribution, Room, RoomFile, RoomReport
from forum.reports.cases import REASONS
from forum.urls import urlpatterns
from tests.forum.test_matrix_of_acts import ROLES, put, scene, scene_of_the_file  # noqa: F401 (fixtures)

COLUMNS = ("gath", "narr", "blind", "board", "synth", "closd", "purgd")
# a: animateur, s: substitute, r: rapporteur, p: participant, n: narrator, i: invited, l: left
TABLE = """
              gath   narr   blind  board  synth  closd  purgd
room          asrpn  asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
door          i      i      i      i      i      .      .
people        asrpn  asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
journal       asrpn  asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
beat          asrpn  asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
leave         asrpn  asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
close         .      as     as     as     as     .      .
board         .      asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
side          .      .      .      asrpn  asrpn  .      .
perspectives  .      asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
perspective   .      asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
synthesis     .      asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
reading       .      p      p      p      p      p      .
text          n      n      n      n      n      n      n
files         .      n      .      .      .      .      .
file          pn     pn     pn     pn     pn     pn     pn
reports       asrpn  asrpn  asrpn  asrpn  asrpn  asrpn  asrpn
report_text   .      asrpn  asrpn  asrpn  asrpn  asrpn  .
decide_text   .      as     as     as     as     as     .
appeal_text   .      .      .      .      .      .      .
report_card   .      asrpn  asrpn  asrpn  asrpn  asrpn  .
decide_card   .      as     as     as     as     as     .
appeal_card   .      .      .      .      .      .      .
visit         .      .      .      .      .      .      .
"""
# They take what is sent and show nothing of their own; their acts are in test_matrix_of_acts.py.
SENT = {"role", "start", "move", "write", "draft", "deal", "card", "decide", "looked", "reread", "keep_form"}


def allowed() -> dict[str, dict[str, set[str]]]:
    """Return who opens what: `allowed()["close"]["board"]` is {"a", "s"}."""
    head, *lines = [line.split() for line in TABLE.strip().splitlines()]
    assert tuple(head) == COLUMNS
    return {
        name: dict(zip(COLUMNS, (set(cell) - {"."} for cell in cells), strict=True)) for name, *cells in lines
    }


def of_rooms() -> set[str]:
    """Return the names of all addresses of one room."""
    return {
        each.name
        for each in urlpatterns
        if type(each.pattern.converters.get("pk")).__name__ == "UUIDConverter"
    }


def test_no_page_is_missing_from_the_table():
    assert len(of_rooms()) > 25
    assert of_rooms() == allowed().keys() | SENT


def test_no_answer_of_the_rooms_is_kept_anywhere(scene, client_of):  # noqa: F811
    """Neither a page, nor a refusal of a way of asking."""
    put(scene.table.room, "board")
    text, side = scene.question.pk, scene.card.sides.first()
    numbers = {"pk": scene.table.room.pk, "text_pk": text, "file_pk": text, "side_pk": side.pk}
    browser, answered, kept = client_of(scene.table.people[0]), set(), []
    for each in (each for each in urlpatterns if str(each.pattern).startswith("salles/")):
        asked = {name: numbers.get(name, 1) for name in each.pattern.converters}
        address = reverse(f"forum:{each.name}", kwargs=asked)
        for answer in (browser.get(address), browser.put(address)):
            if answer.status_code != 404:
                answered.add(each.name)
                if "no-store" not in answer.get("Cache-Control", ""):
                    kept.append(f"{each.name}: {answer.status_code}")
    assert kept == []
    assert {"rooms", "open_room", "search", "key"} | of_rooms() <= answered


@pytest.mark.parametrize("column", COLUMNS)
def test_every_page_opens_to_whom_the_table_says(scene, client_of, column):  # noqa: F811
    room = scene.table.room
    file = RoomFile(text=scene.narrative, number=1, kind="png")  # of a narrative that waits for its reader
    file.keep(b"x")
    file.save()
    RoomReport.objects.create(text=scene.question, mark="x" * 40, reason=REASONS[0][0])
    CardReport.objects.create(card=scene.card, mark="x" * 40, reason=REASONS[0][0])
    put(room, column)
    beat = Room.objects.get(pk=room.pk).beat
    about = {
        "side": [scene.card.sides.first().pk],
        "perspective": [scene.plan.pk],
        "reading": [scene.reading.pk],
        "text": [scene.narrative.pk],
        "files": [scene.narrative.pk],
        "file": [file.pk],
        **dict.fromkeys(("report_card", "decide_card", "appeal_card"), [scene.card.pk]),
        **dict.fromkeys(("report_text", "decide_text", "appeal_text"), [scene.question.pk]),
    }
    wrong = []
    for role in ROLES:
        browser = client_of(scene.table.people[scene.numbers[role]])
        for name, by_column in allowed().items():
            status = browser.get(reverse(f"forum:{name}", args=[room.pk, *about.get(name, [])])).status_code
            if (status == 200) != (role in by_column[column]) or status not in (200, 302, 404):
                wrong.append(f"{name} {ROLES[role]}: {status}")
    assert wrong == []
    assert Room.objects.get(pk=room.pk).beat == beat  # to look changes nothing
    assert Contribution.objects.get(pk=scene.narrative.pk).is_held
