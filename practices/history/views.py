"""The pages of the history of a sheet: its versions, one of them, two compared, one brought back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agora.drafts.permissions import drafts_of
from agora.drafts.rows import moment as saved_at
from agora.people.access import members_only
from agora.richtext.plain import one_line

from ..actions import REASON_LENGTH, StaleEdit
from ..addresses import compare_url, edit_url, history_url, restore_url, sheet_url
from ..comparison import changes_between
from ..drafting import KIND, last_step, step_url
from ..fields import PracticeFields
from ..models import PracticePage
from ..permissions import can_edit, get_practice_for
from ..sheet import parts_of
from ..shelf.log import events_of
from ..wording import interface_language
from .actions import NOTHING, DraftWaits, restore_as_draft, restore_version
from .comparing import NEW, OLD, NoSuchVersion, comparison_of
from .permissions import can_restore
from .versions import fields_to_restore, line_of, lines, note_of, told, version_of, versions_of

VERSIONS_PER_PAGE = 30


@members_only
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """The published versions of a sheet, newest first: who, when, how big, why; and one's own draft of it."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language(), whole=False)
    notes = told(versions_of(practice))
    page = Paginator(notes, VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
    start = (page.number - 1) * VERSIONS_PER_PAGE
    found = list(notes[start : start + VERSIONS_PER_PAGE + 1])  # one more: what the last one changed
    shown, rest = found[:VERSIONS_PER_PAGE], found[VERSIONS_PER_PAGE:]
    said = _("Versions %(first)d à %(last)d sur %(total)d")
    context = {
        "lines": lines(shown, practice, rest[0].revision_id if rest else None),
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "said": said % {"first": page.start_index(), "last": page.end_index(), "total": page.paginator.count},
        "compare_url": compare_url(practice.slug, interface_language()),
        "draft": _draft_of(request.user, practice),
        "events": events_of(practice) if page.number == 1 else [],
        "old": OLD,
        "new": NEW,
    }
    return _page(request, "history", practice, context)


@members_only
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One published version of a sheet, as it was."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    found = version_of(practice, number)
    if found is None:
        raise Http404
    context = {
        "version": found,
        "line": found.line,
        "parts": parts_of(found.practice),
        "compare_url": compare_url(practice.slug, interface_language(), number, practice.live_revision_id),
        "can_edit": can_edit(request.user, practice),
    }
    return _page(request, "version", practice, context)


@members_only
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed between two published versions, as prose; the last two unless the address says which."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language(), whole=False)
    try:
        comparison = comparison_of(practice, request.GET)
    except NoSuchVersion:
        raise Http404 from None
    can_change = can_edit(request.user, practice)
    return _page(request, "compare", practice, {"comparison": comparison, "can_edit": can_change})


# --- Bringing a version back -------------------------------------------------------------------


@never_cache
@members_only
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Bring an old version back; what will change is shown first, again if somebody published meanwhile."""
    practice = get_practice_for(request.user, slug=slug, language=interface_language())
    if not can_edit(request.user, practice):
        raise PermissionDenied(_("Cette fiche est verrouillée pour le moment."))
    if note_of(practice, number) is None:
        raise Http404
    if request.method != "POST":
        return _show_restore(request, practice, number)
    asked = {
        "by": request.user,
        "reason": one_line(request.POST.get("reason", "")),
        "based_on": _number(request.POST.get("based_on", "")),
    }
    try:
        if request.POST.get("how") == "draft" or not can_restore(request.user, practice):
            draft = restore_as_draft(practice, number, **asked)
            messages.info(request, _("L’ancienne version est dans votre brouillon. Relisez, puis envoyez."))
            return redirect(step_url(draft, last_step(draft)))
        before = practice.live_revision_id
        restored = restore_version(practice, number, **asked)
    except StaleEdit:
        practice = get_practice_for(request.user, slug=slug, language=interface_language())
        return _show_restore(request, practice, number, moved=True)
    except DraftWaits:
        return _show_restore(request, practice, number)
    except ValidationError as error:
        return _show_restore(request, practice, number, problems=error.messages)
    _say_restored(request, restored, before)
    return redirect(sheet_url(restored.slug, interface_language()))


def _say_restored(request: HttpRequest, practice: PracticePage, before: int | None) -> None:
    if practice.live_revision_id == before:
        messages.info(request, NOTHING)
        return
    said = _("L’ancienne version est de nouveau celle que tout le monde lit.")
    undo = restore_url(practice.slug, interface_language(), before)
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, undo, _("Annuler ce retour")))


def _show_restore(
    request: HttpRequest, practice: PracticePage, number: int, *, moved: bool = False, problems=()
) -> HttpResponse:
    note = note_of(practice, number)
    context = {
        "line": line_of(note, practice),
        "changes": changes_between(PracticeFields.of(practice), fields_to_restore(note)),
        "can_restore": can_restore(request.user, practice),
        "draft": _draft_of(request.user, practice),
        "based_on": practice.live_revision_id,
        "reason": request.POST.get("reason", ""),
        "reason_length": REASON_LENGTH,
        "moved": moved,
        "problems": problems,
        "edit_url": edit_url(practice.slug, interface_language()),
    }
    return _page(request, "restore", practice, context)


# --- What the pages have in common -------------------------------------------------------------


def _page(request: HttpRequest, name: str, practice: PracticePage, context: dict[str, Any]) -> HttpResponse:
    frame = {
        "practice": practice,
        "url": sheet_url(practice.slug, interface_language()),
        "history_url": history_url(practice.slug, interface_language()),
        "alternates": {},
    }
    return render(request, f"practices/history/{name}.html", frame | context)


def _draft_of(user, practice: PracticePage) -> dict[str, str] | None:
    """Return where this person's own draft of a sheet is, and when it was saved; None without one."""
    draft = drafts_of(user).filter(kind=KIND, target=str(practice.pk)).first()
    return draft and {"url": step_url(draft, last_step(draft)), "saved": saved_at(draft.saved_at)}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
