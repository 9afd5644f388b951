"""« Garder » as the page of a sheet says it; a name of its own, like the places in practices.sheet."""

from django.db.models import Exists, OuterRef

from ...models import PracticePage, ReadingItem, ReadingList


def kept_by(user, practice: PracticePage) -> dict[str, object]:
    """Return in which of one's lists a sheet is (one query)."""
    here = ReadingItem.objects.filter(reading_list=OuterRef("pk"), practice=practice.pk)
    own = ReadingList.objects.filter(Exists(here), owner=user.pk).order_by("created_at", "pk")
    return {"kept_in": list(own.values_list("pk", "title"))}
