"""What every publication sets in motion, whether it comes from a form, an import or Wagtail's admin.

Wagtail sends these signals inside the transaction of the act: what is written here stands or falls with it.
"""

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from agora.discussion.indexing import follow
from search import outbox

from .attached.indexing import follow as follow_files
from .models import PracticePage, RevisionNote


def uid_of(practice: PracticePage) -> str:
    """Return the name under which search knows a sheet."""
    return f"practice:{practice.pk}"


@receiver(page_published, sender=PracticePage, dispatch_uid="practices.published")
def after_publication(sender, instance: PracticePage, revision, **kwargs) -> None:
    """Keep a note of each published version, and tell the index; at once when fewer people may read it."""
    earlier = (
        RevisionNote.objects.filter(revision__in=instance.revisions.all())
        .exclude(revision=revision)
        .order_by("-published_at", "-pk")
        .select_related("revision")
        .first()
    )
    # Our own acts have written theirs; what an editor publishes from the admin has none yet.
    RevisionNote.objects.get_or_create(
        revision=revision,
        defaults={
            "author": revision.user,
            "significance": RevisionNote.Significance.MEDIUM
            if earlier
            else RevisionNote.Significance.CREATED,
            "published_at": instance.last_published_at,
        },
    )
    was_open = earlier is not None and earlier.revision.content.get("is_showcase")
    closes = bool(was_open) and not instance.is_showcase
    (outbox.narrow if closes else outbox.enqueue)(uid_of(instance))
    follow(instance)
    follow_files(instance, narrowed=closes)


@receiver(page_unpublished, sender=PracticePage, dispatch_uid="practices.unpublished")
def after_unpublication(sender, instance: PracticePage, **kwargs) -> None:
    """Hide an archived sheet, and what was said under it, from every search at once."""
    outbox.narrow(uid_of(instance))
    follow(instance, narrowed=True)
    follow_files(instance, narrowed=True)


@receiver(pre_delete, sender=PracticePage, dispatch_uid="practices.deleting")
def before_deletion(sender, instance: PracticePage, **kwargs) -> None:
    """Hide the files of a sheet that is being deleted, while it still tells which they are."""
    follow_files(instance, narrowed=True)


@receiver(post_delete, sender=PracticePage, dispatch_uid="practices.deleted")
def after_deletion(sender, instance: PracticePage, **kwargs) -> None:
    """Hide a deleted sheet from every search at once; its messages go with it, and say so themselves."""
    outbox.narrow(uid_of(instance))
