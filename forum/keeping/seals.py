"""Moving every sealed text to the first key.

A name of its own: it works on the columns themselves, below models and acts.
"""

from django.apps import apps
from django.db import connection, transaction

from .. import keys
from ..fields import SealedTextField

BATCH = 500


def reseal_all() -> int:
    """Seal again, with the first key, every sealed text of the database; return how many.

    Unreadable when one was sealed with a key that is not listed: nothing of its batch is changed then.
    """
    return sum(
        _reseal(model._meta.db_table, field.column, model._meta.pk.column)
        for model in apps.get_app_config("forum").get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedTextField)
    )


def _reseal(table: str, column: str, pk: str) -> int:
    quoted = tuple(connection.ops.quote_name(name) for name in (table, column, pk))
    count = 0
    with connection.cursor() as cursor:
        # Only names of our own tables and columns are put in these statements.
        cursor.execute(f"SELECT {quoted[2]} FROM {quoted[0]} WHERE {quoted[1]} <> ''")  # noqa: S608
        numbers = [number for (number,) in cursor.fetchall()]
    batch = 1 if column == "content" else BATCH  # a file is heavy: one at a time in memory
    for start in range(0, len(numbers), batch):
        count += _reseal_some(quoted, numbers[start : start + batch])
    return count


@transaction.atomic
def _reseal_some(quoted: tuple[str, ...], numbers: list) -> int:
    marks = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {quoted[2]}, {quoted[1]} FROM {quoted[0]} WHERE {quoted[2]} IN ({marks})",  # noqa: S608
            numbers,
        )
        fresh = [(keys.reseal(sealed), number) for number, sealed in cursor.fetchall() if sealed]
        cursor.executemany(f"UPDATE {quoted[0]} SET {quoted[1]} = %s WHERE {quoted[2]} = %s", fresh)  # noqa: S608
    return len(fresh)
