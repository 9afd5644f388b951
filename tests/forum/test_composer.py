"""Writing in a room: quotes of what one may read, calls, a look before sending, drafts that return."""

import pytest
from django.db import connection
from django.urls import reverse

from agora.richtext import quotes
from forum.models import Contribution, RoomDraft, RoomEvent, Seat
from forum.phases import actions as phases
from forum.rooms.actions import leave
from forum.talk import actions as talk
from forum.talk.calling import called_in, names_for

from .conftest import maker_of_tables

SECRET = "zorglubine"


def second_round(make_member):
    """Make a room in its second round, after a blind one whose texts bear pseudonyms."""
    table = maker_of_tables(make_member)()
    table.go_to("first-round")
    for number in (0, 1, 3, 4):
        table.write(number, f"Je comprends {SECRET} {number}.")
    phases.advance(table.lead, from_step=table.refreshed().step)
    table.go_to("second-round")
    return table


@pytest.fixture(scope="module")
def rounds_of_the_file(shared):
    return shared(second_round)


@pytest.fixture
def rounds(types_known, rounds_of_the_file):
    """A room in its second round; person 2 told the story."""
    return rounds_of_the_file.anew()


def address(table, name="room") -> str:
    return reverse(f"forum:{name}", args=[table.room.pk])


def text_of(table, number, **more) -> Contribution:
    return Contribution.objects.of(table.seat(number)).filter(kind="interpretation", **more).first()


def names_of(table, number) -> list[str]:
    seat = table.seat(number)
    texts = Contribution.objects.readable_by(seat).standing().select_related("author")
    return names_for(seat, texts, table.room.seats.present().select_related("member"))


def quiet_room(table) -> None:
    """Let everybody have read everything, so that the next letter is not held back."""
    Seat.objects.filter(room=table.room).update(told_beat=0, seen_beat=table.refreshed().beat)


def test_a_link_comes_back_with_the_passage_under_its_pseudonym(rounds, client_of):
    quoted = text_of(rounds, 3)
    page = client_of(rounds.people[4]).get(address(rounds)).content.decode()
    assert f"?citer={quoted.pk}#ecrire" in page
    page = client_of(rounds.people[4]).get(address(rounds), {"citer": str(quoted.pk)}).content.decode()
    tree = rounds.seat(3).pseudonym
    assert f"&gt; {tree}\u00a0:\n&gt; Je comprends {SECRET} 3.\n" in page


def test_a_quote_is_drawn_apart_in_the_room(rounds, client_of):
    quoted = quotes.quote(text_of(rounds, 3).text, f"{rounds.seat(3).pseudonym} :")
    rounds.write(4, f"{quoted}Je vois <b>cela</b> aussi.")
    rounds.write(0, "Moi aussi.")
    rounds.write(1, "Moi aussi.")
    rounds.write(3, "Moi aussi.")
    page = client_of(rounds.people[3]).get(address(rounds)).content.decode()
    assert '<blockquote class="cited">' in page and "Je vois &lt;b&gt;cela&lt;/b&gt; aussi." in page


def test_nothing_that_is_sealed_is_quoted(table, client_of):
    table.go_to("first-round")
    sealed = table.write(3, f"Je comprends {SECRET}.")
    for odd in (str(sealed.pk), "x", "00000000-0000-4000-8000-000000000000", "\x00"):
        page = client_of(table.people[4]).get(address(table), {"citer": odd}).content.decode()
        assert SECRET not in page and "&gt; " not in page.partition("<textarea")[2].partition("</textarea")[0]


def test_a_text_taken_back_leaves_no_copy_in_what_quoted_it(rounds):
    quoted = text_of(rounds, 3)
    answer = rounds.write(4, f"{quotes.quote(quoted.text, 'Chêne :')}Je nuance.")
    talk.withdraw(rounds.seat(3), quoted)
    assert Contribution.objects.get(pk=answer.pk).text == "> Chêne :\n> [passage retiré]\n\nJe nuance."


def test_who_leaves_with_their_texts_leaves_no_copy(rounds):
    quoted = text_of(rounds, 3)
    answer = rounds.write(4, f"{quotes.quote(quoted.text)}Je nuance.")
    leave(rounds.seat(3), withdraw_texts=True)
    assert SECRET not in Contribution.objects.get(pk=answer.pk).text


def test_one_calls_by_the_names_under_the_texts_and_no_list_tells_whose_they_are(rounds):
    trees = {n: rounds.seat(n).pseudonym for n in (0, 1, 3, 4)}
    before = names_of(rounds, 4)
    assert set(before) >= {trees[0], trees[1], trees[3]} and trees[4] not in before
    leave(rounds.seat(3), withdraw_texts=False)
    assert names_of(rounds, 4) == before  # a tree that goes with somebody would tell whose it was


def test_nobody_is_offered_before_they_wrote(table):
    table.go_to("first-round")
    table.write(3, "Je comprends.")
    trees = {table.seat(n).pseudonym for n in range(5)}
    assert not trees & set(names_of(table, 4))


def test_a_tree_called_writes_to_the_whole_room_alike(rounds, mailoutbox, django_capture_on_commit_callbacks):
    quiet_room(rounds)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        rounds.write(4, f"@{rounds.seat(3).pseudonym}, {SECRET} ?")
    others = [person.email for number, person in enumerate(rounds.people) if number != 4]
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(others)
    assert len({(letter.subject, letter.body) for letter in mailoutbox}) == 1
    for letter in mailoutbox:
        assert SECRET not in letter.body and rounds.seat(3).pseudonym not in letter.body + letter.subject


def test_a_name_called_writes_to_that_person_alone(table, mailoutbox, django_capture_on_commit_callbacks):
    table.go_to("questions")
    quiet_room(table)
    with django_capture_on_commit_callbacks(execute=True):
        table.write(4, f"@{table.people[3].signature} étiez-vous là ?")
    assert [letter.to[0] for letter in mailoutbox] == [table.people[3].email]
    assert [letter.subject for letter in mailoutbox] == ["[Agora] Du nouveau dans une salle"]


def test_in_a_blind_phase_a_call_moves_nothing(table, mailoutbox, django_capture_on_commit_callbacks):
    table.go_to("first-round")
    quiet_room(table)
    before = table.refreshed().beat, RoomEvent.objects.filter(room=table.room).count()
    teller = table.people[2].signature
    with django_capture_on_commit_callbacks(execute=True):
        text = table.write(3, f"@{teller} je comprends.")
        talk.edit(table.seat(3), text, f"@{teller} @{table.people[4].signature} je comprends mieux.")
    assert mailoutbox == []
    assert (table.refreshed().beat, RoomEvent.objects.filter(room=table.room).count()) == before


def test_a_correction_tells_only_those_whom_it_adds(table, mailoutbox, django_capture_on_commit_callbacks):
    table.go_to("questions")
    one, two = (table.people[n].signature for n in (3, 1))
    text = table.write(4, f"@{one} étiez-vous là ?")
    quiet_room(table)
    with django_capture_on_commit_callbacks(execute=True):
        talk.edit(table.seat(4), text, f"@{one} @{two} étiez-vous là ?")
    assert [letter.to[0] for letter in mailoutbox] == [table.people[1].email]


def test_whom_a_text_calls_reads_it_and_nobody_else(rounds, client_of):
    rounds.write(4, f"@{rounds.seat(3).pseudonym} et vous ?")
    for number in (0, 1, 3):
        rounds.write(number, "Je comprends.")
    for number in range(5):
        page = client_of(rounds.people[number]).get(address(rounds)).content.decode()
        assert ("On s’adresse à vous" in page) == (number == 3)


def test_who_sits_elsewhere_cannot_be_called(rounds, make_member):
    stranger = make_member(first_name="Personne9", last_name="Famille9")
    assert called_in(rounds.seat(4), f"@{stranger.signature} @{stranger.get_full_name()} venez") == []
    assert stranger.signature not in names_of(rounds, 4)


def test_a_preview_shows_the_text_and_keeps_nothing(rounds, client_of):
    before = Contribution.objects.count()
    browser = client_of(rounds.people[4])
    step = str(rounds.refreshed().step)
    tree = rounds.seat(3).pseudonym
    typed = f"> Chêne :\n> Un mot.\n\n@{tree} je <i>vois</i>, rue Haute."
    sent = browser.post(address(rounds, "write"), {"step": step, "text": typed, "go": "preview"})
    page = sent.content.decode()
    assert sent.status_code == 200 and Contribution.objects.count() == before
    assert (
        rounds.seat(4).pseudonym in page
        and rounds.people[4].signature not in page.partition('id="apercu"')[2].partition("</section>")[0]
    )
    assert "je &lt;i&gt;vois&lt;/i&gt;" in page and f"S’adresse à\u00a0: <b>{tree}</b>" in page
    assert "Pourrait-on reconnaître quelqu’un" in page  # what the gate would say
    for empty in ("", "   ", "\x00"):
        assert (
            browser.post(address(rounds, "write"), {"step": step, "text": empty, "go": "preview"}).status_code
            == 200
        )


def test_the_gate_lets_the_names_of_the_room_be_called_and_no_other(table, client_of):
    table.go_to("questions")
    browser, step = client_of(table.people[4]), str(table.refreshed().step)
    Member = type(table.people[3])
    Member.objects.filter(pk=table.people[3].pk).update(first_name="Nadia", last_name="Verhaegen")
    calls = {"step": step, "text": "> Nadia V. :\n> Un mot.\n\n@Nadia V. étiez-vous là ?"}
    assert browser.post(address(table, "write"), calls).status_code == 302
    told = {"step": step, "text": "Avez-vous revu la petite Xavier, ou @Xavier ?"}
    refused = browser.post(address(table, "write"), told)
    page = refused.content.decode()
    assert refused.status_code == 422 and page.count("Xavier</mark>") == 2


def test_without_a_script_a_button_puts_a_name_in_the_text(rounds, client_of):
    browser = client_of(rounds.people[4])
    tree = rounds.seat(3).pseudonym
    page = browser.get(address(rounds)).content.decode()
    assert f'value="at:{tree}"' in page
    sent = browser.post(
        address(rounds, "write"), {"step": str(rounds.refreshed().step), "text": "Et", "go": f"at:{tree}"}
    )
    assert f"Et @{tree} </textarea>" in sent.content.decode()


def test_unfinished_answers_and_corrections_come_back(table, client_of):
    table.go_to("questions")
    question = table.write(4, "Que s’est-il passé ?")
    step = str(table.refreshed().step)
    teller, asker = client_of(table.people[2]), client_of(table.people[4])
    draft = address(table, "draft")
    teller.post(draft, {"step": step, "parent": str(question.pk), "text": "C’était", "sequence": "1"})
    corrects = {"step": step, "parent": str(question.pk), "corrects": "1"}
    asker.post(draft, corrects | {"text": "Que s’est-il donc", "sequence": "1"})
    assert "C’était</textarea>" in teller.get(address(table)).content.decode()
    mine = reverse("forum:text", args=[table.room.pk, question.pk])
    assert "Que s’est-il donc</textarea>" in asker.get(mine).content.decode()
    assert "C’était" not in asker.get(address(table)).content.decode()
    assert teller.post(draft, corrects | {"text": "Autre", "sequence": "2"}).status_code == 404
    asker.post(mine, {"act": "edit", "text": "Que s’est-il donc passé ?"})
    assert not RoomDraft.objects.filter(seat=table.seat(4)).exists()


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("@Frêne et @Chêne", ["Frêne", "Chêne", "If"], ["Frêne", "Chêne"]),
        ("(@Frêne)", ["Frêne"], ["Frêne"]),
        ("@frêne", ["Frêne"], ["Frêne"]),
        ("@Frênet, moi@Frêne", ["Frêne"], []),
        ("> @Frêne\n\nNon.", ["Frêne"], []),
        ("@Lies Peeters vient", ["Lies", "Lies Peeters"], ["Lies Peeters"]),
        ("@Lies\u00a0P. vient", ["Lies P."], ["Lies P."]),
        ("@", ["Frêne", ""], []),
    ],
)
def test_a_call_is_a_name_after_a_sign(text, names, found):
    assert quotes.called(text, names) == found


FORMS = {
    "converge": ("board", {"c-words": SECRET}),
    "diverge": ("board", {"d-question": SECRET, "d-claim_0": "Oui"}),
    "plan": ("perspectives", {"words": SECRET, "level": "practice"}),
    "synthesis": ("synthesis", {"text": SECRET}),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_other_forms_of_a_room_come_back_as_they_were_left(form, table, client_of):
    page, typed = FORMS[form]
    skip_to(table, page)
    browser, other = client_of(table.people[1]), client_of(table.people[3])
    said = browser.post(address(table, "keep_form"), typed | {"form": form, "sequence": "2"}).json()
    assert said["kept"] and SECRET not in str(said)
    browser.post(address(table, "keep_form"), dict.fromkeys(typed, "tard") | {"form": form, "sequence": "1"})
    assert SECRET in browser.get(address(table, page)).content.decode()
    assert SECRET not in other.get(address(table, page)).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM forum_roomdraft")
        assert SECRET not in str(cursor.fetchall())


def skip_to(table, key: str) -> None:
    step = table.refreshed().method.number_of(key)
    while (room := table.refreshed()).step < step:
        phases.advance(table.lead, from_step=room.step, reason="pour l’essai")


def test_a_card_that_is_laid_leaves_no_draft(table, client_of):
    skip_to(table, "board")
    browser = client_of(table.people[1])
    browser.post(address(table, "keep_form"), {"form": "converge", "c-words": "Un mot", "sequence": "1"})
    browser.post(address(table, "board"), {"act": "converge", "c-words": "Un mot de trop"})
    assert not RoomDraft.objects.exists() and table.room.statements.count() == 1


@pytest.mark.parametrize("form", ["rien", "synthesis", "converge", ""])
def test_nobody_keeps_a_form_that_is_not_theirs_to_fill_in(form, table, client_of):
    sent = client_of(table.people[3]).post(address(table, "keep_form"), {"form": form, "text": "x"})
    assert sent.status_code == 404 and not RoomDraft.objects.exists()


def test_a_synthesis_is_looked_at_before_it_is_proposed(table, client_of):
    skip_to(table, "synthesis")
    browser = client_of(table.people[1])
    page = browser.post(
        address(table, "synthesis"), {"text": f"> Un mot.\n\n<b>{SECRET}</b>", "go": "preview"}
    )
    shown = page.content.decode()
    assert page.status_code == 200 and f"&lt;b&gt;{SECRET}&lt;/b&gt;" in shown and 'id="apercu"' in shown
    refused = client_of(table.people[3]).post(address(table, "synthesis"), {"text": "x", "go": "preview"})
    assert refused.status_code == 404


def test_the_reason_of_a_preference_comes_back_and_no_other_draft_does(table, client_of):
    table.go_to("choice")
    proposal = Contribution.objects.get(room=table.room)
    browser, seat = client_of(table.people[3]), table.seat(3)
    run = table.refreshed().runs.get(number=seat.room.step)
    RoomDraft.objects.create(seat=seat, run=run, about="f:outcome:5", text='{"outcome": ["Rien"]}')
    assert "outcome&quot;" not in browser.get(address(table)).content.decode()
    sent = {"step": str(run.number), "parent": str(proposal.pk), "text": f"Pour {SECRET}", "sequence": "1"}
    assert browser.post(address(table, "draft"), sent).json()["kept"]
    page = browser.get(address(table)).content.decode()
    assert (
        f"Pour {SECRET}</textarea>" in page and "checked" in page.partition(f'value="{proposal.pk}"')[2][:20]
    )
