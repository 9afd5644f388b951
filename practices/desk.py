"""What the pages on which one writes show: the desk on which a draft lies.

Apart from writing.py (which takes texts and decides where to go) so that each stays readable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from agora.airlock.gate import Gate
from agora.attachments.forms import tray_of
from agora.attachments.rows import attachments_among
from agora.drafts.forms import Envelope
from agora.drafts.models import Draft
from agora.drafts.permissions import also_writing
from agora.drafts.rows import moment
from agora.richtext.compare import mark_differences

from .beginnings import beginning_of
from .drafting import JOINABLE, KIND, Standoff, fields_of, start_of, step_url
from .fields import LISTS, PracticeFields
from .forms import FORMS, OF_A_TIP
from .gate import gate_for
from .growth import refusal, without_place
from .labels import LABELS, said
from .languages.beside import beside_of
from .models import SECTIONS, PracticePage, RevisionNote
from .permissions import can_edit
from .review.pages import Sending, sending_of
from .review.sending import MINE, REVIEWED, proposal_of
from .sheet import parts_of
from .similar import similar_sheets
from .steps import REVIEW, STEPS, Step, step_asking
from .wording import capitalised, in_letters


@dataclass(frozen=True)
class Desk:
    """One person, one step, and what is being written: a draft, or nothing saved yet; of `page`, or anew."""

    user: Any
    step: Step
    draft: Draft | None = None
    page: PracticePage | None = None
    kind: str = PracticePage.Kind.SHEET  # the form that something new begins with

    def at(self, step: Step) -> "Desk":
        """Return the same desk at another step."""
        return replace(self, step=step)

    @property
    def language(self) -> str:
        """The language of the sheet: that of the page it changes, else the one of the address."""
        if self.draft is not None:
            return self.draft.language
        if self.page is not None:
            return self.page.locale.language_code
        return "nl" if (get_language() or "fr").startswith("nl") else "fr"

    @cached_property
    def fields(self) -> PracticeFields:
        """The sheet as it would be if it were published now, without what others changed meanwhile."""
        if self.draft is not None:
            return fields_of(self.draft, self.page)
        if self.page is not None:
            return PracticeFields.of(self.page)
        return replace(start_of(Draft(owner=self.user), None), kind=str(self.kind))

    @property
    def is_change(self) -> bool:
        """Whether a published sheet is being changed."""
        return self.page is not None

    def envelope(self, *, insist: bool = False) -> Envelope:
        """Return the hidden fields of the form."""
        target = str(self.page.pk) if self.page else ""
        base = str(self.page.live_revision_id or "") if self.page else ""
        return Envelope(KIND, self.user, self.draft, target, base, self.language, insist)

    def context(
        self,
        *,
        strict: bool,
        typed: Mapping[str, Any] | None,
        other: Mapping[str, Any] | None,
        problems: Mapping[str, str],
        refusals: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Return what the template `practices/write.html` shows (see writing._show for the arguments)."""
        shown = self.fields.with_data(typed or {})
        errors = shown.errors()
        values = shown.as_data() | self._as_typed() | dict(typed or {})
        sending = self._sending(shown) if self.step.number == REVIEW else None
        if self.step.number == REVIEW:
            size = RevisionNote.Significance
            values.setdefault("significance", size.MEDIUM if sending and sending.too_big else size.MINOR)
        to_mend = errors | (shown.missing() | refusal(shown) if strict else {})
        form = FORMS[self.step.number - 1](values, to_mend, self.language)
        for name, beside in beside_of(self.draft, self.page).items():
            if name in form.fields:
                form.fields[name].beside = beside
        context = {
            "step": self.step,
            "steps": self._steps(shown),
            "form": form,
            "envelope": self.envelope(insist=bool(other)),
            "autosave_url": reverse("drafts:autosave", kwargs={"kind": KIND}),
            "desk": self,
            "is_review": self.step.number == REVIEW,
            "is_tip": shown.kind == PracticePage.Kind.TIP,
            "unread": [LABELS[name] for name in without_place(shown)],
            "from_word": self.draft is not None and self.page is None and "_word" in self.draft.data,
            "is_stopped": shown.maturity == PracticePage.Maturity.ABANDONED,
            "sending": sending,
            "points": self._points(errors, shown.kind, strict=False),
            "points_said": _said(len(errors)),
            "problems": self._points(problems, shown.kind, strict=True),
            "problems_said": _said(len(problems)),
            "other": self._other(other or {}),
            "writers": [member.signature for member in also_writing(self.user, KIND, self._target)],
            "news": self._news(),
            "withdrawn": self.page is not None
            and not can_edit(self.user, self.page)
            or bool(self._target and self.page is None),
            "alternates": self._alternates(),
            "section": "drafts",
        }
        if self.draft is not None and (beginning := beginning_of(self.draft)):
            context |= {"beside": beginning.beside} | beginning.context(self.draft, self.user)
        if "attachments" in self.step.fields:
            errors = [to_mend["attachments"]] if "attachments" in to_mend else []
            context["tray"] = tray_of(shown.attachments, self.user, refusals=refusals, errors=errors)
        if self.step.number == 1:
            context |= similar_context(shown.title, self.user, self.page) | {"own": self._target}
        if self.step.number == REVIEW:
            context |= self._preview(shown) | {"gate": self._gate(shown, values)}
        return context

    @property
    def _target(self) -> str:
        return self.draft.target if self.draft else str(self.page.pk) if self.page else ""

    def _as_typed(self) -> dict[str, Any]:
        """What the draft holds, even where PracticeFields would bring it to one shape."""
        return (
            {name: value for name, value in self.draft.data.items() if name[0] != "_"} if self.draft else {}
        )

    def _steps(self, shown: PracticeFields) -> list[dict[str, Any]]:
        """Return the five steps with their tile: half for the present one, full when it says something."""
        started = PracticeFields(title="", origin=shown.origin, kind=shown.kind, maturity=shown.maturity)
        steps = []
        for step in STEPS:
            names = [name for name in step.fields if hasattr(shown, name)]
            filled = any(getattr(shown, name) != getattr(started, name) for name in names)
            current = step.number == self.step.number
            tile = "/" if current else "1" if filled else "0"
            steps.append({"step": step, "current": current, "filled": filled, "tile": tile})
        return steps

    def _url(self, number: int) -> str:
        if self.draft is not None:
            return step_url(self.draft, number)
        return f"?etape={number}"

    def _points(self, errors: Mapping[str, str], kind: str, *, strict: bool) -> list[dict[str, str]]:
        mark = "?a-revoir=1" if strict and self.draft else ""
        labels = LABELS | (OF_A_TIP if kind == PracticePage.Kind.TIP else {})
        return [
            {
                "label": labels[name],
                "said": said,
                "url": self._url(step_asking(name).number) + mark + f"#{name}",
            }
            for name, said in errors.items()
        ]

    def _other(self, other: Mapping[str, Any]) -> list[dict[str, str]]:
        """The texts of the other window, where they differ from what was just sent."""
        return [{"label": LABELS.get(name, name), "text": said(name, value)} for name, value in other.items()]

    def _news(self) -> dict[str, Any] | None:
        """Who published a version of this sheet since the draft was begun, and when."""
        if self.page is None or self.draft is None or self.draft.base == str(self.page.live_revision_id):
            return None
        return {"author": last_author(self.page), "time": moment(self.page.last_published_at)}

    def _preview(self, shown: PracticeFields) -> dict[str, Any]:
        sheet = PracticePage(
            title=shown.title, kind=shown.kind, summary=shown.summary, maturity=shown.maturity
        )
        for name in SECTIONS:
            setattr(sheet, name, getattr(shown, name))
        sheet.attachments = attachments_among(shown.attachments)
        with override(self.language):
            facts = [(LABELS[name], ", ".join(term.name for term in shown.terms(name))) for name in LISTS]
            facts.append((LABELS["origin"], said("origin", shown.origin or "")))
            facts.append((_("Âge de la pratique"), said("maturity", shown.maturity)))
            return {
                "sheet": sheet,
                "parts": parts_of(sheet),
                "facts": [(str(label), text) for label, text in facts if text],
                "is_open": self.page is not None and self.page.is_showcase,
            }

    def _gate(self, shown: PracticeFields, values: Mapping[str, Any]) -> Gate:
        """Return what the anonymisation gate says of the texts as they stand."""
        before = PracticeFields.of(self.page) if self.page is not None else None
        return gate_for(shown, before, values, lambda name: self._url(step_asking(name).number))

    def _sending(self, shown: PracticeFields) -> Sending | None:
        """What happens to a change when it is sent; None for a new sheet, or one that is gone."""
        if self.page is None or self.draft is None or not can_edit(self.user, self.page):
            return None
        mine, reviewed = (proposal_of(self.draft, name) for name in (MINE, REVIEWED))
        before = start_of(self.draft, self.page)
        return sending_of(self.user, self.page, before, shown, mine=mine, reviewed=reviewed)

    def _alternates(self) -> dict[str, str]:
        here = get_language()
        alternates = {}
        for language in ("fr", "nl"):
            if language == here:
                continue
            with override(language):
                if self.draft is not None:
                    alternates[language] = step_url(self.draft, self.step.number)
                elif self.page is None:
                    alternates[language] = reverse("practices:write")
        return alternates


def _said(number: int) -> str:
    return capitalised(in_letters(number))


def similar_context(title: str, user, page: PracticePage | None) -> dict[str, Any]:
    """Return what the part `practices/write_similar.html` shows beside a title."""
    sheets = similar_sheets(title, user=user, but=page)
    return {"similar": sheets, "number": capitalised(in_letters(len(sheets), feminine=True))}


def last_author(page: PracticePage | None) -> str:
    """Return how whoever published the present version signs; « quelqu’un » when they are gone."""
    note = (
        RevisionNote.objects.filter(revision_id=page.live_revision_id).select_related("author").first()
        if page
        else None
    )
    author = note.author if note else None
    gone = author is None or author.status == author.Status.LEFT
    return _("Quelqu’un") if gone else author.signature


def conflict_context(draft: Draft, page: PracticePage, standoff: Standoff) -> dict[str, Any]:
    """Return what the page « deux textes » shows: each field where a choice is needed, both sides marked."""
    places = []
    for name in standoff.fields:
        mine, theirs = said(name, standoff.mine[name]), said(name, standoff.theirs[name])
        marked: tuple[SafeString, SafeString] = mark_differences(mine, theirs)
        places.append(
            {
                "name": name,
                "label": LABELS[name],
                "mine": marked[0],
                "theirs": marked[1],
                "joinable": name in JOINABLE,
            }
        )
    return {
        "draft": draft,
        "page": page,
        "places": places,
        "standoff": standoff,
        "number": in_letters(len(places)),
        "is_amending": bool(draft.data.get(REVIEWED)),
        "author": last_author(page),
        "mine_at": date_format(timezone.localtime(draft.saved_at), "H:i"),
        "theirs_at": date_format(timezone.localtime(page.last_published_at), "H:i"),
        "section": "drafts",
    }
