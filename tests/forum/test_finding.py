"""Questions and debates among what is found: by members, never by an asker’s name, gone when hidden."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from agora.discussion.actions import post_comment
from agora.people.roles import MODERATOR
from forum import indexing
from forum.debates import actions as debating
from forum.models import Question
from forum.questions import actions, moderating
from search import outbox
from search.service import SearchService, search_service
from tests.search.conftest import own_index  # noqa: F401

from .test_debates import opened
from .test_questions import asked


@pytest.fixture
def index(own_index, tree):  # noqa: F811
    """An empty index."""
    return own_index


def found(words: str, user) -> list[str]:
    """What a search of somebody shows, by uid."""
    outbox.drain()
    return [hit.uid for hit in search_service().search(words, user).hits]


def test_a_question_is_found_by_members_by_its_words_and_not_by_its_asker(index, make_member):
    asker, reader = make_member(last_name="Zqxprudhomme", is_findable=False), make_member()
    made = asked(asker, "Où trouver un pamplemousse au guichet ?", is_quiet=True)
    uid = f"question:{made.pk}"
    assert uid in found("pamplemousse", reader)
    assert uid not in found("pamplemousse", AnonymousUser()) and uid not in found("Zqxprudhomme", reader)


def test_an_answered_question_weighs_more_and_an_answer_is_found_too(index, make_member):
    made = asked(make_member(), "Où trouver un pamplemousse ?")
    before = indexing.build_question(Question.objects.get()).weight
    answer = post_comment(make_member(cpas="21010"), made, "Au marché, sous la clémentine.")
    assert before < indexing.build_question(Question.objects.get()).weight < 1
    assert found("clémentine", make_member()) == [f"comment:{answer.pk}"]


def test_what_is_withdrawn_removed_or_reworded_is_found_no_more(index, make_member):
    by, reader = make_member(), make_member()
    taken, gone, changed = (asked(by, f"Un pamplemousse {n} ?") for n in ("jaune", "rose", "vert"))
    assert len(found("pamplemousse", reader)) == 3
    actions.withdraw(by, taken)
    moderating.decide(make_member(roles=[MODERATOR], cpas=None), gone, "removed", "Non.")
    actions.edit(by, changed, "Une clémentine ?", "")
    assert found("pamplemousse", reader) == []
    assert found("clémentine", reader) == [f"question:{changed.pk}"]


def test_answers_follow_the_words_of_their_question(index, make_member):
    by, reader = make_member(), make_member()
    made = asked(by, "Où trouver un pamplemousse ?")
    answer = post_comment(make_member(cpas="21010"), made, "Au marché.")
    assert f"comment:{answer.pk}" in found("pamplemousse", reader)
    actions.withdraw(by, made)
    assert search_service().search("pamplemousse", reader).all_total == 0
    assert found("pamplemousse", reader) == []
    assert f"comment:{answer.pk}" in found("marché", reader)


def test_what_can_be_found_is_what_can_be_read(index, make_member):
    by = make_member()
    rows = [asked(by, f"Un pamplemousse {n} ?") for n in ("jaune", "rose")]
    actions.withdraw(by, rows[0])
    opened(by)
    for user in (by, make_member(status="pending"), AnonymousUser()):
        for source in (indexing.QUESTIONS, indexing.DEBATES):
            visible = {row.pk for row in source.visible(user)}
            assert visible == {row.pk for row in source.queryset() if user == by}


def test_a_debate_is_found_by_its_arguments_while_they_stand(index, make_member):
    by, reader = make_member(), make_member()
    made = opened(by)
    argument = debating.argue(by, made.positions.first(), "Le pamplemousse protège.", "", "")
    assert found("pamplemousse", reader) == [f"debate:{made.pk}"]
    argument.position.debate = made
    debating.remove(by, argument)
    assert found("pamplemousse", reader) == []


def test_a_search_leads_to_the_question_that_it_did_not_find(index, make_member, client_of):
    page = client_of(make_member()).get(reverse("search:results"), {"q": "zzyzxq"}).content.decode()
    assert reverse("forum:ask") + "?titre=zzyzxq" in page


def test_words_narrow_the_list_of_questions_the_closest_first(index, make_member, client_of):
    by = make_member()
    asked(by, "Un logement de transit ?", text="On parle aussi d’un pamplemousse, une fois.")
    asked(by, "Un pamplemousse au guichet ?")
    asked(by, "Une clémentine ?")
    outbox.drain()
    browser = client_of(make_member())

    def shown(**query):
        page = browser.get(reverse("forum:questions"), query)
        assert page.status_code == 200
        return [row.question.title for row in page.context["rows"]]

    closest = ["Un pamplemousse au guichet ?", "Un logement de transit ?"]
    assert shown(mots="pamplemousse") == shown(mots="pamplemousse", tri="") == closest
    form = browser.get(reverse("forum:questions")).content.decode()
    assert '<option value="" selected>Les plus récentes</option>' in form  # not chosen for what is typed next
    assert shown(mots="pamplemousse", tri="attente") == closest[::-1]
    assert shown(mots="pamplemousse", etat="repondues") == []
    assert shown(mots="zzyzx") == [] and len(shown(mots=" \x00 ")) == 3
    assert len(shown(mots="x" * 5000)) == 0


def test_without_an_engine_words_narrow_by_titles(index, make_member, client_of, monkeypatch):
    by = make_member()
    asked(by, "Un logement de transit ?", text="Un pamplemousse.")
    asked(by, "Un pamplemousse au guichet ?")
    monkeypatch.setattr(SearchService, "matching", lambda *args, **options: None)
    page = client_of(make_member()).get(reverse("forum:questions"), {"mots": "pamplemousse"})
    assert [row.question.title for row in page.context["rows"]] == ["Un pamplemousse au guichet ?"]
