"""Add grades that assessors gave since to the questions of the benchmark.

`python benchmarks/relevance/merge_grades.py grades.jsonl…`: each line is {"query_id": …, "id": document,
"grade": 0 to 3}. A document that a question did not grade gets its grade; one that it did keeps it, or gets
the higher one: nothing is ever lowered or removed. Grades of 0 change nothing and are counted: they were
looked at. Where several lines grade one pair, the middle of them counts (of two, the lower). A question of
the kind « nothing » stays without answers. Prints counts only, so that whoever tunes may run it.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
GRADES = range(4)
NOTHING = "nothing"


class BadGrade(ValueError):
    """A line that is no grade of a known question and document; the message names its place."""


def grades_in(paths: Iterable[Path], queries: set[str], documents: set[str]) -> dict[tuple[str, str], int]:
    """Return (query, document) → grade of all the lines; BadGrade for one that is none."""
    given: dict[tuple[str, str], list[int]] = {}
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if not line.strip():
                continue
            place = f"{path.name}, line {number}"
            try:
                row = json.loads(line)
                query, document, grade = row["query_id"], row["id"], row["grade"]
            except (ValueError, KeyError, TypeError) as error:
                raise BadGrade(f"{place}: {error!r}") from error
            if query not in queries or document not in documents:
                raise BadGrade(f"{place}: unknown question or document")
            if isinstance(grade, bool) or grade not in GRADES:
                raise BadGrade(f"{place}: a grade is 0, 1, 2 or 3")
            given.setdefault((query, document), []).append(grade)
    return {pair: sorted(each)[(len(each) - 1) // 2] for pair, each in given.items()}


def merged(row: dict, grades: dict[tuple[str, str], int], counts: Counter) -> dict:
    """Return a question with its new grades; `counts` says what became of each."""
    relevant = dict(row["relevant"])
    for (query, document), grade in grades.items():
        if query != row["id"]:
            continue
        known = relevant.get(document, 0)
        if grade == 0 or row["kind"] == NOTHING:
            counts["zero" if grade == 0 else "for nothing, left out"] += 1
        elif grade > known:
            relevant[document] = grade
            counts["raised" if known else f"new, grade {grade}"] += 1
        else:
            counts["kept as it was"] += 1
    return row | {"relevant": relevant}


def main(paths: list[Path], folder: Path = HERE) -> Counter:
    """Merge the files into the questions of a folder; return the counts."""
    documents = {
        json.loads(line)["id"] for line in (folder / "documents.jsonl").read_text("utf-8").splitlines()
    }
    files = {
        path: [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        for path in sorted(folder.glob("queries*.jsonl"))
    }
    known = {row["id"] for rows in files.values() for row in rows}
    grades, counts = grades_in(paths, known, documents), Counter()
    for path, rows in files.items():
        lines = [json.dumps(merged(row, grades, counts), ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines) + "\n", "utf-8")
    return counts


if __name__ == "__main__":
    print(dict(main([Path(each) for each in sys.argv[1:]])))
