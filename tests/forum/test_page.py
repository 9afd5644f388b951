"""The page of a room, whatever it holds: the same queries, a bounded list, and a beat that costs one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum.models import Contribution, Room, RoomEvent
from forum.rooms.earlier import PER_LEAF

Kind = Contribution.Kind


@pytest.fixture
def asking(table):
    """A room in its phase of questions, and a way to put many there."""
    table.go_to("questions")
    room = table.refreshed()
    run = room.runs.get(number=room.step)

    def ask(number: int) -> list[Contribution]:
        seats = [table.seat(n) for n in (0, 1, 3, 4)]
        rows = [
            Contribution(
                room=room,
                run=run,
                kind=Kind.QUESTION,
                author=seats[n % 4].member,
                mark=seats[n % 4].mark,
                text=f"Question {n:03} ?",
            )
            for n in range(number)
        ]
        return Contribution.objects.bulk_create(rows)

    return table, ask, reverse("forum:room", args=[room.pk])


def counted(browser, address: str) -> int:
    browser.get(address)  # what is kept in memory from one request to the next
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
        return len(queries)


def test_the_page_asks_the_same_of_the_database_with_one_text_or_thirty(asking, client_of):
    table, ask, address = asking
    browser = client_of(table.people[4])
    ask(1)
    few = counted(browser, address)
    ask(30)
    assert counted(browser, address) == few


def test_a_long_list_comes_by_leaves_the_last_one_first(asking, client_of):
    table, ask, address = asking
    rows = ask(2 * PER_LEAF + 5)
    browser = client_of(table.people[4])
    last = browser.get(address).content.decode()
    assert "Question 084" in last and "Question 079" not in last
    assert f"Textes 81 à 85 sur {len(rows)}" in last and "?page=2" in last and "?page=4" not in last
    first = browser.get(address, {"page": "1"}).content.decode()
    assert "Question 000" in first and "Question 040" not in first and "?page=0" not in first
    for odd in ("0", "999", "x", "-1", "²"):
        assert browser.get(address, {"page": odd}).status_code == 200


def test_what_search_found_is_on_the_leaf_that_it_leads_to(asking, client_of):
    table, ask, address = asking
    rows = ask(2 * PER_LEAF + 5)
    browser = client_of(table.people[4])
    found = browser.post(reverse("forum:search"), {"words": "Question 003"}).content.decode()
    assert f"{address}?texte={rows[3].pk}#t{rows[3].pk}" in found
    assert "Question 003" in browser.get(address, {"texte": str(rows[3].pk)}).content.decode()


def test_the_beat_asks_once_beside_who_asks(asking, client_of):
    table, _ask, _address = asking
    browser = client_of(table.people[4])
    address = reverse("forum:beat", args=[table.room.pk])
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address).json()
        assert sum("forum_" in query["sql"] for query in queries) == 1
    assert answer["beat"] == table.refreshed().beat and answer["due"]


def test_the_journal_leads_back_to_the_opening_of_the_room(table, client_of):
    browser, address = client_of(table.people[3]), reverse("forum:journal", args=[table.room.pk])
    few = counted(browser, address)
    assert "Pages" not in browser.get(address).content.decode()
    RoomEvent.objects.bulk_create(RoomEvent(room=table.room, code="board") for _ in range(250))
    total = table.room.events.count()
    latest = browser.get(address).content.decode()
    assert f"Événements 1 à 100 sur {total}" in latest and "a ouvert la salle" not in latest
    assert "a ouvert la salle" in browser.get(address, {"page": "3"}).content.decode()
    assert counted(browser, address) == few
    for odd in ("0", "999", "x", "-1", "²"):
        assert browser.get(address, {"page": odd}).status_code == 200


@pytest.fixture
def talked(make_table):
    """A codéveloppement whose consultation is behind, with as many words as one asks for."""
    table = make_table(method="codeveloppement")
    number = table.refreshed().method.number_of("consultation")

    def say(count: int) -> list[Contribution]:
        run, seat = table.room.runs.get(number=number), table.seat(3)
        Room.objects.filter(pk=table.room.pk).update(step=number + 1)
        rows = [
            Contribution(
                room=table.room,
                run=run,
                kind=Kind.WORD,
                author=seat.member,
                mark=seat.mark,
                text=f"Mot {n:03}.",
            )
            for n in range(count)
        ]
        return Contribution.objects.bulk_create(rows)

    return table, say, number, reverse("forum:room", args=[table.room.pk])


def test_an_exchange_that_is_behind_opens_on_demand_and_by_leaves(talked, client_of):
    table, say, number, address = talked
    rows = say(PER_LEAF + 5)
    browser = client_of(table.people[4])
    page = browser.get(address).content.decode()
    assert f'href="?phase={number}#phase{number}"' in page and "Mot 044" not in page
    last = browser.get(address, {"phase": number}).content.decode()
    assert "Mot 044" in last and "Mot 003" not in last and f"?page=1&amp;phase={number}" in last
    first = browser.get(address, {"phase": number, "page": "1"}).content.decode()
    assert "Mot 003" in first and "Mot 044" not in first
    assert "Mot 003" in browser.get(address, {"texte": str(rows[3].pk)}).content.decode()
    for odd in ("99", "x", "-1", "²"):
        assert browser.get(address, {"phase": odd}).status_code == 200


def test_an_exchange_can_be_read_again_once_the_room_is_closed(talked, client_of):
    table, say, number, address = talked
    say(2)
    Room.objects.filter(pk=table.room.pk).update(
        state="closed", closed_at=timezone.now(), purge_at=timezone.now()
    )
    assert "Mot 001" in client_of(table.people[4]).get(address, {"phase": number}).content.decode()


def test_a_phase_passed_without_a_word_says_so_where_the_word_is_typed(table, client_of):
    lead = client_of(table.people[0])
    address = reverse("forum:move", args=[table.room.pk])
    answer = lead.post(address, {"act": "advance", "step": 0, "reason": " "})
    assert answer.url.endswith("?pourquoi=1#pourquoi")
    page = lead.get(answer.url).content.decode()
    assert "Dites en une phrase pourquoi vous passez cette phase" in page
    assert 'aria-invalid="true" aria-describedby="pourquoi-dit"' in page
    assert table.refreshed().step == 0


def test_a_choice_among_nothing_says_what_to_do_instead_of_asking(table, client_of):
    table.go_to("choice", writing=False)
    page = client_of(table.people[0]).get(reverse("forum:room", args=[table.room.pk])).content.decode()
    assert "Rien n’a été proposé." in page
    assert "Dire ma préférence" not in page and "Retenir une proposition" not in page
