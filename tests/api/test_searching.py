"""GET /api/v1/search: what the page says, for a program, with the same rights."""

import re
import shutil

import pytest
from django.core.cache import cache
from django.urls import reverse

from agora.api import actions
from agora.people.audience import MEMBERS, PUBLIC
from search import generations
from search.answers import PER_PAGE
from tests.api.programs import SEARCH

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({PUBLIC})


@pytest.fixture
def notes(shelf):
    """Thirteen notes for members, one of them in Dutch, and two for everybody."""
    for number in range(1, 13):
        shelf.put(
            number, f"Accueil {number}", body="Un <b>texte</b> d’accueil & plus", facets={"theme": ("bilan",)}
        )
    shelf.put(20, "Onthaal", language="nl", body="Een accueil apart")
    shelf.put(30, "Accueil ouvert", audience=EVERYBODY)
    shelf.put(31, "Autre chose", audience=EVERYBODY)
    generations.rebuild()
    return shelf


def facet_counts(body) -> dict:
    return {f["name"]: {v["value"]: v["count"] for v in f["values"]} for f in body["facets"] if f["values"]}


def test_a_program_gets_the_page_s_answer(notes, member, program_of, client):
    body = program_of(member).search(q="accueil").json()
    assert (body["total"], body["listed_total"], body["other_language"]["total"]) == (14, 13, 1)
    assert (body["page"], body["pages"], len(body["results"])) == (1, 2, PER_PAGE)
    assert facet_counts(body)["language"] == {"fr": 13, "nl": 1}
    client.force_login(member)
    html = client.get(reverse("search:results"), {"q": "accueil"}).content.decode()
    assert "14 résultats" in html.replace("\xa0", " ")
    titles = re.findall(r'<h3[^>]*><a[^>]*href="(/notes/\d+/)"', html)
    own, other = body["results"], body["other_language"]
    behind, ahead = other["behind"], other["ahead"]
    shown = [*own[:behind], *other["results"][:ahead], *own[behind:], *other["results"][ahead:]]
    assert [hit["url"].partition("/notes")[2] for hit in shown] == [
        url.removeprefix("/notes") for url in titles
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "accueil", "theme": "bilan"},
        {"q": ""},
        {"language": "nl"},
        {"q": "zzyzx"},
        {"q": "accueil", "sort": "newest"},
    ],
)
def test_filters_count_as_on_the_page(notes, member, program_of, client, query):
    body = program_of(member).search(**query).json()
    client.force_login(member)
    answer = client.get(reverse("search:results"), query).context["answer"]
    assert body["total"] == answer.all_total
    assert [hit["uid"] for hit in body["results"]] == [hit.uid for hit in answer.hits]
    counts = {n: {v.value: v.count for v in values} for n, values in answer.facets.facets.items() if values}
    for name, values in facet_counts(body).items():
        assert values == counts[name]


def test_pages_link_to_each_other_and_to_the_page_for_people(notes, member, program_of, client_of):
    program = program_of(member)
    first = program.search(q="accueil").json()
    assert first["links"]["previous"] is None
    path = first["links"]["next"].partition("://")[2].partition("/")[2]
    second = program.client.get(f"/{path}", HTTP_AUTHORIZATION=f"Bearer {program.token}").json()
    assert (second["page"], second["links"]["next"]) == (2, None)
    seen = {hit["uid"] for hit in first["results"] + second["results"]}
    assert len(seen) == 13
    page = first["links"]["html"].partition("://")[2].partition("/")[2]
    assert client_of(member).get(f"/{page}").status_code == 200


def test_words_are_given_plain_and_marked(notes, member, program_of):
    hit = program_of(member).search(q="accueil").json()["results"][0]
    assert "<" not in hit["title"] and "<mark>" in hit["title_html"]
    assert "<b>texte</b>" in hit["snippet"]  # plain text: as typed
    assert "<b>" not in hit["snippet_html"]
    assert set(re.findall(r"</?(\w+)", hit["snippet_html"])) == {"mark"}


def test_a_session_searches_as_its_owner_and_a_stranger_does_not(notes, client, member, make_member):
    answer = client.get(SEARCH, {"q": "accueil"})
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    client.force_login(member)
    assert client.get(SEARCH, {"q": "accueil"}).json()["total"] == 14
    client.force_login(make_member(status="pending"))  # who waits reads what is open to all, as on the page
    assert client.get(SEARCH, {"q": "accueil"}).json()["total"] == 1


@pytest.mark.parametrize("header", ["Bearer agora_nothing", "Bearer", "Basic dTpw", "agora_x", "Bearer \x80"])
def test_a_token_that_opens_nothing_is_refused_even_beside_a_session(notes, client, member, header):
    client.force_login(member)
    answer = client.get(SEARCH, {"q": "accueil"}, HTTP_AUTHORIZATION=header)
    assert (answer.status_code, answer.json()["code"]) == (401, "invalid_token")


def test_a_token_dies_with_its_member_at_the_next_call(notes, make_member, program_of):
    person = make_member()
    program = program_of(person)
    assert program.search(q="accueil").json()["total"] == 14
    type(person).objects.filter(pk=person.pk).update(status="suspended")
    assert program.search(q="accueil").status_code == 401


def test_a_token_for_something_else_does_not_search(notes, editor, program_of):
    answer = program_of(editor, "practices:import").search(q="accueil")
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    assert 'scope="search:read"' in answer["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"theme": "rien"}, "theme"),
        ({"cpas": "21999"}, "cpas"),
        ({"lang": "fr"}, "lang"),
        ({"page": "0"}, "page"),
        ({"page": "999"}, "page"),
        ({"page": "deux"}, "page"),
        ({"page": "1" * 5000}, "page"),
        ({"q": "a" * 201}, "q"),
        ({"sort": "score"}, "sort"),
        ({"theme": ["bilan"] * 51}, "theme"),
        ({"x" * 5000: "1"}, "x" * 40),
        ({"kind": "\x00"}, "kind"),
    ],
)
def test_a_wrong_parameter_is_named(notes, member, program_of, query, named):
    answer = program_of(member).search(**query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["code"], body["status"]) == ("bad_parameters", 400)
    assert any(
        error.startswith(f"{named} :") or error.startswith(f"{named}\xa0:") for error in body["errors"]
    )
    assert len(answer.content) < 2000


@pytest.mark.parametrize(
    "text", ['"', "a\x00b", "kind:note", "😀", "AND OR NOT (", "-accueil", "<script>alert(1)</script>"]
)
def test_strange_words_are_only_words(notes, member, program_of, text):
    answer = program_of(member).search(q=text)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


def test_the_language_is_the_one_asked_for_else_that_of_the_owner(notes, colleague, program_of):
    program = program_of(colleague)
    dutch, french = program.search(spoken=None, q="accueil"), program.search(spoken="fr", q="accueil")
    assert (dutch.json()["reader_language"], french.json()["reader_language"]) == ("nl", "fr")
    assert (dutch["Content-Language"], french["Content-Language"]) == ("nl", "fr")
    assert dutch.json()["listed_total"] == 1
    said = {program.search(spoken=each, page="x").json()["title"] for each in ("nl", "fr")}
    assert len(said) == 2


def test_nothing_is_kept_by_a_cache(notes, member, program_of, client):
    for answer in (program_of(member).search(q="accueil"), client.get(SEARCH)):
        assert answer["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer
        assert {"Authorization", "Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_too_many_calls_are_told_when_to_come_back(notes, member, program_of, settings):
    settings.API_LIMITS = settings.API_LIMITS | {"search": (3, 1000)}
    program, again = program_of(member), program_of(member)  # all tokens of one member together
    codes = [p.search(q="accueil").status_code for p in (program, again, program)]
    answer = again.search(q="accueil")
    assert codes == [200, 200, 200] and answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 1001
    cache.clear()
    assert again.search(q="accueil").status_code == 200


def test_one_member_s_haste_does_not_close_the_door_to_another(
    notes, member, colleague, program_of, settings
):
    settings.API_LIMITS = settings.API_LIMITS | {"search": (1, 1000)}
    program = program_of(member)
    assert [program.search(q="a").status_code for _ in range(2)] == [200, 429]
    assert program_of(colleague).search(q="a").status_code == 200


def test_without_an_engine_the_answer_is_simplified_with_the_same_rights(
    notes, member, make_member, program_of, own_index, client
):
    shutil.rmtree(own_index, ignore_errors=True)  # a thread of tantivy may still take a lock there
    body = program_of(member).search(q="accueil").json()
    assert body["is_simplified"] and body["facets"] == []
    assert body["total"] == 13
    client.force_login(make_member(status="pending"))
    assert client.get(SEARCH, {"q": "accueil"}).json()["total"] == 1


def test_only_reading_methods(notes, member, program_of):
    program = program_of(member)
    for method in ("post", "put", "delete", "patch", "options"):
        answer = getattr(program.client, method)(SEARCH)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert answer.json()["code"] == "method_not_allowed"
    head = program.client.head(SEARCH, HTTP_AUTHORIZATION=f"Bearer {program.token}")
    assert (head.status_code, head.content) == (200, b"")


def test_an_address_that_does_not_exist_says_so_in_json(client):
    for address in ("/api/v1/", "/api/v2/search", "/api/v1/search/", "/api/x\x00y"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_failure_of_ours_is_a_problem_too_and_says_nothing_of_it(
    notes, member, program_of, monkeypatch, caplog
):
    def fails(*args, **kwargs):
        raise RuntimeError("zanzibar")

    monkeypatch.setattr("agora.api.searching.search_service", fails)
    answer = program_of(member).search(q="accueil")
    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert "zanzibar" not in answer.content.decode()
    assert "search failed" in caplog.text


def test_what_members_read_is_not_counted_for_others(notes, make_member, client):
    notes.put(99, "Accueil 99", audience=frozenset({"group:1"}), facets={"theme": ("emploi",)})
    notes.put(98, "Accueil 98", audience=frozenset({MEMBERS}), facets={"theme": ("emploi",)})
    generations.rebuild()
    client.force_login(make_member(status="pending"))
    body = client.get(SEARCH, {"q": "accueil"}).json()
    assert body["total"] == 1 and "theme" not in facet_counts(body)


def test_a_search_costs_few_queries(notes, member, program_of, django_assert_num_queries):
    program = program_of(member)
    program.search(q="accueil")
    with django_assert_num_queries(3):  # the token, its roles, what must be hidden
        program.search(q="accueil")


def test_the_token_is_never_logged(notes, member, program_of, caplog):
    with caplog.at_level("DEBUG"):
        row, token = actions.make_token(member, "x", ["search:read"])
        program_of(member).search(q="accueil")
    assert token not in caplog.text
