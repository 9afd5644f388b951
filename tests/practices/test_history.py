"""The history of a sheet: published versions only, for members only, each as it was."""

import pytest
from django.urls import reverse
from django.utils import translation

from agora.people.models import Member
from practices.actions import publish_version
from practices.models import RevisionNote

from .factories import fields_of, make_practice

pytestmark = pytest.mark.django_db


def address(name: str, sheet, **kwargs) -> str:
    """Address of a page of a sheet, in its language."""
    with translation.override(sheet.locale.language_code):
        return reverse(f"practices:{name}", kwargs={"slug": sheet.slug} | kwargs)


@pytest.fixture
def sheet(tree, member, colleague):
    """A sheet with two published versions and an unpublished one."""
    sheet = make_practice(by=member, title="Avant", problem="Le premier texte.")
    sheet = publish_version(
        sheet,
        fields_of(title="Après", problem="Le second texte."),
        by=colleague,
        significance="medium",
        reason="Le délai avait changé.",
        based_on=sheet.live_revision_id,
    )
    draft = sheet.get_latest_revision_as_object()
    draft.title = "Brouillon secret"
    draft.save_revision(user=member)
    return sheet


class TestHistory:
    def test_newest_first_with_who_how_big_and_why(self, sheet, member, client_of):
        html = client_of(member).get(address("history", sheet)).content.decode()
        assert html.index("Le délai avait changé.") < html.index("Première version")
        for words in ("par Lies P., Jette", "Précision", "par Samira B., Forest", "version actuelle"):
            assert words in html
        assert html.count('<h2 class="h-s">') == 2

    def test_drafts_are_not_history(self, sheet, member, client_of):
        browser = client_of(member)
        assert "Brouillon secret" not in browser.get(address("history", sheet)).content.decode()
        draft = sheet.revisions.exclude(pk__in=RevisionNote.objects.values("revision")).get()
        assert browser.get(address("version", sheet, number=draft.pk)).status_code == 404

    def test_nobody_s_name_once_they_left(self, sheet, colleague, member, client_of):
        Member.objects.filter(pk=colleague.pk).update(status=Member.Status.LEFT)
        html = client_of(member).get(address("history", sheet)).content.decode()
        assert "Lies P." not in html
        assert "par quelqu’un qui a quitté Agora" in html

    @pytest.mark.parametrize("count", [1, 30])
    def test_seven_queries_always(self, tree, member, client_of, count, django_assert_num_queries):
        sheet = make_practice(by=member)
        for number in range(count - 1):
            fields = fields_of(title=f"Titre {number}")
            sheet = publish_version(
                sheet, fields, by=member, significance="minor", based_on=sheet.live_revision_id
            )
        browser, url = client_of(member), address("history", sheet)
        # session, person, roles, sheet, count, versions, own draft, what happened besides
        with django_assert_num_queries(8):
            html = browser.get(url).content.decode()
        assert html.count('<h2 class="h-s">') == count

    def test_pages(self, sheet, member, client_of):
        for query in ("?page=2", "?page=abc", "?page=-1", "?page=%00"):
            assert client_of(member).get(address("history", sheet) + query).status_code == 200


class TestVersion:
    def test_a_version_is_shown_as_it_was(self, sheet, member, client_of):
        first = RevisionNote.objects.order_by("pk").first()
        html = client_of(member).get(address("version", sheet, number=first.revision_id)).content.decode()
        assert "<h1>Avant</h1>" in html
        assert "Le premier texte." in html
        assert "Le second texte." not in html
        assert "par Samira B., Forest" in html
        assert f'href="{sheet.get_absolute_url()}"' in html

    def test_the_current_version_says_so(self, sheet, member, client_of):
        html = (
            client_of(member).get(address("version", sheet, number=sheet.live_revision_id)).content.decode()
        )
        assert "C’est la version que tout le monde lit aujourd’hui." in html

    def test_only_this_sheet_s_versions(self, sheet, member, client_of):
        other = make_practice(by=member)
        browser = client_of(member)
        assert browser.get(address("version", sheet, number=other.live_revision_id)).status_code == 404
        for number in (0, 10**6, 10**30):
            assert browser.get(address("version", sheet, number=number)).status_code == 404


class TestWhoReads:
    @pytest.mark.parametrize("name", ["history", "version"])
    @pytest.mark.parametrize("is_showcase", [True, False])
    def test_members_only(self, tree, member, pending, client_of, name, is_showcase):
        sheet = make_practice(by=member, is_showcase=is_showcase)
        url = address(name, sheet, **({"number": sheet.live_revision_id} if name == "version" else {}))
        assert client_of(member).get(url).status_code == 200
        assert client_of(pending).get(url).status_code == 403
        visitor = client_of(None).get(url)
        assert visitor.status_code == 302
        assert f"next={url}" in visitor["Location"]

    def test_an_archived_sheet_has_no_history_page(self, sheet, member, client_of):
        sheet.unpublish()
        assert client_of(member).get(address("history", sheet)).status_code == 404
