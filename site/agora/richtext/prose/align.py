"""Which paragraph of a text became which of another: kept, reworded, moved, cut in two, added, removed.

The longest common subsequence is rapidfuzz's, whose cost is bounded by the product of both lengths over 64:
nothing that is typed can make it slow (difflib takes minutes on texts that repeat themselves).
"""

from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel, LCSseq

from .blocks import RULE, Block

ALIKE = 0.45  # share of common words from which two neighbouring paragraphs are one, reworded
ALIKE_ALONE = 0.3  # the same when nothing else stands at that place
ALIKE_FAR = 0.7  # the same when one has to be moved to become the other
MOST_PAIRS = (
    10_000  # compared by likeness, each at a cost; beyond, paragraphs are removed and added, not reworded
)
MOST_PARTS = 6  # into which one paragraph is seen to be cut
FEWEST_WORDS_FAR = 5  # shorter paragraphs look alike by chance


@dataclass(frozen=True, slots=True)
class Row:
    """One place of the comparison, in reading order.

    `old`, `new`: the blocks before and after; one side is empty for what was added or removed, and one
    holds several for a paragraph that was cut, or several that were joined. A moved block stands twice:
    where it is now with both sides (`moved` "up" or "down"), and where it was (`left` and the same word).
    """

    old: tuple[Block, ...] = ()
    new: tuple[Block, ...] = ()
    moved: str = ""
    left: str = ""

    @property
    def is_same(self) -> bool:
        """Whether a reader sees no difference."""
        return self.old == self.new and not self.moved and not self.left


@dataclass(frozen=True, slots=True)
class _Step:
    """The old blocks [i1, i2) became the new blocks [j1, j2)."""

    i1: int
    i2: int
    j1: int
    j2: int


def as_symbols(*sequences: Iterable[Hashable]) -> list[str]:
    """Return each sequence as a string in which equal things are the same character."""
    known: dict[Hashable, str] = {}
    return ["".join([known.setdefault(thing, chr(len(known))) for thing in things]) for things in sequences]


def common_runs(old: str, new: str) -> list[tuple[bool, int, int, int, int]]:
    """Return runs (whether equal, start and end in old, start and end in new) that cover both strings."""
    runs: list[tuple[bool, int, int, int, int]] = []
    for kind, i1, i2, j1, j2 in LCSseq.opcodes(old, new).as_list():
        equal = kind == "equal"
        if runs and runs[-1][0] == equal:
            runs[-1] = (equal, runs[-1][1], i2, runs[-1][3], j2)
        else:
            runs.append((equal, i1, i2, j1, j2))
    return runs


def align(old: Sequence[Block], new: Sequence[Block]) -> list[Row]:
    """Return the rows that lead from one text to the other."""
    return _Alignment(old, new).rows()


class _Alignment:
    """What was found so far; each kind of pair is looked for among what the surer ones left."""

    def __init__(self, old: Sequence[Block], new: Sequence[Block]) -> None:
        self.old, self.new = old, new
        words = as_symbols(*([word.text for word in block.words] for block in (*old, *new)))
        self.old_words, self.new_words = words[: len(old)], words[len(old) :]
        self.runs = common_runs(*as_symbols([block.key for block in old], [block.key for block in new]))
        gaps = [run[1:] for run in self.runs if not run[0]]
        self.lone_old = {i for i1, i2, _, _ in gaps for i in range(i1, i2)}
        self.lone_new = {j for _, _, j1, j2 in gaps for j in range(j1, j2)}
        self.moves: dict[int, int] = {}  # of new to old
        self.came: set[int] = set()  # the old ones that moved
        self.pairs_left = MOST_PAIRS
        self._move_the_same()
        self.steps = {gap: self._pair(*gap) for gap in gaps}
        self._move_the_alike()

    # --- Finding pairs

    def _move(self, i: int, j: int) -> None:
        self.moves[j] = i
        self.came.add(i)
        self.lone_old.discard(i)
        self.lone_new.discard(j)

    def _move_the_same(self) -> None:
        """Pair blocks that say the same at two places; short ones only where no other says it."""
        seen = Counter(block.key for block in self.old), Counter(block.key for block in self.new)
        waiting: dict[str, deque[int]] = {}
        for i in sorted(self.lone_old):
            waiting.setdefault(self.old[i].key, deque()).append(i)
        for j in sorted(self.lone_new):
            block = self.new[j]
            is_sure = len(block.words) >= FEWEST_WORDS_FAR or seen[0][block.key] == seen[1][block.key] == 1
            if block.words and is_sure and (found := waiting.get(block.key)):
                self._move(found.popleft(), j)

    def _pair(self, i1: int, i2: int, j1: int, j2: int) -> list[_Step]:
        """Pair what stands at one place, in order, so that the most words are kept."""
        old = [i for i in range(i1, i2) if i in self.lone_old]
        new = [j for j in range(j1, j2) if j in self.lone_new]
        if not old or not new or len(old) * len(new) > self.pairs_left:
            return []
        self.pairs_left -= len(old) * len(new)
        floor = ALIKE_ALONE if len(old) == len(new) == 1 else ALIKE
        best = [[(0.0, 0, 0)] * (len(new) + 1) for _ in range(len(old) + 1)]  # kept words, steps in either
        for a in reversed(range(len(old))):
            for b in reversed(range(len(new))):
                choices = [(best[a + 1][b][0], 1, 0), (best[a][b + 1][0], 0, 1)]
                for worth, across, down in self._ways(old, new, a, b, floor):
                    choices.append((worth + best[a + across][b + down][0], across, down))
                best[a][b] = max(choices, key=lambda choice: (choice[0], choice[1] + choice[2]))
        steps, a, b = [], 0, 0
        while a < len(old) and b < len(new):
            _, across, down = best[a][b]
            if across and down:
                steps.append(_Step(old[a], old[a + across - 1] + 1, new[b], new[b + down - 1] + 1))
                self.lone_old.difference_update(old[a : a + across])
                self.lone_new.difference_update(new[b : b + down])
            a, b = a + across, b + down
        return steps

    def _ways(self, old: list[int], new: list[int], a: int, b: int, floor: float) -> Iterator[tuple]:
        """Yield how blocks may pair from here: (kept words, how many old ones, how many new ones)."""
        one, other = self.old_words[old[a]], self.new_words[new[b]]
        likeness = Indel.normalized_similarity(one, other, score_cutoff=floor)
        if likeness and RULE not in (self.old[old[a]].shape, self.new[new[b]].shape):
            yield likeness * (len(one) + len(other)) / 2, 1, 1
        if parts := _parts(one, self.new_words, new, b):
            yield len(one), 1, parts
        if parts := _parts(other, self.old_words, old, a):
            yield len(other), parts, 1

    def _move_the_alike(self) -> None:
        """Pair what was moved and reworded, the most alike first."""
        old = sorted(i for i in self.lone_old if len(self.old_words[i]) >= FEWEST_WORDS_FAR)
        new = sorted(j for j in self.lone_new if len(self.new_words[j]) >= FEWEST_WORDS_FAR)
        if len(old) * len(new) > MOST_PAIRS:
            return
        found = []
        for i in old:
            for j in new:
                likeness = Indel.normalized_similarity(
                    self.old_words[i], self.new_words[j], score_cutoff=ALIKE_FAR
                )
                if likeness:
                    found.append((-likeness, i, j))
        for _, i, j in sorted(found):
            if i in self.lone_old and j in self.lone_new:
                self._move(i, j)

    # --- Laying them out

    def rows(self) -> list[Row]:
        """Return the rows in reading order, each removed block where it was."""
        rows: list[Row] = []
        left_at: dict[int, int] = {}
        moved_at: dict[int, int] = {}
        for equal, i1, i2, j1, j2 in self.runs:
            if equal:
                rows += [Row((a,), (b,)) for a, b in zip(self.old[i1:i2], self.new[j1:j2], strict=True)]
                continue
            i, j = i1, j1
            for step in [*self.steps[i1, i2, j1, j2], _Step(i2, i2, j2, j2)]:
                for gone in range(i, step.i1):
                    if gone in self.came:
                        left_at[gone] = len(rows)
                    rows.append(Row((self.old[gone],), ()))
                for come in range(j, step.j1):
                    origin = self.moves.get(come)
                    if origin is not None:
                        moved_at[origin] = len(rows)
                    rows.append(Row(() if origin is None else (self.old[origin],), (self.new[come],)))
                if step.i1 < step.i2:
                    rows.append(Row(tuple(self.old[step.i1 : step.i2]), tuple(self.new[step.j1 : step.j2])))
                i, j = step.i2, step.j2
        for i, place in left_at.items():
            way = "down" if place < moved_at[i] else "up"
            rows[place] = replace(rows[place], left=way)
            rows[moved_at[i]] = replace(rows[moved_at[i]], moved=way)
        return rows


def _parts(whole: str, words: Sequence[str], indexes: list[int], start: int) -> int:
    """Return how many blocks in a row, from `start`, make up one whole; 0 when they do not."""
    done, count = 0, 0
    for index in indexes[start : start + MOST_PARTS]:
        if index != indexes[start] + count or not words[index] or not whole.startswith(words[index], done):
            return 0
        done, count = done + len(words[index]), count + 1
        if done == len(whole):
            return count if count > 1 else 0
    return 0
