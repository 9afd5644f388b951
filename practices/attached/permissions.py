"""Who may open and erase the files of sheets, and which files a text may carry."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from agora.attachments import holders
from agora.attachments.models import Attachment
from agora.attachments.permissions import numbers_among
from agora.drafts.models import Draft
from agora.people.audience import MEMBERS, tokens_of
from agora.people.roles import MODERATOR, roles_of

from ..fields import PracticeFields
from ..models import PracticePage, Proposal, SheetFile


def readable(user) -> Q:
    """Members read what any published version of a sheet in the catalogue carries or carried; visitors what
    the present version of a sheet of the showcase does. Whoever answers a proposal reads its author's files.
    """
    if MEMBERS not in tokens_of(user):
        shown = PracticePage.objects.filter(live=True, is_showcase=True)
        return Q(pk__in=_carried().filter(practicepage__in=shown).values("attachment"))
    condition = Q(pk__in=SheetFile.objects.filter(practice__live=True).values("attachment"))
    for author, numbers in _proposed_to(user):
        # Only what its author sent: naming the number of somebody's file opens it to nobody.
        condition |= Q(pk__in=numbers, uploaded_by=author)
    return condition


def _carried():
    return PracticePage.attachments.through.objects


def _proposed_to(user) -> list[tuple[int, set[UUID]]]:
    """Return the authors of the waiting changes that this person reads, with the files of each."""
    waiting = Proposal.objects.visible_to(user).waiting().exclude(author=None)
    rows = waiting.values_list("author", "data__attachments")
    return [(author, numbers_among(named)) for author, named in rows if named]


def may_withdraw(user, attachment: Attachment) -> bool:
    """Moderators, and those who answer for a sheet that carries or carried the file."""
    sheets = PracticePage.objects.filter(live=True, files_ever__attachment=attachment)
    if MODERATOR in roles_of(user):
        return sheets.exists()
    return sheets.filter(Q(owner=user) | Q(fallback_owner=user)).exists()


def kept() -> Q:
    """The files that some sheet carries or carried, by our tables."""
    return Q(pk__in=SheetFile.objects.values("attachment")) | Q(pk__in=_carried().values("attachment"))


def held(attachments: Iterable[Attachment]) -> set[UUID]:
    """Return those that a sheet, one of its versions, a draft or a proposal refers to."""
    attachments = list(attachments)
    named = set(
        Attachment.objects.filter(kept(), pk__in=[one.pk for one in attachments]).values_list("pk", flat=True)
    )
    # A file that was never published can only be in the texts of its sender, or in a proposal that waits.
    senders = {one.uploaded_by_id for one in attachments} - {None}
    texts = list(Draft.objects.filter(owner__in=senders).values_list("data__attachments", flat=True))
    proposals = Proposal.objects.filter(Q(state=Proposal.State.WAITING) | Q(author__in=senders))
    texts += proposals.values_list("data__attachments", flat=True)
    for one in texts:
        named |= numbers_among(one or ())
    return {one.pk for one in attachments} & named


def place(user, attachment: Attachment) -> tuple[str, str] | None:
    """Return the sheet that carries a file: its title and its address."""
    sheets = PracticePage.objects.visible_to(user).filter(files_ever__attachment=attachment)
    sheet = sheets.select_related("locale").first()
    return (sheet.title, sheet.get_absolute_url()) if sheet else None


def check_files(fields: PracticeFields, practice: PracticePage | None, by: Any) -> None:
    """Raise ValidationError unless whoever wrote this may read every file that the sheet did not carry yet.

    Otherwise the number of a file would be enough to publish somebody else's. What its writer sent passes
    even when they have left since.
    """
    if not fields.attachments:
        return
    before = set(practice.attachments.values_list("pk", flat=True)) if practice else set()
    added = numbers_among(fields.attachments) - before
    if not added:
        return
    known = Attachment.objects.visible_to(by).filter(pk__in=added)
    if by is not None:
        known |= Attachment.objects.filter(pk__in=added, uploaded_by=by)
    if known.count() < len(added):
        said = _("Un des fichiers joints n’existe plus ou ne peut pas être joint ici. Retirez-le.")
        raise ValidationError({"attachments": said})


def register() -> None:
    """Tell the room of files about sheets (from AppConfig.ready)."""
    holders.register(
        holders.Holder(
            name="practices",
            readable=readable,
            may_withdraw=may_withdraw,
            kept=kept,
            held=held,
            place=place,
        )
    )
