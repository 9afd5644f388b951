"""What every form that keeps drafts carries besides its own fields."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from .actions import DraftGone, DraftTooLarge, Origin, Saved, save_draft
from .handlers import handler_of
from .models import Draft
from .rows import moment

_OWNER = signing.Signer(salt="agora.drafts.owner")
LARGEST = 2**31 - 1


class EnvelopeForm(forms.Form):
    """The hidden fields around a text: which draft, of what, what the sender has seen."""

    draft_id = forms.UUIDField()
    draft_target = forms.CharField(required=False, max_length=40)
    draft_base = forms.CharField(required=False, max_length=40)
    draft_language = forms.ChoiceField(choices=[("fr", "fr"), ("nl", "nl")])
    draft_sequence = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    draft_window = forms.CharField(required=False, max_length=40)
    draft_number = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    draft_insist = forms.BooleanField(required=False)


def save_posted(user, post: QueryDict, kind: str) -> Saved:
    """Save the draft that a form sent, as save_draft; BadRequest when its hidden fields make no sense."""
    handler = handler_of(kind)
    form = EnvelopeForm(post)
    if handler is None or not form.is_valid():
        raise BadRequest("Not the form of a draft.")
    said = form.cleaned_data
    return save_draft(
        user,
        pk=said["draft_id"],
        kind=kind,
        language=said["draft_language"],
        data=handler.read(post),
        target=said["draft_target"],
        base=said["draft_base"],
        origin=Origin(said["draft_sequence"] or 0, said["draft_window"], said["draft_number"] or 0),
        overwrite=said["draft_insist"],
    )


def keep_posted(user, post: QueryDict, kind: str, draft: Draft | None) -> Draft | None:
    """Keep what was sent and is not out yet, also without a script; return the draft as it stands."""
    try:
        return save_posted(user, post, kind).draft
    except (BadRequest, PermissionDenied, DraftGone, DraftTooLarge):
        return draft


def owner_mark(user) -> str:
    """Return a mark of this person that nobody else can make: what is typed is given back to them only."""
    return _OWNER.signature(str(user.pk))


@dataclass
class Envelope:
    """What the template `drafts/envelope.html` prints for one form.

    `draft`: None for something not saved yet. `target`, `base`, `language`: used until it is.
    """

    kind: str
    user: Any
    draft: Draft | None = None
    target: str = ""
    base: str = ""
    language: str = "fr"
    insist: bool = False

    def __post_init__(self) -> None:
        if self.draft is not None:
            self.target, self.base = self.draft.target, self.draft.base
            self.language = self.draft.language

    @cached_property
    def id(self) -> uuid.UUID:
        """The draft's number, chosen now when there is no draft yet."""
        return self.draft.pk if self.draft else uuid.uuid4()

    @property
    def sequence(self) -> int:
        """The last save that this page shows."""
        return self.draft.sequence if self.draft else 0

    @property
    def moment(self) -> str:
        """When the draft was kept: « hier à 9:05 »; empty when there is none."""
        return moment(self.draft.saved_at) if self.draft else ""

    @property
    def saved(self) -> str:
        """When the draft was kept, with its day where that is not today; empty for one of today, or none."""
        if self.draft is None or timezone.localdate(self.draft.saved_at) == timezone.localdate():
            return ""
        return moment(self.draft.saved_at)

    @property
    def owner(self) -> str:
        """The mark of the person who is writing."""
        return owner_mark(self.user)
