"""An old version comes back as a new one: nothing is rewritten, nobody is overruled unseen."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agora.attachments.models import Attachment
from agora.drafts.models import Draft
from agora.people.models import Member
from agora.people.roles import MODERATOR
from practices.actions import StaleEdit
from practices.drafting import fields_of as fields_of_draft
from practices.fields import PracticeFields
from practices.history.actions import DraftWaits, restore_as_draft, restore_version
from practices.models import PracticePage, RevisionNote
from tests.attachments.factories import stored

from .factories import make_practice
from .test_history_compare import address, numbers, rewrite

pytestmark = pytest.mark.django_db


def two_versions(make_member) -> PracticePage:
    """Make a sheet that its keeper changed once."""
    member = make_member(first_name="Samira", last_name="Bastiaens")
    sheet = make_practice(by=member, title="Avant", problem="Le premier texte.")
    return rewrite(sheet, by=member, title="Après", problem="Le second texte.")


@pytest.fixture(scope="module")
def sheet_of_the_file(shared) -> PracticePage:
    return shared(two_versions)


@pytest.fixture
def member(types_known, sheet_of_the_file) -> Member:
    """Who wrote and keeps the sheet."""
    return Member.objects.get(pk=sheet_of_the_file.owner_id)


@pytest.fixture
def sheet(tree, sheet_of_the_file) -> PracticePage:
    """A sheet that its keeper changed once, read anew for each test."""
    return PracticePage.objects.get(pk=sheet_of_the_file.pk)


@pytest.fixture
def first(sheet) -> int:
    return numbers(sheet)[0]


def form(sheet, **data) -> dict:
    return {"based_on": sheet.live_revision_id, "how": "now"} | data


class TestAct:
    def test_a_new_version_says_which_one_it_brings_back(self, sheet, first, member):
        before = numbers(sheet)
        restored = restore_version(
            sheet, first, by=member, reason="Trop court.", based_on=sheet.live_revision_id
        )
        assert (restored.title, restored.problem) == ("Avant", "Le premier texte.")
        assert numbers(sheet)[:2] == before
        note = RevisionNote.objects.get(revision_id=restored.live_revision_id)
        assert (note.restored_from_id, note.significance, note.reason) == (first, "major", "Trop court.")
        assert note.author == member

    def test_the_address_stays(self, sheet, first, member):
        restored = restore_version(sheet, first, by=member, based_on=sheet.live_revision_id)
        assert restored.slug == sheet.slug

    def test_undone_by_the_same_act(self, sheet, first, member):
        second = sheet.live_revision_id
        restored = restore_version(sheet, first, by=member, based_on=second)
        again = restore_version(restored, second, by=member, based_on=restored.live_revision_id)
        assert PracticeFields.of(again).problem == "Le second texte."
        assert len(numbers(sheet)) == 4

    def test_what_is_there_already_is_not_published_again(self, sheet, member):
        same = restore_version(sheet, sheet.live_revision_id, by=member, based_on=sheet.live_revision_id)
        assert same.live_revision_id == sheet.live_revision_id
        assert not RevisionNote.objects.exclude(restored_from=None).exists()

    def test_not_over_what_somebody_just_published(self, sheet, first, member):
        based_on = sheet.live_revision_id
        newer = rewrite(sheet, by=member, title="Entre-temps")
        with pytest.raises(StaleEdit):
            restore_version(sheet, first, by=member, based_on=based_on)
        assert PracticePage.objects.get(pk=sheet.pk).title == newer.title

    def test_published_versions_of_this_sheet_only(self, sheet, member):
        other = make_practice(by=member)
        draft = sheet.get_latest_revision_as_object().save_revision(user=member)
        for number in (other.live_revision_id, draft.pk, 0, 10**30):
            with pytest.raises(ValidationError):
                restore_version(sheet, number, by=member, based_on=sheet.live_revision_id)

    def test_at_once_for_those_who_answer_for_the_sheet(self, sheet, first, make_member, colleague, pending):
        for person in (colleague, pending):
            with pytest.raises(PermissionDenied):
                restore_version(sheet, first, by=person, based_on=sheet.live_revision_id)
        moderator = make_member(roles=[MODERATOR])
        assert restore_version(sheet, first, by=moderator, based_on=sheet.live_revision_id).title == "Avant"

    def test_others_take_it_up_as_a_draft(self, sheet, first, colleague):
        draft = restore_as_draft(sheet, first, by=colleague, based_on=sheet.live_revision_id)
        assert draft.owner == colleague
        assert fields_of_draft(draft, sheet).title == "Avant"
        assert draft.data["significance"] == "major"
        assert draft.data["reason"].startswith("Reprise de la version du ")
        assert "summary" not in draft.data  # the same in both: whoever changes it meanwhile is not overruled
        assert PracticePage.objects.get(pk=sheet.pk).title == "Après"

    def test_a_draft_that_waits_is_never_replaced(self, sheet, first, colleague):
        mine = restore_as_draft(sheet, first, by=colleague, based_on=sheet.live_revision_id)
        with pytest.raises(DraftWaits) as waits:
            restore_as_draft(sheet, first, by=colleague, based_on=sheet.live_revision_id)
        assert waits.value.draft == mine

    def test_no_draft_of_what_somebody_just_changed(self, sheet, first, member, colleague):
        based_on = sheet.live_revision_id
        rewrite(sheet, by=member, title="Entre-temps")
        with pytest.raises(StaleEdit):
            restore_as_draft(sheet, first, by=colleague, based_on=based_on)
        assert not Draft.objects.exists()


class TestFiles:
    @pytest.fixture
    def carried(self, tree, member):
        """A sheet that carried two files, then none; and its first version."""
        files = [stored(member), stored(member)]
        sheet = make_practice(by=member, attachments=tuple(str(file.pk) for file in files))
        return rewrite(sheet, by=member, significance="medium", attachments=[]), files

    def test_files_come_back_with_the_version(self, carried, member):
        sheet, files = carried
        restored = restore_version(sheet, numbers(sheet)[0], by=member, based_on=sheet.live_revision_id)
        assert {file.pk for file in restored.attachments.all()} == {file.pk for file in files}

    def test_but_for_those_that_were_withdrawn_since(self, carried, member, client_of):
        sheet, files = carried
        Attachment.objects.filter(pk=files[0].pk).update(withdrawn_at=timezone.now())
        first = numbers(sheet)[0]
        assert client_of(member).get(address("restore", sheet, number=first)).status_code == 200
        restored = restore_version(sheet, first, by=member, based_on=sheet.live_revision_id)
        assert [file.pk for file in restored.attachments.all()] == [files[1].pk]


class TestPage:
    def test_what_will_change_is_shown_before(self, sheet, first, member, client_of):
        html = client_of(member).get(address("restore", sheet, number=first)).content.decode()
        assert "<del>second</del>" in html
        assert "<ins>premier</ins>" in html
        assert f'name="based_on" value="{sheet.live_revision_id}"' in html

    def test_restored_with_a_way_back(self, sheet, first, member, client_of):
        browser, before = client_of(member), sheet.live_revision_id
        url = address("restore", sheet, number=first)
        html = browser.post(url, form(sheet, reason="Trop court."), follow=True).content.decode()
        assert "<h1>Avant</h1>" in html
        assert "L’ancienne version est de nouveau celle que tout le monde lit." in html
        undo = re.search(r'<a href="([^"]+)">Annuler ce retour', html)[1]
        assert undo == address("restore", sheet, number=before)
        assert browser.get(undo).status_code == 200
        history = browser.get(address("history", sheet)).content.decode()
        assert "Reprend la version du" in history
        assert "Trop court." in history

    def test_somebody_published_meanwhile(self, sheet, first, member, client_of):
        data = form(sheet, reason="Trop court.")
        rewrite(sheet, by=member, title="Entre-temps")
        html = client_of(member).post(address("restore", sheet, number=first), data).content.decode()
        assert "Quelqu’un vient de publier une autre version" in html
        assert 'value="Trop court."' in html
        assert "<del>Entre-temps</del>" in html
        fresh = PracticePage.objects.get(pk=sheet.pk)
        assert f'name="based_on" value="{fresh.live_revision_id}"' in html
        assert fresh.title == "Entre-temps"

    def test_a_colleague_gets_a_draft_to_send(self, sheet, first, colleague, client_of):
        browser, url = client_of(colleague), address("restore", sheet, number=first)
        assert "Vous ne tenez pas cette fiche" in browser.get(url).content.decode()
        html = browser.post(url, form(sheet), follow=True).content.decode()
        assert "L’ancienne version est dans votre brouillon." in html
        assert Draft.objects.get(owner=colleague).target == str(sheet.pk)
        assert PracticePage.objects.get(pk=sheet.pk).title == "Après"

    def test_a_draft_that_waits_is_said(self, sheet, first, colleague, client_of):
        restore_as_draft(sheet, first, by=colleague, based_on=sheet.live_revision_id)
        browser, url = client_of(colleague), address("restore", sheet, number=first)
        for html in (browser.get(url), browser.post(url, form(sheet))):
            assert "Vous avez déjà un brouillon de cette fiche" in html.content.decode()
        assert Draft.objects.count() == 1

    def test_nothing_to_bring_back(self, sheet, member, client_of):
        url = address("restore", sheet, number=sheet.live_revision_id)
        assert "Rien à rétablir" in client_of(member).get(url).content.decode()

    @pytest.mark.parametrize(
        "data",
        [
            {"based_on": "abc"},
            {"based_on": "²"},
            {"based_on": "9" * 40},
            {"based_on": ""},
            {"how": "x\x00y", "based_on": ""},
        ],
    )
    def test_a_form_that_makes_no_sense_restores_nothing(self, sheet, first, member, client_of, data):
        response = client_of(member).post(address("restore", sheet, number=first), data)
        assert response.status_code == 200
        assert PracticePage.objects.get(pk=sheet.pk).title == "Après"

    def test_a_reason_too_long_comes_back(self, sheet, first, member, client_of):
        long = "mot " * 100
        html = (
            client_of(member)
            .post(address("restore", sheet, number=first), form(sheet, reason=long))
            .content.decode()
        )
        assert "Ce texte compte" in html
        assert long.strip() in html
        assert PracticePage.objects.get(pk=sheet.pk).title == "Après"

    def test_offered_on_an_old_version_only(self, sheet, first, member, client_of):
        browser = client_of(member)
        old = browser.get(address("version", sheet, number=first)).content.decode()
        assert "Rétablir cette version" in old
        assert f"?de={first}&amp;a={sheet.live_revision_id}" in old
        now = browser.get(address("version", sheet, number=sheet.live_revision_id)).content.decode()
        assert "Rétablir" not in now
