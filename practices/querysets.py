"""Which sheets somebody may see: the database half of permissions.py (a test proves that they agree)."""

from wagtail.query import PageQuerySet

from agora.people.audience import MEMBERS, tokens_of


class PracticeQuerySet(PageQuerySet):
    """Sheets, filtered by who looks."""

    def visible_to(self, user) -> "PracticeQuerySet":
        """Keep the published sheets that a user (or a visitor) may read."""
        live = self.filter(live=True)
        return live if MEMBERS in tokens_of(user) else live.filter(is_showcase=True)
