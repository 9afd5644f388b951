"""The board, the perspectives, the synthesis, the two keys, the purge, the keys."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from agora.airlock.second_reader import Answer, Verdict
from agora.drafts.models import Draft
from agora.people.roles import ADMINISTRATOR, MODERATOR
from forum import keys
from forum.board import actions as board
from forum.board.permissions import is_closed
from forum.doors import actions as doors
from forum.keeping.actions import pass_over
from forum.keeping.seals import reseal_all
from forum.models import Contribution, OutsideAccess, Room, RoomEvent, SecondReading, Side, Synthesis
from forum.outcome import actions as outcome
from forum.phases import actions as phases
from forum.rereading import actions as rereading
from practices.actions import change_practice
from practices.drafting import publish_draft, step_url
from practices.fields import PracticeFields
from practices.models import Provenance

from .conftest import maker_of_tables


def two_rounds(make_member):
    """Make a room whose two rounds are written."""
    table = maker_of_tables(make_member)()
    table.go_to("first-round")
    for number in (0, 1, 3, 4):
        table.write(number, f"Je comprends, numéro {number}.")
    for _phase in ("first-round", "answer", "second-round"):
        room = table.refreshed()
        phases.advance(table.lead, from_step=room.step, reason="Nous continuons.")
    return table


@pytest.fixture(scope="module")
def board_of_the_file(shared):
    return shared(two_rounds)


@pytest.fixture
def at_board(types_known, board_of_the_file):
    """A room whose two rounds are written."""
    return board_of_the_file.anew()


@pytest.fixture
def divided(at_board):
    """A divergence on the board, and its two sides."""
    statement = board.diverge(at_board.seat(1), "Faut-il insister ?", [("Oui", "Elle attend."), ("Non", "")])
    return at_board, statement, list(statement.sides.all())


def test_a_divergence_closes_when_both_sides_accept_their_words_and_opens_with_new_ones(divided):
    table, statement, (yes, no) = divided
    board.hold(table.seat(0), yes)
    board.hold(table.seat(3), no)
    board.accept(table.seat(0), yes, seen=1)
    assert not is_closed(statement)
    board.accept(table.seat(3), no, seen=1)
    statement.refresh_from_db()
    assert is_closed(type(statement).objects.get(pk=statement.pk))
    board.reword_side(table.seat(4), yes, "Oui, doucement", "", seen=1)
    assert not is_closed(type(statement).objects.get(pk=statement.pk))
    with pytest.raises(ValidationError, match="changé"):
        board.accept(table.seat(0), yes, seen=1)


def test_nobody_sees_where_others_stand_nor_accepts_for_them(divided, client_of):
    table, _statement, (yes, no) = divided
    board.hold(table.seat(0), yes)
    with pytest.raises(PermissionDenied):
        board.accept(table.seat(3), yes, seen=1)
    seen = client_of(table.people[3]).get(reverse("forum:board", args=[table.room.pk])).content.decode()
    assert "Je suis de ce côté" in seen and "Je ne suis plus de ce côté" not in seen
    assert table.people[0].signature not in seen.split("Ce qui divise")[1].split("Poser une carte")[0]


def test_a_card_is_placed_by_the_page_and_counts_the_interpretations_where_it_is_found(at_board, client_of):
    texts = list(Contribution.objects.filter(room=at_board.room, kind="interpretation")[:2])
    browser, address = client_of(at_board.people[1]), reverse("forum:board", args=[at_board.room.pk])
    browser.post(
        address, {"act": "converge", "c-words": "Tous ont vu la peur.", "seen": [str(t.pk) for t in texts]}
    )
    page = browser.get(address).content.decode()
    assert "Tous ont vu la peur." in page and "dans deux interprétations sur quatre" in page
    refused = browser.post(address, {"act": "diverge", "d-question": "Faut-il insister ?"})
    assert refused.status_code == 422 and "Faut-il insister" in refused.content.decode()


def all_signed(make_member):
    """Make a room with a synthesis that all present signed."""
    at_board = two_rounds(make_member)
    for _phase in ("board", "perspectives"):
        phases.advance(at_board.lead, from_step=at_board.refreshed().step, reason="Nous continuons.")
    synthesis = outcome.draft_synthesis(at_board.seat(1), "Nous avons compris la peur.", seen=1, submit=True)
    for number in range(5):
        outcome.sign(at_board.seat(number), synthesis, seen=synthesis.edition)
    reading = SecondReading.objects.get(text=None)
    rereading.answer(at_board.lead, reading, Verdict(Answer.NO), seen=rereading.seal_of(synthesis.text))
    return at_board


@pytest.fixture(scope="module")
def signed_of_the_file(shared):
    return shared(all_signed)


@pytest.fixture
def signed(types_known, signed_of_the_file):
    """A room, and the synthesis that all present signed."""
    table = signed_of_the_file.anew()
    return table, Synthesis.objects.get(room=table.room)


def test_a_synthesis_signed_by_all_becomes_a_draft_that_says_where_it_comes_from_and_not_from_whom(signed):
    table, synthesis = signed
    draft = outcome.promote(table.seat(3), synthesis)
    kept = str(Draft.objects.get(pk=draft.pk).data)
    assert "Nous avons compris la peur." in kept
    for hidden in (*(person.first_name for person in table.people), str(table.room.pk), table.room.title):
        assert hidden not in kept


def test_the_sheet_says_for_ever_where_it_comes_from_and_leads_nobody_back(
    tree, signed, client_of, make_member
):
    table, synthesis = signed
    writer = table.people[3]
    draft = outcome.promote(table.seat(3), synthesis)
    step = client_of(writer).get(step_url(draft, 1)).content.decode()
    said = "D’une salle d’intervision ("
    assert said in step and "avec cinq CPAS autour de la table" in step
    draft.data |= {"title": "Dire la peur", "summary": "Nommer ce qui retient.", "steps": "La dire."}
    draft.data |= {"themes": ["accueil-flux"]}
    draft.save()
    sheet = publish_draft(draft, by=writer)
    told = Provenance.objects.get(sheet=sheet)
    assert (told.source, told.cpas, told.month.day) == ("room", 5, 1) and told.method_nl
    phases.advance(table.lead, from_step=table.refreshed().step)
    Room.objects.update(purge_at=timezone.now())
    pass_over()
    change_practice(
        sheet, PracticeFields.of(sheet).with_data({"problem": "Autre chose."}), by=writer,
        significance="major", reason="Relue.", based_on=sheet.live_revision_id,
    )  # fmt: skip
    page = client_of(make_member()).get(sheet.get_absolute_url()).content.decode()
    assert said in page and str(table.room.pk) not in page and "/salles/" not in page.split("<main")[1]
    columns = {field.name for field in Provenance._meta.get_fields()}
    assert columns == {"id", "sheet", "source", "method_fr", "method_nl", "month", "cpas"}


def test_neither_one_missing_signature_nor_a_veto_lets_it_out(signed):
    table, synthesis = signed
    outcome.unsign(table.seat(4), synthesis)
    with pytest.raises(PermissionDenied):
        outcome.promote(table.seat(3), synthesis)
    outcome.sign(table.seat(4), synthesis, seen=synthesis.edition)
    narrator = next(n for n in range(5) if table.seat(n).role == "narrator")
    with pytest.raises(PermissionDenied):
        outcome.refuse(table.seat(0), synthesis)
    outcome.refuse(table.seat(narrator), synthesis, "Trop reconnaissable.")
    with pytest.raises(PermissionDenied):
        outcome.promote(table.seat(3), synthesis)


def test_new_words_ask_for_the_signatures_again(signed):
    table, synthesis = signed
    outcome.draft_synthesis(table.seat(1), "Autre chose.", seen=synthesis.edition, submit=True)
    with pytest.raises(PermissionDenied):
        outcome.promote(table.seat(3), synthesis)
    with pytest.raises(ValidationError, match="changé"):
        outcome.sign(table.seat(0), synthesis, seen=synthesis.edition)


@pytest.fixture
def key_holders(make_member):
    """Who asks, who holds the first key, who the second."""
    return (
        make_member(roles=[MODERATOR], cpas=None),
        make_member(roles=[MODERATOR], cpas=None),
        make_member(roles=[ADMINISTRATOR], cpas=None),
    )


def test_two_persons_turn_two_keys_and_the_room_reads_all_of_it(table, key_holders, client_of):
    table.write(3, "Un récit à lire.")
    asking, first, second = key_holders
    address = reverse("forum:visit", args=[table.room.pk])
    access = doors.ask(asking, table.room, "Une plainte le demande.")
    assert client_of(asking).get(address).status_code == 404
    with pytest.raises(PermissionDenied):
        doors.turn(asking, access)
    with pytest.raises(PermissionDenied):
        doors.turn(second, access)  # the second key does not turn first
    doors.turn(first, access)
    with pytest.raises(PermissionDenied):
        doors.turn(first, OutsideAccess.objects.get(pk=access.pk))
    doors.turn(second, OutsideAccess.objects.get(pk=access.pk))
    assert "Un récit à lire." in client_of(asking).get(address).content.decode()
    assert client_of(first).get(address).status_code == 404
    told = client_of(table.people[2]).get(reverse("forum:journal", args=[table.room.pk])).content.decode()
    for said in ("Une plainte le demande.", "première clé", "seconde clé", "a lu la salle"):
        assert said in told
    OutsideAccess.objects.update(until=timezone.now())
    assert client_of(asking).get(address).status_code == 404


def test_asking_tells_nobody_whether_a_room_exists(table, key_holders, client_of):
    asking = client_of(key_holders[0])
    answers = [
        asking.post(reverse("forum:demands"), {"room": pk, "motive": "Essai.", "hours": "24"}, follow=True)
        for pk in (table.room.pk, "00000000-0000-4000-8000-000000000000")
    ]
    said = [answer.content.decode().split('role="status"')[1].split("</div>")[0] for answer in answers]
    assert said[0] == said[1] and OutsideAccess.objects.count() == 1


def test_what_was_told_is_emptied_in_its_time_and_what_was_learnt_stays(signed, client_of):
    table, synthesis = signed
    phases.advance(table.lead, from_step=table.refreshed().step)
    room = table.refreshed()
    assert room.state == "closed"
    page = client_of(table.people[0]).get(reverse("forum:room", args=[room.pk])).content.decode()
    assert "seront effacés" in page
    assert pass_over().purged == 0
    Room.objects.filter(pk=room.pk).update(purge_at=timezone.now())
    report = pass_over()
    assert report.purged == 1 and report.texts > 0 and pass_over().purged == 0
    assert {text.text for text in Contribution.objects.filter(room=room)} == {""}
    assert Synthesis.objects.get(pk=room.pk).text == "Nous avons compris la peur."


def test_a_refused_synthesis_goes_with_the_narrative(signed):
    table, synthesis = signed
    narrator = next(n for n in range(5) if table.seat(n).role == "narrator")
    outcome.refuse(table.seat(narrator), synthesis)
    phases.advance(table.lead, from_step=table.refreshed().step)
    Room.objects.update(purge_at=timezone.now())
    pass_over()
    assert not Synthesis.objects.exists()


def test_three_months_later_the_room_is_asked_once(at_board, django_capture_on_commit_callbacks):
    phases.advance(at_board.lead, from_step=at_board.refreshed().step, reason="Nous continuons.")
    outcome.plan(at_board.seat(1), "Essayer lundi", level="practice", carried_by="Nous tous")
    phases.advance(at_board.lead, from_step=at_board.refreshed().step)
    from forum.rooms.actions import close

    close(at_board.lead)
    Room.objects.update(closed_at=timezone.now() - timezone.timedelta(days=91))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert pass_over().asked == 1
        assert pass_over().asked == 0
    assert len(mail.outbox) == 5 and all("Essayer" not in letter.body for letter in mail.outbox)


def test_a_new_key_seals_everything_again_and_the_old_one_may_go(table, capsys):
    table.write(3, "Un récit scellé.")
    from cryptography.fernet import Fernet
    from django.conf import settings

    fresh = Fernet.generate_key().decode()
    with override_settings(ROOM_KEYS=[fresh, *settings.ROOM_KEYS]):
        call_command("reseal_rooms")
    assert "Sealed again" in capsys.readouterr().out
    with override_settings(ROOM_KEYS=[fresh]):
        assert Contribution.objects.get(room=table.room).text == "Un récit scellé."
    with pytest.raises(keys.Unreadable):
        _ = Contribution.objects.get(room=table.room).text


def test_texts_sealed_with_an_unknown_key_are_not_resealed_by_halves(table):
    table.write(3, "Un récit scellé.")
    from cryptography.fernet import Fernet

    with override_settings(ROOM_KEYS=[Fernet.generate_key().decode()]), pytest.raises(keys.Unreadable):
        reseal_all()


def test_the_journal_dies_with_nobody_and_holds_no_text(table):
    table.write(3, "Un récit très secret.")
    with_reason = [event.reason for event in RoomEvent.objects.filter(room=table.room) if event.reason]
    assert with_reason == [] and not Side.objects.exists()


def test_who_will_read_is_said_where_the_outcome_is_written(at_board, client_of):
    table = at_board
    reader = client_of(table.people[1])
    said = {}
    for name in ("board", "perspectives"):
        room = table.refreshed()
        if name == "perspectives":
            phases.advance(table.lead, from_step=room.step, reason="Nous continuons.")
        said[name] = reader.get(reverse(f"forum:{name}", args=[room.pk])).text.count(
            "Les personnes de cette salle."
        )
    assert said == {"board": 1, "perspectives": 1}
