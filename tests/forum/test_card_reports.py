"""Cards of the board that should not stand: two people of the room decide, any other one appeals."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from forum.board import actions as board
from forum.board.reading import board_of
from forum.card_reports import actions
from forum.keeping.actions import purge
from forum.models import CardReport, Room, RoomEvent, Seat, Statement
from forum.rooms.actions import close

SECRET = "zorglubine"
WHY = "On reconnaît la personne."


@pytest.fixture
def laid(table):
    """A board with one card. 0 leads, 1 keeps the memory, 2 told."""
    number = table.refreshed().method.number_of("board")
    Room.objects.filter(pk=table.room.pk).update(step=number)
    return table, board.converge(table.seat(3), f"Tous ont vu {SECRET}.")


def removed(table, card, *, judge: int = 0) -> Statement:
    actions.report(table.seat(4), card, "person", "Le quartier")
    actions.decide(table.seat(judge), card, "removed", WHY)
    return Statement.objects.get(pk=card.pk)


def page_of(table, number, client_of, name="board", *more, **sent) -> str:
    browser = client_of(table.people[number])
    address = reverse(f"forum:{name}", args=[table.room.pk, *more])
    answer = browser.post(address, sent, follow=True) if sent else browser.get(address)
    return answer.content.decode()


def test_whoever_reads_a_card_reports_it_and_two_people_read_why(laid, client_of):
    table, card = laid
    assert "Signaler" in page_of(table, 4, client_of)
    told = page_of(table, 4, client_of, "report_card", card.pk, reason="hurtful", explanation="Lisez la fin")
    assert "vont relire cette carte" in told
    for number, may in ((0, True), (1, True), (2, False), (3, False)):
        page = page_of(table, number, client_of, "reports")
        assert (f"/tableau/{card.pk}/decider/" in page) == may
        assert ("Quelque chose est signalé" in page_of(table, number, client_of, "room")) == may
    deciding = page_of(table, 1, client_of, "decide_card", card.pk)
    assert "Lisez la fin" in deciding and table.people[4].signature not in deciding
    assert "Personne ne l’a encore" in page_of(table, 4, client_of, "reports")


def test_a_card_that_goes_leaves_a_line_with_its_reason_and_no_word(laid, client_of):
    table, card = laid
    removed(table, card)
    for number in range(5):
        page = page_of(table, number, client_of)
        assert SECRET not in page and WHY in page and "Une carte a été retirée" in page
        assert ("/recours/" in page) == (number != 0)  # whoever removed it does not appeal
    with pytest.raises(PermissionDenied):
        board.remove(table.seat(1), card, back=True)
    assert board_of(table.seat(1)).removed == ()


def test_an_appeal_is_answered_by_somebody_else_and_brings_the_card_back(laid, client_of):
    table, card = laid
    card = removed(table, card)
    page_of(table, 3, client_of, "appeal_card", card.pk, words="Personne n’y est reconnaissable.")
    with pytest.raises(PermissionDenied):
        actions.decide(table.lead, card, "restored", "")
    with pytest.raises(PermissionDenied):
        actions.appeal(table.seat(2), card, "Encore.")
    page_of(table, 1, client_of, "decide_card", card.pk, outcome="restored")
    assert SECRET in page_of(table, 2, client_of) and WHY not in page_of(table, 2, client_of)


def test_a_declined_appeal_leaves_it_off_the_board(laid, client_of):
    table, card = laid
    card = removed(table, card)
    actions.appeal(table.seat(3), card, "Relisez.")
    actions.decide(table.seat(1), card, "removed", "Toujours le quartier.")
    assert SECRET not in page_of(table, 2, client_of)


@pytest.mark.parametrize(("outcome", "reason"), [("removed", "  "), ("restored", "Oui"), ("rien", "Oui")])
def test_a_removal_needs_a_reason_and_a_choice_that_still_holds(laid, outcome, reason):
    table, card = laid
    actions.report(table.seat(4), card, "other")
    with pytest.raises(ValidationError):
        actions.decide(table.lead, card, outcome, reason)
    actions.decide(table.lead, card, "removed", WHY)


def test_what_whoever_keeps_the_board_took_off_is_no_longer_to_decide(laid):
    table, card = laid
    actions.report(table.seat(4), card, "other")
    board.remove(table.seat(1), card)
    with pytest.raises(PermissionDenied):
        actions.decide(table.lead, card, "removed", WHY)
    board.remove(table.seat(1), card, back=True)
    actions.decide(table.lead, card, "kept", "")


def test_one_letter_goes_to_the_whole_room_once_it_is_decided(
    laid, mailoutbox, django_capture_on_commit_callbacks
):
    table, card = laid
    Seat.objects.filter(room=table.room).update(told_beat=0, seen_beat=table.refreshed().beat)
    with django_capture_on_commit_callbacks(execute=True):
        actions.report(table.seat(4), card, "hurtful", SECRET)
    assert {letter.to[0] for letter in mailoutbox} == {table.people[n].email for n in (0, 1)}
    assert all(SECRET not in letter.body for letter in mailoutbox)
    Seat.objects.filter(room=table.room).update(told_beat=0, seen_beat=table.refreshed().beat)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide(table.seat(1), card, "removed", WHY)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(p.email for p in table.people)
    event = RoomEvent.objects.filter(room=table.room).first()
    assert (event.code, event.by, event.step, event.reason) == ("card-removed", None, -1, "")


def test_time_takes_the_reports_and_what_they_took_off(laid):
    table, card = laid
    removed(table, card)
    kept = Statement.objects.create(room=table.room, kind="convergence", words="Une présence.")
    actions.report(table.seat(4), kept, "other")
    close(table.lead)
    purge(table.refreshed())
    assert not CardReport.objects.exists() and list(table.room.statements.all()) == [kept]
