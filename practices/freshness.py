"""Renews the catalogue's mark with every change that its pages show, inside the transaction that makes it.

Apart from signals.py, which tells search what was published: this one serves practices.facets and the
kept pages, and listens to more (adoptions, words of the vocabularies, which sheets carry them).
What is written past the models (bulk_create, update) renews the mark itself, or is not seen.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page

from agora.people.models import Member
from agora.vocabulary.models import Circumstance, Cpas, Function, Mission, Public, Service, Theme

from .models import Adoption, Alignment, CatalogueStamp, Lineage, PracticePage, Provenance, RevisionNote

SHEETS = (PracticePage, Page, Adoption, Alignment, Lineage, Provenance, RevisionNote)
WORDS = (Circumstance, Cpas, Function, Mission, Public, Service, Theme)
WATCHED = (*SHEETS, *WORDS)
KEEPER = {"status", "is_active", "cpas", "first_name", "last_name"}  # what the catalogue shows of a person
WORD_LISTS = ("themes", "publics", "functions", "services", "missions", "circumstances")


def renew(sender, raw: bool = False, **kwargs) -> None:
    """Renew the mark; not while a fixture is being loaded, when the table may not be there."""
    if not raw:
        CatalogueStamp.renew()


def renew_for_keeper(sender, update_fields=None, created: bool = False, **kwargs) -> None:
    """Renew the mark when somebody who may keep sheets comes, goes or moves; not at each sign-in."""
    told = created or (update_fields is not None and not KEEPER & set(update_fields))
    if not told:
        renew(sender, **kwargs)


def watch() -> None:
    """Listen to every model whose rows the catalogue shows."""
    for model in WATCHED:
        post_save.connect(renew, sender=model, dispatch_uid=f"catalogue.saved.{model.__name__}")
        post_delete.connect(renew, sender=model, dispatch_uid=f"catalogue.deleted.{model.__name__}")
    post_save.connect(renew_for_keeper, sender=Member, dispatch_uid="catalogue.keeper.saved")
    post_delete.connect(renew, sender=Member, dispatch_uid="catalogue.keeper.deleted")
    for name in (*WORD_LISTS, "attachments"):
        through = PracticePage._meta.get_field(name).remote_field.through
        m2m_changed.connect(renew, sender=through, dispatch_uid=f"catalogue.words.{name}")
