"""What tells which sheet it is, who keeps it and who may read it; its texts come when they are asked for.

A name of its own: half of a query, kept apart from permissions.py, which decides. Each reading of a sheet
asks this first, and Django would spend ten times longer writing this query than the database answering it.
"""

from functools import cache

from django.db.models import Model
from wagtail.models import Locale

from agora.people.models import Member
from agora.prepared import Prepared

from .models import PracticePage


def _in_order(model: type[Model], names: set[str]) -> tuple[str, ...]:
    # Model.from_db takes values in the order of the model's fields.
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)


SHEET = _in_order(
    PracticePage,
    {
        "id", "page_ptr_id", "title", "slug", "live", "locked", "is_showcase", "kind", "translation_key",
        "content_type_id", "live_revision_id", "locale_id", "owner_id", "fallback_owner_id", "origin_id",
        "reviewed_on", "review_months",
    },
)  # fmt: skip
KEEPER = _in_order(Member, {"id", "first_name", "last_name", "status", "is_active", "cpas_id"})
BLANKS = {"slug": "\ue000 slug"}


@cache
def _query() -> Prepared:
    found = PracticePage.objects.filter(live=True, slug=BLANKS["slug"])
    keepers = (f"{who}__{name}" for who in ("owner", "fallback_owner") for name in KEEPER)
    # The language is read, and compared below, for the reason that PracticeQuerySet.at_address gives.
    columns = (*SHEET, *keepers, "locale__language_code")
    return Prepared(found.order_by().values_list(*columns), BLANKS)


def identity_of(slug: str, language: str) -> PracticePage | None:
    """Return the published sheet at an address, with its keepers and locale (one query); else None.

    Whoever calls decides who may see it. What was not read is read from the database when it is asked for.
    """
    row = next((row[:-1] for row in _query().rows(slug=slug) if row[-1] == language), None)
    if row is None:
        return None
    database = PracticePage.objects.db
    practice = PracticePage.from_db(database, SHEET, row[: len(SHEET)])
    practice.locale = Locale(pk=practice.locale_id, language_code=language)
    keeper, fallback = row[len(SHEET) : -len(KEEPER)], row[-len(KEEPER) :]
    practice.owner = Member.from_db(database, KEEPER, keeper) if practice.owner_id else None
    practice.fallback_owner = (
        Member.from_db(database, KEEPER, fallback) if practice.fallback_owner_id else None
    )
    return practice
