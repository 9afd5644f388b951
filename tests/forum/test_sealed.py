"""What a blind phase shows before it opens: nothing, on any way. And pseudonyms that never tell."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.finding.reading import find
from forum.models import Contribution, OutsideAccess, PhaseRun, Room, RoomEvent, Seat
from forum.phases import actions as phases
from forum.rooms.actions import leave
from forum.talk import actions as talk

SECRET = "zorglubine"


@pytest.fixture
def blind(table):
    """A room in its blind round, where person 3 wrote a word that nobody else may read."""
    table.go_to("first-round")
    table.write(3, f"Je comprends {SECRET} tout autrement.")
    return table


def addresses(room: Room) -> list[str]:
    names = ("room", "people", "journal", "leave", "board", "perspectives", "synthesis", "beat")
    return [reverse(f"forum:{name}", args=[room.pk]) for name in names] + [
        reverse("forum:rooms"),
        reverse("forum:search"),
        reverse("home"),
    ]


def test_no_page_of_anybody_else_holds_the_words(blind, client_of, moderator, editor):
    for person in [*(p for n, p in enumerate(blind.people) if n != 3), moderator, editor, None]:
        browser = client_of(person)
        for address in addresses(blind.room):
            assert SECRET not in browser.get(address, follow=True).content.decode(), address
        assert "<mark>" not in browser.get(reverse("search:results"), {"q": SECRET}).content.decode()
        found = browser.post(reverse("forum:search"), {"words": SECRET}, follow=True).content.decode()
        assert found.count(SECRET) <= 1  # in the box where it was typed


def test_its_author_reads_it_and_all_do_once_it_is_open(blind, client_of):
    page = reverse("forum:room", args=[blind.room.pk])
    assert SECRET in client_of(blind.people[3]).get(page).content.decode()
    for number in (0, 1, 4):
        blind.write(number, "Je comprends aussi.")
    for person in blind.people:
        assert SECRET in client_of(person).get(page).content.decode()


def test_nothing_moves_that_others_could_see_when_somebody_writes(table):
    table.go_to("first-round")
    before = table.refreshed().beat, RoomEvent.objects.filter(room=table.room).count()
    text = table.write(3, "Je comprends.")
    talk.edit(table.seat(3), text, "Je comprends mieux.")
    assert (table.refreshed().beat, RoomEvent.objects.filter(room=table.room).count()) == before
    text.refresh_from_db()
    local = timezone.localtime(text.written_at)
    assert (local.hour, local.minute, local.second) == (0, 0, 0)
    assert text.edited_at is None


def test_the_page_counts_this_morning_only(blind, client_of):
    page = reverse("forum:room", args=[blind.room.pk])
    assert "textes étaient déposés" not in client_of(blind.people[0]).get(page).content.decode()
    Contribution.objects.filter(run__is_sealed=True).update(
        written_at=timezone.now() - timezone.timedelta(days=1)
    )
    shown = client_of(blind.people[0]).get(page).content.decode()
    assert "Ce matin, un texte était déposé, sur quatre attendus" in shown
    sealed = shown.partition('class="tiles seal"')[2].partition("</span>")[0]
    assert (sealed.count("#i-lock"), sealed.count('class="o"')) == (1, 3)  # how many, never who


def test_the_deadline_opens_it_for_all_at_the_first_visit(blind, client_of):
    PhaseRun.objects.filter(room=blind.room, is_sealed=True).update(due_at=timezone.now())
    assert (
        SECRET in client_of(blind.people[0]).get(reverse("forum:room", args=[blind.room.pk])).content.decode()
    )


def test_two_keys_open_nothing_that_is_sealed(blind, moderator, client_of):
    OutsideAccess.objects.create(
        room=blind.room,
        asked_by=moderator,
        motive="essai",
        until=timezone.now() + timezone.timedelta(hours=1),
    )
    read = client_of(moderator).get(reverse("forum:visit", args=[blind.room.pk])).content.decode()
    assert SECRET not in read and "Un texte de narrative" in read


def test_who_has_left_reads_nothing_any_more(blind, client_of):
    seat = blind.seat(4)
    Seat.objects.filter(pk=seat.pk).update(state="left")
    assert client_of(blind.people[4]).get(reverse("forum:room", args=[blind.room.pk])).status_code == 404
    seat.state = "left"
    assert not Contribution.objects.readable_by(seat).exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([0, 1, 3, 4]), looks=st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_whoever_writes_first_nobody_reads_before_the_last(blind_steps, order, looks):
    """Property: at each step of any order of writing, a reader sees their own text and no other one."""
    table, run = blind_steps
    Contribution.objects.filter(run=run).delete()
    PhaseRun.objects.filter(pk=run.pk).update(unsealed_at=None)
    for step, number in enumerate(order):
        table.write(number, f"Je comprends, numéro {number}.")
        last = step + 1 == len(order)
        for reader in looks:
            seat = table.seat(reader)
            seen = Contribution.objects.readable_by(seat).filter(run=run)
            own = seen.filter(mark=seat.mark).count()
            assert seen.count() == (len(order) if last else own)
            assert (len(find(table.people[reader], "comprends numéro")) >= len(order)) == last or not last


@pytest.fixture
def blind_steps(table):
    """A room at its blind round, and the run of that round."""
    table.go_to("first-round")
    return table, PhaseRun.objects.get(room=table.room, is_sealed=True)


def test_a_pseudonym_is_fixed_at_writing_and_tied_to_nobody_in_the_rows(blind):
    text = Contribution.objects.get(run__is_sealed=True)
    seat = blind.seat(3)
    assert text.author_id is None and text.signed == seat.pseudonym and text.mark == seat.mark
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM forum_contribution")
        stored = repr(cursor.fetchall())
    for leak in (SECRET, seat.pseudonym, "Je comprends", str(blind.people[3])):
        assert leak not in stored
    Seat.objects.filter(pk=seat.pk).update(pseudonym="Baobab")
    text.refresh_from_db()
    assert text.signed != "Baobab"


def test_the_names_of_those_who_wrote_stand_nowhere_in_an_opened_round(blind, client_of):
    for number in (0, 1, 4):
        blind.write(number, f"Je comprends, dit le numéro {number}.")
    page = client_of(blind.people[2]).get(reverse("forum:room", args=[blind.room.pk])).content.decode()
    round_ = page.split("Premier tour, à l’aveugle</h2>")[1].split("</section>")[0]
    for person in blind.people:
        assert person.signature not in round_ and person.last_name not in round_


def test_two_rooms_give_two_marks_to_one_person(make_table):
    one, other = make_table(people=1, started=False), make_table(people=1, started=False)
    assert one.room.mark_of(7) != other.room.mark_of(7)


def test_who_leaves_a_blind_round_with_their_text_leaves_no_trace_of_it(blind, client_of, caplog):
    caplog.set_level("INFO")
    leave(blind.seat(3), withdraw_texts=True)
    assert not Contribution.objects.filter(run__is_sealed=True).exists()
    assert str(blind.room.pk) not in caplog.text
    for number in (0, 1, 4):
        blind.write(number, "Je comprends.")
    page = client_of(blind.people[0]).get(reverse("forum:room", args=[blind.room.pk])).content.decode()
    assert "a été retiré" not in page


def test_a_draft_is_about_nothing_or_a_text_that_one_reads(blind, client_of):
    browser, address = client_of(blind.people[0]), reverse("forum:draft", args=[blind.room.pk])
    kept = {"step": blind.refreshed().step, "text": "Je commence"}
    hidden = Contribution.objects.get(run__is_sealed=True)
    assert browser.post(address, kept).json()["kept"]
    for parent in (hidden.pk, uuid.uuid4(), "rien"):
        assert browser.post(address, kept | {"parent": parent}).status_code == 404


def test_an_unknown_text_or_room_is_not_found(blind, client_of):
    browser = client_of(blind.people[0])
    hidden = Contribution.objects.get(run__is_sealed=True)
    for pk in (hidden.pk, uuid.uuid4()):
        assert browser.get(reverse("forum:text", args=[blind.room.pk, pk])).status_code == 404
    assert browser.get(reverse("forum:room", args=[uuid.uuid4()])).status_code == 404


def test_skipping_a_blind_round_opens_what_was_written(blind):
    phases.advance(blind.lead, from_step=blind.refreshed().step)
    assert Contribution.objects.readable_by(blind.seat(0)).filter(run__is_sealed=True).count() == 1
