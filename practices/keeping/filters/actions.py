"""The acts on saved filters: keep, rename, look, remove, put back."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.audience import MEMBERS, tokens_of

from ...models import SavedFilter

MOST_FILTERS = 30  # of one member
QUERY_LENGTH = SavedFilter._meta.get_field("query").max_length
NAME_LENGTH = SavedFilter._meta.get_field("name").max_length


def keep_filter(user, query: str, name: str) -> tuple[SavedFilter, bool]:
    """Keep filters under a name; return them, and whether they were not kept already.

    `query`: as practices.catalogue.asked.Request.kept writes it. PermissionDenied for whoever is no member;
    ValidationError when there is nothing to keep, too much, or already many.
    """
    if MEMBERS not in tokens_of(user):
        raise PermissionDenied
    if not query:
        raise ValidationError(_("Choisissez d’abord un filtre."))
    if len(query) > QUERY_LENGTH:
        raise ValidationError(_("Il y a trop de filtres pour les garder ensemble. Enlevez-en quelques-uns."))
    found = SavedFilter.objects.filter(owner=user, query=query).first()
    if found:
        return found, False
    if SavedFilter.objects.filter(owner=user).count() >= MOST_FILTERS:
        raise ValidationError(_("Vous gardez déjà trente filtres. Retirez-en un d’abord."))
    return SavedFilter.objects.get_or_create(
        owner=user, query=query, defaults={"name": name[:NAME_LENGTH], "seen_at": timezone.now()}
    )


def rename_filter(kept: SavedFilter, name: str) -> None:
    """Give other words to saved filters."""
    kept.name = name
    kept.save(update_fields=["name"])


def look(kept: SavedFilter) -> None:
    """Remember that their owner looks at what they find: what is there now is not new any more."""
    kept.seen_at = timezone.now()
    kept.save(update_fields=["seen_at"])


def remove_filter(kept: SavedFilter) -> dict:
    """Remove saved filters; return what `restore_filter` needs."""
    data = {"query": kept.query, "name": kept.name, "seen_at": kept.seen_at.isoformat()}
    kept.delete()
    return data


def restore_filter(user, data: dict) -> SavedFilter:
    """Put removed filters back, with the day of the last look. Errors as `keep_filter`."""
    kept, _made = keep_filter(user, data["query"], data["name"])
    kept.seen_at = timezone.datetime.fromisoformat(data["seen_at"])
    kept.save(update_fields=["seen_at"])
    return kept
