"""Who may read and withdraw a file, and the only way from a number to a file."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from agora.people.audience import MEMBERS, tokens_of

from . import holders
from .models import Attachment


def can_upload(user) -> bool:
    """Any validated member adds files to what they write."""
    return MEMBERS in tokens_of(user)


def can_read(user, attachment: Attachment) -> bool:
    """Whether this person (or a visitor) may read a file: asked of the database, where the rule is."""
    return Attachment.objects.visible_to(user).filter(pk=attachment.pk).exists()


def can_withdraw(user, attachment: Attachment) -> bool:
    """Its sender takes a file back; whoever answers for what carries it does too."""
    if attachment.withdrawn_at or not can_upload(user):
        return False
    if attachment.uploaded_by_id == user.pk:
        return True
    return any(holder.may_withdraw(user, attachment) for holder in holders.all_of_them())


def get_attachment_for(user, pk: UUID) -> Attachment:
    """Return a file that this person may read, withdrawn or not; Http404 when there is none to see."""
    found = Attachment.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def numbers_among(texts: Iterable[str]) -> set[UUID]:
    """Return the texts that are numbers of files at all: what comes in with a form may be anything."""
    found = set()
    for text in texts:
        try:
            found.add(UUID(str(text)))
        except ValueError:
            continue
    return found
