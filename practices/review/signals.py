"""A sheet that is deleted for good gives the texts that were proposed for it back to their authors."""

import uuid

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from agora.drafts.models import Draft

from ..drafting import KIND
from ..fields import FIELDS
from ..models import PracticePage, Proposal


@receiver(pre_delete, sender=PracticePage, dispatch_uid="practices.proposals.given_back")
def before_deletion(sender, instance: PracticePage, **kwargs) -> None:
    """Turn each waiting proposal into a draft of a new sheet, which only its author sees."""
    waiting = Proposal.objects.filter(practice=instance, state=Proposal.State.WAITING, author__isnull=False)
    for proposal in waiting:
        Draft.objects.create(
            pk=uuid.uuid4(),
            owner_id=proposal.author_id,
            kind=KIND,
            language=instance.locale.language_code,
            title=str(proposal.data.get("title", ""))[:255],
            data={name: proposal.data[name] for name in FIELDS if name in proposal.data},
        )
