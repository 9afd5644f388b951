"""What no test of behaviour can promise: there is one way to an engine, and one way out of it."""

import ast
import inspect
import re

import pytest

from agora.people.audience import Viewer
from search.contract import FACETS, SearchEngine, Upsert
from search.engines import embedded, embedded_query, engine
from search.engines.elastic import engine as server_engine
from search.engines.elastic import questions as server_questions
from search.engines.elastic import translate
from tests.house.sources import ROOT, name_of, python_files, tree_of
from tests.search.factories import MEMBER, ask, doc

SERVERS = {"tantivy", "elasticsearch", "elasticsearch_dsl", "elastic_transport", "opensearchpy"}
NOBODY = Viewer(frozenset(), None, "fr")


def imported(path) -> set[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add((node.module or "").split(".")[0])
    return found


def test_no_code_outside_the_engines_speaks_to_an_engine():
    engines = ROOT / "search" / "engines"
    strangers = {
        name_of(path): imported(path) & SERVERS
        for path in python_files(tests=False)
        if not path.is_relative_to(engines) and "benchmarks" not in path.parts and "script" not in path.parts
    }
    assert {name for name, found in strangers.items() if found} == set()
    assert "tantivy" in imported(engines / "embedded.py")  # the search for strangers sees what it looks for


def test_every_reading_method_of_the_contract_takes_a_viewer():
    reading = {"search", "search_each", "titles", "words"}
    for name in reading:
        assert {"viewer", "request", "requests"} & set(
            inspect.signature(getattr(SearchEngine, name)).parameters
        )
    assert "viewer" in inspect.signature(ask).parameters
    others = {
        name
        for name, _method in inspect.getmembers(SearchEngine, inspect.isfunction)
        if not name.startswith("_")
    } - reading
    # None of these gives a text or a number about contributions to a page.
    assert others <= {
        "stamp", "apply", "serving", "former", "building", "create", "tidy", "promote", "drop", "scan",
        "health",
    }  # fmt: skip


def test_the_embedded_engine_asks_nothing_that_was_not_guarded():
    """Each query that tantivy runs comes from `guarded` or `seen_by`; but for the scan of the checks."""
    functions = [
        f for f in ast.walk(ast.parse(inspect.getsource(embedded))) if isinstance(f, ast.FunctionDef)
    ]
    # A helper is given a query; whoever calls it is looked at instead.
    helpers = {
        f.name for f in functions if f.name.startswith("_") and "query" in [a.arg for a in f.args.args]
    }
    asking = [f"searcher.{name}(" for name in ("search", "aggregate", "terms_with_prefix")]
    asking += [f"self.{name}(" for name in helpers]
    guards = [f"embedded_query.{name}(" for name in ("guarded", "seen_by", "titled")]
    wild = []
    for function in functions:
        source = ast.unparse(function)
        asks = function.name not in {"scan", *helpers} and any(call in source for call in asking)
        if asks and not any(call in source for call in guards):
            wild.append(function.name)
    assert wild == []


def test_the_engine_on_servers_asks_nothing_that_was_not_guarded():
    wild, makers = [], set()
    functions = [
        function
        for module in (server_engine, server_questions)
        for function in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(function, ast.FunctionDef)
    ]
    guards = [f"translate.{name}(" for name in ("guarded", "titled", "seen_by")]
    for function in functions:
        source = ast.unparse(function)
        if "Search(index=" in source or "Search(using=" in source:
            makers.add(function.name)
        if re.search(r"(?<!def )\basking\(", source) and not any(guard in source for guard in guards):
            wild.append(function.name)
    assert wild == []
    assert makers == {"asking", "scan", "_told"}  # the last one only puts together what it is given


@pytest.mark.parametrize("text", ["", "premier accueil", "-guichet", '"premier accueil"', "RIS"])
def test_every_body_sent_to_a_server_holds_the_audience_of_its_viewer(text):
    request = ask(text, MEMBER, filters={"theme": frozenset({"bilan"})})
    bodies = [translate.guarded(request), translate.guarded(request, scored=False)]
    bodies += filter(None, [translate.titled(text, MEMBER, frozenset(), "fr")])
    for body in bodies:
        assert {"terms": {"audience": sorted(MEMBER.tokens)}} in body.to_dict()["bool"]["filter"]
    assert translate.guarded(ask(text, NOBODY)).to_dict() == {"match_none": {}}


def test_the_guard_puts_the_audience_first_and_gives_nobody_nothing(engine_url):
    source = inspect.getsource(embedded_query.guarded)
    assert "audience" in source or "seen_by" in source
    index = engine()
    index.promote(index.create())
    index.apply([Upsert(doc(number)) for number in range(1, 4)])
    page = index.search(ask("", NOBODY, facets=FACETS))
    assert (page.uids, page.total) == ((), 0)
    assert not any(page.facets.values())
    assert index.titles("premier", NOBODY, 5) == ()
    assert dict(index.words(NOBODY)) == {}


@pytest.mark.parametrize("suggester", ["suggest", "min_doc_count", "_terms_enum", "global"])
def test_no_engine_uses_what_ignores_the_audience(suggester):
    """Suggesters and empty buckets read the whole dictionary, whatever the filter (search-engine.md)."""
    strings = []
    for path in python_files(tests=False):
        if path.is_relative_to(ROOT / "search" / "engines"):
            for node in ast.walk(tree_of(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                    strings.append(node.value)
    assert strings
    assert suggester not in strings
