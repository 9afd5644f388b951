"""A word that an editor adds, renames, hides or deletes takes its pages along; so does the text of a page."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from agora.vocabulary.models import Term
from search import outbox

from ..models import WordPage
from .indexing import SOURCE
from .pages import LISTS, keep_pages_of, pages_of


def watch() -> None:
    """Listen to the closed lists (from AppConfig.ready)."""
    for model in LISTS:
        post_save.connect(after_word, sender=model, dispatch_uid=f"directory.words.{model.__name__}.saved")
        post_delete.connect(after_loss, sender=model, dispatch_uid=f"directory.words.{model.__name__}.gone")


def after_word(sender, instance: Term, raw: bool = False, **kwargs) -> None:
    """Keep the pages of a word in step with it."""
    if not raw:
        keep_pages_of(instance)


def after_loss(sender, instance: Term, **kwargs) -> None:
    """Delete the pages of a word that is no more."""
    pages_of(instance).delete()


@receiver(post_save, sender=WordPage, dispatch_uid="directory.words.page.saved")
def after_page(sender, instance: WordPage, **kwargs) -> None:
    """Tell search of a page; hide it at once when its word is no longer proposed."""
    (outbox.enqueue if instance.is_live else outbox.narrow)(SOURCE.uid(instance.pk))


@receiver(post_delete, sender=WordPage, dispatch_uid="directory.words.page.gone")
def after_page_loss(sender, instance: WordPage, **kwargs) -> None:
    """Hide a deleted page at once."""
    outbox.narrow(SOURCE.uid(instance.pk))
