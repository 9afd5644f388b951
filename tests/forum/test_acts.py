"""Who may do what in a room, in each of its states: the whole matrix of roles and acts."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from agora.airlock.models import Vouch
from forum.board import actions as board
from forum.models import Contribution, Room, Seat
from forum.outcome import actions as outcome
from forum.phases import actions as phases
from forum.rooms import actions as rooms
from forum.talk import actions as talk

ROLES = ("animateur", "substitute", "rapporteur", "participant", "narrator", "invited", "left")
STATES = ("gathering", "open", "closed", "purged")
LEADERS = {"animateur", "substitute"}
SEATED = LEADERS | {"rapporteur", "participant", "narrator"}


@pytest.fixture
def people(make_table):
    """A room in a phase of talk, and one person in each role."""
    table = make_table(people=7, method="codeveloppement")
    table.go_to("questions")
    narrator = next(n for n in range(7) if table.seat(n).role == "narrator")
    others = [n for n in range(7) if n not in (0, 1, narrator)]
    rooms.give_role(table.lead, table.seat(others[0]), "substitute")
    Seat.objects.filter(pk=table.seat(others[1]).pk).update(state="invited")
    Seat.objects.filter(pk=table.seat(others[2]).pk).update(state="left")
    numbers = {
        "animateur": 0,
        "rapporteur": 1,
        "narrator": narrator,
        "substitute": others[0],
        "invited": others[1],
        "left": others[2],
        "participant": others[3],
    }
    return table, numbers


ACTS: dict[str, tuple[Callable, dict[str, set[str]]]] = {
    "write": (
        lambda table, seat: talk.write(seat, "Depuis quand ?", step=seat.room.step),
        {"open": SEATED - {"narrator"}},  # the narrator answers under a question, and asks none
    ),
    "invite": (
        lambda table, seat: rooms.invite(seat, [table.outsider]),
        {"gathering": LEADERS, "open": LEADERS},
    ),
    "advance": (
        lambda table, seat: phases.advance(seat, from_step=seat.room.step, reason="essai"),
        {"open": LEADERS},
    ),
    "extend": (lambda table, seat: phases.extend(seat, 2), {"open": LEADERS}),
    "nudge": (lambda table, seat: phases.nudge(seat), {"open": LEADERS}),
    "reopen": (lambda table, seat: phases.reopen(seat, 0, reason="essai"), {"open": LEADERS}),
    "close": (lambda table, seat: rooms.close(seat), {"open": LEADERS}),
    "start": (lambda table, seat: rooms.start(seat), {"gathering": LEADERS}),
    "leave": (
        lambda table, seat: rooms.leave(seat, withdraw_texts=False),
        dict.fromkeys(STATES, SEATED),
    ),
    "converge": (lambda table, seat: board.converge(seat, "Tous pareils"), {}),  # not the phase of the board
    "plan": (lambda table, seat: outcome.plan(seat, "Essayer", level="practice", carried_by="Nous"), {}),
}


@pytest.mark.parametrize("state", STATES)
def test_an_act_is_open_to_whom_the_matrix_says(people, make_member, state, subtests):
    table, numbers = people
    table.outsider = make_member(cpas="21019")
    Room.objects.filter(pk=table.room.pk).update(state=state)
    if state == "gathering":
        table.room.runs.all().delete()
    for name, (act, allowed) in ACTS.items():
        with subtests.test(name):
            done = {role for role in ROLES if is_done(act, table, numbers[role])}
            assert done == allowed.get(state, set())


def is_done(act, table, number: int) -> bool:
    """Try an act as somebody, and leave no trace of it."""
    point = transaction.savepoint()
    try:
        act(table, table.seat(number))
    except (PermissionDenied, ValidationError):
        return False
    finally:
        transaction.savepoint_rollback(point)
    return True


def test_a_boss_and_a_subordinate_never_sit_together(make_table, make_member):
    from agora.vocabulary.models import Function

    table = make_table(people=1, started=False)
    lead = table.people[0]
    chief = make_member(
        cpas=lead.cpas_id, service=lead.service, function=Function.objects.get(slug="chef-service")
    )
    elsewhere = make_member(cpas="21019", function=Function.objects.get(slug="chef-service"))
    with pytest.raises(ValidationError, match="responsable"):
        rooms.invite(table.lead, [chief])
    assert [seat.member for seat in rooms.invite(table.lead, [elsewhere])] == [elsewhere]


def test_a_room_never_takes_more_people_than_its_method(make_table, make_member):
    table = make_table(people=8, method="codeveloppement", started=False)
    with pytest.raises(ValidationError, match="au plus"):
        rooms.invite(table.lead, [make_member(cpas="21019")])


def test_only_a_question_is_sent_in_a_phase_of_questions_and_advice_is_asked_twice(table):
    table.go_to("questions")
    with pytest.raises(ValidationError, match="point d’interrogation"):
        table.write(3, "Il faut aller la voir.")
    with pytest.raises(talk.LooksLikeAdvice):
        table.write(3, "N’aurais-tu pas dû la prévenir ?")
    assert table.write(3, "N’aurais-tu pas dû la prévenir ?", is_sure=True).kind == "question"


def test_a_phase_that_nobody_lived_needs_a_reason(table):
    with pytest.raises(ValidationError, match="pourquoi"):
        phases.advance(table.lead, from_step=0)
    phases.advance(table.lead, from_step=0, reason="Nous avons déjà un récit.")
    assert table.refreshed().step == 1
    with pytest.raises(ValidationError, match="déjà passée"):
        phases.advance(table.lead, from_step=0, reason="encore")


def test_whoever_leaves_takes_their_texts_or_leaves_them_and_somebody_leads_on(table):
    table.write(0, "Un récit de l’animation.")
    table.write(3, "Un autre récit.")
    rooms.leave(table.seat(3), withdraw_texts=True)
    rooms.leave(table.seat(0), withdraw_texts=False)
    texts = {text.text for text in Contribution.objects.filter(room=table.room)}
    assert texts == {"Un récit de l’animation.", ""}
    assert Seat.objects.filter(room=table.room, state="seated", role="animateur").count() == 1


def test_a_draft_that_comes_late_never_replaces_a_newer_one(table):
    seat = table.seat(3)
    run = seat.room.runs.get(number=0)
    talk.keep_draft(seat, run, "Nouveau texte", sequence=5)
    talk.keep_draft(seat, run, "Vieux texte", sequence=4)
    assert seat.drafts.get().text == "Nouveau texte"
    table.write(3, "Nouveau texte")
    assert not seat.drafts.exists()


def test_what_names_a_person_stops_before_the_room_reads_it(table, client_of):
    number = "0471 12 34 56"
    with pytest.raises(ValidationError, match="désigner une personne"):
        table.write(3, f"Elle m’a dit d’appeler le {number}.")
    address = reverse("forum:write", args=[table.room.pk])
    browser = client_of(table.people[3])
    refused = browser.post(address, {"step": "0", "text": f"Appeler le {number} demain."})
    assert refused.status_code == 422 and "Appeler le" in refused.content.decode()
    assert not Contribution.objects.exists()
    browser.post(
        address,
        {"step": "0", "text": f"Appeler le {number} demain.", "vouched": "la permanence du service"},
    )
    assert Contribution.objects.count() == 1
    lead = client_of(table.people[0])
    page = lead.get(reverse("forum:room", args=[table.room.pk])).content.decode()
    assert "la permanence du service" in page and table.people[3].email not in page
    looked = page.split('action="')[1:]
    action = next(each.split('"')[0] for each in looked if "/regarder/" in each)
    assert client_of(table.people[4]).post(action).status_code == 404
    lead.post(action)
    assert "permanence" not in lead.get(reverse("forum:room", args=[table.room.pk])).content.decode()


def test_what_is_vouched_for_in_a_blind_phase_is_told_when_it_opens_and_not_before(table, client_of):
    table.go_to("first-round")
    number = "0471 12 34 56"
    address = reverse("forum:write", args=[table.room.pk])
    typed = {"step": str(table.refreshed().step), "text": f"Appeler le {number}."}
    offered = client_of(table.people[3]).post(address, typed)
    assert offered.status_code == 422 and "quand le tour s’ouvrira" in offered.content.decode()
    beat = table.refreshed().beat
    client_of(table.people[3]).post(address, typed | {"vouched": "la permanence"})
    assert Contribution.objects.filter(run__number=typed["step"], run__room=table.room).count() == 1
    assert not Vouch.objects.exists() and table.refreshed().beat == beat
    phases.advance(table.lead, from_step=table.refreshed().step)
    said = Vouch.objects.get()
    assert said.reason == "la permanence" and said.by is None
    assert said.judges == f"user:{table.people[0].pk}"


def test_what_is_typed_keeps_its_spaces_and_loses_what_no_page_can_show(table):
    assert table.write(3, "Qui\u00a0vivait\u202flà\x00\x07 ?").text == "Qui\u00a0vivait\u202flà ?"
