"""« Garder » as the page of a sheet says it; a name of its own, like the places in practices.sheet."""

from functools import cache

from django.db.models import Exists, OuterRef

from agora.prepared import Prepared

from ...models import PracticePage, ReadingItem, ReadingList

BLANKS = {"practice": -1, "owner": -2}


def kept_by(user, practice: PracticePage) -> dict[str, object]:
    """Return in which of one's lists a sheet is (one query)."""
    return {"kept_in": _query().rows(practice=practice.pk, owner=user.pk)}


@cache
def _query() -> Prepared:
    here = ReadingItem.objects.filter(reading_list=OuterRef("pk"), practice=BLANKS["practice"])
    own = ReadingList.objects.filter(Exists(here), owner=BLANKS["owner"]).order_by("created_at", "pk")
    return Prepared(own.values_list("pk", "title"), BLANKS)
