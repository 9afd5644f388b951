"""The two languages of a practice: which lags behind, how one says that both agree, how one is translated."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageLogEntry

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from practices.actions import archive_practice, change_practice, create_practice
from practices.drafting import publish_draft
from practices.fields import PracticeFields
from practices.languages import actions, translating
from practices.languages.standing import State, aligned_fields, sister_of, standing_of
from practices.models import Alignment, PracticePage

from .factories import fields_of, make_practice

pytestmark = pytest.mark.django_db


def again(sheet) -> PracticePage:
    """The sheet as it is now."""
    return PracticePage.objects.select_related("locale").get(pk=sheet.pk)


def change(sheet, significance: str, by, **fields) -> PracticePage:
    """Publish one more version of a sheet."""
    sheet = again(sheet)
    whole = PracticeFields.of(sheet).with_data(fields or {"means": f"Change {timezone.now()}"})
    based_on = sheet.live_revision_id
    return change_practice(sheet, whole, by=by, significance=significance, based_on=based_on)


def state_of(sheet) -> State:
    """How a sheet stands to its sister."""
    return standing_of(again(sheet), sister_of(again(sheet))).state


def page_of(client, sheet) -> str:
    """What the page of a sheet says."""
    return " ".join(client.get(again(sheet).get_absolute_url()).content.decode().split())


@pytest.fixture
def author(make_member):
    """Who wrote both sheets, and publishes at once whatever the extent."""
    return make_member(first_name="Autrice", last_name="Zed")


@pytest.fixture
def french(tree, author):
    """A sheet in French."""
    return make_practice(by=author, title="Accueillir à deux", is_showcase=True)


@pytest.fixture
def dutch(french, author):
    """The same in Dutch, imported: no alignment was ever written down."""
    return create_practice(
        fields_of(title="Samen onthalen"), by=author, language="nl", translation_of=french, is_showcase=True
    )


class TestStanding:
    @pytest.mark.parametrize(
        ("changes", "state"),
        [
            ((), State.FRESH),
            (("minor", "minor"), State.FRESH),
            (("minor", "medium"), State.TO_REVIEW),
            (("major", "medium"), State.OUTDATED),
        ],
    )
    def test_what_the_sister_did_decides(self, french, dutch, author, changes, state):
        for significance in changes:
            change(dutch, significance, author)
        assert state_of(french) == state
        assert state_of(dutch) == State.FRESH

    def test_what_came_before_the_second_was_published_does_not_count(self, french, author):
        change(french, "major", author)
        dutch = create_practice(fields_of(), by=author, language="nl", translation_of=again(french))
        assert state_of(dutch) == State.FRESH

    def test_the_page_says_it_to_everybody_without_names(self, french, dutch, author, colleague, client_of):
        change(dutch, "major", author)
        change(dutch, "major", author)
        for reader in (None, colleague):
            html = page_of(client_of(reader), french)
            assert "Cette version est périmée." in html
            assert "deux changements importants depuis le dernier accord." in html
            assert ("Mettre à jour cette version" in html) is (reader is not None)
        assert "Autrice" not in page_of(client_of(None), french)

    def test_a_visitor_hears_nothing_of_a_sister_for_members(self, french, dutch, author, client_of):
        PracticePage.objects.get(pk=dutch.pk)
        closed = again(dutch)
        closed.is_showcase = False
        closed.save()
        change(dutch, "major", author)
        assert "périmée" not in page_of(client_of(None), french)

    def test_a_reading_costs_no_query_more(self, french, dutch, author, colleague, client_of):
        browser, counts, url = client_of(colleague), [], french.get_absolute_url()
        for significance in (None, "major"):
            if significance:
                change(dutch, significance, author)
            page_of(browser, french)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                browser.get(url)
            counts.append([query["sql"] for query in queries])
        assert len(counts[0]) == len(counts[1]), counts


class TestAlign:
    def test_saying_that_both_agree(self, french, dutch, author, colleague, client_of):
        change(dutch, "major", author)
        browser = client_of(colleague)
        html = browser.get(reverse("practices:other_language", args=[french.slug])).content.decode()
        assert "Ce qui a changé en néerlandais" in html
        url = reverse("practices:other_language", kwargs={"slug": french.slug})
        page = browser.post(url, {"seen": again(dutch).live_revision_id}, follow=True).content.decode()
        assert "disent la même chose" in page
        assert state_of(french) == State.FRESH
        change(dutch, "medium", author)
        assert state_of(french) == State.TO_REVIEW

    def test_it_is_undone_for_a_day_by_the_same_person(self, french, dutch, author, colleague):
        change(dutch, "major", author)
        actions.align(again(french), colleague, seen=again(dutch).live_revision_id)
        assert not actions.undo_align(again(french), author)
        assert actions.undo_align(again(french), colleague)
        assert state_of(french) == State.OUTDATED
        assert not actions.undo_align(again(french), colleague)
        actions.align(again(french), colleague, seen=again(dutch).live_revision_id)
        PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(hours=25))
        assert not actions.undo_align(again(french), colleague)

    def test_undoing_brings_the_former_agreement_back(self, french, dutch, author, colleague):
        actions.align(again(french), author, seen=dutch.live_revision_id)
        change(dutch, "medium", author)
        actions.align(again(french), colleague, seen=again(dutch).live_revision_id)
        assert actions.undo_align(again(french), colleague)
        assert state_of(french) == State.TO_REVIEW
        assert aligned_fields(again(french), again(dutch)) == PracticeFields.of(dutch)

    @pytest.mark.parametrize("seen", ["0", "x", "9" * 30, ""])
    def test_what_was_not_read_is_not_agreed_to(self, french, dutch, author, colleague, client_of, seen):
        change(dutch, "major", author)
        url = reverse("practices:other_language", kwargs={"slug": french.slug})
        html = client_of(colleague).post(url, {"seen": seen}, follow=True).content.decode()
        assert "vient encore de changer" in html
        assert state_of(french) == State.OUTDATED

    def test_who_may_not_write_agrees_to_nothing(self, french, dutch, pending):
        with pytest.raises(PermissionDenied):
            actions.align(french, pending, seen=dutch.live_revision_id)

    def test_a_purged_version_means_that_all_is_to_be_read_again(self, french, dutch, author):
        change(dutch, "major", author)
        actions.align(again(french), author, seen=again(dutch).live_revision_id)
        change(french, "minor", author)
        Alignment.objects.get().french.delete()
        assert state_of(french) == State.OUTDATED

    def test_after_an_update_the_page_asks(self, french, dutch, author, client_of):
        change(dutch, "major", author)
        change(french, "major", author)
        html = page_of(client_of(author), french)
        assert "Les deux langues disent-elles maintenant la même chose" in html

    def test_the_form_shows_what_the_sister_changed(self, french, dutch, author, colleague, client_of):
        url = reverse("practices:edit", kwargs={"slug": french.slug})
        assert "Changé en néerlandais" not in client_of(colleague).get(url).content.decode()
        change(dutch, "major", author, problem="Iedereen wacht nu aan een ander loket.")
        html = client_of(colleague).get(url).content.decode()
        assert "Changé en néerlandais" in html
        assert "loket" in html


class TestTranslate:
    @pytest.fixture
    def begun(self, french, colleague, client_of):
        """The draft of a Dutch translation by `colleague`, begun from the page of the sheet."""
        url = reverse("practices:translate", kwargs={"slug": french.slug})
        self.page = client_of(colleague).post(url, follow=True)
        return Draft.objects.get(owner=colleague)

    def written(self, draft, **texts) -> Draft:
        """The draft with its texts."""
        data = {"title": "Samen onthalen", "summary": "Kort.", "problem": "Wachten.", "steps": "1. Eerst."}
        saved = save_draft(
            draft.owner, pk=draft.pk, kind="practice", language="nl", data=data | texts, overwrite=True
        )
        return saved.draft

    def test_the_original_stands_beside_the_words_to_write(self, french, begun):
        html = self.page.content.decode()
        assert self.page.request["PATH_INFO"].startswith("/fr/")
        assert begun.language == "nl"
        assert begun.data["themes"] == ["accueil-flux"]
        assert "title" not in begun.data
        assert "L’original, en français" in html
        assert french.title in html
        assert 'lang="nl"' in html

    def test_beginning_again_goes_on_with_the_same(self, french, begun, colleague):
        assert translating.begin(again(french), by=colleague) == begun

    def test_publishing_makes_the_sister_and_both_agree(self, french, begun, colleague):
        dutch = publish_draft(self.written(begun), by=colleague)
        assert dutch.translation_key == french.translation_key
        assert dutch.locale.language_code == "nl"
        assert state_of(dutch) == State.FRESH
        assert Alignment.objects.get().french_id == french.live_revision_id

    def test_what_changed_meanwhile_in_the_original_is_said(self, french, begun, author, colleague):
        change(french, "major", author, problem="Autre chose.")
        dutch = publish_draft(self.written(begun), by=colleague)
        assert state_of(dutch) == State.OUTDATED

    def test_somebody_else_who_translates_is_named(self, french, begun, author, client_of):
        url = reverse("practices:translate", kwargs={"slug": french.slug})
        html = client_of(author).post(url, follow=True).content.decode()
        assert "Lies P. la traduit aussi en ce moment" in html

    def test_the_second_to_publish_chooses_and_loses_nothing(
        self, french, begun, author, colleague, client_of
    ):
        other = create_practice(
            fields_of(title="Hun titel", problem="Hun probleem."),
            by=author, language="nl", translation_of=again(french),
        )  # fmt: skip
        draft, browser = self.written(begun, problem="Mijn probleem."), client_of(colleague)
        url = reverse("practices:write_step", kwargs={"pk": draft.pk, "step": 5})
        form = {"draft_id": draft.pk, "draft_language": "nl", "draft_sequence": draft.sequence, "step": 5}
        html = browser.post(url, form | {"go": "publish"}).content.decode()
        assert "Quelqu’un a traduit cette fiche entre-temps." in html
        assert Draft.objects.get(pk=draft.pk).data["problem"] == "Mijn probleem."
        page = browser.post(url, form | {"go": "join"}, follow=True)
        html = page.content.decode()
        assert page.request["PATH_INFO"] == reverse("practices:conflict", kwargs={"pk": draft.pk})
        assert "Mijn" in html and "Hun" in html
        draft.refresh_from_db()
        assert draft.target == str(other.pk)
        assert draft.data["problem"] == "Mijn probleem."

    def test_the_second_may_also_become_a_sheet_of_its_own(self, french, begun, author, colleague):
        create_practice(fields_of(), by=author, language="nl", translation_of=again(french))
        draft = self.written(begun)
        translating.part(draft, colleague)
        draft.refresh_from_db()
        apart = publish_draft(draft, by=colleague)
        assert apart.translation_key != french.translation_key

    def test_an_archived_translation_is_told_and_not_doubled(
        self, french, dutch, author, colleague, client_of
    ):
        archive_practice(dutch, author)
        url = reverse("practices:translate", kwargs={"slug": french.slug})
        html = client_of(colleague).post(url, follow=True).content.decode()
        assert "a été retirée du catalogue" in html
        assert not Draft.objects.exists()

    def test_an_existing_translation_is_opened(self, french, dutch, colleague, client_of):
        assert "Traduire cette fiche" not in page_of(client_of(colleague), french)
        url = reverse("practices:translate", kwargs={"slug": french.slug})
        page = client_of(colleague).post(url, follow=True)
        assert page.request["PATH_INFO"] == dutch.get_absolute_url()

    def test_an_original_that_is_gone_leaves_the_text(self, french, begun, colleague, client_of):
        draft = self.written(begun)
        PracticePage.objects.get(pk=french.pk).delete()
        url = reverse("practices:write_step", kwargs={"pk": draft.pk, "step": 1})
        assert "L’original n’est plus dans le catalogue." in client_of(colleague).get(url).content.decode()
        assert publish_draft(draft, by=colleague).title == "Samen onthalen"

    def test_a_dutch_sheet_is_translated_into_french(self, tree, author):
        with translation.override("nl"):
            draft = translating.begin(make_practice(by=author, language="nl"), by=author)
        assert draft.language == "fr"
