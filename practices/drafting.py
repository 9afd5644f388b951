"""From a draft to a published sheet: what it says, what it started from, and who else wrote.

Apart from actions.py because a draft is a private thing of one person and a sheet is everybody's: here they
meet. A draft only holds the fields that its author touched; the rest is what they started from.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from agora.drafts.actions import rebase_draft, save_draft
from agora.drafts.handlers import Handler, register
from agora.drafts.models import Draft
from agora.richtext.merge import merge_lists, merge_texts
from agora.richtext.plain import one_line

from .actions import change_practice, create_practice
from .beginnings import beginning_of
from .fields import FIELDS, LISTS, SETS, PracticeFields
from .gate import gate_for, refused
from .growth import grown, refusal
from .models import SECTIONS, PracticePage, RevisionNote
from .permissions import can_edit, can_read, can_write
from .steps import STEPS, step_of

KIND = "practice"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
JOINABLE = ("summary", *SECTIONS)  # texts that can stand one under the other


class NotReady(Exception):
    """The draft cannot be published yet; `errors`: what to mend, by field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class Conflicting(Exception):
    """Somebody published meanwhile and both changed the same places; `standoff` tells which."""

    def __init__(self, standoff: "Standoff") -> None:
        super().__init__(", ".join(standoff.fields))
        self.standoff = standoff


@dataclass(frozen=True, slots=True)
class Standoff:
    """Two versions of one sheet beside each other.

    `merged`: everything that could be joined (values as in `PracticeFields.as_data`); `fields`: the names
    of the fields where a choice is needed; `mine` and `theirs`: all fields of either side; `latest`: the
    number of the revision that theirs is.
    """

    merged: dict[str, Any]
    fields: tuple[str, ...]
    mine: dict[str, Any]
    theirs: dict[str, Any]
    latest: int


def page_of(draft: Draft) -> PracticePage | None:
    """Return the sheet that a draft changes; None for a new one, or when the sheet is gone for good."""
    return _page(draft.target)


def _page(target: str) -> PracticePage | None:
    is_number = target.isascii() and target.isdecimal() and len(target) < 10
    return PracticePage.objects.filter(pk=int(target)).first() if is_number else None


def published_revision(page: PracticePage, number: str | int | None) -> Revision | None:
    """Return a published version of a sheet by its number; None when there is none (any more).

    Only published ones: what an editor has saved in the admin and not published is nobody else's business.
    """
    notes = RevisionNote.objects.filter(revision__in=page.revisions.all()).select_related("revision")
    text = str(number or "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 18
    found = notes.filter(revision_id=int(text)).first() if is_number else None
    return found.revision if found else None


def start_of(draft: Draft, page: PracticePage | None) -> PracticeFields:
    """Return the fields that a draft started from; for a new sheet, what is known about its author."""
    if page is None:
        return PracticeFields(title="", origin=draft.owner.cpas_id)
    revision = published_revision(page, draft.base)
    return PracticeFields.of(revision.as_object() if revision else page)


def fields_of(draft: Draft, page: PracticePage | None) -> PracticeFields:
    """Return the sheet as the draft would have it."""
    return start_of(draft, page).with_data(draft.data)


def compare(draft: Draft, page: PracticePage) -> Standoff:
    """Set a draft against what is published now, field by field, and join what can be joined.

    When the version it started from is gone (Wagtail can purge old ones), nobody knows who changed what:
    every difference is then a choice.
    """
    base = start_of(draft, page) if published_revision(page, draft.base) is not None else None
    mine = fields_of(draft, page)
    return three_way(base, mine, PracticeFields.of(page), page.live_revision_id)


def three_way(
    start: PracticeFields | None, mine: PracticeFields, theirs: PracticeFields, latest: int
) -> Standoff:
    """Set two versions of one sheet against the one both started from, and join what can be joined.

    `start`: None when nobody knows it any more; every difference is then a choice. `latest`: the number of
    the revision that `theirs` is.
    """
    base = (start or theirs).as_data()
    mine_data, theirs_data = mine.as_data(), theirs.as_data()
    merged, fields = dict(theirs_data), []
    for name in FIELDS:
        sides = base[name], mine_data[name], theirs_data[name]
        if name in SETS:
            merged[name] = merge_lists(*sides)
            continue
        if start is None:
            joined = sides[2] if sides[1] == sides[2] else None
        else:
            joined = merge_texts(*sides) if name in JOINABLE else _one_of(*sides)
        if joined is None:
            fields.append(name)
        else:
            merged[name] = joined
    return Standoff(merged, tuple(fields), mine_data, theirs_data, latest)


def _one_of(base: str, mine: str, theirs: str) -> str | None:
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None


@transaction.atomic
def publish_draft(draft: Draft, *, by, significance: str = "", reason: str = "") -> PracticePage:
    """Publish what a draft says and let the draft go; return the sheet.

    Raises NotReady, Conflicting (nothing was published, the draft is untouched), and PermissionDenied
    when the sheet may no longer be changed. What others published meanwhile is joined, never replaced.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk, discarded_at=None)
    if draft.owner_id != by.pk:
        raise PermissionDenied
    if not draft.target:
        practice = _create(draft, by)
    else:
        page = PracticePage.objects.select_for_update().filter(pk=draft.target).first()
        if page is None or not can_edit(by, page):
            raise PermissionDenied(_("Cette fiche a été retirée du catalogue ou verrouillée entre-temps."))
        standoff = compare(draft, page)
        if standoff.fields:
            raise Conflicting(standoff)
        fields = ready(PracticeFields(**standoff.merged), PracticeFields.of(page), draft.data)
        try:
            practice = change_practice(
                page, fields, by=by, significance=significance, reason=reason, based_on=page.live_revision_id
            )
        except ValidationError as error:  # its extent or its reason: the fields are ready
            raise NotReady({name: said[0] for name, said in error.message_dict.items()}) from error
    draft.delete()
    return practice


def _create(draft: Draft, by) -> PracticePage:
    fields = ready(fields_of(draft, None), None, draft.data)
    beginning = beginning_of(draft)
    options = beginning.options(draft, by) if beginning else {}
    practice = create_practice(fields, by=by, language=draft.language, **options)
    if beginning:
        beginning.finish(draft, practice, by)
    return practice


def ready(
    fields: PracticeFields, before: PracticeFields | None = None, given: Mapping[str, Any] | None = None
) -> PracticeFields:
    """Return the fields of a sheet that can be published; NotReady when something is missing or wrong.

    `before`: what is published now, for a change. `given`: what the draft says of a number that the gate
    stops (see gate.py).
    """
    stopped = refused(gate_for(fields, before, given or {}))
    if errors := stopped | refusal(fields, before) | fields.missing() | fields.errors():
        raise NotReady(errors)
    return fields


@transaction.atomic
def settle(draft: Draft, page: PracticePage, choices: dict[str, str], *, seen: int, sequence: int) -> bool:
    """Write the outcome of a choice between two texts into the draft, which then starts from theirs.

    `choices`: mine, theirs or both, by field. `seen`, `sequence`: the published version and the save of
    the draft that the page showed; when either has moved, nothing is written and False comes back, so
    that nobody chooses between texts they have not seen.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    page = PracticePage.objects.select_for_update().get(pk=page.pk)
    if page.live_revision_id != seen or draft.sequence != sequence:
        return False
    standoff = compare(draft, page)
    merged = dict(standoff.merged)
    for name in standoff.fields:
        choice = choices.get(name)
        if choice == BOTH and name in JOINABLE:
            between = " " if name == "summary" else "\n\n"
            merged[name] = standoff.mine[name] + between + standoff.theirs[name]
        elif choice in (MINE, THEIRS):
            merged[name] = standoff.mine[name] if choice == MINE else standoff.theirs[name]
        else:
            return False
    rebase_draft(draft, data=merged, base=str(standoff.latest))
    return True


@transaction.atomic
def start_anew(draft: Draft) -> Draft:
    """Turn the draft of a change into the draft of a new sheet, when the one it changed is gone."""
    whole = fields_of(draft, page_of(draft)).as_data()
    draft = rebase_draft(draft, data=whole, base="")
    Draft.objects.filter(pk=draft.pk).update(target="")
    draft.target = ""
    return draft


def grow(owner, draft: Draft | None, page: PracticePage | None) -> Draft:
    """Go on with a tip as a sheet, in the draft one has of it or in a new one; return the draft.

    Its texts go where a sheet asks for them, nothing is published. Raises PermissionDenied.
    """
    if draft is None:
        if page is None or not can_edit(owner, page):
            raise PermissionDenied(_("Cette fiche est verrouillée pour le moment."))
        fields, language = PracticeFields.of(page), page.locale.language_code
        pk, target, base = uuid.uuid4(), str(page.pk), str(page.live_revision_id or "")
        data = _changed(fields, grown(fields))
        saved = save_draft(owner, pk=pk, kind=KIND, language=language, data=data, target=target, base=base)
        return saved.draft
    fields = fields_of(draft, page)
    return rebase_draft(draft, data=_changed(fields, grown(fields)), base=draft.base)


def _changed(before: PracticeFields, after: PracticeFields) -> dict[str, Any]:
    old = before.as_data()
    return {name: value for name, value in after.as_data().items() if value != old[name]}


# --- What drafts asks about our form -----------------------------------------------------------


def read(post: QueryDict) -> dict[str, Any]:
    """Return the fields of the step that was sent, as typed (lists for choices among words)."""
    step = step_of(post.get("step", ""))
    values: dict[str, Any] = {"_step": step.number}
    for name in step.fields:
        if name in LISTS:
            values[name] = sorted(set(post.getlist(name)))
        elif name in SETS:  # an older page that does not know them leaves them as they are
            if name in post:
                values[name] = sorted(filter(None, set(post.getlist(name))))
        elif name in post:
            values[name] = post[name]
    return values


def _may_write(user, target: str) -> bool:
    if not target:
        return can_write(user)
    page = _page(target)
    return page is not None and can_edit(user, page)


def _title(draft: Draft) -> str:
    if title := one_line(draft.data.get("title", "")):
        return title
    if draft.title:
        return draft.title
    page = page_of(draft)
    return page.title if page is not None and can_read(draft.owner, page) else ""


def step_url(draft: Draft, number: int) -> str:
    """Return the address of one step of a draft."""
    return reverse("practices:write_step", kwargs={"pk": draft.pk, "step": number})


def last_step(draft: Draft) -> int:
    """Return the step where a draft was left."""
    return step_of(draft.data.get("_step", 1)).number


def news_of(drafts: Iterable[Draft]) -> dict[Any, str]:
    """Say of which drafts the sheet was published anew, or withdrawn, since they were begun."""
    drafts = [draft for draft in drafts if draft.target.isdigit()]
    pages = PracticePage.objects.filter(pk__in=[draft.target for draft in drafts])
    live = {
        str(pk): (revision, is_live)
        for pk, revision, is_live in pages.values_list("pk", "live_revision", "live")
    }
    said = {}
    for draft in drafts:
        revision, is_live = live.get(draft.target, (None, False))
        if not is_live:
            said[draft.pk] = _("Cette fiche a été retirée du catalogue. Votre texte est gardé.")
        elif str(revision) != draft.base:
            said[draft.pk] = _("Une autre version a été publiée entre-temps. Rien n’est perdu.")
    return said


def register_handler() -> None:
    """Tell the room of drafts about our form (from AppConfig.ready)."""
    from .review.pages import sent_by  # proposals are made of drafts: it can only be imported after them

    register(
        Handler(
            kind=KIND,
            may_write=_may_write,
            read=read,
            title=_title,
            place=lambda draft: str(STEPS[last_step(draft) - 1].title),
            url=lambda draft: step_url(draft, last_step(draft)),
            news=news_of,
            sent=sent_by,
        )
    )
