"""A sheet as its page shows it: every sentence and every line ready to print.

What depends only on the sheet and on being a member or not is made once and kept by the process under the
catalogue's mark: the mark moves with any change of any sheet, so nothing old can be shown (see
practices.facets). What depends on who reads is in practices.sheet.personal.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.vocabulary import lists

from .. import facets
from ..addresses import adopt_url, edit_url, family_url, history_url, list_url, pdf_url
from ..adoption.family import Ties, ties_of
from ..adoption.spoken import Trier, by_state, counted, trier_of
from ..languages.standing import Standing, sister_of, standing_of
from ..life import Step, life_of
from ..models import PracticePage
from ..permissions import keepers_of
from ..shelf.personal import overdue_said
from ..wording import in_letters, interface_language, of_place
from .facts import Fact, facts_of, theme_link
from .neighbours import Neighbour, Translation, related_to, translation_of
from .texts import Part, parts_of, reading_minutes, short_means

MOST = 2000  # sheets kept drawn: some 15 kB each


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
    counted: str
    ties: Ties
    family_url: str
    adopt_url: str
    states: dict[str, str]
    facts: list[Fact]
    related: list[Neighbour]
    translation: Translation | None
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Face:
    """What is kept of a sheet, for all its readers: finished HTML of each place, and the frame's data."""

    crumbs: tuple[tuple[str, str], ...]
    alternates: dict[str, str]
    standing: Standing | None
    summary: str
    head: SafeString
    aside: SafeString
    body: SafeString
    related: SafeString


def face_of(practice: PracticePage, picture: facets.Picture, *, member: bool, editable: bool) -> Face:
    """Return the finished HTML of a sheet for members, or for visitors, in the sheet's own language."""
    keepers = tuple((keeper.signature, keeper.cpas_id) for keeper in keepers_of(practice))
    return _kept(practice.pk, picture.mark, lists.stamp(), member, editable, timezone.localdate(), keepers)


# In this process only: HTML kept elsewhere would outlive the templates of a new release.
@lru_cache(maxsize=MOST)
def _kept(
    pk: int, _mark: str, _words: object, member: bool, editable: bool, today: date, _keepers: tuple
) -> Face:
    related = ("origin", "owner__cpas", "fallback_owner__cpas", "locale")
    whole = PracticePage.objects.select_related(*related).get(pk=pk)
    return drawn(read(whole, facets.picture(), member=member, today=today), editable=editable)


def drawn(sheet: Sheet, *, editable: bool) -> Face:
    """Return the HTML of a sheet that was read."""
    language = interface_language()
    context = {
        "sheet": sheet,
        "can_edit": editable,
        "edit_url": edit_url(sheet.practice.slug, language),
        "history_url": history_url(sheet.practice.slug, language),
        "pdf_url": pdf_url(sheet.practice.slug, language),
    }
    places = ("head", "aside", "body", "related")
    return Face(
        crumbs=tuple(sheet.crumbs),
        summary=sheet.practice.summary,
        alternates={sheet.translation.language: sheet.translation.url} if sheet.translation else {},
        standing=sheet.standing,
        **{place: render_to_string(f"practices/sheet_{place}.html", context) for place in places},
    )


def read(practice: PracticePage, picture: facets.Picture, *, member: bool, today: date) -> Sheet:
    """Gather everything that the page of a sheet says, for members or for visitors, on a given day."""
    adoptions = list(practice.adoptions.select_related("cpas").all())
    parts = parts_of(practice)
    means = short_means(practice)
    if means:
        parts = [part for part in parts if part.name != "means"]
    lead = [part for part in parts if part.name not in ("tools", "files", "contacts")]
    themes = list(practice.themes.all())
    translation = translation_of(practice, member=member)
    return Sheet(
        practice=practice,
        is_member=member,
        is_tip=practice.kind == PracticePage.Kind.TIP,
        kind_line=_kind_line(practice),
        crumbs=[(_("Pratiques"), list_url(interface_language())), *map(theme_link, themes[:1])],
        life=life_of(practice, adoptions),
        overdue=overdue_said(practice, today),
        before=lead,
        after=[part for part in parts if part not in lead],
        triers=[trier_of(adoption, origin=practice.origin_id) for adoption in by_state(adoptions)],
        counted=counted(adoptions),
        ties=ties_of(practice, member=member),
        family_url=family_url(practice.pk),
        adopt_url=adopt_url(practice.slug, interface_language()),
        states={adoption.cpas_id: adoption.state for adoption in adoptions},
        facts=facts_of(practice, themes, means, translation, member=member),
        related=related_to(practice, picture, translation, member=member),
        translation=translation,
        standing=_standing(practice) if translation else None,
    )


def _standing(practice: PracticePage) -> Standing | None:
    sister = sister_of(practice)
    return standing_of(practice, sister) if sister else None


def _kind_line(practice: PracticePage) -> str:
    minutes = reading_minutes(practice)
    tip = practice.kind == PracticePage.Kind.TIP
    said = [_("Astuce") if tip else _("Fiche pratique")]
    if practice.origin:
        said.append(_("CPAS %(of_place)s") % {"of_place": of_place(practice.origin.name)})
    reading = ngettext("lecture : %(n)s minute", "lecture : %(n)s minutes", minutes)
    said.append(reading % {"n": in_letters(minutes, feminine=True)})
    return " · ".join(said)
