"""What somebody finds in the whole index is what they would find in an index of what they may read.

The same questions are asked twice: of an index with everything, then of one that holds only what this viewer
may see. Hits, totals, every count of a facet, suggested titles, known words, corrections, what is near: all
must be equal, so that nothing restricted is told, not even that it exists. (The order among hits may differ:
the rarity of a word is computed on all texts, see docs/decisions/search-engine.md.)
"""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agora.people.audience import MEMBERS, MODERATORS, PUBLIC, Viewer
from search import generations, spelling
from search.contract import FACETS, SORTS, Upsert
from search.engines import engine
from search.service import search_service
from tests.search.factories import NOW, ask, doc

SLOW = settings(
    max_examples=int(os.environ.get("EXAMPLES", 12)),
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
# Words that meet, differ by one letter, exist in both languages, are stems of each other, or sigles.
WORDS = (
    "accueil", "acueil", "accueillir", "guichet", "guichets", "médiation", "mediation", "dettes", "zanzibar",
    "zanzibarette", "RIS", "ris", "leefloon", "leefloonaanvraag", "aanvraag", "première", "demande", "AMU",
)  # fmt: skip
TOKENS = (PUBLIC, MEMBERS, MODERATORS, "cpas:21007", "cpas:21010", "group:5", "user:7", "user:8")
EVERYBODY = Viewer(frozenset(TOKENS), 7, "fr")
THEMES = ("accueil-flux", "bilan", "emploi", "zanzibar-theme")
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
contributions = st.fixed_dictionaries(
    {
        "title": phrases,
        "body": phrases,
        "language": st.sampled_from(("fr", "nl")),
        "audience": st.sets(st.sampled_from(TOKENS), min_size=1, max_size=2).map(frozenset),
        "facets": st.fixed_dictionaries(
            {
                "theme": st.sets(st.sampled_from(THEMES), max_size=2).map(lambda each: tuple(sorted(each))),
                "cpas": st.sampled_from(((), ("21007",), ("21010",))),
            }
        ),
        "updated": st.sampled_from((NOW, NOW - timedelta(days=500), NOW - timedelta(days=2000))),
        "useful": st.integers(0, 9),
    }
)
texts = st.one_of(
    st.just(""),
    phrases,
    phrases.map(lambda text: f'"{text}"'),
    st.tuples(phrases, st.sampled_from(WORDS)).map(lambda two: f"{two[0]} -{two[1]}"),
    st.sampled_from(WORDS).map(lambda word: word[:-1] + "q"),
    st.sampled_from(WORDS).map(lambda word: word[:5]),
)
filters = st.dictionaries(
    st.sampled_from(("theme", "language", "since", "cpas", "kind")),
    st.sampled_from((*THEMES, "fr", "1", "21007", "note")).map(lambda value: frozenset({value})),
    max_size=2,
)
viewers = st.sets(st.sampled_from(TOKENS), max_size=4).map(
    lambda tokens: Viewer(frozenset(tokens), 7 if "user:7" in tokens else None, "fr")
)


def seen(index, text: str, chosen: dict, viewer: Viewer, sort: str) -> dict:
    """Return everything that an engine says to a viewer about one question."""
    request = ask(text, viewer, known=("accueil", "guichet"), filters=chosen, facets=FACETS, sort=sort)
    page = index.search(request)
    return {
        "uids": set(page.uids),
        "total": page.total,
        "counts": {facet: {v.value: v.count for v in values} for facet, values in page.facets.items()},
        "titles": set(index.titles(text, viewer, 8)),
        "words": dict(index.words(viewer)),
    }


def fill(index, docs) -> None:
    """Serve these contributions and no others."""
    generation = index.create()
    index.apply([Upsert(each) for each in docs], generation)
    index.promote(generation)


def differences(index, docs, watching, asked) -> list:
    """Ask everything of the whole index, then of one per viewer; return what was not answered alike."""
    fill(index, docs)
    whole = [[seen(index, *each[:2], viewer, each[2]) for each in asked] for viewer in watching]
    found = []
    for viewer, answers in zip(watching, whole, strict=True):
        fill(index, [each for each in docs if each.audience & viewer.tokens])
        again = [seen(index, *each[:2], viewer, each[2]) for each in asked]
        found += [(viewer, each) for each, one, two in zip(asked, answers, again, strict=True) if one != two]
    return found


@SLOW
@given(
    told=st.lists(contributions, min_size=1, max_size=14),
    watching=st.lists(viewers, min_size=1, max_size=3),
    asked=st.lists(st.tuples(texts, filters, st.sampled_from(SORTS)), min_size=1, max_size=4),
)
def test_an_engine_says_what_the_index_of_the_visible_says(engine_url, told, watching, asked):
    docs = [doc(number, **fields) for number, fields in enumerate(told, start=1)]
    assert differences(engine(), docs, watching, asked) == []


@pytest.fixture
def people(make_member):
    """One person for each kind of view."""
    return [
        AnonymousUser(),
        make_member(status="pending"),
        make_member(),
        make_member(cpas="21010", language="nl"),
        make_member(roles=["moderator"], cpas=None),
    ]


def answered(text: str, chosen: dict, user) -> dict:
    """Return everything that a page says to somebody about one question."""
    answer = search_service().search(text, user, filters=chosen)
    assert not answer.is_simplified
    return {
        # Beyond a page the order decides who is on it.
        "own": {hit.uid for hit in answer.hits} if answer.total <= 10 else len(answer.hits),
        "others": {hit.uid for hit in answer.others} if answer.others_total <= 5 else len(answer.others),
        "totals": (answer.total, answer.others_total),
        "counts": {f: {v.value: v.count for v in values} for f, values in answer.facets.facets.items()},
        "correction": answer.correction,
        "relaxed": answer.is_relaxed,
        "near": answer.nearest and (answer.nearest.unfiltered, answer.nearest.plainer),
    }


@pytest.mark.django_db
@SLOW
@given(
    told=st.lists(contributions, min_size=1, max_size=12),
    asked=st.lists(st.tuples(texts, filters), min_size=1, max_size=4),
)
def test_a_page_says_what_the_index_of_the_visible_says(engine_url, shelf, people, told, asked):
    from agora.people.audience import tokens_of

    shelf.notes.clear()
    for number, fields in enumerate(told, start=1):
        shelf.put(number, **{name: value for name, value in fields.items() if name != "useful"})
    generations.rebuild()
    spelling.forget()
    whole = [[answered(*each, user) for each in asked] for user in people]
    everything = dict(shelf.notes)
    for user, answers in zip(people, whole, strict=True):
        shelf.notes = {pk: note for pk, note in everything.items() if note.audience & tokens_of(user)}
        generations.rebuild()
        spelling.forget()
        assert [answered(*each, user) for each in asked] == answers


class Leaking:
    """An engine that forgets the audience in one of its answers."""

    def __init__(self, index, where: str) -> None:
        self._index, self._where = index, where

    def __getattr__(self, name: str):
        return getattr(self._index, name)

    def search(self, request):
        """Answer, with what belongs to everybody in the place that forgets."""
        page, open_page = (self._index.search(each) for each in (request, replace(request, viewer=EVERYBODY)))
        return replace(
            page, **{name: getattr(open_page, name) for name in (self._where,) if hasattr(page, name)}
        )

    def titles(self, text, viewer, size, *rest):
        """Suggest titles."""
        return self._index.titles(text, EVERYBODY if self._where == "titles" else viewer, size, *rest)

    def words(self, viewer):
        """Tell the known words."""
        return self._index.words(EVERYBODY if self._where == "words" else viewer)


@pytest.mark.parametrize("where", ["uids", "total", "facets", "titles", "words"])
def test_the_comparison_sees_an_engine_that_leaks(where):
    """The proof that the first test can fail; it compares alike whatever engine is asked."""
    docs = [
        doc(1),
        doc(2, "Premier zanzibar", audience=frozenset({"group:5"}), facets={"theme": ("emploi",)}),
    ]
    viewer, asked = Viewer(frozenset({MEMBERS}), 7, "fr"), [("premier", {}, "newest")]
    assert differences(engine(), docs, [viewer], asked) == []
    assert differences(Leaking(engine(), where), docs, [viewer], asked) == [(viewer, asked[0])]


def test_nobody_sees_nothing_whatever_is_asked(engine_url):
    index = engine()
    fill(index, [doc(number) for number in range(1, 4)])
    nobody = Viewer(frozenset(), None, "fr")
    for text in ("", "accueil", "-zanzibar", '"premier accueil"', "prem"):
        answer = seen(index, text, {}, nobody, "newest")
        assert (answer["uids"], answer["total"], answer["titles"], answer["words"]) == (set(), 0, set(), {})
        assert not any(answer["counts"].values())
