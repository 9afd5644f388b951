"""The acts on reading lists: keep a sheet, order it, say why, share, remove, put back."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agora.people.audience import MEMBERS, tokens_of

from ...models import PracticePage, ReadingItem, ReadingList
from ...permissions import can_read
from .permissions import can_change_list

MOST_LISTS = 50  # of one member
MOST_ITEMS = 100  # in one list: a pile of which nobody reads the bottom is no list


def create_list(user, title: str, *, note: str = "", audience: str = "self") -> ReadingList:
    """Begin a list; ValidationError when there are already many, PermissionDenied for who is no member."""
    if MEMBERS not in tokens_of(user):
        raise PermissionDenied
    if ReadingList.objects.filter(owner=user).count() >= MOST_LISTS:
        raise ValidationError(_("Vous avez déjà cinquante listes. Retirez-en une d’abord."))
    return ReadingList.objects.create(owner=user, title=title, note=note, audience=audience)


def usual_list(user) -> ReadingList:
    """Return the list that « Garder » fills: the oldest one, « À lire » when there is none yet."""
    first = ReadingList.objects.filter(owner=user).order_by("created_at", "pk").first()
    return first or create_list(user, _("À lire"))


@transaction.atomic
def keep(user, practice: PracticePage, reading_list: ReadingList, note: str = "") -> ReadingItem:
    """Put a sheet at the end of a list; there already, only a new note is written.

    PermissionDenied for a sheet or a list that is not theirs to use; ValidationError for a full list.
    """
    if not can_read(user, practice) or not can_change_list(user, reading_list):
        raise PermissionDenied
    items = _items(reading_list)
    item = items.filter(practice=practice).first()
    if item is None:
        if items.count() >= MOST_ITEMS:
            said = _("La liste « %(title)s » a déjà cent fiches. Retirez-en une d’abord.")
            raise ValidationError(said % {"title": reading_list.title})
        last = items.aggregate(last=Max("position"))["last"]
        position = 0 if last is None else last + 1
        item = items.create(practice=practice, note=note, position=position)
    elif note and note != item.note:
        item.note = note
        item.save(update_fields=["note"])
    reading_list.save(update_fields=["updated_at"])
    return item


@transaction.atomic
def keep_in(user, practice: PracticePage, lists: Iterable[ReadingList], *, note: str = "") -> None:
    """Have a sheet in exactly these of one's lists. Errors as `keep`."""
    lists = list(lists)
    ReadingItem.objects.filter(reading_list__owner=user, practice=practice).exclude(
        reading_list__in=lists
    ).delete()
    for reading_list in lists:
        keep(user, practice, reading_list, note)


@transaction.atomic
def move(item: ReadingItem, step: int, among: list[int]) -> None:
    """Move a sheet one place up (-1) or down (1) among the items that its owner sees (`among`, in order)."""
    ordered = list(_items(item.reading_list).order_by("position", "pk"))
    place = among.index(item.pk) + step
    if not 0 <= place < len(among):
        return
    by_pk = {each.pk: each for each in ordered}
    other = by_pk[among[place]]
    here, there = ordered.index(by_pk[item.pk]), ordered.index(other)
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for position, each in enumerate(ordered):
        each.position = position
    ReadingItem.objects.bulk_update(ordered, ["position"])


def annotate(item: ReadingItem, note: str) -> None:
    """Say why a sheet is in a list."""
    item.note = note
    item.save(update_fields=["note"])


def remove(item: ReadingItem) -> dict:
    """Take a sheet off a list; return what `put_back` needs."""
    data = {"list": item.reading_list_id} | _as_data(item)
    item.delete()
    return data


@transaction.atomic
def delete_list(reading_list: ReadingList) -> dict:
    """Remove a list; return what `restore_list` needs."""
    data = {name: getattr(reading_list, name) for name in ("title", "note", "audience")}
    data["items"] = [_as_data(item) for item in reading_list.items.all()]
    reading_list.delete()
    return data


@transaction.atomic
def restore_list(user, data: dict) -> ReadingList:
    """Put a removed list back, with the sheets that still exist. Errors as `create_list`."""
    reading_list = create_list(user, data["title"], note=data["note"], audience=data["audience"])
    wanted = [item["practice"] for item in data["items"]]
    existing = set(PracticePage.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    ReadingItem.objects.bulk_create(
        ReadingItem(
            reading_list=reading_list,
            practice_id=item["practice"],
            note=item["note"],
            position=item["position"],
        )
        for item in data["items"]
        if item["practice"] in existing
    )
    return reading_list


@transaction.atomic
def put_back(reading_list: ReadingList, data: dict) -> bool:
    """Put a sheet back in a list where it was; False when the sheet is gone."""
    if not PracticePage.objects.filter(pk=data["practice"]).exists():
        return False
    where = {"note": data["note"], "position": data["position"]}
    _items(reading_list).get_or_create(practice_id=data["practice"], defaults=where)
    return True


def _items(reading_list: ReadingList):
    """Return the items of a list whose row is locked: two windows order one after the other."""
    ReadingList.objects.select_for_update().get(pk=reading_list.pk)
    return reading_list.items


def _as_data(item: ReadingItem) -> dict:
    return {"practice": item.practice_id, "note": item.note, "position": item.position}
