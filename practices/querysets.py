"""Which sheets somebody may see: the database half of permissions.py (a test proves that they agree)."""

from typing import TYPE_CHECKING

from wagtail.query import PageQuerySet

from agora.people.audience import MEMBERS, tokens_of

if TYPE_CHECKING:
    from .models import PracticePage


class PracticeQuerySet(PageQuerySet):
    """Sheets, filtered by who looks."""

    def visible_to(self, user) -> "PracticeQuerySet":
        """Keep the published sheets that a user (or a visitor) may read."""
        live = self.filter(live=True)
        return live if MEMBERS in tokens_of(user) else live.filter(is_showcase=True)

    def at_address(self, slug: str, language: str) -> "PracticePage | None":
        """Return the sheet with this slug in the catalogue of a language, or None (one query).

        Asked by the slug alone: asked for both, SQLite goes through all sheets of the language instead.
        A slug is unique under its parent, and each language has one catalogue: no order is needed.
        """
        found = self.filter(slug=slug).select_related("locale").order_by()
        return next((sheet for sheet in found if sheet.locale.language_code == language), None)
