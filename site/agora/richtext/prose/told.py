"""What changed, in words: for those who see no colour, hear the page, or read only one line of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..numbers import capitalised, in_letters
from .align import Row
from .blocks import BULLET, NUMBER, PARAGRAPH, RULE, SMALL_TITLE, TITLE, Block, Word
from .words import Run, compare_words

ADDED, REMOVED, MOVED, CHANGED = "added", "removed", "moved", "changed"
LINK, FORMAT, LAYOUT, TOO_LONG = "link", "format", "layout", "too-long"
QUOTED = 60  # characters of a text that is named by its first words
MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One row with all that there is to say of it.

    `runs`: its words; `kinds`: what happened, the first being what it is shown as (none when nothing did);
    `notes`: sentences that say what no <ins> or <del> shows: look, links.
    """

    row: Row
    runs: tuple[Run, ...]
    kinds: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that are shown: the new ones, else the old ones."""
        return self.row.new or self.row.old


def place_of(row: Row) -> Place:
    """Return a row with what happened to it."""
    runs = tuple(_runs_of(row))
    if row.is_same or row.left:
        return Place(row, runs, (), ())
    notes = list(_notes(row, runs))
    kinds = [MOVED] if row.moved else []
    if not row.old or not row.new:
        kinds.append(ADDED if row.new else REMOVED)
    elif not all(run.is_same for run in runs):
        kinds.append(CHANGED)
    kinds += [kind for kind, _said in notes]
    return Place(row, runs, tuple(dict.fromkeys(kinds)), tuple(said for _kind, said in notes))


def _runs_of(row: Row) -> list[Run]:
    """Return the runs of a row; paragraphs that were cut or joined keep all their words."""
    old = tuple(word for block in row.old for word in block.words)
    new = tuple(word for block in row.new for word in block.words)
    if not row.old or not row.new:
        return [Run(False, old, new)]
    if [word.text for word in old] == [word.text for word in new]:
        return [Run(True, old, new)]
    return compare_words(old, new)


def kinds_of(places: Sequence[Place]) -> frozenset[str]:
    """Return every kind of change; LAYOUT when two different texts read the same."""
    return frozenset(kind for place in places for kind in place.kinds) or frozenset({LAYOUT})


def sentence_of(places: Sequence[Place]) -> str:
    """Return one sentence that counts the changes."""
    kinds = kinds_of(places)
    if kinds <= {FORMAT, LAYOUT}:
        return _("Mise en forme seulement : aucun mot n’est différent.")
    if kinds <= {FORMAT, LAYOUT, LINK} and FORMAT in kinds:
        return _("Mise en forme et liens seulement : aucun mot n’est différent.")
    if kinds <= {LAYOUT, LINK}:
        return _("Seuls des liens ont changé : aucun mot n’est différent.")
    counts = Counter(place.kinds[0] for place in places if place.kinds)
    look = sum(counts[kind] for kind in (LINK, FORMAT, LAYOUT))
    numbers = [counts[CHANGED], counts[ADDED], counts[REMOVED], counts[MOVED], look]
    sentences = [
        ngettext("%(n)s passage changé", "%(n)s passages changés", counts[CHANGED]),
        ngettext("%(n)s passage ajouté", "%(n)s passages ajoutés", counts[ADDED]),
        ngettext("%(n)s passage retiré", "%(n)s passages retirés", counts[REMOVED]),
        ngettext("%(n)s passage déplacé", "%(n)s passages déplacés", counts[MOVED]),
        ngettext("%(n)s passage mis en forme autrement", "%(n)s passages mis en forme autrement", look),
    ]
    parts = [said % {"n": in_letters(n)} for said, n in zip(sentences, numbers, strict=True) if n]
    return capitalised(", ".join(parts)) + "."


# --- Blocks by name ----------------------------------------------------------------------------


def label(kind: str, blocks: Sequence[Block], way: str = "") -> str:
    """Return « Paragraphe ajouté », « Trois éléments de liste retirés », « Intertitre déplacé… »."""
    names = {_family(block) for block in blocks}
    name = names.pop() if len(names) == 1 else ""
    if len(blocks) > 1:
        said = _many(kind, name, len(blocks))
        return capitalised(said % {"n": in_letters(len(blocks))})
    one = {
        (ADDED, PARAGRAPH): _("Paragraphe ajouté"),
        (ADDED, TITLE): _("Intertitre ajouté"),
        (ADDED, BULLET): _("Élément de liste ajouté"),
        (ADDED, RULE): _("Trait ajouté"),
        (REMOVED, PARAGRAPH): _("Paragraphe retiré"),
        (REMOVED, TITLE): _("Intertitre retiré"),
        (REMOVED, BULLET): _("Élément de liste retiré"),
        (REMOVED, RULE): _("Trait retiré"),
        ("up", PARAGRAPH): _("Paragraphe déplacé vers le haut"),
        ("up", TITLE): _("Intertitre déplacé vers le haut"),
        ("up", BULLET): _("Élément de liste déplacé vers le haut"),
        ("down", PARAGRAPH): _("Paragraphe déplacé vers le bas"),
        ("down", TITLE): _("Intertitre déplacé vers le bas"),
        ("down", BULLET): _("Élément de liste déplacé vers le bas"),
    }
    return one[way or kind, name]


def _many(kind: str, name: str, count: int) -> str:
    plurals = {
        (ADDED, PARAGRAPH): ngettext("%(n)s paragraphe ajouté", "%(n)s paragraphes ajoutés", count),
        (ADDED, BULLET): ngettext("%(n)s élément de liste ajouté", "%(n)s éléments de liste ajoutés", count),
        (ADDED, ""): ngettext("%(n)s passage ajouté", "%(n)s passages ajoutés", count),
        (REMOVED, PARAGRAPH): ngettext("%(n)s paragraphe retiré", "%(n)s paragraphes retirés", count),
        (REMOVED, BULLET): ngettext(
            "%(n)s élément de liste retiré", "%(n)s éléments de liste retirés", count
        ),
        (REMOVED, ""): ngettext("%(n)s passage retiré", "%(n)s passages retirés", count),
        ("", PARAGRAPH): ngettext("%(n)s paragraphe inchangé", "%(n)s paragraphes inchangés", count),
        ("", BULLET): ngettext("%(n)s élément de liste inchangé", "%(n)s éléments de liste inchangés", count),
        ("", ""): ngettext("%(n)s passage inchangé", "%(n)s passages inchangés", count),
    }
    return plurals.get((kind, name)) or plurals[kind, ""]


def unchanged(blocks: Sequence[Block]) -> str:
    """Return « Trois paragraphes inchangés »."""
    names = {_family(block) for block in blocks}
    said = _many("", names.pop() if len(names) == 1 else "", len(blocks))
    return capitalised(said % {"n": in_letters(len(blocks))})


def was_here(block: Block, way: str) -> str:
    """Return what stands where a moved block was."""
    said = (
        _("Ici se trouvait « %(words)s », déplacé plus haut.")
        if way == "up"
        else _("Ici se trouvait « %(words)s », déplacé plus bas.")
    )
    return said % {"words": quoted(block.words)}


def _family(block: Block) -> str:
    return {SMALL_TITLE: TITLE, NUMBER: BULLET}.get(block.shape, block.shape)


def quoted(words: Sequence[Word]) -> str:
    """Return words on one line, cut after sixty characters."""
    text = ""
    for word in words:
        text += (" " if word.before and text else "") + word.text
        if len(text) > QUOTED:
            return text[:QUOTED].rstrip() + "…"
    return text


# --- What changed in the look ------------------------------------------------------------------


def _notes(row: Row, runs: Sequence[Run]) -> Iterator[tuple[str, str]]:
    if row.old and row.new:
        yield from ((FORMAT, said) for said in _about_blocks(row))
        yield from ((FORMAT, said) for said in _about_marks(runs))
    yield from ((LINK, said) for said in _about_links(runs))
    if row.old and row.new and _only_spaces(row, runs):
        yield LAYOUT, _("Les espaces ou les retours à la ligne ont changé.")


def _about_blocks(row: Row) -> Iterator[str]:
    old, new = row.old[0], row.new[0]
    if len(row.new) > len(row.old):
        yield _("Coupé en %(n)s.") % {"n": in_letters(len(row.new))}
    elif len(row.old) > len(row.new):
        yield _("C’étaient %(n)s passages, réunis en un seul.") % {"n": in_letters(len(row.old))}
    shapes = {
        PARAGRAPH: _("un paragraphe"),
        TITLE: _("un intertitre"),
        SMALL_TITLE: _("un petit intertitre"),
        BULLET: _("un élément de liste à puces"),
        NUMBER: _("un élément de liste numérotée"),
    }
    if old.shape != new.shape:
        yield _("C’était %(old)s, c’est maintenant %(new)s.") % {
            "old": shapes[old.shape],
            "new": shapes[new.shape],
        }
    elif old.depth != new.depth:
        yield _("A changé de niveau dans la liste.")
    if old.is_quoted != new.is_quoted:
        yield _("Mis en citation.") if new.is_quoted else _("N’est plus en citation.")


def _about_marks(runs: Sequence[Run]) -> Iterator[str]:
    said = {
        ("strong", True): _("Mis en gras : %(words)s."),
        ("strong", False): _("N’est plus en gras : %(words)s."),
        ("em", True): _("Mis en italique : %(words)s."),
        ("em", False): _("N’est plus en italique : %(words)s."),
    }
    for (mark, is_on), sentence in said.items():
        found = [
            _in_quotes(run)
            for run in _stretches(
                runs, lambda a, b, m=mark, on=is_on: ((m in b.marks) - (m in a.marks)) == (on or -1)
            )
        ]
        if found:
            more = [_("et ailleurs")] if len(found) > MOST_QUOTES else []
            yield sentence % {"words": ", ".join(found[:MOST_QUOTES] + more)}


def _stretches(runs: Sequence[Run], has) -> Iterator[list[Word]]:
    """Yield the stretches of words that stayed and of which `has(old word, new word)` holds."""
    for run in runs:
        if run.is_same:
            pairs = zip(run.old, run.new, strict=True)
            for holds, stretch in groupby(pairs, key=lambda pair: has(*pair)):
                if holds:
                    yield [new for _old, new in stretch]


def _in_quotes(words: Sequence[Word]) -> str:
    return _("« %(words)s »") % {"words": quoted(words)}


def _about_links(runs: Sequence[Run]) -> Iterator[str]:
    """Say where each link that is new, gone or changed leads: nothing else shows it."""
    for run in runs:
        if run.is_same:
            pairs = zip(run.old, run.new, strict=True)
            for (old, new), stretch in groupby(pairs, key=lambda pair: (pair[0].link, pair[1].link)):
                if old != new:
                    yield _link_said([pair[1] for pair in stretch], old, new)
            continue
        for link, stretch in groupby(run.old, key=lambda word: word.link):
            words = list(stretch)
            if link and not _is_shown(words, link):
                yield _link_said(words, link, "")
        for link, stretch in groupby(run.new, key=lambda word: word.link):
            words = list(stretch)
            if link and not _is_shown(words, link):
                yield _link_said(words, "", link)


def _is_shown(words: Sequence[Word], link: str) -> bool:
    return "".join(word.text for word in words) == link


def _link_said(words: Sequence[Word], old: str, new: str) -> str:
    names = {"words": quoted(words), "old": old, "new": new}
    if old and new:
        return _("Le lien « %(words)s » menait à %(old)s ; il mène maintenant à %(new)s") % names
    if new:
        return _("Lien ajouté : « %(words)s » mène à %(new)s") % names
    return _("Lien retiré : « %(words)s » menait à %(old)s") % names


def _only_spaces(row: Row, runs: Sequence[Run]) -> bool:
    """Whether spaces or line ends differ inside what stayed; those at the edge of a change went with it."""
    if len(row.old) != len(row.new):
        return False
    stayed = [zip(run.old[1:], run.new[1:], strict=True) for run in runs if run.is_same]
    return any(old.before != new.before for pairs in stayed for old, new in pairs)
