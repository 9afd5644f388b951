"""The embedded engine: the contract, view equivalence, and what a broken folder does."""

import os
import shutil
import signal

import pytest
import tantivy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agora.people.audience import Viewer
from search.contract import FACETS, SORTS, TERM_FACETS, SearchUnavailable, Upsert
from search.engines.embedded import EmbeddedEngine
from search.fields import WORD_FIELDS
from tests.search.contract import EngineContract, counts, put
from tests.search.factories import MEMBER, ask, doc


@pytest.fixture
def engine(tmp_path):
    return fresh(tmp_path / "engine")


@pytest.fixture
def untouched(engine):
    return engine


def fresh(folder) -> EmbeddedEngine:
    engine = EmbeddedEngine(folder)
    engine.promote(engine.create())
    return engine


class TestEmbedded(EngineContract):
    """The suite of the contract on tantivy."""


TOKENS = ["public", "members", "cpas:21001", "group:1", "group:2", "user:7", "moderators"]
WORDS = ["accueil", "demande", "leefloon", "énergie", "dettes", "guichet", "RIS", "leefloonaanvraag"]
some_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
documents = st.lists(
    st.fixed_dictionaries(
        {
            "title": some_words,
            "body": some_words,
            "language": st.sampled_from(["fr", "nl"]),
            "audience": st.frozensets(st.sampled_from(TOKENS), min_size=1, max_size=3),
            "facets": st.fixed_dictionaries(
                {"theme": st.sets(st.sampled_from("abc"), max_size=2).map(sorted).map(tuple)}
            ),
        }
    ),
    min_size=1,
    max_size=12,
)
queries = st.one_of(some_words, some_words.map('"{}"'.format), st.just(""), some_words.map("-{}".format))
chosen = st.frozensets(st.sampled_from("abc"), max_size=2)


@given(
    documents,
    st.frozensets(st.sampled_from(TOKENS), max_size=4),
    st.lists(queries, min_size=3, max_size=3),
    chosen,
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_one_may_not_see_changes_nothing(tmp_path_factory, entries, tokens, texts, themes):
    """View equivalence: the answers are those of an index that holds only the visible contributions."""
    docs = [doc(number, **entry) for number, entry in enumerate(entries)]
    viewer = Viewer(tokens, None, "fr")
    folder = tmp_path_factory.mktemp("views")
    whole, visible = fresh(folder / "whole"), fresh(folder / "visible")
    put(whole, *docs)
    put(visible, *(each for each in docs if each.audience & tokens))
    assert whole.words(viewer) == visible.words(viewer)
    for text in texts:
        request = ask(text, viewer, known=WORDS, facets=FACETS, filters={"theme": themes})
        one, other = whole.search(request), visible.search(request)
        assert set(one.uids) == set(other.uids)
        assert one.total == other.total
        assert all(counts(one, facet) == counts(other, facet) for facet in FACETS)
    shutil.rmtree(folder, ignore_errors=True)  # tantivy may still be joining segments there


def test_without_an_index_it_is_unavailable(tmp_path):
    engine = EmbeddedEngine(tmp_path / "nowhere")
    for act in (
        lambda: engine.search(ask("x")),
        lambda: engine.words(MEMBER),
        lambda: engine.apply([]),
        lambda: list(engine.scan()),
    ):
        with pytest.raises(SearchUnavailable):
            act()
    assert not engine.health().ready
    assert engine.stamp() == ""


@pytest.mark.parametrize("damage", ["wipe", "garble", "pointer"])
def test_a_damaged_folder_is_unavailable_not_an_accident(engine, tmp_path, damage):
    put(engine, doc(1))
    engine.search(ask("accueil"))
    home = tmp_path / "engine"
    if damage == "wipe":
        shutil.rmtree(home, ignore_errors=True)
    elif damage == "pointer":
        (home / "serving").write_text("elsewhere")
    else:
        (home / "generations" / engine.serving() / "meta.json").write_text("{")
    with pytest.raises(SearchUnavailable):
        EmbeddedEngine(home).search(ask("accueil"))
    if damage != "garble":
        with pytest.raises(SearchUnavailable):
            engine.search(ask("accueil"))


def test_a_second_writer_is_refused_and_nothing_breaks(engine, tmp_path):
    folder = tmp_path / "engine" / "generations" / engine.serving()
    writer = tantivy.Index.open(str(folder)).writer(15_000_000, 1)
    with pytest.raises(SearchUnavailable):
        engine.apply([Upsert(doc(1))])
    writer.wait_merging_threads()
    put(engine, doc(1))
    assert engine.search(ask()).total == 1


PATIENCE = 20  # seconds
TRIES = 3


def test_a_forked_child_sees_later_commits(engine):
    """A server forks before it searches. Here threads of the engine live already, and one may hold a lock at
    the very moment of the fork: such a child never gets to its search, ends itself, and another is made.
    """
    put(engine, doc(1))
    engine.search(ask())
    for number in range(TRIES):
        code = _seen_by_a_child(engine, doc(2), doc(3))
        if code != -signal.SIGALRM or number == TRIES - 1:
            assert code == 3
            return


def _seen_by_a_child(engine, *later) -> int:
    """Return how many documents a forked child finds that opened the index before the last commit."""
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:  # the child opens before the second commit and must still see it
        signal.alarm(PATIENCE)
        engine.search(ask())
        os.write(ready[1], b"1")
        os.read(go[0], 1)
        os._exit(engine.search(ask()).total)
    os.close(ready[1])  # so that a child that ended is read as the end
    os.read(ready[0], 1)
    put(engine, *later)
    os.write(go[1], b"1")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for end in (ready[0], *go):
        os.close(end)
    return code


def test_the_former_generation_is_kept_and_older_ones_go(engine, tmp_path):
    first = engine.serving()
    engine.promote(second := engine.create())
    engine.promote(third := engine.create())
    assert {folder.name for folder in (tmp_path / "engine" / "generations").iterdir()} == {second, third}
    assert first not in (second, third)


@pytest.mark.parametrize("typed", ["burn-out", "burnout", "Burn out"])
def test_a_hyphen_or_none_is_the_same_word(engine, typed):
    generation = engine.create()
    engine.apply([Upsert(doc(1, "Prévenir le burn-out")), Upsert(doc(2, "Le repos"))], generation)
    engine.promote(generation)
    assert engine.search(ask(typed, known=["burn", "out", "burnout"])).uids == ("note:1",)


def test_an_index_with_fewer_fields_goes_on_serving_and_being_written(tmp_path, monkeypatch):
    """As left by older code: here it has no thanks, and its other fields stand elsewhere."""
    builder = tantivy.SchemaBuilder()
    builder.add_float_field("lasting", fast=True)
    builder.add_unsigned_field("stamp", fast=True, indexed=True)
    for name in (*WORD_FIELDS, "acronyms", "title_key"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="position")
    for name in TERM_FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("audience", "fingerprint", "uid"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    with monkeypatch.context() as older:
        older.setattr("search.engines.embedded.SCHEMA", builder.build())
        engine = fresh(tmp_path / "engine")
    put(engine, doc(1, "Accueil", useful=9), doc(2, "Un autre accueil", audience=frozenset({"group:1"})))
    for sort in SORTS:
        page = engine.search(ask("accueil", sort=sort, facets=FACETS))
        assert (page.uids, counts(page, "kind")) == (("note:1",), {"note": 1})
    assert engine.titles("acc", MEMBER, 5) == ("note:1",)
    assert "accueil" in engine.words(MEMBER)
