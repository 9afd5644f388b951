"""What two keys open and what they do not: the texts, what was asked for besides, and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from agora.people.roles import ADMINISTRATOR, MODERATOR
from forum.doors import actions as doors
from forum.models import Contribution, OutsideAccess, Perspective, RoomEvent, RoomFile, Statement, Synthesis
from forum.phases import actions as phases
from forum.urls import urlpatterns

TEXT, CARD, PLAN, LEARNT = "Elle attendait.", "Tous ont vu la peur.", "Appeler lundi.", "Nous avons compris."
OUTCOME = (CARD, PLAN, LEARNT)


@pytest.fixture
def lived(table):
    """A room where everything that two keys could open lies: a text with a file, a board, what follows."""
    text = table.write(3, TEXT)
    file = RoomFile(text=text, number=1, kind="png")
    file.keep(b"picture")
    file.save()
    room = table.room
    card = Statement.objects.create(room=room, kind="divergence", words=CARD)
    card.sides.create(place=0, claim="Oui")
    Perspective.objects.create(room=room, words=PLAN, level="practice", carried_by="Nous")
    Synthesis.objects.create(room=room, text=LEARNT, submitted_at=timezone.now())
    return table, file


@pytest.fixture
def opened(lived, make_member):
    """A maker of turned keys: `opened(with_files=True)` returns who asked, and the demand."""
    table, file = lived

    def turn(**parts) -> tuple:
        asking, first, second = (
            make_member(roles=[r], cpas=None) for r in (MODERATOR, MODERATOR, ADMINISTRATOR)
        )
        access = doors.ask(asking, table.room, "Une plainte le demande.", **parts)
        doors.turn(first, access)
        return asking, doors.turn(second, access)

    return table, file, turn


def visited(client_of, room, by, file) -> tuple[str, int]:
    """Return what the page of the visit shows, and how the door of a file answers."""
    browser = client_of(by)
    page = browser.get(reverse("forum:visit", args=[room.pk])).content.decode()
    return page, browser.get(reverse("forum:file", args=[room.pk, file.pk])).status_code


@pytest.mark.parametrize("with_outcome", [True, False])
@pytest.mark.parametrize("with_files", [True, False])
def test_what_was_asked_for_opens_and_the_rest_stays_closed(opened, client_of, with_outcome, with_files):
    table, file, turn = opened
    asking, _access = turn(with_outcome=with_outcome, with_files=with_files)
    page, door = visited(client_of, table.room, asking, file)
    assert TEXT in page
    assert [words in page for words in OUTCOME] == [with_outcome] * 3
    assert (file.name in page, door == 200) == (with_files, with_files)
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_each_opening_is_written_where_the_room_reads_it(opened, client_of):
    table, file, turn = opened
    asking, _access = turn(with_outcome=True, with_files=True)
    for _time in (1, 2):
        visited(client_of, table.room, asking, file)
    codes = list(RoomEvent.objects.filter(room=table.room, by=asking).values_list("code", flat=True))
    assert codes.count("visited") == codes.count("visited-file") == 2
    told = client_of(table.people[4]).get(reverse("forum:journal", args=[table.room.pk])).content.decode()
    for said in (file.name, "a ouvert un fichier", "comprend le tableau", "comprend les fichiers"):
        assert said in told


def test_a_door_that_stays_closed_leaves_no_line(opened, client_of):
    table, file, turn = opened
    asking, _access = turn()
    visited(client_of, table.room, asking, file)
    assert not RoomEvent.objects.filter(code="visited-file").exists()


def test_nothing_else_of_the_room_opens(opened, client_of):
    table, file, turn = opened
    asking, _access = turn(with_outcome=True, with_files=True)
    text, browser = file.text, client_of(asking)
    arguments = {
        "text_pk": text.pk, "file_pk": file.pk, "seat_pk": table.lead.pk, "vouch_pk": 1, "reading_pk": 1,
        "card_pk": table.room.statements.get().pk, "side_pk": table.room.statements.get().sides.get().pk,
        "plan_pk": table.room.perspectives.get().pk,
    }  # fmt: skip
    looked = set()
    for pattern in urlpatterns:
        wanted = pattern.pattern.converters
        if "pk" not in wanted or type(wanted["pk"]).__name__ != "UUIDConverter":
            continue
        known = {name: arguments[name] for name in wanted if name != "pk"}
        address = reverse(f"forum:{pattern.name}", kwargs={"pk": table.room.pk} | known)
        answers = {browser.get(address).status_code, browser.post(address, {"act": "x"}).status_code}
        expected = {200, 405} if pattern.name in ("visit", "file") else {404, 405}
        assert answers <= expected, pattern.name
        looked.add(pattern.name)
    assert {"room", "board", "synthesis", "perspectives", "people", "journal", "beat", "reading"} <= looked
    assert TEXT not in browser.get(reverse("forum:search"), {"q": "attendait"}).content.decode()


@pytest.mark.parametrize("how", ["time", "end"])
def test_its_time_over_all_of_it_is_closed(opened, client_of, how):
    table, file, turn = opened
    asking, access = turn(with_outcome=True, with_files=True)
    browser = client_of(asking)
    addresses = (
        reverse("forum:visit", args=[table.room.pk]),
        reverse("forum:file", args=[table.room.pk, file.pk]),
    )
    assert {browser.get(address).status_code for address in addresses} == {200}
    if how == "time":
        OutsideAccess.objects.update(until=timezone.now())
    else:
        doors.end(asking, access)
    assert {browser.get(address).status_code for address in addresses} == {404}
    for opening in (None, file):
        with pytest.raises(PermissionDenied):
            doors.visit(asking, OutsideAccess.objects.get(), opening)


def test_a_file_of_a_sealed_text_stays_closed_and_so_do_its_marks_on_the_board(opened, client_of):
    table, file, turn = opened
    table.go_to("first-round", writing=False)
    text = table.write(3, "Je comprends autrement.")
    sealed = RoomFile(text=text, number=1, kind="png")
    sealed.keep(b"drawing")
    sealed.save()
    table.room.statements.get().seen_in.add(text)
    asking, _access = turn(with_outcome=True, with_files=True)
    page, door = visited(client_of, table.room, asking, sealed)
    assert text.text not in page and door == 404
    phases.advance(table.lead, from_step=table.refreshed().step)
    page, door = visited(client_of, table.room, asking, sealed)
    assert Contribution.objects.get(pk=text.pk).text in page and door == 200


def test_whoever_sits_there_reads_it_on_coming_in(opened, client_of):
    table, _file, turn = opened
    browser, address = client_of(table.seat(0).member), reverse("forum:room", args=[table.room.pk])
    alone = "Personne d’autre."
    assert alone in browser.get(address).content.decode()
    asking, access = turn()
    page = browser.get(address).content.decode()
    assert alone not in page
    assert f"{asking.signature} lit cette salle de l’extérieur" in page
    assert f"{asking.signature} aussi, de l’extérieur." in page
    assert "Une plainte le demande." in page
    doors.end(asking, access)
    page = browser.get(address).content.decode()
    assert alone in page
    assert "lit cette salle de l’extérieur" not in page


def test_a_demand_is_said_before_any_key_is_turned(lived, client_of, make_member):
    table, _file = lived
    asking = make_member(roles=[MODERATOR], cpas=None)
    doors.ask(asking, table.room, "Une plainte le demande.")
    page = client_of(table.seat(1).member).get(reverse("forum:room", args=[table.room.pk])).content.decode()
    assert f"{asking.signature} demande à lire cette salle de l’extérieur" in page
    assert "Personne d’autre." in page
