"""The figures of the benchmark, the files it reads, and the throw-away index."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import evaluation
from search.evaluation import Answered, BadFile, Query, figures
from search.thesaurus import Thesaurus
from search.trial import opened


def answered(ids: str, relevant: dict[str, int], **fields) -> Answered:
    return Answered(Query("q", "…", relevant=relevant), tuple(ids.split()), **fields)


def written(path, *rows):
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), "utf-8")
    return path


def run(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_the_figures_of_known_answers():
    best = figures([answered("a b", {"a": 3, "b": 1})])
    assert (best.ndcg, best.mrr, best.first, best.recall, best.zero) == (1, 1, 1, 1, 0)
    second = figures([answered("x a", {"a": 3})])
    assert second.ndcg == pytest.approx(0.6309, abs=1e-4)
    assert (second.mrr, second.first, second.third) == (0.5, 0, 1)
    # (2^1−1) first, (2^3−1) second: 1 + 7/log2(3) over 7 + 1/log2(3)
    assert figures([answered("b a", {"a": 3, "b": 1})]).ndcg == pytest.approx(0.7098, abs=1e-4)
    none = figures([answered("", {"a": 1}), answered("a", {"a": 1})])
    assert (none.zero, none.recall, none.mrr) == (0.5, 0.5, 0.5)


def test_unanswerable_queries_count_apart():
    found = figures(
        [answered("a", {"a": 1}), answered("x", {}), answered("x", {}, weak=True), answered("", {})]
    )
    assert found.mrr == 1
    assert found.refused == pytest.approx(2 / 3)


def test_the_gain_and_its_interval():
    ours = [answered("a", {"a": 1})] * 30
    theirs = [answered("x a", {"a": 1})] * 30
    assert evaluation.gain(ours, theirs) == (0.5, 0.5, 0.5)
    mixed = [*ours[:15], *theirs[:15]]
    mean, low, high = evaluation.gain(mixed, theirs)
    assert low < mean == 0.25 < high


def test_the_split_is_two_to_one_and_depends_on_the_id_alone():
    names = [Query(f"q-{number}", "…") for number in range(900)]
    held = [each for each in names if each.split == "holdout"]
    assert 240 < len(held) < 360
    assert Query("q-1", "other words").split == names[1].split


@pytest.mark.parametrize(
    ("said", "text", "language"),
    [
        ("nl-BE", "", "nl"),
        ("FR", "wat is dit", "fr"),
        (None, "Wat moet ik doen om een leefloon te krijgen?", "nl"),
        ("en", "Que faire quand le dossier est refusé ?", "fr"),
        (None, "", "fr"),
    ],
)
def test_the_language_is_said_or_guessed(said, text, language):
    assert evaluation.language_of(said, text) == language


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{not json", "line 2"),
        ("[1]", "line 2: a JSON object"),
        ('{"title": "x"}', "line 2: « id »"),
        ('{"id": "b", "title": 3}', "line 2: « title »"),
        ('{"id": "b", "audience": []}', "line 2: .*audience"),
        ('{"id": "b", "updated": "hier"}', "line 2: "),
    ],
)
def test_a_bad_document_is_named_by_its_line(tmp_path, line, complaint):
    path = written(tmp_path / "docs.jsonl", {"id": "a", "title": "x"}, line)
    with pytest.raises(BadFile, match=complaint):
        list(evaluation.documents(path))


@pytest.mark.parametrize(
    "line", ['{"id": "x"}', '{"query": "  "}', '{"query": "x", "relevant": 3.5}', "\x00"]
)
def test_a_bad_query_is_named_by_its_line(tmp_path, line):
    path = written(tmp_path / "queries.jsonl", {"query": "x", "relevant": {"a": 1}}, line)
    with pytest.raises(BadFile, match="line 2"):
        evaluation.queries(path)


def test_files_are_read_generously(tmp_path):
    path = written(
        tmp_path / "docs.jsonl",
        "\ufeff" + json.dumps({"id": 7, "body": "", "kind": "FAQ page", "unknown": [1]}),
        "",
        {"id": "a:b", "title": "Titre", "body": None, "facets": {"theme": ["x"], "colour": ["y"]}},
    )
    (first, empty), (second, titled) = evaluation.documents(path)
    assert (first, empty.title, empty.audience) == ("7", "", frozenset({"public"}))
    assert (second, titled.values("theme")) == ("a:b", ("x",))
    path = written(
        tmp_path / "queries.jsonl",
        {"query": "un", "relevant": ["7"]},
        {"query": "deux", "relevant": {"7": 0}},
    )
    one, two = evaluation.queries(path)
    assert (one.relevant, two.relevant) == ({"7": 1}, {})


@pytest.fixture
def collection(tmp_path):
    """A collection of another house: files of documents and of queries."""
    docs = written(
        tmp_path / "docs.jsonl",
        {"id": "1", "title": "Ancien titre", "body": "perdu"},
        {"id": "1", "title": "Perte de la carte", "body": "Un appel la bloque.", "language": "fr"},
        {"id": "2", "title": "Horaires", "body": "Le guichet ouvre à neuf heures."},
        {"id": "3", "title": "Secret", "body": "Une carte cachée.", "audience": ["group:9"]},
    )  # fmt: skip
    asked = written(
        tmp_path / "queries.jsonl",
        {"query": "j'ai perdu ma carte", "relevant": {"1": 3, "gone": 2}},
        {"query": "heures du guichet", "relevant": {"2": 3}},
        {"query": "orphelin", "relevant": {"gone": 3}},
    )
    return {"documents": docs, "queries": asked}


def test_another_collection_is_judged_without_touching_ours(collection, own_index):
    said = run("search_eval", **collection, baseline=True, concepts="shipped")
    assert "1 documents came twice" in said
    assert "2 relevant ids are no document: left out, with 1 queries" in said
    assert "3 documents" in said
    assert "over the baseline" in said
    assert not own_index.exists()


def test_the_same_figures_as_json(collection):
    found = json.loads(run("search_eval", **collection, json=True, concepts="none"))
    assert found["kinds"]["question"]["mrr"] == 1
    assert found["documents"] == 3


def test_nobody_finds_what_is_not_for_them_in_a_trial(collection):
    with opened("embedded", Thesaurus()) as trial:
        trial.fill(evaluation.documents(collection["documents"]))
        query = Query("q", "carte", viewer=frozenset({"public"}))
        assert trial.answer(query).ids == ("1",)
        inside = Query("q", "carte", viewer=frozenset({"public", "group:9"}))
        assert set(trial.answer(inside).ids) == {"1", "3"}


@pytest.mark.parametrize(
    "options",
    [
        {"documents": "absent.jsonl", "queries": "absent.jsonl"},
        {"queries": "x"},
        {"engine": "sonar"},
        {"worst": 3},
    ],
)
def test_what_cannot_be_judged_is_said(options, tmp_path):
    with pytest.raises(CommandError):
        run("search_eval", concepts="none", **options)


def test_a_query_is_explained(collection):
    said = run("search_explain", "perte carte -guichet", documents=collection["documents"])
    assert "clause « perte »" in said
    assert "without « guichet »" in said
    assert "document:1  « perte », « carte »" in said
    assert "document:3" not in said
