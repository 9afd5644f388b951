"""What a walk through a room by hand found: where one lands, what is missing, which words come back."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from agora.vocabulary.models import Cpas
from forum.models import Room, RoomEvent, Seat
from forum.outcome import actions as outcome
from forum.rooms import actions as rooms
from forum.rooms.pseudonyms import TREES
from forum.rooms.words import deadline, moment
from forum.talk import wording

SOFT = "Fatima vient sans demander, rue du Noyer : elle veut être attendue."
HARD = "Elle se joint au 0470 12 34 56."


def at(table, key: str):
    """Put the room in a phase without living those before."""
    step = table.refreshed().method.number_of(key)
    Room.objects.filter(pk=table.room.pk).update(step=step)
    table.room.runs.filter(number=step).update(opened_at=timezone.now())
    return table


def address(table, name: str = "room", *more) -> str:
    return reverse(f"forum:{name}", args=[table.room.pk, *more])


def focused(page: str) -> list[str]:
    """Return the openings of the elements that take the focus."""
    return [tag for tag in re.findall(r"<[a-z]+[^>]*>", page) if re.search(r"\sautofocus\b", tag)]


class TestBeginning:
    @pytest.mark.parametrize("title", ["", "Groupe " * 40, "Dossier 85.07.30-033.28"])
    def test_a_title_that_cannot_be_is_told_beside_its_field_which_takes_the_focus(
        self, title, member, client_of
    ):
        sent = {"title": title, "method": "mag", "pace": "distance", "months_kept": "6"}
        page = client_of(member).post(reverse("forum:open_room"), sent).content.decode()
        (tag,) = focused(page)
        assert 'name="title"' in tag and 'aria-invalid="true"' in tag and "id_title_error" in tag
        assert not Room.objects.filter(seats__member=member).exists()

    def test_what_is_missing_stands_beside_the_button_and_goes_when_it_is_there(self, make_table, client_of):
        table = make_table(started=False)
        browser, page = client_of(table.people[0]), address(table, "people")
        assert "aria-disabled" not in browser.get(page).content.decode()
        rooms.give_role(table.lead, table.seat(1), "participant")
        for shown in (page, address(table)):
            told = browser.get(shown).content.decode()
            assert "Choisissez un rapporteur" in told and 'aria-describedby="manque"' in told
        browser.post(address(table, "start"))
        assert table.refreshed().state == Room.State.GATHERING

    def test_somebody_alone_reads_that_they_are_alone(self, make_table, client_of):
        table = make_table(people=1, started=False)
        page = client_of(table.people[0]).get(address(table)).content.decode()
        assert "Vous seul·e, pour l’instant." in page
        people = client_of(table.people[0]).get(address(table, "people")).content.decode()
        assert "Une personne, un CPAS, un métier." in people

    def test_a_name_comes_before_a_place_that_holds_it(self, make_table, make_member, client_of):
        table = make_table(started=False)
        place = Cpas.objects.get(ins_code="21018").name_fr.split("-")[-1]
        make_member(cpas="21018", first_name="Anne", last_name="Aerts")
        make_member(cpas="21019", first_name=place, last_name="Zonder")
        page = client_of(table.people[0]).get(address(table, "people"), {"who": place}).content.decode()
        assert 0 < page.index(f"{place} Zonder") < page.index("Anne Aerts")


class TestWriting:
    def test_a_refused_text_keeps_the_cursor(self, table, client_of):
        sent = {"step": "0", "text": "  "}
        page = client_of(table.people[3]).post(address(table, "write"), sent).content.decode()
        (tag,) = focused(page)
        assert 'id="texte"' in tag and 'aria-invalid="true"' in tag

    def test_a_preference_without_a_story_is_told_so_first(self, table, client_of):
        table.go_to("choice")
        page = client_of(table.people[3]).post(address(table, "write"), {"step": "1", "text": ""})
        assert "Choisissez le récit que vous voudriez analyser." in page.content.decode()

    def test_who_leads_and_chooses_their_own_story_reads_who_leads_now(self, table, client_of):
        proposal = table.write(0, "Un jour, au guichet.")
        table.write(3, "Un autre jour.")
        rooms.give_role(table.lead, table.seat(4), "substitute")
        browser = client_of(table.people[0])
        browser.post(address(table, "move"), {"act": "advance", "step": "0"})
        page = browser.post(address(table, "text", proposal.pk), {"act": "choose"}, follow=True)
        told = f"Vous racontez, et {table.people[4].signature} anime à votre place."
        assert told in page.content.decode() and table.seat(4).role == Seat.Role.ANIMATEUR

    @pytest.mark.parametrize(
        "text",
        [
            "Zou je haar niet beter bellen?",
            "Zou u dat beter niet opschrijven?",
            "Kun je niet beter wachten?",
            "Ne devrais-tu pas l’appeler ?",
            "Vous feriez mieux d’attendre, non ?",
        ],
    )
    def test_advice_that_is_dressed_as_a_question(self, text):
        assert wording.is_advice(text)

    @pytest.mark.parametrize("text", ["Que fait-elle pendant qu’elle attend ?", "Wat zou ze graag willen?"])
    def test_a_question_is_no_advice(self, text):
        assert not wording.is_advice(text)

    def test_no_tree_is_a_first_name(self):
        assert not {"Els", "Linde", "Hazel", "Iris", "Olivier", "Laurier", "Roos"} & set(
            sum(TREES.values(), ())
        )

    def test_the_round_that_the_narrator_answers_is_shown_once(self, table, client_of):
        table.go_to("answer")
        page = client_of(table.people[3]).get(address(table)).content.decode()
        numbers = re.findall(r'\sid="([^"]+)"', page)
        assert len(numbers) == len(set(numbers)) and "Un texte de first-round" in page


class TestConclusion:
    @pytest.mark.parametrize("days", [-1, 5000])
    def test_a_perspective_is_for_a_day_ahead(self, table, client_of, days):
        at(table, "perspectives")
        day = timezone.localdate() + timedelta(days=days)
        sent = {"words": "La saluer.", "level": "practice", "carried_by": "Nous", "horizon": day.isoformat()}
        answer = client_of(table.people[3]).post(address(table, "perspectives"), sent)
        assert answer.status_code == 422 and "entre aujourd’hui et dans dix ans" in answer.content.decode()
        assert 'name="horizon"' in focused(answer.content.decode())[0]

    def test_a_day_that_has_passed_meanwhile_does_not_stop_a_correction(self, table):
        at(table, "perspectives")
        more = {"level": "practice", "carried_by": "Nous"}
        made = outcome.plan(table.seat(3), "La saluer.", **more)
        made.horizon = timezone.localdate() - timedelta(days=2)
        made.save()
        outcome.change_plan(table.seat(3), made, "La saluer mieux.", horizon=made.horizon, **more)
        with pytest.raises(ValidationError):
            outcome.change_plan(
                table.seat(3), made, "La saluer.", horizon=made.horizon - timedelta(days=1), **more
            )

    def test_the_preview_of_a_synthesis_shows_what_could_name_somebody(self, table, client_of):
        at(table, "synthesis")
        browser, page = client_of(table.people[1]), address(table, "synthesis")
        shown = browser.post(page, {"seen": "1", "text": SOFT, "go": "preview"}).content.decode()
        assert 'id="apercu"' in shown and 'id="sas"' in shown and "rue du Noyer" in shown
        assert 'id="sas"' not in browser.post(page, {"text": "Elle vient.", "go": "preview"}).content.decode()

    def test_it_is_proposed_once_its_author_has_looked_and_never_with_a_number(self, table, client_of):
        at(table, "synthesis")
        browser, page = client_of(table.people[1]), address(table, "synthesis")
        sent = {"seen": "1", "text": SOFT, "act": "submit"}
        stopped = browser.post(page, sent)
        assert stopped.status_code == 422 and SOFT in stopped.content.decode()
        assert not hasattr(table.refreshed(), "synthesis")
        looked = re.search(r'name="looked" value="([^"]+)"', stopped.content.decode())[1]
        browser.post(page, sent | {"looked": looked})
        assert table.refreshed().synthesis.text == SOFT
        browser.post(page, {"seen": "2", "text": HARD, "act": "submit", "vouched": "La permanence"})
        browser.post(page, {"seen": "2", "text": HARD, "act": "keep"})
        assert table.refreshed().synthesis.text == SOFT

    def test_what_is_kept_for_later_is_not_stopped(self, table, client_of):
        at(table, "synthesis")
        browser = client_of(table.people[1])
        browser.post(address(table, "synthesis"), {"seen": "1", "text": SOFT, "act": "keep"})
        assert table.refreshed().synthesis.text == SOFT

    def test_the_journal_says_that_a_refusal_was_lifted(self, table, client_of):
        at(table, "synthesis")
        synthesis = outcome.draft_synthesis(table.seat(1), "Nous avons vu.", seen=1, submit=True)
        Seat.objects.filter(pk=table.seat(2).pk).update(role="narrator")
        outcome.refuse(table.seat(2), synthesis)
        outcome.refuse(table.seat(2), synthesis, back=True)
        assert RoomEvent.objects.filter(room=table.room, code="lifted").count() == 1
        page = client_of(table.people[3]).get(address(table, "journal")).content.decode()
        assert "laisse finalement sortir la synthèse" in page


def test_the_first_of_a_month_and_an_hour_that_does_not_break():
    day = timezone.make_aware(timezone.datetime(2026, 12, 1, 18))
    said = moment(day)
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "mardi 1er décembre à 18 h"
    assert said.endswith("18\N{NO-BREAK SPACE}h")
    with translation.override("nl"):
        assert "1 december" in deadline(day).replace("\N{NO-BREAK SPACE}", " ")
