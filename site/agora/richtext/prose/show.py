"""The comparison as HTML: both texts in one, read from top to bottom like the text itself.

Everything has a shape and a word beside its colour: what was added is underlined, what was removed struck
through; whole paragraphs say in words what happened to them; changed words carry hidden words for those who
hear the page (« remplacé : … par : … »). What stayed, beyond one paragraph around each change, is folded.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .blocks import BULLET, NUMBER, RULE, SMALL_TITLE, TITLE, Block, Word
from .told import ADDED, LAYOUT, MOVED, REMOVED, Place, kinds_of, label, unchanged, was_here
from .words import Run

FEWEST_FOLDED = 2  # blocks: to fold one saves nothing
_LEFT = '<span class="change-label left-behind">{}</span>'
_FOLDED = '<details class="unchanged"><summary>{}</summary>{}</details>'
_GROUP = '<div class="change-group" role="group" aria-label="{}"><p class="change-label">{}</p>{}</div>'
DEEPEST = 4  # levels of lists that are drawn


def html_of(places: Sequence[Place], language: str = "") -> SafeString:
    """Return the HTML of a comparison; `language` marks the texts when it is not the page's."""
    if kinds_of(places) == {LAYOUT} and not any(place.notes for place in places):
        said = _("Seule la façon de taper a changé : la lecture est la même.")
        return format_html('<p class="change-note">{}</p>', said)
    lang = format_html(' lang="{}"', language) if language else ""
    pieces = []
    for kind, group in _groups(places):
        inner = _in_lists([_body(place, lang, is_alone=len(group) == 1) for place in group])
        if kind == "folded":
            inner = format_html(_FOLDED, unchanged([place.blocks[0] for place in group]), mark_safe(inner))
        elif kind in (ADDED, REMOVED) and len(group) > 1:
            said = label(kind, [place.blocks[0] for place in group])
            inner = format_html(_GROUP, said, said, mark_safe(inner))
        pieces.append(inner)
    return mark_safe("\n".join(pieces))  # noqa: S308 (every word was escaped)


def _groups(places: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
    """Part the places into what is shown together: folded, added or removed in a row, or as they come."""
    is_context = _near_a_change(places)

    def kind(rank: int) -> str:
        place = places[rank]
        if not place.kinds and not place.row.left:
            return "" if is_context[rank] else "folded"
        return place.kinds[0] if place.kinds and place.kinds[0] in (ADDED, REMOVED) else ""

    for name, ranks in groupby(range(len(places)), key=kind):
        yield name, [places[rank] for rank in ranks]


def _near_a_change(places: Sequence[Place]) -> list[bool]:
    """Say of each place whether it stays open: it changed, stands beside what did, or would fold alone."""
    changed = [bool(place.kinds or place.row.left) for place in places]
    last = len(places) - 1
    near = [any(changed[max(rank - 1, 0) : rank + 2]) for rank in range(last + 1)]
    for is_near, ranks in groupby(range(last + 1), key=lambda rank: near[rank]):
        alone = list(ranks)
        if not is_near and len(alone) < FEWEST_FOLDED:
            near[alone[0]] = True
    return near


# --- One place ---------------------------------------------------------------------------------


def _body(place: Place, lang: str, *, is_alone: bool) -> list[tuple[Block, str]]:
    """Return the blocks of a place with the inside of each; labels come first, notes last."""
    if place.row.left:
        said = was_here(place.row.old[0], place.row.left)
        return [(place.row.old[0], format_html(_LEFT, said))]
    head = (
        format_html('<span class="change-label">{}.</span> ', said)
        if (said := _said(place, is_alone))
        else ""
    )
    notes = "".join(format_html(' <span class="change-note">{}</span>', note) for note in place.notes)
    if len(place.blocks) > 1 or len(place.row.old) > 1:
        texts = [_words(block.words) for block in place.blocks]  # cut or joined: no word changed
    else:
        texts = [_runs(place)]
    bodies = [f"<span{lang}>{text}</span>" if lang else text for text in texts]
    bodies[0] = head + bodies[0]
    bodies[-1] += notes
    return list(zip(place.blocks, bodies, strict=True))


def _said(place: Place, is_alone: bool) -> str:
    kind = place.kinds[0] if place.kinds else ""
    if kind == MOVED or (kind in (ADDED, REMOVED) and is_alone):
        return label(kind, place.blocks[:1], place.row.moved)
    if place.kinds and not {kind} - {"format", LAYOUT} and all(run.is_same for run in place.runs):
        return _("Mise en forme seulement")
    return ""


def _runs(place: Place) -> str:
    if place.blocks[0].shape == RULE:
        return ""
    if not place.row.new:
        return f"<del>{_words(place.row.old[0].words)}</del>"
    if not place.row.old:
        return f"<ins>{_words(place.row.new[0].words)}</ins>"
    last = len(place.runs) - 1
    html = []
    for rank, run in enumerate(place.runs):
        if rank:
            html.append(_gap(run.new or run.old))
        html.append(_words(run.new) if run.is_same else _changed(run, is_last=rank == last))
    return "".join(html)


def _changed(run: Run, *, is_last: bool) -> str:
    old, new = f"<del>{_words(run.old)}</del>", f"<ins>{_words(run.new)}</ins>"
    if run.old and run.new:
        html = _heard(_("remplacé :")) + old + " " + _heard(_("par :")) + new
    elif run.new:
        html = _heard(_("ajouté :")) + new
    else:
        html = _heard(_("retiré :")) + old
    return html if is_last else html + _heard(_("fin"), before=" ")


def _heard(said: str, before: str = "") -> str:
    """Return words for those who hear the page."""
    return format_html('<span class="vh">{}{} </span>', before, said)


def _gap(words: Sequence[Word]) -> str:
    return escape(words[0].before).replace("\n", "<br>") if words else ""


def _words(words: Sequence[Word]) -> str:
    """Return words with their bold and emphasis, without what parts them from the word before."""
    html: list[str] = []
    for marks, stretch in groupby(words, key=lambda word: word.marks):
        found = list(stretch)
        if html:
            html.append(_gap(found))
        text = found[0].text + "".join(word.before + word.text for word in found[1:])
        text = escape(text).replace("\n", "<br>")
        for mark in sorted(marks):
            text = f"<{mark}>{text}</{mark}>"
        html.append(text)
    return "".join(html)


# --- Blocks of HTML ----------------------------------------------------------------------------


def _in_lists(bodies: Sequence[Sequence[tuple[Block, str]]]) -> str:
    """Return the blocks as HTML, items that follow each other in one list."""
    blocks = [each for body in bodies for each in body]
    html = []
    for shape, group in groupby(blocks, key=lambda each: each[0].shape if each[0].is_item else ""):
        inner = "".join(_block(block, body) for block, body in group)
        html.append({BULLET: f"<ul>{inner}</ul>", NUMBER: f"<ol>{inner}</ol>"}.get(shape, inner))
    return "".join(html)


def _block(block: Block, body: str) -> str:
    if block.shape == RULE and "<span" not in body:
        return "<hr>"
    names = []
    if block.depth > 1:
        names.append(f"deep-{min(block.depth, DEEPEST)}")
    if block.shape in (TITLE, SMALL_TITLE):
        names.append("change-title")
    if block.is_quoted:
        names.append("change-quote")
    attributes = f' class="{" ".join(names)}"' if names else ""
    if block.shape == NUMBER:
        return f'<li value="{block.number}"{attributes}>{body}</li>'
    return f"<li{attributes}>{body}</li>" if block.shape == BULLET else f"<p{attributes}>{body}</p>"
