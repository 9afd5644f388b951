"""The sheet that most tests begin with is the one that the act would have published, row by row."""

import re
from datetime import datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction

from practices.actions import create_practice
from practices.models import PracticePage
from tests.attachments.factories import stored

from .factories import fields_of, make_practice

pytestmark = pytest.mark.django_db
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")


def everything() -> dict[tuple, dict]:
    """Every row of every table, by model and key."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    through = {field.remote_field.through for model in models for field in model._meta.local_many_to_many}
    return {
        (model._meta.label, row["pk"]): row
        for model in {*models, *through}
        for row in model._base_manager.values("pk", *(field.attname for field in model._meta.local_fields))
    }


def written(make) -> list[tuple]:
    """What making a sheet leaves behind, without what chance and the clock put into it; it is undone."""
    with transaction.atomic():
        before = everything()
        practice = make()
        rows = {key: row for key, row in everything().items() if before.get(key) != row}
        revision, pk = practice.latest_revision_id, practice.pk
        assert isinstance(practice, PracticePage) and practice.live_revision_id == revision
        transaction.set_rollback(True)

    def plain(value, name=""):
        if isinstance(value, dict):
            return {each: plain(one, each) for each, one in value.items()}
        if isinstance(value, list):
            return [plain(one) for one in value]
        if isinstance(value, datetime | UUID) or (isinstance(value, str) and MOMENT.fullmatch(value)):
            return type(value).__name__
        if name in ("translation_key", "mark", "uuid"):
            return "any"
        if value in (revision, str(revision)) and "revision" in name:
            return "the revision"
        return "the sheet" if value in (pk, str(pk), f"practice:{pk}") else value

    found = [
        (key[0], plain(row if key in before else row | dict.fromkeys({"pk", "id"} & row.keys(), "new")))
        for key, row in rows.items()
    ]
    return sorted(found, key=repr)


@pytest.mark.parametrize(
    ("language", "is_showcase", "changes"),
    [
        ("fr", False, {}),
        ("nl", True, {"kind": "tip", "steps": "", "origin": "21007", "maturity": "tried", "themes": ()}),
        ("fr", False, {"themes": ("accueil-flux", "bilan"), "publics": ("tous",), "services": ("accueil",)}),
    ],
)
@pytest.mark.parametrize("others", [0, 2])
def test_a_sheet_of_the_tests_leaves_the_rows_of_a_published_one(
    language, is_showcase, changes, others, tree, member
):
    for _other in range(others):
        make_practice(by=member, language=language)
    fields = fields_of(**changes, attachments=(str(stored(member).pk),))
    act = written(lambda: create_practice(fields, by=member, language=language, is_showcase=is_showcase))
    rows = written(
        lambda: make_practice(by=member, language=language, is_showcase=is_showcase, fields=fields)
    )
    assert len(act) > 8
    assert rows == act
