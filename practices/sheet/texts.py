"""The texts of a sheet: its sections ready to print, and how long they take to read."""

import math
import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agora.attachments.rows import rows_of

from ..models import SECTIONS, PracticePage

WORDS_A_MINUTE = 200  # silent reading of everyday prose by an adult
SHORT_MEANS = 220  # characters: beyond, « Moyens » leaves the side column for a part of its own


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the sheet: the head in the margin and its HTML (safe: rendered by agora.richtext)."""

    name: str
    title: str
    html: SafeString


def parts_of(practice: PracticePage) -> list[Part]:
    """Return the sections that say something, in reading order; a tip has one.

    What was stopped tells its lesson right after the problem: that is what one reads it for.
    """
    if practice.kind == PracticePage.Kind.TIP:
        html = practice.section_html("problem")
        text = [Part("problem", _("L’astuce"), mark_safe(html))] if html else []  # noqa: S308
        return text + files_of(practice)
    titles = {
        "problem": _("Le problème"),
        "steps": _("Comment on fait"),
        "key_functions": _("Ce qui fait que ça marche"),
        "effects": _("Ce que ça change"),
        "conditions": _("À quelles conditions"),
        "pitfalls": _("Ce qui a coincé"),
        "means": _("Moyens"),
        "tools": _("Outils"),
        "contacts": _("À qui demander"),
    }
    if practice.maturity == PracticePage.Maturity.ABANDONED:
        titles = {"problem": titles["problem"], "pitfalls": _("La leçon : ce qui a coincé")} | {
            name: title for name, title in titles.items() if name not in ("problem", "pitfalls")
        }
    parts = []
    for name, title in titles.items():
        if name == "contacts":
            parts += files_of(practice)
        html = practice.section_html(name)
        if name == "steps":
            html = number_steps(html)
        if html:
            parts.append(Part(name, title, mark_safe(html)))  # noqa: S308 (rendered and cleaned by richtext)
    return parts


def files_of(practice: PracticePage) -> list[Part]:
    """Return the part « À télécharger » of a sheet, or of a version of it; nothing without files."""
    rows = rows_of(sorted(practice.attachments.all(), key=lambda file: (file.name, str(file.pk))))
    if not rows:
        return []
    html = render_to_string("attachments/list.html", {"rows": rows})
    return [Part("files", _("À télécharger"), html)]


_LISTS = re.compile(r"<(/?)[ou]l\b[^>]*>")


def number_steps(html: str) -> str:
    """Draw the outer ordered lists of a text as steps; one that does not begin at one stays as it is."""
    depth, pieces, done = 0, [], 0
    for tag in _LISTS.finditer(html):
        if tag[0] == "<ol>" and depth == 0:
            pieces += [html[done : tag.start()], '<ol class="steps">']
            done = tag.end()
        depth += -1 if tag[1] else 1
    return "".join([*pieces, html[done:]])


def reading_minutes(practice: PracticePage) -> int:
    """Return how long a sheet takes to read, in whole minutes, at least one."""
    texts = [practice.title, practice.summary, *(getattr(practice, name) for name in SECTIONS)]
    return max(math.ceil(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE), 1)


def short_means(practice: PracticePage) -> str:
    """Return the HTML of « Moyens » when it is short enough for the side column, else nothing."""
    is_short = len(practice.means) <= SHORT_MEANS and "\n" not in practice.means.strip()
    return practice.section_html("means") if is_short and practice.kind == PracticePage.Kind.SHEET else ""
