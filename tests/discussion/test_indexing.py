"""Messages among what is found: as visible as what they hang under, hidden in the act that hides them."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django_comments_xtd.models import XtdComment

from agora.discussion import actions, indexing
from agora.discussion.templatetags.discussion import byline
from agora.people.audience import MEMBERS
from agora.people.models import Member
from search import generations, outbox
from search.models import Tombstone
from search.service import search_service
from tests.practices.factories import make_practice
from tests.search.conftest import own_index  # noqa: F401

from .factories import make_message

pytestmark = pytest.mark.django_db

WORDS = "Le pamplemousse attend dans le frigo de la permanence"


@pytest.fixture
def said(practice, member):
    """A message that search knows."""
    said = make_message(practice, member, WORDS)
    generations.rebuild()
    return said


def found(words: str, user) -> list[str]:
    """What a search of somebody shows, by uid."""
    return [hit.uid for hit in search_service().search(words, user).hits]


def uid_of(message) -> str:
    return f"comment:{message.pk}"


class TestWhatIsKnown:
    def test_a_message_is_its_own_words_and_the_readers_and_subjects_of_its_sheet(self, tree, member):
        sheet = make_practice(by=member, title="La colocation", themes=("bilan",), origin="21007")
        doc = indexing.build(indexed(make_message(sheet, member, WORDS)))
        assert (doc.title, doc.body, doc.audience) == ("", WORDS, {MEMBERS})
        assert (doc.values("theme"), doc.values("cpas")) == (("bilan",), ("21007",))
        assert 0 < doc.weight < 1

    def test_visitors_never_read_a_message_even_in_the_showcase(self, tree, member):
        message = make_message(make_practice(by=member, is_showcase=True), member, WORDS)
        assert indexing.build(indexed(message)).audience == {MEMBERS}
        assert not indexing.visible(AnonymousUser()).exists()

    def test_a_message_speaks_its_own_language(self, practice, member):
        dutch = "Bij ons staat het bord al een jaar in de gang en iedereen vult het zelf in, ook de kassa."
        assert indexing.build(indexed(make_message(practice, member, dutch))).language == "nl"
        assert indexing.build(indexed(make_message(practice, member, "OK"))).language == "fr"

    def test_nobody_is_found_by_name_through_what_they_said(self, said, colleague):
        assert found("pamplemousse", colleague) == [uid_of(said)]
        assert uid_of(said) not in found("Bastiaens", colleague)

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_number_of_queries_does_not_depend_on_the_number_of_messages(self, practice, member, count):
        actions_of = [XtdComment(
            content_type_id=make_content_type(practice), object_pk=str(practice.pk), site_id=1, user=member,
            comment=f"Message {number}", submit_date=practice.first_published_at,
        ) for number in range(count)]  # fmt: skip
        for message in actions_of:
            message.save()
        with CaptureQueriesContext(
            connection,
        ) as building:
            assert len([indexing.build(message) for message in indexing.indexed()]) == count
        with CaptureQueriesContext(connection) as showing:
            assert len([indexing.words_of(message) for message in indexing.visible(member)]) == count
        assert (len(building), len(showing)) == (7, 3)


def test_messages_that_follow_each_other_stand_under_the_sheet_by_who_wrote_them(
    practice, member, colleague, client
):
    for author, words in ((member, WORDS), (colleague, f"{WORDS}, chez nous aussi.")):
        make_message(practice, author, words)
    apart = make_message(make_practice(by=member, title="La colocation"), member, WORDS)
    generations.rebuild()
    client.force_login(colleague)
    page = client.get(reverse("search:results"), {"q": f"pamplemousse {practice.title}"}).content.decode()
    rows = re.findall(r"<li( class=.under.)?><h3[^>]*>(.*?)</h3>", page)
    under = [strip_tags(heading) for is_under, heading in rows if is_under]
    assert sorted(under) == sorted([byline(member), byline(colleague)])
    is_under, on_its_own = next(row for row in rows if f"#c{apart.pk}" in row[1])
    assert not is_under
    assert strip_tags(on_its_own) == f"La colocation (Message, {byline(member)})"


class TestActs:
    """After each act the index says what the database says; what is hidden is hidden before any drain."""

    def test_posting_and_restoring_make_findable(self, practice, member, moderator, colleague):
        generations.rebuild()
        message = make_message(practice, member, WORDS)
        drained()
        assert found("pamplemousse", colleague) == [uid_of(message)]
        actions.moderate_comment(moderator, message, "removed", "Un nom.")
        drained()
        assert found("pamplemousse", colleague) == []
        actions.moderate_comment(moderator, message, "restored", "")
        drained()
        assert found("pamplemousse", colleague) == [uid_of(message)]

    def test_correcting_takes_the_old_words_away_at_once(self, said, member, colleague):
        actions.edit_comment(member, said, "La pomelo attend")
        assert found("pamplemousse", colleague) == []
        drained()
        assert found("pomelo", colleague) == [uid_of(said)]
        assert found("pamplemousse", colleague) == []

    @pytest.mark.parametrize("act", ["withdraw", "remove", "archive", "delete"])
    def test_what_hides_a_message_hides_it_in_the_same_transaction(
        self, said, practice, member, moderator, colleague, act
    ):
        assert found("pamplemousse", colleague) == [uid_of(said)]
        {
            "withdraw": lambda: actions.withdraw_comment(member, said),
            "remove": lambda: actions.moderate_comment(moderator, said, "removed", "Un nom."),
            "archive": practice.unpublish,
            "delete": practice.delete,
        }[act]()
        assert Tombstone.objects.filter(uid=uid_of(said)).exists()
        assert found("pamplemousse", colleague) == []
        drained()
        assert not Tombstone.objects.exists()
        assert found("pamplemousse", colleague) == []

    def test_a_sheet_brought_back_brings_its_messages_back(self, said, practice, colleague):
        practice.unpublish()
        drained()
        practice.save_revision().publish()
        drained()
        assert found("pamplemousse", colleague) == [uid_of(said)]

    def test_a_message_is_found_by_what_its_sheet_is_about_and_by_its_new_name(
        self, said, practice, colleague
    ):
        practice.title = "La clémentine au guichet"
        practice.save_revision().publish()
        drained()
        assert uid_of(said) in found("clémentine", colleague)
        practice.title = "La mandarine au guichet"
        practice.save_revision().publish()
        drained()
        assert found("clémentine", colleague) == []
        assert uid_of(said) in found("mandarine", colleague)

    def test_a_sheet_filed_otherwise_files_its_messages_otherwise(self, said, practice, colleague):
        practice.themes.set([])
        practice.save_revision().publish()
        drained()


class TestTheRow:
    def test_it_says_where_who_and_when_and_leads_to_the_message(self, said, practice, colleague):
        html = row_for(colleague)
        assert f'href="{practice.get_absolute_url()}#c{said.pk}"' in html
        assert str(practice) in html
        assert "Samira B., " in html
        assert "Forest" in html
        assert "<mark>pamplemousse</mark>" in html
        assert "<time datetime=" in html

    def test_somebody_who_left_is_not_named(self, said, member, colleague):
        Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
        html = row_for(colleague)
        assert "ancien membre" in html
        assert "Samira" not in html
        assert "Forest" not in html

    def test_in_dutch(self, said, colleague):
        with translation.override("nl"):
            assert "Bericht" in row_for(colleague)


def row_for(user) -> str:
    answer = search_service().search("pamplemousse", user)
    hit = (*answer.hits, *answer.others)[0]
    return render_to_string(hit.template, {"hit": hit, "LANGUAGE_CODE": translation.get_language()})


def drained() -> None:
    """Drain, and see that nothing differs."""
    outbox.drain()
    assert generations.check().is_clean


def indexed(message) -> XtdComment:
    return indexing.indexed().get(pk=message.pk)


def make_content_type(practice) -> int:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(practice).pk
