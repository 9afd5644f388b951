"""The engines rank alike: the graded questions of the benchmark, on each server and on the embedded one."""

import os
from functools import lru_cache
from pathlib import Path

import pytest

from search import evaluation, thesaurus, trial
from search.evaluation import ALL
from tests.search.factories import ask, doc

pytestmark = pytest.mark.engines

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "relevance"
APART = 0.02  # nDCG@10, over all kinds of questions
EVERY = 3  # one question in three is enough to see a difference; `search_eval` asks them all


@lru_cache
def judged(engine: str) -> tuple[float, int]:
    """Return nDCG@10 over the questions to tune with, and how many were judged."""
    known = dict(evaluation.documents(BENCHMARK / "documents.jsonl"))
    asked = [
        each
        for path in sorted(BENCHMARK.glob("queries*.jsonl"))
        for each in evaluation.queries(path)
        if each.split == "tuning" and any(name in known for name in each.relevant)
    ][::EVERY]
    with trial.opened(engine, thesaurus.shipped()) as run:
        run.fill(known.items())
        figures = evaluation.by_kind([run.answer(each) for each in asked])[ALL]
    return figures.ndcg, len(asked)


def fits(engine: str) -> list[float]:
    """Return how two texts fit one word, one of them by its title too: by rarity, length and constants."""
    texts = [doc(1, "Un accueil calme", body="Rien ici."), doc(2, "Un bilan calme", body="Un accueil.")]
    with trial.opened(engine, thesaurus.Thesaurus()) as run:
        run.fill((each.uid, each) for each in texts)
        request = ask("accueil", near={"kind": frozenset({"note"})})
        return list(run.engine.search(request).fits)


@pytest.mark.parametrize("server", ["elasticsearch", "opensearch"])
def test_words_and_constants_weigh_alike_on_a_server(server):
    if not os.environ.get(f"SEARCH_TEST_{server.upper()}"):
        pytest.skip(f"{server}: no server (SEARCH_TEST_{server.upper()})")
    assert len(here := fits("embedded")) == 2
    assert fits(server) == pytest.approx(here, rel=0.02)


@pytest.mark.parametrize("server", ["elasticsearch", "opensearch"])
def test_a_server_ranks_as_the_embedded_engine_does(server):
    if not os.environ.get(f"SEARCH_TEST_{server.upper()}"):
        pytest.skip(f"{server}: no server (SEARCH_TEST_{server.upper()})")
    here, count = judged("embedded")
    there, _ = judged(server)
    print(f"\nnDCG@10 over {count} questions: embedded {here:.3f}, {server} {there:.3f}")
    assert count > 50
    assert here > 0.3
    assert abs(there - here) <= APART
