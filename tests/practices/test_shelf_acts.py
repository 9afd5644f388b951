"""« Toujours valable », reprendre, confier, retirer et remettre: who may, what is kept, what is undone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from agora.people.models import Member
from practices.actions import archive_practice, change_practice
from practices.models import PracticePage, RevisionNote
from practices.permissions import is_kept
from practices.shelf import actions
from practices.shelf.log import events_of

from .factories import fields_of, make_practice

pytestmark = pytest.mark.django_db
OLD = date(2022, 2, 28)


def again(sheet) -> PracticePage:
    """The sheet as it is now."""
    return PracticePage.objects.select_related("owner", "fallback_owner").get(pk=sheet.pk)


def aged(sheet, reviewed_on=OLD, **fields) -> PracticePage:
    """The sheet, read long ago."""
    PracticePage.objects.filter(pk=sheet.pk).update(reviewed_on=reviewed_on, **fields)
    return again(sheet)


def post(client, name: str, sheet, **data):
    """Send a form about a sheet, and follow to what it says."""
    return client.post(reverse(f"practices:{name}", kwargs={"slug": sheet.slug}), data, follow=True)


@pytest.fixture
def sheet(tree, member):
    """A sheet of Ixelles that `member` (Forest) keeps, to be read again since long."""
    return aged(make_practice(by=member, origin="21009"))


class TestStillValid:
    def test_one_click_without_a_new_version(self, sheet, member, client_of):
        versions = RevisionNote.objects.count()
        html = post(client_of(member), "confirm", sheet).content.decode()
        assert again(sheet).reviewed_on == timezone.localdate()
        assert RevisionNote.objects.count() == versions
        assert "est à relire depuis" not in html
        assert [event.said for event in events_of(sheet)] == [
            "Relue et trouvée toujours valable, par Samira B., Forest."
        ]

    def test_a_second_click_is_not_a_second_reading(self, sheet, member):
        actions.confirm_valid(sheet, member)
        actions.confirm_valid(sheet, member)
        assert PageLogEntry.objects.filter(action="practices.valid").count() == 1

    def test_it_is_undone_from_the_sheet(self, sheet, member, client_of):
        browser = client_of(member)
        page = post(browser, "confirm", sheet).content.decode()
        assert 'value="undo"' in page
        page = post(browser, "confirm", sheet, act="undo").content.decode()
        assert again(sheet).reviewed_on == OLD
        assert "est à relire depuis" in page
        assert events_of(sheet) == []
        assert not actions.undo_confirm(sheet, member)

    def test_nobody_undoes_it_for_another_nor_after_a_day(self, sheet, member, moderator):
        actions.confirm_valid(sheet, member)
        assert not actions.undo_confirm(sheet, moderator)
        PageLogEntry.objects.update(timestamp=timezone.now() - timedelta(hours=25))
        assert not actions.undo_confirm(sheet, member)
        assert again(sheet).reviewed_on == timezone.localdate()

    def test_who_may(self, sheet, member, colleague, moderator, editor, pending, make_member):
        at_home = make_member(cpas="21009")
        for person in (colleague, editor, pending):
            with pytest.raises(PermissionDenied):
                actions.confirm_valid(sheet, person)
        for person in (member, moderator, at_home):
            aged(sheet)
            assert actions.confirm_valid(sheet, person).reviewed_on == timezone.localdate()

    def test_the_cpas_of_origin_speaks_only_once_it_is_overdue(self, sheet, make_member):
        at_home = make_member(cpas="21009")
        aged(sheet, timezone.localdate() - timedelta(days=90))
        with pytest.raises(PermissionDenied):
            actions.confirm_valid(sheet, at_home)

    def test_publishing_a_version_later_keeps_the_day_of_reading(self, sheet, member):
        from_before = sheet.latest_revision
        actions.confirm_valid(sheet, member)
        actions.set_review_months(again(sheet), 6, member)
        from_before.publish(user=member, skip_permission_checks=True)
        assert again(sheet).reviewed_on == timezone.localdate()
        assert again(sheet).review_months == 6


class TestKeepers:
    def test_any_member_takes_over_what_nobody_keeps(self, sheet, member, colleague, client_of):
        url = sheet.get_absolute_url()
        assert "Reprendre cette fiche" not in client_of(colleague).get(url).content.decode()
        Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
        assert "Reprendre cette fiche" in client_of(colleague).get(url).content.decode()
        post(client_of(colleague), "take_over", sheet)
        assert again(sheet).owner == colleague
        assert "Reprise par Lies P., Jette." in [event.said for event in events_of(sheet)]

    def test_the_second_to_take_over_is_told(self, sheet, member, colleague, relay, client_of):
        Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
        actions.take_over(again(sheet), colleague)
        html = post(client_of(relay), "take_over", sheet).content.decode()
        assert "a repris cette fiche avant vous" in html
        assert again(sheet).owner == colleague

    def test_handing_over_tells_and_waits_for_an_answer(
        self, sheet, member, colleague, client_of, mailoutbox, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            post(client_of(member), "keep", sheet, act="hand_over", member=colleague.pk)
        (letter,) = mailoutbox
        assert letter.to == [colleague.email]
        assert (
            sheet.title not in letter.body and sheet.slug not in letter.body and "Samira" not in letter.body
        )
        assert "/nl/" in letter.body
        html = client_of(colleague).get(sheet.get_absolute_url()).content.decode()
        assert "Samira B., Forest vous confie cette fiche." in html
        assert actions.accept(again(sheet), colleague)
        html = client_of(colleague).get(sheet.get_absolute_url()).content.decode()
        assert "vous confie cette fiche" not in html
        assert not actions.decline(again(sheet), colleague)

    def test_declining_gives_it_back(self, sheet, member, colleague):
        actions.hand_over(sheet, colleague, member)
        assert actions.decline(again(sheet), colleague)
        assert again(sheet).owner == member

    def test_declining_when_the_giver_has_left_leaves_it_to_anybody(self, sheet, member, colleague):
        actions.hand_over(sheet, colleague, member)
        Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
        assert actions.decline(again(sheet), colleague)
        assert not is_kept(again(sheet))

    def test_only_who_decides_chooses_and_only_among_members(
        self, sheet, member, colleague, relay, pending, moderator
    ):
        with pytest.raises(PermissionDenied):
            actions.hand_over(sheet, colleague, relay)
        with pytest.raises(PermissionDenied):
            actions.set_review_months(sheet, 6, relay)
        for act in (actions.hand_over, actions.set_fallback):
            with pytest.raises(ValidationError):
                act(sheet, pending, member)
        with pytest.raises(ValidationError):
            actions.set_fallback(sheet, member, member)
        with pytest.raises(ValidationError):
            actions.set_review_months(sheet, 7, member)
        assert actions.hand_over(sheet, colleague, moderator).owner == colleague

    def test_who_stands_in_follows_the_keeper_who_lays_it_down(self, sheet, member, colleague):
        actions.set_fallback(sheet, colleague, member)
        actions.lay_down(again(sheet), member)
        assert (again(sheet).owner, again(sheet).fallback_owner) == (colleague, None)
        actions.lay_down(again(sheet), colleague)
        assert not is_kept(again(sheet))
        with pytest.raises(PermissionDenied):
            actions.lay_down(again(sheet), colleague)

    @pytest.mark.parametrize("words", ["lies", "PAUWELS", "pauw lies", "  Lies  Pauwels "])
    def test_a_colleague_is_found_by_name(self, sheet, member, colleague, client_of, words):
        url = reverse("practices:keep", kwargs={"slug": sheet.slug})
        html = client_of(member).get(url, {"qui": words}).content.decode()
        assert f'name="member" value="{colleague.pk}"' in html

    @pytest.mark.parametrize("words", ["auwels", "\x00", "%", "x" * 5000, "pauwels x"])
    def test_what_is_not_a_name_finds_nobody(self, sheet, member, colleague, client_of, words):
        url = reverse("practices:keep", kwargs={"slug": sheet.slug})
        page = client_of(member).get(url, {"qui": words})
        assert page.status_code == 200
        assert f'name="member" value="{colleague.pk}"' not in page.content.decode()

    @pytest.mark.parametrize("sent", [
        {"act": "hand_over", "member": "0"}, {"act": "hand_over", "member": "9" * 40},
        {"act": "fallback", "member": "\x00"}, {"act": "interval", "months": "7"}, {"act": "nothing"}, {},
    ])  # fmt: skip
    def test_a_form_that_makes_no_sense_is_told(self, sheet, member, client_of, sent):
        page = post(client_of(member), "keep", sheet, **sent)
        assert page.status_code == 422
        assert 'role="alert"' in page.content.decode()
        assert again(sheet).owner == member


class TestCatalogue:
    def test_out_and_back(self, sheet, member, client_of):
        browser, url = client_of(member), sheet.get_absolute_url()
        change_practice(
            sheet, fields_of(title="Dernier texte"), by=member, significance="medium",
            based_on=sheet.live_revision_id,
        )  # fmt: skip
        page = post(browser, "archive", sheet).content.decode()
        assert browser.get(url).status_code == 404
        assert "Remettre dans le catalogue" in page
        assert "Dernier texte" in browser.get(reverse("practices:keeping")).content.decode()
        post(browser, "keep", sheet, act="bring_back")
        html = browser.get(url).content.decode()
        assert "Dernier texte" in html
        assert [event.said for event in events_of(sheet)][:2] == [
            "Remise dans le catalogue par Samira B., Forest.",
            "Retirée du catalogue par Samira B., Forest.",
        ]
        assert again(sheet).reviewed_on == OLD

    def test_nobody_else_brings_it_back_or_sees_it(self, sheet, member, colleague, client_of):
        archive_practice(sheet, member)
        with pytest.raises(PermissionDenied):
            actions.bring_back(again(sheet), colleague)
        assert sheet.title not in client_of(colleague).get(reverse("practices:keeping")).content.decode()

    def test_a_draft_of_the_admin_is_not_an_archived_sheet(self, sheet, member):
        PracticePage.objects.filter(pk=sheet.pk).update(live=False, first_published_at=None)
        with pytest.raises(PermissionDenied):
            actions.bring_back(again(sheet), member)

    def test_opening_to_all_is_one_button_for_editors(self, sheet, member, editor, client_of):
        assert post(client_of(member), "keep", sheet, act="open").status_code == 403
        post(client_of(editor), "keep", sheet, act="open")
        assert client_of(None).get(sheet.get_absolute_url()).status_code == 200
        post(client_of(editor), "keep", sheet, act="close")
        assert client_of(None).get(sheet.get_absolute_url()).status_code == 404


def test_the_home_page_asks_whoever_keeps_it_in_one_click(sheet, member, colleague, client_of):
    actions.set_fallback(sheet, colleague, member)
    for person in (member, colleague):
        html = client_of(person).get(reverse("home")).content.decode()
        assert f"Votre fiche « {sheet.title} » est-elle toujours valable ?" in html
    page = post(client_of(member), "confirm", sheet, **{"from": "home"})
    assert page.request["PATH_INFO"] == reverse("home")
    assert "est-elle toujours valable" not in page.content.decode()
