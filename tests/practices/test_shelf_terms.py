"""When a sheet is to be read again: terms, lists, reminders; leap days and the midnight of Brussels."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agora.people.models import Member
from practices.catalogue.rows import freshness
from practices.facets import picture
from practices.models import PracticePage, SentReminder
from practices.models.practice import due_after
from practices.permissions import is_kept
from practices.shelf.querysets import due_by, last_reading_due_by, longest_due_first, unkept
from practices.shelf.reminders import remind

from .factories import make_practice
from .samples import many_sheets

pytestmark = pytest.mark.django_db
DAYS = [date(2023, 12, 1) + timedelta(days=n) for n in range(500)]


@pytest.mark.parametrize("months", PracticePage.ReviewEvery.values)
def test_the_latest_reading_that_is_due_is_the_other_way_round(months):
    for today in DAYS:
        last = last_reading_due_by(today, months)
        assert due_after(last, months) <= today < due_after(last + timedelta(days=1), months)


def test_a_leap_day_has_its_term_on_the_last_of_february():
    assert due_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert due_after(date(2024, 2, 29), 24) == date(2026, 2, 28)
    assert due_after(date(2023, 8, 31), 6) == date(2024, 2, 29)


def test_the_lists_and_the_rule_agree(tree, member, make_member):
    left = make_member(status=Member.Status.LEFT)
    sheets = many_sheets(tree, 24, owner=member, live=True)
    intervals = product(PracticePage.ReviewEvery.values, (member, left, None), (None, left, member))
    for sheet, (months, owner, fallback) in zip(sheets, intervals, strict=False):
        values = {"review_months": months, "owner": owner, "fallback_owner": fallback}
        PracticePage.objects.filter(pk=sheet.pk).update(**values)
    today = date(2026, 2, 28)
    every = list(PracticePage.objects.select_related("owner", "fallback_owner"))
    due = [sheet for sheet in every if sheet.review_due_on and sheet.review_due_on <= today]
    found = longest_due_first(PracticePage.objects.filter(due_by(today)))
    assert 0 < len(due) < len(every)
    assert [sheet.pk for sheet in found] == [
        sheet.pk for sheet in sorted(due, key=lambda one: (one.review_due_on, one.pk))
    ] or {s.review_due_on for s in found} == {s.review_due_on for s in due}
    assert set(PracticePage.objects.filter(unkept())) == {sheet for sheet in every if not is_kept(sheet)}


def test_a_row_of_the_catalogue_respects_the_interval(tree, member):
    sheet = make_practice(by=member)
    read = date(2025, 3, 1)
    PracticePage.objects.filter(pk=sheet.pk).update(reviewed_on=read)
    for months, said in ((24, "relue en mars 2025"), (6, "à relire depuis six mois")):
        page = PracticePage.objects.get(pk=sheet.pk)
        page.review_months, page.first_published_at = months, datetime(2024, 1, 1, tzinfo=UTC)
        page.save()
        (card,) = picture().cards
        assert freshness(card, date(2026, 3, 1)) == said


class TestLists:
    @pytest.fixture(params=[1, 30])
    def many(self, request, tree, member, make_member):
        """One or thirty overdue sheets that `member` keeps, and as many that nobody keeps."""
        old = {"live": True, "reviewed_on": date(2020, 1, 1)}
        many_sheets(tree, request.param, owner=member, **old)
        for sheet in many_sheets(tree, request.param, seed=8, owner=None, slug=None, **old):
            assert sheet.owner is None
        return request.param

    def test_a_page_costs_the_same_at_one_and_thirty(
        self, many, member, client_of, django_assert_max_num_queries, subtests
    ):
        browser = client_of(member)
        for name in ("keeping", "unkept", "overdue"):
            with subtests.test(name):
                browser.get(reverse(f"practices:{name}"))
                with django_assert_max_num_queries(7):  # session, person, roles, count, rows, mark, archived
                    assert browser.get(reverse(f"practices:{name}")).status_code == 200

    def test_a_theme_narrows_and_an_unknown_one_does_not(self, tree, member, client_of):
        sheet = make_practice(by=member, themes=("bilan",))
        PracticePage.objects.update(reviewed_on=date(2020, 1, 1))
        browser, url = client_of(member), reverse("practices:overdue")
        for theme, is_there in (("bilan", True), ("emploi", False), ("zzz", True), ("\x00", True)):
            assert (sheet.title in browser.get(url, {"theme": theme}).content.decode()) is is_there

    def test_one_click_in_the_list_leads_back_to_it(self, tree, member, client_of):
        sheet = make_practice(by=member)
        PracticePage.objects.update(reviewed_on=date(2020, 1, 1))
        url = reverse("practices:confirm", kwargs={"slug": sheet.slug})
        page = client_of(member).post(url, {"from": "overdue"}, follow=True)
        assert page.request["PATH_INFO"] == reverse("practices:overdue")
        assert "Toutes les fiches ont été relues à temps." in page.content.decode()


class TestReminders:
    @pytest.fixture
    def sheet(self, tree, member, colleague):
        """A sheet of `member`, `colleague` standing in, due on 28 February 2026."""
        sheet = make_practice(by=member)
        values = {"reviewed_on": date(2024, 2, 29), "fallback_owner": colleague}
        PracticePage.objects.filter(pk=sheet.pk).update(**values)
        return sheet

    @pytest.fixture
    def on(self, mailoutbox, django_capture_on_commit_callbacks):
        """Send the reminders of one day, twice; return who got a letter."""

        def run(*day) -> list[str]:
            mailoutbox.clear()
            for _again in range(2):
                with django_capture_on_commit_callbacks(execute=True):
                    remind(date(*day))
            return [mail.to[0] for mail in mailoutbox]

        return run

    def test_each_goes_once_per_term(self, sheet, member, colleague, moderator, on):
        assert on(2026, 1, 28) == []
        assert on(2026, 1, 29) == [member.email]
        assert on(2026, 2, 27) == []
        assert on(2026, 2, 28) == [member.email]
        assert on(2026, 4, 28) == []
        assert sorted(on(2026, 4, 29)) == sorted([colleague.email, moderator.email])
        assert on(2027, 1, 1) == []
        PracticePage.objects.filter(pk=sheet.pk).update(reviewed_on=date(2026, 4, 30))
        assert on(2026, 5, 1) == []
        assert on(2028, 4, 30) == [member.email]

    def test_what_was_missed_is_not_sent_late(self, sheet, member, colleague, on):
        assert on(2026, 6, 1) == [colleague.email]

    def test_who_left_hears_nothing_and_who_stands_in_does(self, sheet, member, colleague, on):
        Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
        assert on(2026, 2, 28) == [colleague.email]
        Member.objects.filter(pk=colleague.pk).update(is_active=False)
        assert on(2026, 4, 29) == []

    def test_many_sheets_are_one_letter(self, sheet, member, on):
        second = make_practice(by=member)
        PracticePage.objects.filter(pk=second.pk).update(reviewed_on=date(2024, 2, 28))
        assert on(2026, 2, 28) == [member.email]
        assert SentReminder.objects.count() == 2

    def test_an_archived_sheet_is_left_in_peace(self, sheet, on):
        sheet.unpublish()
        assert on(2026, 2, 28) == []

    def test_the_letter_names_nothing(self, sheet, member, on, mailoutbox):
        on(2026, 2, 28)
        (letter,) = mailoutbox
        assert sheet.title not in letter.body and sheet.slug not in letter.body
        assert reverse("practices:keeping") in letter.body

    def test_the_day_is_that_of_brussels(self, sheet, monkeypatch, capsys):
        evening = datetime(2026, 2, 27, 23, 30, tzinfo=UTC)  # half past midnight in Brussels
        monkeypatch.setattr(timezone, "now", lambda: evening)
        call_command("remind_reviews")
        assert capsys.readouterr().out == "1 letters\n"
        assert SentReminder.objects.get().occasion == "review:2026-02-28:due"
