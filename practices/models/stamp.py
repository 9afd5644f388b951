"""A mark that moves whenever anything that the catalogue shows changes."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

THE_ROW = 1
_HELD: ContextVar[bool] = ContextVar("catalogue-stamp-held", default=False)


class CatalogueStamp(models.Model):
    """One row holding a random mark, renewed in the same transaction as each change of a sheet.

    Each process keeps a picture of the catalogue in memory (see practices.facets) together with the
    mark it was taken under; a different mark means that the picture is old. Random rather than
    counted: a number that was rolled back would come again and name another state. Nobody sees it.
    """

    mark = models.CharField(_("marque"), max_length=32, default="")

    class Meta:
        verbose_name = _("marque du catalogue")
        verbose_name_plural = _("marques du catalogue")

    def __str__(self) -> str:
        return self.mark

    @classmethod
    def current(cls) -> str:
        """Return the mark as this transaction sees it; empty before anything was written."""
        # By hand: every page asks, and writing the query costs the ORM twenty times what running it does.
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT mark FROM {cls._meta.db_table} WHERE id = %s", [THE_ROW])  # noqa: S608
            row = cursor.fetchone()
        return row[0] if row else ""

    @classmethod
    def renew(cls) -> None:
        """Say that the catalogue changed; call it inside the transaction that changes it."""
        if _HELD.get():
            return
        mark = secrets.token_hex(16)
        if not cls.objects.filter(pk=THE_ROW).update(mark=mark):
            cls.objects.update_or_create(pk=THE_ROW, defaults={"mark": mark})

    @classmethod
    @contextmanager
    def renewed_around(cls) -> Iterator[None]:
        """Renew the mark before and after many changes of one transaction, instead of at each of them.

        Before: a picture taken meanwhile by this transaction stands under a mark that nobody else reads.
        After: that picture is old. Write nothing between the end of the block and the commit.
        """
        cls.renew()
        token = _HELD.set(True)
        try:
            yield
        finally:
            _HELD.reset(token)
        cls.renew()
