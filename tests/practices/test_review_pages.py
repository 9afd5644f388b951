"""The pages of proposals: sending, the queue, answering, one's own; letters and reminders."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from agora.drafts.models import Draft
from agora.people.models import Member
from practices.actions import archive_practice
from practices.models import PracticePage, Proposal, SentReminder
from practices.review import awaiting, sending
from practices.review.actions import decline
from tests.drafts.factories import sent

from .factories import make_practice
from .test_review import draft_of, now, propose, publish
from .test_write import begin_change, send, step_address, text_of

pytestmark = pytest.mark.django_db
LONG = " ".join(f"mot{number}" for number in range(40))
QUEUE_QUERIES = 7  # session, person, roles, second step, count, proposals, who has to answer


def address(name: str, pk: int | None = None, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(f"practices:{name}", kwargs={"pk": pk} if pk else None)


@pytest.fixture
def practice(tree, member):
    return make_practice(by=member, title="Le tableau", problem="Un carnet.", means="")


@pytest.fixture
def proposal(practice, colleague):
    return propose(practice, colleague, problem="Deux <b>carnets</b>.")


def age(days: int, **fields) -> None:
    """Let every proposal have waited for some days."""
    Proposal.objects.filter(**fields).update(sent_at=timezone.now() - timedelta(days=days))


class TestSending:
    @pytest.fixture
    def browser(self, client_of, practice, colleague):
        browser = client_of(colleague)
        begin_change(browser, colleague, practice, problem="Deux carnets.")
        return browser

    def test_says_before_what_will_happen(self, browser, client_of, practice, member):
        page = text_of(browser.get(step_address(5)))
        assert "Une petite correction paraît tout de suite." in page
        assert f"attend l’accord de {member.signature}, qui tient la fiche, ou la modération" in page
        assert "Publier la correction" in page and "Envoyer ma proposition" in page
        Draft.objects.all().delete()
        browser = client_of(member)
        begin_change(browser, member, practice, problem="Deux carnets.")
        page = text_of(browser.get(step_address(5)))
        assert "votre version paraît tout de suite" in page
        assert "Envoyer ma proposition" not in page

    def test_a_big_change_is_said_to_be_one(self, browser, colleague, practice):
        assert "C’est plus qu’une petite correction." not in text_of(browser.get(step_address(5)))
        send(browser, colleague, 1, problem=LONG)
        page = text_of(browser.get(step_address(5)))
        assert "C’est plus qu’une petite correction." in page
        page = text_of(send(browser, colleague, 5, go="publish", significance="minor", reason="vite"))
        assert "vingt au plus" in page
        assert 'value="vite"' in page
        assert now(practice).problem == "Un carnet."

    def test_leads_to_what_waits(self, browser, colleague, member):
        answer = send(browser, colleague, 5, go="publish", significance="medium", reason="mieux")
        found = Proposal.objects.get()
        assert answer.url == address("proposal", found.pk)
        page = text_of(browser.get(answer.url))
        assert f"Votre proposition attend la réponse de {member.signature}" in page
        assert "Changer ma proposition" in page and "La retirer" in page
        assert "Accepter" not in page

    def test_editing_again_leads_to_the_proposal(self, browser, colleague, practice):
        send(browser, colleague, 5, go="publish", significance="medium")
        with translation.override("fr"):
            edit = reverse("practices:edit", kwargs={"slug": practice.slug})
        assert browser.get(edit).url == address("proposal", Proposal.objects.get().pk)
        assert browser.get(f"{edit}?a-part=1").status_code == 200

    def test_the_sheet_is_archived_before_sending(self, browser, colleague, practice, member):
        archive_practice(practice, member)
        answer = send(browser, colleague, 5, go="publish", significance="medium")
        assert "Votre texte est gardé" in text_of(browser.get(answer.url))
        assert Draft.objects.get().data["problem"] == "Deux carnets."


class TestQueue:
    def test_is_in_the_menu_of_those_who_have_to_answer(
        self, client_of, proposal, member, colleague, moderator
    ):
        link = f'href="{address("proposals")}"'
        for who, there in ((member, True), (moderator, True), (colleague, False)):
            assert (link in text_of(client_of(who).get("/fr/brouillons/"))) is there

    def test_leads_on_when_nothing_waits(self, client_of, practice, member):
        assert "Rien n’attend votre réponse." in text_of(client_of(member).get(address("proposals")))

    def test_says_who_why_and_since_when(self, client_of, proposal, member, colleague):
        age(4)
        page = text_of(client_of(member).get(address("proposals")))
        assert "Une proposition attend une réponse." in page
        assert colleague.signature in page
        assert "pour être clair" in page
        assert "attend depuis quatre jours" in page
        assert "à reprendre par la modération" not in page

    def test_what_is_late_comes_first_to_moderators(
        self, client_of, practice, moderator, make_member, member
    ):
        people = [make_member(cpas="21012", last_name=name) for name in ("Abc", "Bcd", "Cde")]
        sheets = [practice, make_practice(by=make_member(status="active")), make_practice(by=member)]
        first, orphan, last = (
            propose(sheet, who, problem="Deux carnets.") for sheet, who in zip(sheets, people, strict=True)
        )
        Member.objects.filter(pk=now(sheets[1]).owner_id).update(status=Member.Status.LEFT)
        age(3, pk=first.pk)
        age(9, pk=last.pk)
        page = text_of(client_of(moderator).get(address("proposals")))
        order = sorted((first, orphan, last), key=lambda one: page.index(address("proposal", one.pk)))
        assert order == [last, orphan, first]
        assert page.count("à reprendre par la modération") == 2

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_the_same_at_any_length(
        self, client_of, practice, moderator, make_member, django_assert_num_queries, count
    ):
        moment = timezone.now()
        Proposal.objects.bulk_create(
            Proposal(
                practice=practice,
                author=None,
                data={},
                significance="medium",
                sent_at=moment,
                changed_at=moment,
            )
            for _n in range(count)
        )
        browser = client_of(moderator)
        awaiting.forget(Proposal)
        with django_assert_num_queries(QUEUE_QUERIES):
            page = text_of(browser.get(address("proposals")))
        assert page.count("quelqu’un qui a quitté Agora") == count

    def test_five_minutes(self, client_of, proposal, member, colleague):
        assert address("proposal", proposal.pk) in text_of(client_of(member).get("/fr/"))
        assert address("proposal", proposal.pk) not in text_of(client_of(colleague).get("/fr/"))


class TestOneProposal:
    def page(self, client_of, who, proposal) -> str:
        return text_of(client_of(who).get(address("proposal", proposal.pk)))

    def seen(self, proposal) -> dict[str, str]:
        proposal = Proposal.objects.get(pk=proposal.pk)
        return {"seen": f"{proposal.version}-{now(proposal.practice).live_revision_id}"}

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_shows_what_changes_safely(self, client_of, proposal, member, colleague, language):
        page = text_of(client_of(member).get(address("proposal", proposal.pk, language)))
        assert "<ins>" in page and "<b>carnets</b>" not in page
        assert colleague.signature in page
        assert f'value="{self.seen(proposal)["seen"]}"' in page

    def test_is_read_by_few(self, client_of, proposal, make_member, editor):
        for who in (make_member(cpas="21012"), editor):
            assert client_of(who).get(address("proposal", proposal.pk)).status_code == 404
        assert client_of(editor).get(f"{address('proposals')}{9 * 10**30}/").status_code == 404

    def test_accepting(self, client_of, proposal, practice, member, colleague):
        answer = client_of(member).post(address("proposal_accept", proposal.pk), self.seen(proposal))
        assert answer.url == practice.get_absolute_url()
        assert now(practice).problem == "Deux <b>carnets</b>."
        page = text_of(client_of(colleague).get("/fr/brouillons/"))
        assert "la fiche dit maintenant ce que vous proposiez" in page
        client_of(colleague).post(address("proposal_seen", proposal.pk))
        assert "ce que vous proposiez" not in text_of(client_of(colleague).get("/fr/brouillons/"))
        assert "Acceptée par" in self.page(client_of, colleague, proposal)

    def test_what_moved_is_shown_and_not_published(self, client_of, proposal, practice, member, colleague):
        browser, seen = client_of(member), self.seen(proposal)
        publish(practice, colleague, means="Une heure.")
        answer = browser.post(address("proposal_accept", proposal.pk), seen)
        page = text_of(browser.get(answer.url))
        assert "Quelque chose a changé pendant que vous lisiez" in page
        assert "La fiche a changé depuis que cette proposition a été écrite." in page
        assert now(practice).problem == "Un carnet."
        browser.post(answer.url + "accepter/", self.seen(proposal))
        assert (now(practice).problem, now(practice).means) == ("Deux <b>carnets</b>.", "Une heure.")

    @pytest.mark.parametrize("seen", ["", "x", "1", "1-", "-1-2", "9" * 40, "1-\x00", "²-³"])
    def test_odd_numbers_publish_nothing(self, client_of, proposal, practice, member, seen):
        answer = client_of(member).post(address("proposal_accept", proposal.pk), {"seen": seen})
        assert (answer.status_code, now(practice).problem) == (302, "Un carnet.")

    def test_a_quarrel_leads_to_both_texts(self, client_of, proposal, practice, member, colleague):
        publish(practice, colleague, problem="Un cahier.")
        page = self.page(client_of, member, proposal)
        assert "La fiche a changé au même endroit depuis" in page
        assert address("proposal_accept", proposal.pk) not in page
        answer = client_of(member).post(address("proposal_amend", proposal.pk), self.seen(proposal))
        page = text_of(client_of(member).get(answer.url))
        assert "Celle de la proposition" in page

    def test_amending_goes_through_the_usual_form(self, client_of, proposal, practice, member, colleague):
        browser = client_of(member)
        browser.post(address("proposal_amend", proposal.pk), self.seen(proposal))
        send(browser, member, 2, means="Une heure.")
        page = text_of(browser.get(step_address(5)))
        assert "Accepter avec mes retouches" in page
        assert "Vous retouchez cette proposition." in self.page(client_of, member, proposal)
        send(browser, member, 5, go="publish", significance="medium", reason="relu")
        assert now(practice).means == "Une heure."
        page = self.page(client_of, colleague, proposal)
        assert f"Acceptée avec des retouches par {member.signature}" in page

    def test_amending_what_its_author_changed(self, client_of, proposal, practice, member, colleague):
        browser = client_of(member)
        browser.post(address("proposal_amend", proposal.pk), self.seen(proposal))
        mine = Draft.objects.get()
        Proposal.objects.update(version=2)
        answer = send(browser, member, 5, go="publish", significance="medium")
        assert "son auteur l’a changée depuis" in text_of(browser.get(answer.url))
        answer = browser.post(address("proposal_amend", proposal.pk), self.seen(proposal))
        assert answer.url == step_address(5)
        send(browser, member, 5, go="publish", significance="medium")
        assert now(practice).problem == "Deux <b>carnets</b>."
        assert not Draft.objects.filter(pk=mine.pk).exists()

    def test_declining_with_kind_words(self, client_of, proposal, member, colleague):
        form = self.seen(proposal) | {"formula": "variant", "reason": "Écrivez-la, je la lirai."}
        client_of(member).post(address("proposal_decline", proposal.pk), form)
        page = text_of(client_of(colleague).get("/fr/brouillons/"))
        assert "mérite sa propre fiche" in page and "je la lirai" in page
        answer = client_of(colleague).post(address("proposal_change", proposal.pk))
        assert Draft.objects.get(owner=colleague).data["problem"] == "Deux <b>carnets</b>."
        assert answer.url == step_address(1)

    @pytest.mark.parametrize(
        "form", [{}, {"formula": "own"}, {"formula": "own", "reason": "é" * 501}, {"formula": "rude"}]
    )
    def test_a_refusal_without_reason_comes_back(self, client_of, proposal, member, form):
        page = text_of(
            client_of(member).post(address("proposal_decline", proposal.pk), self.seen(proposal) | form)
        )
        assert 'id="decliner" open' in page
        assert form.get("reason", "") in page
        assert Proposal.objects.get().state == "waiting"

    def test_words_written_too_late_come_back(self, client_of, proposal, member, moderator):
        form = self.seen(proposal) | {"formula": "own", "reason": "Pas encore, voyez Karim."}
        client_of(moderator).post(address("proposal_accept", proposal.pk), self.seen(proposal))
        page = text_of(client_of(member).post(address("proposal_decline", proposal.pk), form))
        assert "Votre réponse n’est pas partie" in page and "voyez Karim" in page
        assert Proposal.objects.get().state == "accepted"

    def test_taking_back(self, client_of, proposal, colleague, member):
        client_of(colleague).post(address("proposal_withdraw", proposal.pk))
        assert Draft.objects.get().data["problem"] == "Deux <b>carnets</b>."
        assert client_of(member).get(address("proposal", proposal.pk)).status_code == 404

    def test_changing(self, client_of, proposal, colleague):
        browser = client_of(colleague)
        browser.post(address("proposal_change", proposal.pk))
        send(browser, colleague, 1, problem="Trois carnets.")
        page = text_of(browser.get(step_address(5)))
        assert "Changer ma proposition" in page
        send(browser, colleague, 5, go="publish", significance="major", reason="mieux")
        proposal.refresh_from_db()
        assert (proposal.version, proposal.data["problem"]) == (2, "Trois carnets.")

    def test_the_sheet_is_archived_meanwhile(self, client_of, proposal, practice, member, colleague):
        archive_practice(practice, member)
        browser = client_of(colleague)
        assert "Votre texte est gardé" in text_of(browser.get("/fr/brouillons/"))
        assert "En faire une nouvelle fiche" in self.page(client_of, colleague, proposal)
        browser.post(address("proposal_change", proposal.pk))
        assert Draft.objects.get().target == ""

    def test_acting_on_what_is_no_longer_there(self, client_of, proposal, practice, member, colleague):
        sending.take_back(proposal, by=colleague)
        for act in ("accept", "amend", "decline"):
            assert client_of(member).post(address(f"proposal_{act}", proposal.pk)).status_code == 404
        for act in ("change", "withdraw", "seen"):
            assert client_of(colleague).post(address(f"proposal_{act}", proposal.pk)).status_code == 302


class TestOnTheSheet:
    def test_tells_those_concerned(self, client_of, proposal, practice, member, colleague, make_member):
        url = practice.get_absolute_url()
        assert "Une proposition attend votre réponse." in text_of(client_of(member).get(url))
        page = text_of(client_of(colleague).get(url))
        assert "Votre proposition attend depuis aujourd’hui." in page
        assert "attend votre réponse" not in page
        for who in (make_member(cpas="21012"), None):
            PracticePage.objects.filter(pk=practice.pk).update(is_showcase=True)
            assert "proposition" not in text_of(client_of(who).get(url)).lower()

    def test_readers_keep_the_accepted_text(self, client_of, proposal, practice, make_member):
        page = text_of(client_of(make_member(cpas="21012")).get(practice.get_absolute_url()))
        assert "Un carnet." in page and "Deux" not in page


class TestLetters:
    @pytest.fixture(autouse=True)
    def commits(self, django_capture_on_commit_callbacks):
        self.told = lambda: django_capture_on_commit_callbacks(execute=True)

    def test_the_keeper_then_the_author(self, practice, member, colleague, mailoutbox):
        with self.told():
            found = propose(practice, colleague, problem="Secret.", reason="confidentiel")
        with self.told():
            decline(found, by=member, reason="Motif tu.", seen_version=1)
        assert [mail.to for mail in mailoutbox] == [[member.email], [colleague.email]]
        for mail in mailoutbox:
            said = mail.subject + mail.body
            for word in ("Secret", "confidentiel", "Motif", "tableau", member.last_name, colleague.last_name):
                assert word not in said
        assert "/nl/" in mailoutbox[1].body, "in the language of its reader"

    def test_moderators_where_nobody_keeps_the_sheet(self, practice, colleague, moderator, mailoutbox):
        PracticePage.objects.filter(pk=practice.pk).update(owner=None)
        with self.told():
            propose(practice, colleague, problem="Deux.")
        assert [mail.to for mail in mailoutbox] == [[moderator.email]]
        age(8)
        with self.told():
            call_command("remind_proposals", stdout=io.StringIO())
        assert len(mailoutbox) == 1

    def test_each_reminder_once(self, proposal, moderator, make_member, mailoutbox):
        second = make_member(roles=["moderator"], cpas=None)
        everybody = {moderator.email, second.email}
        for days, letters in ((6, 0), (7, 2), (8, 2), (20, 2), (21, 4), (60, 4)):
            age(days)
            for _again in range(2):
                with self.told():
                    call_command("remind_proposals", stdout=io.StringIO())
            assert len(mailoutbox) == letters, days
        assert {address for mail in mailoutbox for address in mail.to} == everybody
        assert SentReminder.objects.count() == 2

    def test_one_letter_for_many(self, practice, make_member, moderator, mailoutbox):
        for _n in range(3):
            propose(practice, make_member(cpas="21012"), problem="Deux.")
        age(10)
        with self.told():
            call_command("remind_proposals", stdout=io.StringIO())
        assert len(mailoutbox) == 1

    def test_nothing_about_what_is_answered_or_archived(
        self, proposal, practice, member, moderator, mailoutbox
    ):
        archive_practice(practice, member)
        age(30)
        with self.told():
            call_command("remind_proposals", stdout=io.StringIO())
        assert mailoutbox == []


def test_a_draft_bound_to_a_proposal_is_bound_by_no_form(
    client_of, practice, proposal, colleague, make_member
):
    other = make_member(cpas="21012")
    browser = client_of(other)
    draft = draft_of(other, practice, problem="Trois.")
    form = sent(other, pk=draft.pk, known=draft.sequence) | {
        "_proposal": proposal.pk, "_review": proposal.pk, "_version": 1, "step": "1", "go": "later",
    }  # fmt: skip
    browser.post(address("write"), form)
    assert not {"_proposal", "_review"} & set(Draft.objects.get(pk=draft.pk).data)
