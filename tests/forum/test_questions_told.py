"""What people of a question are told: who is on duty, what helped, what was decided, what to repair."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from agora.discussion.actions import post_comment
from agora.people.roles import MODERATOR
from agora.vocabulary.models import Theme
from forum.models import Duty, Question
from forum.questions import actions, moderating
from forum.rooms.words import moment

from .test_debates import opened
from .test_questions import asked, at


def focused(page: str) -> list[str]:
    """Return the names of the fields in which a page puts the cursor."""
    return re.findall(r'name="(\w+)"(?=[^>]*\sautofocus)|autofocus[^>]*name="(\w+)"', page)


@pytest.fixture
def moderator(make_member):
    """Somebody who decides."""
    return make_member(first_name="Mona", roles=[MODERATOR])


class TestFocus:
    """After a refusal the cursor is in the first field to repair, with or without a script."""

    def first(self, response) -> str:
        page = response.content.decode()
        found = [name for pair in focused(page) for name in pair if name]
        assert found, "no field has the cursor"
        assert len(set(found)) == 1
        return found[0]

    def test_asking(self, make_member, client_of):
        browser = client_of(make_member())
        assert self.first(browser.post(reverse("forum:ask"), {"title": "", "sign": "name"})) == "title"
        form = {"title": "Une question ?", "sign": "name", "language": "fr"}
        assert self.first(browser.post(reverse("forum:ask"), form)) == "themes"

    def test_before_anything_is_wrong_nowhere(self, make_member, client_of):
        assert not focused(client_of(make_member()).get(reverse("forum:ask")).content.decode())

    def test_correcting_reporting_appealing_deciding(self, make_member, client_of, moderator):
        asker, other = make_member(), make_member(cpas="21010")
        found = asked(asker)
        for who, name, field in (
            (asker, "edit_question", "title"),
            (other, "report_question", "reason"),
            (moderator, "moderate_question", "outcome"),
        ):
            address = reverse(f"forum:{name}", args=[found.pk])
            assert self.first(client_of(who).post(address, {})) == field
        address = reverse("forum:moderate_question", args=[found.pk])
        assert self.first(client_of(moderator).post(address, {"outcome": "removed"})) == "reason"
        moderating.decide(moderator, found, "removed", "Motif")
        assert self.first(client_of(asker).post(reverse("forum:appeal", args=[found.pk]), {})) == "words"

    def test_a_debate(self, make_member, client_of):
        browser = client_of(make_member())
        assert (
            self.first(browser.post(reverse("forum:open_debate"), {"question": "Une question ?"}))
            == "claim_0"
        )
        debate = opened(make_member())
        address = reverse("forum:add_argument", args=[debate.pk, debate.positions.first().pk])
        assert (
            self.first(browser.post(address, {"text": "Un mot", "source_url": "javascript:x"}))
            == "source_url"
        )


class TestOnDuty:
    """Nobody is on duty for their own question; of a quiet one nothing tells who asked."""

    @pytest.fixture
    def duty(self, make_member):
        referent, stand_in = make_member(first_name="Rita"), make_member(first_name="Sam", cpas="21010")
        theme = Theme.objects.get(slug="accueil-flux")
        return Duty.objects.create(theme=theme, referent=referent, stand_in=stand_in)

    @pytest.mark.parametrize(("is_quiet", "shown", "told"), [(False, "Sam", 1), (True, "Rita", 0)])
    def test_the_referent_asks(
        self, duty, make_member, client_of, django_capture_on_commit_callbacks, is_quiet, shown, told
    ):
        with django_capture_on_commit_callbacks(execute=True):
            found = asked(duty.referent, is_quiet=is_quiet)
        page = client_of(make_member()).get(found.get_absolute_url()).content.decode()
        assert f"De garde pour ce thème\N{NO-BREAK SPACE}: {shown}" in page
        assert [each.to for each in mail.outbox] == [[duty.stand_in.email]] * told

    def test_somebody_else_asks(self, duty, make_member, client_of, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            found = asked(make_member())
        page = client_of(make_member()).get(found.get_absolute_url()).content.decode()
        assert "De garde pour ce thème\N{NO-BREAK SPACE}: Rita" in page
        assert [each.to for each in mail.outbox] == [[duty.referent.email]]


def test_those_who_come_next_are_led_to_what_helped(make_member, client_of):
    asker, other = make_member(), make_member(cpas="21010")
    found = asked(asker)
    first, second = (post_comment(other, found, words) for words in ("Non.", "Oui, ainsi."))
    assert "Lire ce qui a aidé" not in client_of(other).get(found.get_absolute_url()).content.decode()
    actions.say_helped(asker, Question.objects.get(), second.pk)
    page = client_of(other).get(found.get_absolute_url()).content.decode()
    assert f'href="#c{second.pk}">Lire ce qui a aidé' in page
    assert f'id="c{second.pk}"' in page


class TestAppeal:
    @pytest.fixture
    def removed(self, make_member, moderator):
        found = asked(make_member(first_name="Nadia"), "Ma question à moi ?", text="Mes mots à moi.")
        post_comment(make_member(cpas="21010"), found, "Une réponse.")
        moderating.decide(moderator, found, "removed", "On y reconnaît un collègue.")
        return Question.objects.get()

    def test_whoever_asked_reads_their_words_the_reason_and_where_the_appeal_stands(
        self, removed, make_member, moderator, client_of
    ):
        asker, other = removed.author, make_member(cpas="21010")
        mine = client_of(asker).get(reverse("forum:my_questions")).content.decode()
        assert "Ma question à moi" in mine and "Retirée par la modération" in mine
        page = client_of(asker).get(removed.get_absolute_url()).content.decode()
        assert "Mes mots à moi." in page and "On y reconnaît un collègue." in page
        assert "Dites sous une réponse" not in page, "nothing helps any more"
        moderating.appeal(asker, removed, "Personne n’y est.")
        assert "attend une réponse de la modération" in (
            client_of(asker).get(removed.get_absolute_url()).content.decode()
        )
        moderating.decide(make_member(roles=[MODERATOR]), removed, "removed", "Le lieu suffit.")
        page = client_of(asker).get(removed.get_absolute_url()).content.decode()
        assert "La modération a répondu à votre recours" in page and "Le lieu suffit." in page
        page = client_of(other).get(removed.get_absolute_url()).content.decode()
        for words in ("Mes mots à moi", "Ma question à moi", "recours", "Le lieu suffit.", "On y reconnaît"):
            assert words not in page

    def test_the_queue_says_what_waits(self, removed, moderator, client_of):
        moderating.appeal(removed.author, removed, "Personne n’y est.")
        page = client_of(moderator).get(reverse("discussion:reports")).content.decode()
        assert "Recours de qui l’a posée, le" in page


def test_a_report_sent_once_comes_back_to_be_made_precise(make_member, client_of):
    found, browser = asked(make_member()), client_of(make_member(cpas="21010"))
    address = reverse("forum:report_question", args=[found.pk])
    browser.post(address, {"reason": "hurtful", "explanation": "Le lieu."})
    page = browser.get(address).content.decode()
    assert "Préciser le signalement" in page and "Le lieu." in page
    assert re.search('value="hurtful"[^>]*checked', page)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "mercredi 1er avril à 18 h"), ("nl", "woensdag 1 april om 18 uur")],
)
def test_a_moment_keeps_its_numbers_with_their_words(language, said):
    with translation.override(language):
        found = moment(at("2026-04-01 18:00"))
    assert found.replace("\N{NO-BREAK SPACE}", " ") == said
    assert re.search(r"18\N{NO-BREAK SPACE}", found) and re.search(r"1(er)?\N{NO-BREAK SPACE}[a-z]", found)


def test_one_lands_on_the_passage_that_one_wrote(make_member, client_of):
    debate, browser = opened(make_member()), client_of(make_member())
    where = debate.positions.first()
    answer = browser.post(reverse("forum:add_argument", args=[debate.pk, where.pk]), {"text": "Un argument."})
    argument = where.arguments.get()
    assert answer.url == f"{debate.get_absolute_url()}#a{argument.pk}"
    answer = browser.post(
        reverse("forum:debate_position", args=[debate.pk, where.pk]),
        {"claim": "Oui, autrement", "detail": "", "seen": where.edition},
    )
    assert answer.url == f"{debate.get_absolute_url()}#p{where.pk}"
    page = browser.get(debate.get_absolute_url()).content.decode()
    assert f'id="a{argument.pk}"' in page and f'id="p{where.pk}"' in page
