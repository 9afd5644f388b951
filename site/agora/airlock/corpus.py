"""The labelled corpus: snippets with what must be found in them, and how well the gate does.

A name of its own: it only measures (`manage.py airlock_report`, and a test that holds the hard figures).
Snippets mark what is to be found as [[kind|piece]]. No number in them is real: « {NN:1:dots} » stands for
a national number that is made when the corpus is read, check digits and all, and written in the style
named.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from .findings import HARD, Kind
from .inspection import inspect

FILE = Path(__file__).resolve().parents[3] / "benchmarks" / "airlock" / "corpus.jsonl"
_LABEL = re.compile(r"\[\[(\w+)\|(.*?)\]\]")
_NUMBER = re.compile(r"\{(NN|BIS|IBAN|CARD):(\d+):(\w+)\}")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One text, and the places that must be found in it."""

    number: int
    language: str
    text: str
    labels: tuple[tuple[int, int, Kind], ...]

    @property
    def is_held_out(self) -> bool:
        """One snippet in three, told by its hash: rules are changed for what the others show."""
        return int(sha256(str(self.number).encode()).hexdigest(), 16) % 3 == 0


@dataclass(slots=True)
class Score:
    """How often a kind was found, missed, and seen where it is not."""

    found: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def recall(self) -> float:
        """Share of what is there that was found."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def precision(self) -> float:
        """Share of what was said that is there."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0


@dataclass(slots=True)
class Scores:
    """The scores of each kind, of all hard and all soft ones, and what went wrong, to be read."""

    kinds: dict[Kind, Score] = field(default_factory=dict)
    hard: Score = field(default_factory=Score)
    soft: Score = field(default_factory=Score)
    faults: list[str] = field(default_factory=list)


def read(path: Path = FILE) -> Iterator[Snippet]:
    """Read the snippets, with their numbers made."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        marked = _NUMBER.sub(lambda m: styled(made(m[1], int(m[2])), m[1], m[3]), row["text"])
        text, labels, done = "", [], 0
        for label in _LABEL.finditer(marked):
            text += marked[done : label.start()]
            labels.append((len(text), len(text) + len(label[2]), Kind(label[1])))
            text += label[2]
            done = label.end()
        yield Snippet(row["id"], row["language"], text + marked[done:], tuple(labels))


def made(what: str, number: int) -> str:
    """Make a number that has the form and the check digits of a real one; the same for the same number."""
    if what == "IBAN":
        account = 9_990_000_000 + number * 7_919
        domestic = f"{account:010d}{account % 97 or 97:02d}"
        return f"BE{98 - int(domestic + '111400') % 97:02d}{domestic}"
    if what == "CARD":
        head = 5_900_000_000 + number * 104_729
        return f"{head}{head % 97 or 97:02d}"
    century = number % 4 == 0  # some children, born after 2000
    year, month, day = (number * 7) % 20 if century else 50 + number % 45, number % 12 + 1, number % 28 + 1
    month += 0 if what == "NN" else (20, 40)[number % 2]
    head = f"{year:02d}{month:02d}{day:02d}{980 + number % 18:03d}"
    check = 97 - int(("2" if century else "") + head) % 97
    return f"{head}{check:02d}"


def styled(digits: str, what: str, style: str) -> str:
    """Write a number as people do."""
    if what == "IBAN":
        fours = [digits[start : start + 4] for start in range(0, len(digits), 4)]
        return {"fours": " ".join(fours), "dots": ".".join(fours)}.get(style, digits)
    if what == "CARD":
        return f"{digits[:3]}-{digits[3:10]}-{digits[10:]}"
    parts = (digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])
    dotted = "{}.{}.{}-{}.{}".format(*parts)
    return {
        "dots": dotted,
        "spaces": " ".join(parts),
        "dash": f"{digits[:6]}-{digits[6:9]}-{digits[9:]}",
        "slash": "{}/{}/{}-{}/{}".format(*parts),
        "lookalike": dotted.replace("0", "O", 2),
        "zerowidth": f"{digits[:4]}\u200b{digits[4:8]}\u200b{digits[8:]}",
        "fullwidth": "".join(chr(ord(digit) + 0xFEE0) for digit in digits),
        "nbsp": "\u00a0".join(parts),
    }.get(style, digits)


def measure(snippets: list[Snippet]) -> Scores:
    """Compare what the gate finds with the labels.

    Two places agree when they overlap and are both hard, or of the same soft kind: a telephone taken for a
    file number blocks all the same, and is counted for the kind of the label.
    """
    scores = Scores({kind: Score() for kind in Kind})
    for snippet in snippets:
        found = list(inspect(snippet.text, snippet.language).findings)
        for start, end, kind in snippet.labels:
            hits = [
                each
                for each in found
                if each.start < end and start < each.end and (each.kind == kind or {each.kind, kind} <= HARD)
            ]
            whole = scores.hard if kind in HARD else scores.soft
            for score in (scores.kinds[kind], whole):
                score.found += bool(hits)
                score.missed += not hits
            if not hits:
                scores.faults.append(f"{snippet.number} missed {kind}: {snippet.text[start:end]}")
            found = [each for each in found if each not in hits]
        for each in found:
            for score in (scores.kinds[each.kind], scores.hard if each.is_hard else scores.soft):
                score.wrong += 1
            scores.faults.append(f"{snippet.number} wrong {each.kind}: {each.text}")
    return scores


def sizes(snippets: list[Snippet]) -> Counter:
    """Count the snippets by language."""
    return Counter(snippet.language for snippet in snippets)
