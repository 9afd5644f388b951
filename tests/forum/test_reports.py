"""Texts of a room that should not stand: two of its people decide, and nobody learns who wrote or told."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from forum.board.reading import board_of
from forum.finding.reading import find
from forum.keeping.actions import purge
from forum.models import Contribution, OutsideAccess, Room, RoomEvent, RoomReport, Seat
from forum.phases import actions as phases
from forum.reports import actions, permissions
from forum.rooms.actions import close, leave
from forum.talk import actions as talk

from .conftest import maker_of_tables

SECRET = "zorglubine"
WHY = "On reconnaît la personne."


def blind_round(make_member):
    """Make a room whose blind round is open; its texts bear pseudonyms."""
    table = maker_of_tables(make_member)()
    table.go_to("first-round")
    texts = {n: table.write(n, f"Je comprends {SECRET} {n}.") for n in (0, 1, 3)}
    texts[4] = table.write(4, "Je comprends autrement.")
    return table, texts


@pytest.fixture(scope="module")
def opened_of_the_file(shared):
    return shared(blind_round)


@pytest.fixture
def opened(types_known, opened_of_the_file):
    """A room whose blind round is open, and its texts. 0 leads, 1 keeps the memory, 2 told."""
    table, texts = opened_of_the_file
    return table.anew(), {n: Contribution.objects.get(pk=text.pk) for n, text in texts.items()}


def removed(table, text, *, by: int, judge: int) -> Contribution:
    actions.report(table.seat(by), text, "person", "Le quartier")
    actions.decide(table.seat(judge), text, "removed", WHY)
    return Contribution.objects.get(pk=text.pk)


def page_of(table, number, client_of, name="room", **more) -> str:
    address = reverse(f"forum:{name}", args=[table.room.pk, *more.values()])
    return client_of(table.people[number]).get(address).content.decode()


def waiting(table, number) -> list[RoomReport]:
    return permissions.waiting_for(table.seat(number), list(table.room.seats.present()))


def test_a_report_goes_to_the_same_two_people_whoever_wrote(opened):
    table, texts = opened
    for number in (3, 0):  # by a participant; by the animateur
        actions.report(table.seat(4), texts[number], "hurtful")
    assert {each.text_id for each in waiting(table, 1)} == {texts[0].pk, texts[3].pk}
    # The animateur learns nothing of a report about their own text, and the other one reads both alike.
    assert {each.text_id for each in waiting(table, 0)} == {texts[3].pk}
    for number in (2, 3, 4):
        assert waiting(table, number) == []
    with pytest.raises(PermissionDenied):
        actions.decide(table.lead, texts[0], "kept", "")


def test_the_room_reads_that_a_text_is_gone_and_its_author_why(opened, client_of):
    table, texts = opened
    removed(table, texts[3], by=4, judge=0)
    for number in (0, 1, 2, 4):
        page = page_of(table, number, client_of)
        assert f"{SECRET} 3" not in page and "retiré, après un signalement" in page and WHY not in page
    own = page_of(table, 3, client_of, "reports")
    assert f"{SECRET} 3" in own and WHY in own and "Demander qu’on relise" in own
    told = page_of(table, 4, client_of, "reports")
    assert "Texte retiré" in told and WHY in told and f"{SECRET} 3" not in told


def test_a_removed_text_is_on_no_surface(opened, client_of, moderator):
    table, texts = opened
    OutsideAccess.objects.create(
        room=table.room,
        asked_by=moderator,
        motive="essai",
        until=timezone.now() + timezone.timedelta(hours=1),
    )
    removed(table, texts[3], by=4, judge=0)
    visit = client_of(moderator).get(reverse("forum:visit", args=[table.room.pk])).content.decode()
    assert f"{SECRET} 0" in visit and f"{SECRET} 3" not in visit
    for number in range(5):
        assert all(f"{SECRET} 3" not in hit.text.text for hit in find(table.people[number], SECRET))
        board = board_of(table.seat(number))
        assert texts[3].pk not in {text.pk for text in board.interpretations}
        for text in Contribution.objects.readable_by(table.seat(number)):
            assert f"{SECRET} 3" not in text.text


def test_neither_who_reported_nor_who_wrote_is_on_any_page(opened, client_of):
    """By name or pseudonym: the two who decide read why, and the author's pages are as if nobody had told."""
    table, texts = opened
    actions.report(table.seat(4), texts[3], "hurtful", "Lisez la fin")
    seats = {n: table.seat(n) for n in (3, 4)}
    for number in (0, 1):
        page = page_of(table, number, client_of, "decide_text", text=texts[3].pk)
        assert "Lisez la fin" in page and seats[3].pseudonym in page
        for person in (3, 4):
            assert table.people[person].signature not in page
        assert seats[4].pseudonym not in page
    author = page_of(table, 3, client_of) + page_of(table, 3, client_of, "reports")
    assert "Lisez la fin" not in author and "Signalé " not in author
    row = RoomReport.objects.get()
    assert {field.related_model for field in row._meta.get_fields() if field.is_relation} == {Contribution}


def test_letters_go_to_the_whole_room_when_something_is_decided(
    opened, mailoutbox, django_capture_on_commit_callbacks
):
    table, texts = opened
    for outcome in ("kept", "removed"):
        actions.report(table.seat(4), texts[3], "hurtful")
        Seat.objects.filter(room=table.room).update(told_beat=0, seen_beat=table.refreshed().beat)
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            actions.decide(table.seat(1), texts[3], outcome, WHY)
        assert sorted(letter.to[0] for letter in mailoutbox) == sorted(p.email for p in table.people)
        assert len({(letter.subject, letter.body) for letter in mailoutbox}) == 1
    event = RoomEvent.objects.filter(room=table.room).first()
    assert (event.code, event.by, event.step, event.reason) == ("text-removed", None, -1, "")


def test_the_two_have_a_letter_when_a_text_is_reported(
    opened, mailoutbox, django_capture_on_commit_callbacks
):
    table, texts = opened
    Seat.objects.filter(room=table.room).update(told_beat=0, seen_beat=table.refreshed().beat)
    with django_capture_on_commit_callbacks(execute=True):
        actions.report(table.seat(4), texts[0], "hurtful", SECRET)
    assert [letter.to[0] for letter in mailoutbox] == [table.people[1].email]
    assert SECRET not in mailoutbox[0].body and table.people[4].first_name not in mailoutbox[0].body


def test_an_appeal_is_answered_by_somebody_else_and_brings_the_words_back(opened, client_of):
    table, texts = opened
    text = removed(table, texts[3], by=4, judge=0)
    actions.appeal(table.seat(3), text, "Personne n’y est reconnaissable.")
    with pytest.raises(PermissionDenied):
        actions.decide(table.lead, text, "restored", "")
    with pytest.raises(PermissionDenied):
        actions.appeal(table.seat(3), text, "Encore.")
    actions.decide(table.seat(1), text, "restored", "")
    text.refresh_from_db()
    assert (text.text, text.withheld, text.removed_at) == (f"Je comprends {SECRET} 3.", "", None)
    assert f"{SECRET} 3" in page_of(table, 4, client_of)


def test_a_declined_appeal_leaves_the_text_removed(opened, client_of):
    table, texts = opened
    text = removed(table, texts[3], by=4, judge=0)
    actions.appeal(table.seat(3), text, "Relisez.")
    actions.decide(table.seat(1), text, "removed", "Toujours le quartier.")
    assert "Toujours le quartier." in page_of(table, 3, client_of, "reports")
    assert f"{SECRET} 3" not in page_of(table, 4, client_of)


def test_a_removal_needs_a_reason_and_a_choice_that_still_holds(opened):
    table, texts = opened
    actions.report(table.seat(4), texts[3], "other")
    for outcome, reason in (("removed", "  "), ("restored", "Oui"), ("rien", "Oui")):
        with pytest.raises(ValidationError):
            actions.decide(table.lead, texts[3], outcome, reason)
    with pytest.raises(ValidationError):
        actions.report(table.seat(4), texts[3], "appeal")
    with pytest.raises(PermissionDenied):
        actions.report(table.seat(3), texts[3], "other")


def test_in_a_blind_phase_there_is_nothing_to_report(table):
    table.go_to("first-round")
    sealed = table.write(3, "Je comprends.")
    with pytest.raises(PermissionDenied):
        actions.report(table.seat(4), sealed, "other")


def test_who_takes_back_or_leaves_takes_the_removed_words_too(opened):
    table, texts = opened
    for number, act in (
        (3, lambda text: talk.withdraw(table.seat(3), text)),
        (4, lambda text: leave(table.seat(4), withdraw_texts=True)),
    ):
        text = removed(table, texts[number], by=2, judge=0)
        act(text)
        text.refresh_from_db()
        assert (text.text, text.withheld, text.removal_reason) == ("", "", "")


def test_time_takes_reports_and_removed_words(opened):
    table, texts = opened
    removed(table, texts[3], by=4, judge=0)
    close(table.lead)
    purge(table.refreshed())
    assert table.refreshed().state == Room.State.PURGED
    assert not RoomReport.objects.exists()
    row = Contribution.objects.get(pk=texts[3].pk)
    assert (row.text, row.withheld, row.removal_reason) == ("", "", "")


def test_the_two_follow_the_roles(opened):
    table, texts = opened
    assert [
        seat.pk for seat in permissions.bench_of(table.refreshed(), list(table.room.seats.present()))
    ] == [
        table.seat(0).pk,
        table.seat(1).pk,
    ]
    leave(table.seat(1), withdraw_texts=False)
    actions.report(table.seat(4), texts[0], "other")
    assert [each.text_id for each in waiting(table, 2)] == [texts[0].pk]  # then the narrator
    phases.advance(table.lead, from_step=table.refreshed().step)
    assert [each.text_id for each in waiting(table, 2)] == [texts[0].pk]


def test_the_words_that_were_removed_do_not_travel_with_the_text(opened):
    table, texts = opened
    removed(table, texts[3], by=4, judge=0)
    seat = table.seat(4)
    rows = [*Contribution.objects.readable_by(seat), *Contribution.objects.readable_from_outside(seat.room)]
    assert texts[3].pk in {row.pk for row in rows}
    assert all({"withheld", "removal_reason"} <= row.get_deferred_fields() for row in rows)


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_reports_asks_as_much_of_one_as_of_thirty(
    number, opened, client_of, django_assert_num_queries
):
    table, texts = opened
    one = texts[4]
    more = [
        Contribution(
            room=table.room, run=one.run, kind=one.kind, mark=one.mark, signed=one.signed, text=str(n)
        )
        for n in range(2 * number)
    ]
    made = Contribution.objects.bulk_create(more)
    for text in made:
        actions.report(table.seat(3), text, "other")
    for text in made[number:]:
        actions.decide(table.seat(1), text, "removed", WHY)
        actions.appeal(table.seat(4), text, "Relisez.")
    browser = client_of(table.people[0])
    address = reverse("forum:reports", args=[table.room.pk])
    browser.get(address)
    with django_assert_num_queries(9):  # one of them: the reports about cards
        page = browser.get(address).content.decode()
    assert page.count("/decider/") == 2 * number
