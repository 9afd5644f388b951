"""What a sheet says on paper: plain data, ready to be laid out by sheet.typ.

A name of its own beside views.py: this is the only place that decides what leaves the platform on paper. It
starts from what the page shows to the same reader (practices.sheet), so that no rule is written twice.
"""

from datetime import date

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _

from agora.vocabulary import lists
from agora.vocabulary.templatetags.agora_map import SILENT, STATES

from .. import facets
from ..addresses import sheet_url
from ..adoption.family import ties_of
from ..history import contributors_of
from ..life import Step
from ..models import PracticePage
from ..sheet.face import Sheet, Trier, read
from ..sheet.texts import Part
from ..wording import day, interface_language
from .pieces import line, pieces_of, words

LONG = 30_000  # characters: beyond, lines are broken the quick way, one after the other
NARROW = 80  # characters: a fact that says more takes more room
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands"}


def said(practice: PracticePage, *, member: bool, today: date) -> dict:
    """Return all that the paper says of a sheet, to members or to visitors, as JSON values.

    `today`: the day of the print. Visitors get no name of a person.
    """
    sheet = read(practice, facets.picture(), member=member, today=today)
    address = f"{settings.SITE_URL}{sheet_url(practice.slug, interface_language())}"
    before, after = ([_part(part) for part in parts] for parts in (sheet.before, sheet.after))
    long = sum(_length(part["text"]) for part in [*before, *after]) > LONG
    return {
        "breaks": "simple" if long else "optimized",
        "title": line(practice.title) or _("Sans titre"),
        "author": "Agora CPAS·OCMW",
        "summary": line(practice.summary),
        "lead": words(practice.summary),
        "language": interface_language(),
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "kind": line(sheet.kind_line),
        "house": ["Agora", "CPAS·OCMW"],
        "mark": [[cpas.column, cpas.row] for cpas in lists.cpas_list()],
        "audience": _audience(practice),
        "address": address,
        "short": sheet.is_tip,
        "life": [_step(step) for step in sheet.life],
        "overdue": sheet.overdue,
        "overdue-more": _(
            "Ce qu’elle raconte est peut-être encore juste : vérifiez-le avant de vous appuyer dessus."
        ),
        "before": before,
        "after": after,
        "triers": _triers(sheet.triers),
        "map": _map(sheet),
        "facts": {"title": _("À propos de cette fiche")} | _facts(sheet, member=member),
        "printed": _("imprimé le %(day)s") % {"day": day(today)},
        "page": _("page %(number)s sur %(total)s") % {"number": "#", "total": "%"},
    }


def _audience(practice: PracticePage) -> str:
    if practice.is_showcase:
        return _("Lisible par tous, même sans compte.")
    return _("Lisible par les membres des 19 CPAS.")


def _step(step: Step) -> dict:
    state = "struck" if step.is_end else "full" if step.is_reached else "empty"
    now = _("étape actuelle") if step.is_current else ""
    return {"label": str(step.label), "said": line(step.said), "state": state, "reached": now and f"({now})"}


def _part(part: Part) -> dict:
    return {"title": str(part.title), "text": pieces_of(str(part.html), settings.SITE_URL)}


def _triers(triers: list[Trier]) -> dict:
    rows = [
        {
            "cpas": trier.cpas,
            "state": trier.state,
            "label": str(trier.label),
            "said": words(f"{trier.when} {trier.note}".strip()),
        }
        for trier in triers
    ]
    heads = [_("CPAS"), _("Ce qu’ils en ont fait")]
    return {"title": _("Qui l’essaie"), "heads": heads, "rows": rows}


def _map(sheet: Sheet) -> dict:
    """Return the map of the 19, the sentence that says the same, and its legend with counts."""
    known = {ins: state for ins, state in sheet.states.items() if state in STATES}
    places = lists.cpas_by_ins()
    legend, sentences = [], []
    for state, (_symbol, word) in STATES.items():
        names = [cpas.name for cpas in lists.cpas_list() if known.get(cpas.ins_code) == state]
        if names:
            legend.append((state, word, len(names)))
            sentences.append(_("%(state)s : %(names)s.") % {"state": word, "names": ", ".join(names)})
    legend.append(("silent", SILENT[1], len(places) - len(known)))
    return {
        "tiles": [
            {"column": c.column, "row": c.row, "code": c.code, "state": known.get(ins, "silent")}
            for ins, c in places.items()
        ],
        "count": str(len(known)),
        "of": _("sur %d") % len(places),
        "alt": " ".join([_("Où en sont les 19 CPAS avec cette pratique"), *sentences]),
        "legend": [
            {"state": state, "said": _("%(state)s : %(count)d") % {"state": word, "count": count}}
            for state, word, count in legend
        ],
    }


def _facts(sheet: Sheet, *, member: bool) -> dict[str, list[dict]]:
    """Return the facts that stand in three columns, and those that need more room."""
    rows = [(str(fact.term), pieces_of(str(fact.html), settings.SITE_URL)) for fact in sheet.facts]
    wide = [row for row in rows if _length(row[1]) > NARROW]
    narrow = [row for row in rows if row not in wide]
    narrow.append((_("Langue"), words(LANGUAGE_NAMES[interface_language()])))
    wide.append((_("Adaptée de"), _origin(sheet.practice, member=member)))
    wide.append((_("Qui l’a écrite"), words(_credits(sheet.practice) if member else "")))
    return {
        "narrow": [{"term": term, "text": text} for term, text in narrow],
        "wide": [{"term": term, "text": text} for term, text in wide if text],
    }


def _origin(practice: PracticePage, *, member: bool) -> list:
    """Name the sheet that this one adapts, when its reader may read it: there stands where it comes from.

    What people of a room found is told of the sheet written from it, not of those that adapt it.
    """
    tie = ties_of(practice, member=member).origin
    if tie is None:
        return []
    place = f" ({tie.sheet.cpas})" if tie.sheet.cpas else ""
    return pieces_of(
        format_html('<a href="{}">{}</a>{}', tie.sheet.url, tie.sheet.title, place), settings.SITE_URL
    )


def _length(pieces: list) -> int:
    return sum(len(piece) if isinstance(piece, str) else _length(piece[1]) for piece in pieces)


def _credits(practice: PracticePage) -> str:
    """Name everybody who wrote a version, the first author first; who left is nobody's name."""
    wrote = contributors_of(practice)
    return wrote.said(None) if wrote else ""
