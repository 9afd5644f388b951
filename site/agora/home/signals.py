"""What changes the texts of the house, told to search inside the transaction of the act."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from search import outbox

from .indexing import SOURCE
from .models import StandardPage


@receiver(page_published, sender=StandardPage, dispatch_uid="home.published")
def after_publication(sender, instance: StandardPage, **kwargs) -> None:
    """Tell search of a text that an editor published."""
    outbox.enqueue(SOURCE.uid(instance.pk))


@receiver(page_unpublished, sender=StandardPage, dispatch_uid="home.unpublished")
def after_unpublication(sender, instance: StandardPage, **kwargs) -> None:
    """Hide a text at once."""
    outbox.narrow(SOURCE.uid(instance.pk))


@receiver(post_delete, sender=StandardPage, dispatch_uid="home.deleted")
def after_deletion(sender, instance: StandardPage, **kwargs) -> None:
    """Hide a deleted text at once."""
    outbox.narrow(SOURCE.uid(instance.pk))


@receiver(post_page_move, dispatch_uid="home.moved")
def after_move(sender, instance, **kwargs) -> None:
    """Read anew the texts that moved: they may now stand under a page that is closed."""
    _read_anew(instance)


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="home.closed")
@receiver(post_delete, sender=PageViewRestriction, dispatch_uid="home.opened")
def after_restriction(sender, instance: PageViewRestriction, **kwargs) -> None:
    """Read anew the texts under a page that somebody closed or opened, hidden meanwhile."""
    _read_anew(instance.page)


def _read_anew(top) -> None:
    pages = StandardPage.objects.descendant_of(top, inclusive=True).values_list("pk", flat=True)
    outbox.narrow(*(SOURCE.uid(pk) for pk in pages))
