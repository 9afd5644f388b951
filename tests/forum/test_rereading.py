"""The second reading: who is asked, what waits for the answer, who is told, who may pass over it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from agora.airlock.second_reader import Answer, Verdict
from forum.finding.reading import find
from forum.models import Contribution, RoomEvent, RoomFile, SecondReading, Synthesis
from forum.outcome import actions as outcome
from forum.phases import actions as phases
from forum.rereading import actions as rereading
from forum.rooms import actions as rooms
from forum.talk import actions as talk
from forum.talk.permissions import can_read

NO, YES = Verdict(Answer.NO), Verdict(Answer.YES, "Le métier du père.")
STORY = "Elle vient chaque mardi au guichet."


@pytest.fixture
def told(table):
    """A narrative that waits for its second reading: person 2 tells, person 0, who leads, is asked."""
    table.go_to("narrative")
    text = table.write(2, STORY)
    return table, text, text.readings.get()


def page(table, client_of, number: int) -> str:
    return client_of(table.people[number]).get(reverse("forum:room", args=[table.room.pk])).content.decode()


def readers_of(table, text) -> set[int]:
    """Return who reads a text, and check that the rule for one and the rule for lists agree."""
    text = Contribution.objects.get(pk=text.pk)
    numbers = range(len(table.people))
    by_list = {
        n for n in numbers if Contribution.objects.readable_by(table.seat(n)).filter(pk=text.pk).exists()
    }
    assert by_list == {n for n in numbers if can_read(table.seat(n), text)}
    return by_list


def answered(table, reading, number: int, verdict: Verdict) -> SecondReading:
    reading = SecondReading.objects.get(pk=reading.pk)
    seen = rereading.seal_of(rereading.words_of(reading))
    return rereading.answer(table.seat(number), reading, verdict, seen=seen)


def test_a_narrative_is_read_by_one_person_before_the_group(told, client_of):
    table, text, reading = told
    assert (reading.asked_by, reading.reader) == (table.people[2], table.people[0])
    assert readers_of(table, text) == {0, 2}
    assert STORY not in page(table, client_of, 3) and not find(table.people[3], "guichet")
    assert STORY in page(table, client_of, 0) and "relire avant les autres" in page(table, client_of, 0)
    with pytest.raises(ValidationError, match="seconde lecture"):
        phases.advance(table.lead, from_step=table.refreshed().step)
    answered(table, reading, 0, NO)
    assert readers_of(table, text) == {0, 1, 2, 3, 4}
    said = page(table, client_of, 3)
    assert STORY in said and f"Seconde lecture faite par {table.people[0].signature}" in said
    phases.advance(table.lead, from_step=table.refreshed().step)


def test_two_keys_do_not_open_what_waits(told):
    table, text, reading = told
    outside = Contribution.objects.readable_from_outside(table.room)
    assert text not in outside
    answered(table, reading, 0, NO)
    assert text in outside.all()


def test_what_could_be_recognised_goes_back_to_who_wrote_and_is_asked_again_once_mended(told, client_of):
    table, text, reading = told
    answered(table, reading, 0, YES)
    assert readers_of(table, text) == {2}
    assert YES.to_blur in page(table, client_of, 2)
    for other in (0, 3):
        assert YES.to_blur not in page(table, client_of, other)
    talk.edit(table.seat(2), text, "Elle vient souvent.")
    again = text.readings.get(answered_at=None)
    assert again.reader == table.people[0] and readers_of(table, text) == {0, 2}
    answered(table, again, 0, NO)
    assert readers_of(table, text) == {0, 1, 2, 3, 4}


def test_words_and_files_that_come_after_the_answer_are_read_again(told):
    table, text, reading = told
    answered(table, reading, 0, NO)
    talk.edit(table.seat(2), Contribution.objects.get(pk=text.pk), STORY + " Avec son fils.")
    assert readers_of(table, text) == {0, 2}
    again = text.readings.get(answered_at=None)
    old = rereading.seal_of(rereading.words_of(again))
    file = RoomFile(text=text, number=1, kind="png")
    file.keep(b"picture")
    file.save()
    with pytest.raises(ValidationError, match="entre-temps"):
        rereading.answer(table.seat(0), again, NO, seen=old)


def test_another_may_be_asked_and_only_who_is_asked_answers(told):
    table, text, reading = told
    for number in (1, 2, 3):
        with pytest.raises(PermissionDenied):
            answered(table, reading, number, NO)
    with pytest.raises(PermissionDenied):
        rereading.ask(table.seat(3), reading, table.seat(4))
    with pytest.raises(PermissionDenied):
        rereading.ask(table.seat(2), reading, table.seat(2))
    rereading.ask(table.seat(2), reading, table.seat(4))
    assert readers_of(table, text) == {2, 4}
    with pytest.raises(PermissionDenied):
        answered(table, reading, 0, NO)
    rooms.leave(table.seat(4), withdraw_texts=False)
    assert readers_of(table, text) - {4} == {0, 2}


def test_whoever_leads_passes_over_with_a_motive_that_the_room_reads(told, client_of):
    table, text, reading = told
    rereading.ask(table.seat(2), reading, table.seat(4))
    with pytest.raises(PermissionDenied):
        rereading.pass_over(table.seat(3), reading, "Nous sommes pressés.")
    with pytest.raises(ValidationError, match="pourquoi"):
        rereading.pass_over(table.lead, reading, "  ")
    rereading.pass_over(table.lead, reading, "Tout est changé dans ce récit.")
    assert readers_of(table, text) == {0, 1, 2, 3, 4}
    journal = client_of(table.people[3]).get(reverse("forum:journal", args=[table.room.pk]))
    assert "passe outre" in journal.content.decode() and "Tout est changé" in journal.content.decode()
    assert RoomEvent.objects.get(code="read-passed").by == table.people[0]


def test_the_answer_is_given_on_its_page_and_asks_what_to_blur(told, client_of):
    table, _text, reading = told
    address = reverse("forum:reading", args=[table.room.pk, reading.pk])
    assert client_of(table.people[3]).get(address).status_code == 404
    browser = client_of(table.people[0])
    shown = browser.get(address).content.decode()
    assert STORY in shown
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    refused = browser.post(address, {"answer": "yes", "seen": seen})
    assert refused.status_code == 422 and "flouter" in refused.content.decode()
    browser.post(address, {"answer": "no", "seen": seen})
    assert reading.__class__.objects.get().answer == "no"
    assert browser.get(address).status_code == 404


def test_what_is_invented_waits_for_nobody(make_table):
    table = make_table(method="comite-a-blanc")
    text = table.write(0, "Un dossier inventé.")
    assert not text.is_held and not SecondReading.objects.exists()


@pytest.fixture
def concluded(table):
    """A synthesis that all signed; person 0 is asked for the second reading."""
    table.go_to("first-round")
    while table.refreshed().phase.kind != "synthesis":
        phases.advance(table.lead, from_step=table.refreshed().step, reason="pour l’essai")
    synthesis = outcome.draft_synthesis(table.seat(1), "Nous avons compris.", seen=1, submit=True)
    for number in range(5):
        outcome.sign(table.seat(number), synthesis, seen=synthesis.edition)
    return table, Synthesis.objects.get(pk=synthesis.pk), SecondReading.objects.get(text=None)


def test_a_synthesis_leaves_the_room_after_its_second_reading(concluded, client_of):
    table, synthesis, reading = concluded
    with pytest.raises(PermissionDenied):
        outcome.promote(table.seat(1), synthesis)
    answered(table, reading, 0, YES)
    with pytest.raises(PermissionDenied):
        outcome.promote(table.seat(1), synthesis)
    synthesis = outcome.draft_synthesis(
        table.seat(1), "Nous avons compris la peur.", seen=synthesis.edition, submit=True
    )
    for number in range(5):
        outcome.sign(table.seat(number), synthesis, seen=synthesis.edition)
    with pytest.raises(PermissionDenied):
        outcome.promote(table.seat(1), synthesis)
    answered(table, SecondReading.objects.get(edition=synthesis.edition), 0, NO)
    shown = client_of(table.people[3]).get(reverse("forum:synthesis", args=[table.room.pk])).content.decode()
    assert "personne n’y est reconnaissable" in shown and "brouillon de fiche" in shown
    assert outcome.promote(table.seat(1), synthesis)


def test_what_was_said_of_somebody_goes_with_the_narratives(told):
    table, text, reading = told
    from forum.keeping.actions import purge
    from forum.models import Room

    answered(table, reading, 0, YES)
    Room.objects.filter(pk=table.room.pk).update(state="closed")
    purge(table.refreshed())
    assert not SecondReading.objects.exists()
