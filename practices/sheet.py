"""A sheet as its page shows it: every sentence and every line ready to print.

A name of its own beside views.py because the page is long to make and read often. What depends only
on the sheet and on being a member or not is made once and kept by the process under the catalogue's mark:
the mark moves with any change of any sheet, so nothing old can be shown (see practices.facets).
"""

import math
import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import islice

from django.core.cache import caches
from django.db.models import Count, Max
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.people.models import Member
from agora.vocabulary import lists

from . import facets
from .addresses import edit_url, history_url, list_url, sheet_url
from .history import versions_of
from .life import Step, life_of
from .models import SECTIONS, Adoption, PracticePage
from .wording import capitalised, day, in_letters, inside_sentence, interface_language, month, of_place, since

WORDS_A_MINUTE = 200  # silent reading of everyday prose by an adult
SHORT_MEANS = 220  # characters: beyond, « Moyens » leaves the side column for a part of its own
RELATED = 3
KEPT_FOR = 24 * 60 * 60  # seconds


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the sheet: the head in the margin and its HTML (safe: rendered by agora.richtext)."""

    name: str
    title: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the side column: a term and its safe HTML."""

    term: str
    html: str


@dataclass(frozen=True, slots=True)
class Trier:
    """One CPAS in the table « Qui l’essaie »."""

    cpas: str
    state: str
    label: str
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One related sheet."""

    title: str
    url: str
    language: str
    is_foreign: bool
    said: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The same practice in the other language."""

    pk: int
    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the templates sheet_*.html print."""

    practice: PracticePage
    is_member: bool
    is_tip: bool
    kind_line: str
    crumbs: list[tuple[str, str]]
    life: list[Step]
    overdue: str
    before: list[Part]
    after: list[Part]
    triers: list[Trier]
    states: dict[str, str]
    facts: list[Fact]
    related: list[Neighbour]
    translation: Translation | None


@dataclass(frozen=True, slots=True)
class Face:
    """What the cache keeps of a sheet: finished HTML of each place of the page, and the frame's data."""

    crumbs: list[tuple[str, str]]
    alternates: dict[str, str]
    head: SafeString
    aside: SafeString
    body: SafeString
    related: SafeString


def face_of(practice: PracticePage, *, member: bool, editable: bool) -> Face:
    """Return the finished HTML of a sheet for members, or for visitors, in the sheet's own language."""
    picture, today, owner = facets.picture(), timezone.localdate(), practice.owner
    key = [picture.mark, lists.stamp(), practice.pk, member, editable, today]
    key += [owner.signature, owner.status, owner.cpas_id] if owner else []
    name = f"sheet:{blake2b(repr(key).encode(), digest_size=16).hexdigest()}"
    # In this process only: HTML kept elsewhere would outlive the templates of a new release.
    local = caches["local"]
    face = local.get(name)
    if face is None:
        whole = PracticePage.objects.select_related("origin", "owner__cpas", "locale").get(pk=practice.pk)
        face = drawn(read(whole, picture, member=member, today=today), editable=editable)
        local.set(name, face, KEPT_FOR)
    return face


def drawn(sheet: Sheet, *, editable: bool) -> Face:
    """Return the HTML of a sheet that was read."""
    language = interface_language()
    context = {
        "sheet": sheet,
        "can_edit": editable,
        "edit_url": edit_url(sheet.practice.slug, language),
        "history_url": history_url(sheet.practice.slug, language),
    }
    places = ("head", "aside", "body", "related")
    return Face(
        crumbs=sheet.crumbs,
        alternates={sheet.translation.language: sheet.translation.url} if sheet.translation else {},
        **{place: render_to_string(f"practices/sheet_{place}.html", context) for place in places},
    )


def read(practice: PracticePage, picture: facets.Picture, *, member: bool, today: date) -> Sheet:
    """Gather everything that the page of a sheet says, for members or for visitors, on a given day."""
    adoptions = list(practice.adoptions.select_related("cpas").all())
    parts = parts_of(practice)
    means = _short_means(practice)
    if means:
        parts = [part for part in parts if part.name != "means"]
    lead = [part for part in parts if part.name not in ("tools", "contacts")]
    themes = list(practice.themes.all())
    translation = _translation(practice, member=member)
    return Sheet(
        practice=practice,
        is_member=member,
        is_tip=practice.kind == PracticePage.Kind.TIP,
        kind_line=_kind_line(practice),
        crumbs=[(_("Pratiques"), list_url(interface_language())), *map(_theme_link, themes[:1])],
        life=life_of(practice, adoptions),
        overdue=_overdue(practice, today),
        before=lead,
        after=[part for part in parts if part not in lead],
        triers=[_trier(adoption, practice) for adoption in _by_state(adoptions)],
        states={adoption.cpas_id: adoption.state for adoption in adoptions},
        facts=_facts(practice, themes, means, translation, member=member),
        related=_related(practice, picture, translation, member=member),
        translation=translation,
    )


# --- The texts ---------------------------------------------------------------------------------


def parts_of(practice: PracticePage) -> list[Part]:
    """Return the sections that say something, in reading order; a tip has one."""
    if practice.kind == PracticePage.Kind.TIP:
        html = practice.section_html("problem")
        return [Part("problem", _("L’astuce"), mark_safe(html))] if html else []  # noqa: S308
    titles = {
        "problem": _("Le problème"),
        "steps": _("Comment on fait"),
        "effects": _("Ce que ça change"),
        "conditions": _("À quelles conditions"),
        "pitfalls": _("Ce qui a coincé"),
        "means": _("Moyens"),
        "tools": _("Outils"),
        "contacts": _("À qui demander"),
    }
    parts = []
    for name, title in titles.items():
        html = practice.section_html(name)
        if name == "steps":
            html = number_steps(html)
        if html:
            parts.append(Part(name, title, mark_safe(html)))  # noqa: S308 (rendered and cleaned by richtext)
    return parts


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


def _short_means(practice: PracticePage) -> str:
    """Return the HTML of « Moyens » when it is short enough for the side column, else nothing."""
    is_short = len(practice.means) <= SHORT_MEANS and "\n" not in practice.means.strip()
    return practice.section_html("means") if is_short and practice.kind == PracticePage.Kind.SHEET else ""


# --- The sentences -----------------------------------------------------------------------------


def _kind_line(practice: PracticePage) -> str:
    minutes = reading_minutes(practice)
    tip = practice.kind == PracticePage.Kind.TIP
    said = [_("Astuce") if tip else _("Fiche pratique")]
    if practice.origin:
        said.append(_("CPAS %(of_place)s") % {"of_place": of_place(practice.origin.name)})
    reading = ngettext("lecture : %(n)s minute", "lecture : %(n)s minutes", minutes)
    said.append(reading % {"n": in_letters(minutes, feminine=True)})
    return " · ".join(said)


def _overdue(practice: PracticePage, today: date) -> str:
    """Say since when somebody should have read the sheet again; empty while it is fresh."""
    due = practice.review_due_on
    if due is None or due > today:
        return ""
    said = _("Cette fiche est à relire depuis %(duration)s.")
    return said % {"duration": since(due, today)}


def _by_state(adoptions: list[Adoption]) -> list[Adoption]:
    order = list(Adoption.State)
    return sorted(adoptions, key=lambda a: (order.index(Adoption.State(a.state)), a.since, a.pk))


def _trier(adoption: Adoption, practice: PracticePage) -> Trier:
    stopped = adoption.state == Adoption.State.STOPPED
    when = _("en %(month)s.") if stopped else _("depuis %(month)s.")
    note, origin = adoption.note, _("CPAS d’origine.")
    if adoption.cpas_id == practice.origin_id and origin.rstrip(".") not in note:
        note = f"{origin} {note}".strip()
    return Trier(
        cpas=adoption.cpas.name,
        state=adoption.state,
        label=adoption.get_state_display(),
        when=when % {"month": month(adoption.since)},
        note=note,
    )


# --- The side column ---------------------------------------------------------------------------


def _facts(practice, themes, means: str, translation, *, member: bool) -> list[Fact]:
    facts = [
        Fact(_("Pour qui"), _words(practice.publics.all())),
        Fact(_("Métiers"), _words(practice.functions.all())),
        Fact(_("Services"), _words(practice.services.all())),
        Fact(ngettext("Thème", "Thèmes", len(themes)), _links(map(_theme_link, themes))),
        Fact(_("Missions"), _words(practice.missions.all())),
        Fact(_("Moyens"), mark_safe(means)),  # noqa: S308 (rendered and cleaned by richtext)
        Fact(_("Tenue par"), _kept_by(practice, member=member)),
        Fact(_("Relue"), _reviewed(practice)),
        Fact(_("Aussi en"), _other_language(translation)),
        Fact(_("Histoire"), _history(practice, member=member)),
    ]
    return [fact for fact in facts if fact.html]


def _words(terms) -> str:
    names = [term.name for term in terms]
    return format_html("{}", ", ".join([*names[:1], *map(inside_sentence, names[1:])]))


def _theme_link(theme) -> tuple[str, str]:
    return theme.name, f"{list_url(interface_language())}?theme={theme.slug}"


def _links(links) -> str:
    return format_html_join(mark_safe("<br>"), '<a href="{1}">{0}</a>', links)


def _kept_by(practice: PracticePage, *, member: bool) -> str:
    """Name who looks after the sheet: to members the person, to visitors only the CPAS."""
    owner = practice.owner
    if owner is None or owner.status == Member.Status.LEFT:
        return format_html("{}", _("Personne pour l’instant"))
    place = owner.cpas.name if owner.cpas else ""
    names = [owner.signature, place] if member else [place]
    return format_html("{}", ", ".join(filter(None, names)))


def _reviewed(practice: PracticePage) -> str:
    if not practice.reviewed_on:
        return format_html("{}", _("pas encore"))
    said = _("le %(day)s") % {"day": day(practice.reviewed_on)}
    due = _("À relire avant %(month)s") % {"month": month(practice.review_due_on)}
    return format_html("{}<br>{}", said, due)


def _other_language(translation: Translation | None) -> str:
    if translation is None:
        return ""
    name = {"fr": "Français", "nl": "Nederlands"}[translation.language]
    link = '<a href="{0}" lang="{1}" hreflang="{1}">{2}</a>'
    return format_html(link, translation.url, translation.language, name)


def _history(practice: PracticePage, *, member: bool) -> str:
    notes = versions_of(practice).order_by().aggregate(count=Count("pk"), last=Max("published_at"))
    count = notes["count"]
    if not count:
        return ""
    versions = ngettext("%(n)s version", "%(n)s versions", count)
    versions = capitalised(versions % {"n": in_letters(count, feminine=True)})
    last = day(timezone.localtime(notes["last"]))
    tail = (_(", le %(day)s") if count == 1 else _(", la dernière le %(day)s")) % {"day": last}
    if not member:
        return format_html("{}{}", versions, tail)
    url = history_url(practice.slug, interface_language())
    return format_html('<a href="{}">{}</a>{}', url, versions, tail)


# --- The neighbours ----------------------------------------------------------------------------


def _translation(practice: PracticePage, *, member: bool) -> Translation | None:
    """Return the sheet in the other language, when the reader may open it."""
    sisters = PracticePage.objects.filter(translation_key=practice.translation_key, live=True)
    if not member:
        sisters = sisters.filter(is_showcase=True)
    found = sisters.exclude(pk=practice.pk).values_list("pk", "locale__language_code", "slug").first()
    return Translation(found[0], found[1], sheet_url(found[2], found[1])) if found else None


def _related(
    practice: PracticePage, picture: facets.Picture, translation: Translation | None, *, member: bool
) -> list[Neighbour]:
    """Return a few sheets that share a theme and a service, then a theme; in the same language first."""
    position = picture.positions.get(practice.pk)
    if position is None:
        return []
    here = 1 << position
    mine = {
        name: [value for value, mask in picture.masks[name].items() if mask & here]
        for name in ("theme", "service", "langue")
    }
    others = picture.readable(member=member) & ~here
    if translation:
        others &= ~(1 << picture.positions.get(translation.pk, position))
    close = picture.any_of("theme", mine["theme"]) & others
    closest = close & picture.any_of("service", mine["service"])
    speaking = picture.any_of("langue", mine["langue"])
    chosen: dict[int, facets.Card] = {}
    for mask in (closest & speaking, close & speaking, closest, close):
        found = picture.ordered(mask, facets.DEFAULT_SORT, 0, RELATED)
        chosen |= {card.pk: card for card in found if card.pk not in chosen}
    return [_neighbour(card) for card in islice(chosen.values(), RELATED)]


def _neighbour(card: facets.Card) -> Neighbour:
    maturity = str(PracticePage.Maturity(card.maturity).label)
    origin = lists.cpas_by_ins()[card.origin].name if card.origin else ""
    said = f"{origin}, {inside_sentence(maturity)}" if origin else maturity
    return Neighbour(
        title=card.title,
        url=sheet_url(card.slug, card.language),
        language=card.language,
        is_foreign=card.language != interface_language(),
        said=said,
    )
