"""The side column of a sheet: one term and its line each."""

from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import provenance
from ..addresses import history_url, list_url
from ..history import versions_of
from ..models import PracticePage
from ..permissions import keepers_of
from ..wording import capitalised, day, in_letters, inside_sentence, interface_language, month
from .neighbours import Translation


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the side column: a term and its safe HTML."""

    term: str
    html: str


def facts_of(practice: PracticePage, themes, means: str, translation, *, member: bool) -> list[Fact]:
    """Return the lines of the side column that say something, for members or for visitors."""
    facts = [
        Fact(_("D’où vient cette pratique"), _comes_from(practice)),
        Fact(_("Pour qui"), _words(practice.publics.all())),
        Fact(_("Métiers"), _words(practice.functions.all())),
        Fact(_("Services"), _words(practice.services.all())),
        Fact(ngettext("Thème", "Thèmes", len(themes)), _links(map(theme_link, themes))),
        Fact(_("Missions"), _words(practice.missions.all())),
        Fact(_("Moyens"), mark_safe(means)),  # noqa: S308 (rendered and cleaned by richtext)
        Fact(_("Tenue par"), _kept_by(practice, member=member)),
        Fact(_("Relue"), _reviewed(practice)),
        Fact(_("Aussi en"), _other_language(translation)),
        Fact(_("Histoire"), _history(practice, member=member)),
    ]
    return [fact for fact in facts if fact.html]


def _comes_from(practice: PracticePage) -> str:
    told = provenance.provenance_of(practice)
    return format_html("{}", provenance.said(told)) if told else ""


def _words(terms) -> str:
    names = [term.name for term in terms]
    return format_html("{}", ", ".join([*names[:1], *map(inside_sentence, names[1:])]))


def theme_link(theme) -> tuple[str, str]:
    """Return the name of a theme and the address of its sheets."""
    return theme.name, f"{list_url(interface_language())}?theme={theme.slug}"


def _links(links) -> str:
    return format_html_join(mark_safe("<br>"), '<a href="{1}">{0}</a>', links)


def _kept_by(practice: PracticePage, *, member: bool) -> str:
    """Name who looks after the sheet: to members the person, to visitors only the CPAS."""
    keepers = keepers_of(practice)
    if not keepers:
        return format_html("{}", _("Personne pour l’instant"))
    keeper = keepers[0]
    place = keeper.cpas.name if keeper.cpas else ""
    names = [keeper.signature, place] if member else [place]
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
