"""Three lists: the sheets that one keeps, those that nobody keeps, all that are to be read again.

Views of their own, apart from views.py, which is about one sheet. One click per row, filters in the address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agora.people.access import members_only
from agora.vocabulary import lists as words

from ..addresses import about_url, sheet_url
from ..models import SECTIONS, PracticePage
from ..permissions import can_keep, keepers_of
from ..wording import day, interface_language, language_name, since
from .log import signed
from .permissions import can_confirm, can_take_over, is_due
from .querysets import archived, due_by, kept_by, longest_due_first
from .querysets import unkept as without_keeper

PER_PAGE = 20
SOON = timedelta(days=30)  # from then on, one click says « toujours valable »


@dataclass(frozen=True, slots=True)
class Row:
    """One sheet in a list, and what this reader can do with it in one click."""

    title: str
    url: str
    language: str
    is_foreign: bool
    is_due: bool
    facts: tuple[str, ...]
    confirm_url: str
    take_over_url: str
    keep_url: str
    is_archived: bool


@never_cache
@require_safe
@members_only
def keeping(request: HttpRequest) -> HttpResponse:
    """The sheets that this member keeps, or for which they stand in, the most pressing first."""
    mine = PracticePage.objects.filter(kept_by(request.user))
    return _list(request, "keeping", longest_due_first(mine.filter(live=True)), mine.filter(archived()))


@never_cache
@require_safe
@members_only
def unkept(request: HttpRequest) -> HttpResponse:
    """The sheets for which nobody answers: any member may take one over."""
    return _list(request, "unkept", longest_due_first(_visible(request).filter(without_keeper())))


@never_cache
@require_safe
@members_only
def overdue(request: HttpRequest) -> HttpResponse:
    """All sheets whose term has come, the longest first."""
    return _list(request, "overdue", longest_due_first(_visible(request).filter(_due())))


def _visible(request: HttpRequest):
    return PracticePage.objects.visible_to(request.user)


def _due():
    return due_by(timezone.localdate())


def _list(request: HttpRequest, which: str, sheets, gone=None) -> HttpResponse:
    known = {term.slug: term.name for term in words.themes().ordered}
    theme = request.GET.get("theme", "")
    theme = theme if theme in known else ""
    if theme:
        sheets = sheets.filter(themes__slug=theme)
    page = Paginator(_light(sheets), PER_PAGE).get_page(request.GET.get("page"))
    said = _("Fiches %(first)d à %(last)d sur %(total)d") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
    }
    context = {
        "which": which,
        "theme": theme,
        "themes": known,
        "rows": [_row(sheet, request.user) for sheet in page],
        "gone": [_row(sheet, request.user) for sheet in _light(gone)[:PER_PAGE]] if gone is not None else [],
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "said": said,
    }
    return render(request, "practices/shelf/list.html", context)


def _light(sheets):
    """Leave out the texts, which no row shows, and bring who keeps the sheet."""
    related = ("owner__cpas", "fallback_owner__cpas", "origin", "locale")
    return sheets.select_related(*related).defer("rendered", *SECTIONS)


def _row(practice: PracticePage, user) -> Row:
    language, today = practice.locale.language_code, timezone.localdate()
    due = practice.review_due_on
    near = due is not None and due <= today + SOON
    link = {name: about_url(f"practices:{name}", practice.slug, language) for name in LINKS}
    decides = can_keep(user, practice)
    return Row(
        title=practice.title,
        url=sheet_url(practice.slug, language) if practice.live else link["keep"],
        language=language,
        is_foreign=language != interface_language(),
        is_due=practice.live and is_due(practice, today),
        facts=tuple(_facts(practice)),
        confirm_url=link["confirm"] if near and can_confirm(user, practice) else "",
        take_over_url=link["take_over"] if can_take_over(user, practice) else "",
        keep_url=link["keep"] if decides else "",
        is_archived=not practice.live,
    )


LINKS = ("confirm", "take_over", "keep")


def _facts(practice: PracticePage) -> Iterable[str]:
    """Yield what a row says under its title, in words."""
    today, due = timezone.localdate(), practice.review_due_on
    if not practice.live:
        yield _("Retirée du catalogue")
    elif due is None:
        yield _("jamais relue")
    elif due <= today:
        yield _("à relire depuis %(duration)s") % {"duration": since(due, today)}
    else:
        yield _("à relire avant le %(day)s") % {"day": day(due)}
    if practice.origin:
        yield practice.origin.name
    keepers = keepers_of(practice)
    yield _("tenue par %(name)s") % {"name": signed(keepers[0])} if keepers else _("personne ne la tient")
    if practice.locale.language_code != interface_language():
        yield language_name(practice.locale.language_code)
