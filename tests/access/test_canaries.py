"""Searching for what one may not read: on the page, by the API, while typing, in feeds and lists.

Two ways of looking. What is asked with a piece of a planted word, or with a slip in it, must not bring the
word back. And the answer to the whole word, which the page prints again, must be the very answer to a word
that exists nowhere: not one byte tells that something is there.
"""

import re
from itertools import product

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from agora.people import feeds
from practices.models import PracticePage
from search import generations, outbox, spelling
from search import views as search_views
from tests.api.programs import SEARCH

from .canaries import CANARIES, leaks, word
from .test_matrix import content_of
from .world import build

# Search knows two kinds of readers, the public and the members: one of each is asked everything. Those for
# whom more might open by mistake (who wait for their validation, who moderate) are asked the plain question.
VIEWERS = ("visitor", "colleague")
ALIKE = ("pending", "moderator")
FORMS = ("{}", '"{}"', "tableau -{}", "tableau {}")
NOWHERE = "zqxwombatte"  # of the same shape as the planted words, planted nowhere
CHANGING = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|urn:uuid:[0-9a-f-]+')
# Everything that lists, counts or suggests, with a parameter for words where there is one.
SURFACES = {
    "search:results": "q",
    "practices:list": "mots",
    "practices:feed": "mots",
    "search:suggestions": "q",
    "search:feed": "q",
    "directory:front": "",
    "home": "",
}


@pytest.fixture(scope="module")
def indexed(shared, tmp_path_factory):
    """Everybody and everything, and the address of an index of all of it, made once: the tests only look."""
    address = f"tantivy://{tmp_path_factory.mktemp('canaries') / 'search'}"

    def make(make_member):
        with override_settings(SEARCH_URL=address):
            world = build(make_member)
            assert generations.rebuild().promoted
        return world

    return shared(make), address


@pytest.fixture
def world(tree, indexed, settings, monkeypatch):
    """The same, for a test that may ask the database."""
    world, settings.SEARCH_URL = indexed
    settings.API_LIMITS = {"search": (10_000, 60), "import": (10, 60)}
    monkeypatch.setattr(search_views, "MOST_SUGGESTIONS", 100_000)
    monkeypatch.setattr(feeds, "MOST_BY_ADDRESS", 100_000)
    spelling.forget()
    yield world
    spelling.forget()


def addresses(language: str = "fr") -> dict[str, str]:
    """Return the surfaces, with the name of their parameter (empty: they take no words)."""
    with translation.override(language):
        return {reverse(name): parameter for name, parameter in SURFACES.items()}


def pieces(planted: str) -> list[str]:
    """Return what leads to a word without holding it: its beginnings, one letter wrong, one letter less."""
    return [planted[:3], planted[:7], planted[:-1], planted[:-1] + "j", planted[0] + planted[2:]]


def test_no_piece_of_a_word_brings_it_back(world, client_of, subtests):
    surfaces = {address: name for address, name in {**addresses(), SEARCH: "q"}.items() if name}
    for role in VIEWERS:
        client, found, asked = client_of(world.people[role]), [], 0
        hidden = [planted for planted, readers in CANARIES.values() if role not in readers]
        for text in sorted({each for planted in hidden for each in pieces(planted)}):
            for address, parameter in surfaces.items():
                if parameter == "mots" and text.endswith("j"):
                    continue  # the list and its feed correct nothing
                asked += 1
                found += leaks(content_of(client.get(address, {parameter: text})), role)
        with subtests.test(role):
            assert asked > 200
            assert found == []


def test_a_planted_word_is_answered_as_one_that_exists_nowhere(world, client_of, subtests):
    searched = [address for address, name in {**addresses(), SEARCH: "q"}.items() if name == "q"]
    for role in (*VIEWERS, *ALIKE):
        client = client_of(world.people[role])
        hidden = {place: planted for place, (planted, readers) in CANARIES.items() if role not in readers}
        with subtests.test(role):
            assert hidden
            for form, address in product(FORMS if role in VIEWERS else FORMS[:1], searched):
                nothing = _bytes(client, address, {"q": form.format(NOWHERE)})
                for place, planted in hidden.items():
                    answer = _bytes(client, address, {"q": form.format(planted)})
                    assert answer.replace(planted.encode(), NOWHERE.encode()) == nothing, (
                        place,
                        address,
                        form,
                    )


def _bytes(client, address: str, query: dict) -> bytes:
    return CHANGING.sub(b"", content_of(client.get(address, query)))


def test_pages_that_list_and_count_hold_no_planted_word(world, client_of, subtests):
    things = world.things
    sheets = [reverse("practices:sheet", args=[each.slug]) for each in (things.showcase, things.rewritten)]
    for role in (*VIEWERS, *ALIKE):
        client, found = client_of(world.people[role]), []
        for language in ("fr", "nl"):
            for address in [*addresses(language), *sheets, "/sitemap.xml", "/robots.txt", SEARCH]:
                found += leaks(content_of(client.get(address)), role)
        with subtests.test(role):
            assert found == []


def test_who_may_read_a_planted_word_finds_it(world, client_of):
    """The proof that the others can fail: the same questions, asked by somebody who may."""
    member, author = client_of(world.people["colleague"]), client_of(world.people["member"])
    for place in (
        "summary of a sheet for members",
        "title of a sheet for members",
        "text of a sheet for members",
        "message under a sheet for members",
        "name of a file of a sheet for members",
        "text of a file of a sheet for members",
    ):
        planted = word(place)
        answer = member.get(SEARCH, {"q": planted}).json()
        assert answer["total"] >= 1, place
        assert planted in str(answer["results"]) + str(answer["other_language"]), place
        assert leaks(content_of(member.get(reverse("search:results"), {"q": planted})), "visitor"), place
    twice = word("summary of a sheet for members")  # in two sheets: it is offered to who mistypes it
    assert twice in str(member.get(SEARCH, {"q": twice[:-1] + "j"}).json())
    own = ("drafts:list", "practices:filters", "practices:lists", "api:tokens", "search:followed")
    seen = b"".join(content_of(author.get(reverse(name))) for name in own)
    for place in (
        "title of a draft",
        "name of kept filters",
        "reading list of one's own",
        "name of a token",
        "words of a sheet request",
    ):
        assert word(place).encode() in seen, place
    assert leaks(b"... zqxalbicore ...", "visitor") == ["summary of a sheet for members"]


def test_what_leaves_the_readers_leaves_every_surface_before_the_index_hears(world, client_of, monkeypatch):
    """Narrowed with the drain stopped: the next answer of every surface does not hold it, nor count it."""
    monkeypatch.setattr(outbox, "_drain_quietly", lambda: None)
    member = client_of(world.people["colleague"])
    planted = word("text of a sheet for members")
    before = member.get(SEARCH, {"q": planted}).json()["total"]
    PracticePage.objects.get(pk=world.things.sheet.pk).unpublish()
    after = member.get(SEARCH, {"q": planted}).json()
    assert (before, after["total"]) == (1, 0)
    message = member.get(SEARCH, {"q": word("message under a sheet for members")}).json()
    assert message["total"] == 0
    for address, parameter in addresses().items():
        for text in pieces(planted) if parameter else [""]:
            asked = {parameter: text} if parameter else {}
            assert planted.encode() not in content_of(member.get(address, asked)), address
