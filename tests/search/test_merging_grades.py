"""benchmarks/relevance/merge_grades.py: new grades are added, none is lowered."""

import importlib.util
import json

import pytest

from tests.house.sources import ROOT

PLACE = ROOT / "benchmarks" / "relevance" / "merge_grades.py"


@pytest.fixture
def merging():
    spec = importlib.util.spec_from_file_location("merge_grades", PLACE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    def write(name: str, *rows: dict) -> None:
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")

    write("documents.jsonl", *({"id": each} for each in "abcd"))
    write(
        "queries.jsonl",
        {"id": "q1", "kind": "question", "query": "x", "relevant": {"a": 3, "b": 1}},
        {"id": "q2", "kind": "nothing", "query": "y", "relevant": {}},
    )
    return tmp_path


@pytest.fixture
def merge(merging, tmp_path, folder):
    def run(*rows) -> tuple[dict, list[dict]]:
        path = tmp_path / "grades.txt"
        lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
        path.write_text("\n".join(lines), "utf-8")
        counts = merging.main([path], tmp_path)
        return dict(counts), [
            json.loads(line) for line in (tmp_path / "queries.jsonl").read_text("utf-8").splitlines()
        ]

    return run


def grade(document: str, value: object, query: str = "q1") -> dict:
    return {"query_id": query, "id": document, "grade": value}


def test_new_grades_are_added_and_none_is_lowered(merge):
    counts, (first, second) = merge(grade("a", 1), grade("b", 2), grade("c", 2), grade("d", 0))
    assert first["relevant"] == {"a": 3, "b": 2, "c": 2}
    assert second["relevant"] == {}
    assert counts == {"kept as it was": 1, "raised": 1, "new, grade 2": 1, "zero": 1}


def test_of_several_grades_the_middle_counts(merge):
    _counts, (first, _second) = merge(
        grade("c", 3), grade("c", 1), grade("c", 2), grade("d", 2), grade("d", 0)
    )
    assert first["relevant"] == {"a": 3, "b": 1, "c": 2}


def test_a_question_without_answers_stays_so(merge):
    counts, (_first, second) = merge(grade("a", 2, "q2"))
    assert (second["relevant"], counts) == ({}, {"for nothing, left out": 1})


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        '"q1"',
        {"id": "a", "grade": 1},
        grade("z", 1),
        grade("a", 1, "q9"),
        grade("a", 4),
        grade("a", True),
    ],
)
def test_a_line_that_is_no_grade_changes_nothing(merge, merging, tmp_path, row):
    before = (tmp_path / "queries.jsonl").read_text("utf-8")
    with pytest.raises(merging.BadGrade, match=r"grades\.txt, line 2"):
        merge(grade("c", 1), row)
    assert (tmp_path / "queries.jsonl").read_text("utf-8") == before
