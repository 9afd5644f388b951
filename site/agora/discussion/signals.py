"""What happens to a message without any act of ours: it is deleted with the page that it hangs under."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django_comments_xtd.models import XtdComment

from search import outbox

from .indexing import SOURCE


@receiver(post_delete, sender=XtdComment, dispatch_uid="agora.discussion.deleted")
def after_deletion(sender, instance: XtdComment, **kwargs) -> None:
    """Hide a deleted message from every search at once."""
    outbox.narrow(SOURCE.uid(instance.pk))
