"""What changes a member as others find them; Django sends these inside the transaction of the act.

Signing in, a new pass phrase or a chosen address change nothing here and cost nothing.
"""

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from agora.people.models import Member
from agora.vocabulary.models import Cpas, Function, Service, Theme
from search import outbox

from .indexing import SOURCE

SHOWN = {
    *("first_name", "last_name", "language", "spoken"),
    *("cpas", "function", "service", "cpas_id", "function_id", "service_id"),
    *("status", "is_active", "is_findable"),
}


@receiver(post_save, sender=Member, dispatch_uid="directory.persons.saved")
def after_save(sender, instance: Member, update_fields=None, **kwargs) -> None:
    """Tell search of a member; hide at once whoever is no member any more, or wishes not to be found."""
    if update_fields is not None and SHOWN.isdisjoint(update_fields):
        return
    tell = outbox.enqueue if instance.is_validated and instance.is_findable else outbox.narrow
    tell(SOURCE.uid(instance.pk))


@receiver(post_delete, sender=Member, dispatch_uid="directory.persons.deleted")
def after_deletion(sender, instance: Member, **kwargs) -> None:
    """Hide a deleted account at once."""
    outbox.narrow(SOURCE.uid(instance.pk))


@receiver(m2m_changed, sender=Member.themes.through, dispatch_uid="directory.persons.themes")
def after_themes(sender, instance: Member, action: str, reverse: bool, **kwargs) -> None:
    """Tell search of the themes that somebody follows."""
    if action.startswith("post_") and not reverse:
        outbox.enqueue(SOURCE.uid(instance.pk))


@receiver(post_save, sender=Cpas, dispatch_uid="directory.persons.cpas")
@receiver(post_save, sender=Function, dispatch_uid="directory.persons.function")
@receiver(post_save, sender=Service, dispatch_uid="directory.persons.service")
@receiver(post_save, sender=Theme, dispatch_uid="directory.persons.theme")
def after_renaming(sender, instance, created: bool, **kwargs) -> None:
    """Tell search of everybody whose page shows a word that an editor changed."""
    if created:
        return
    field = {Cpas: "cpas", Function: "function", Service: "service", Theme: "themes"}[sender]
    keys = Member.objects.filter(**{field: instance}).values_list("pk", flat=True)
    outbox.enqueue(*(SOURCE.uid(pk) for pk in keys))
