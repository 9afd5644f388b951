"""What an editor sees of a sheet's life in Wagtail's page form: read beside the fields, never typed."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from agora.people.models import Member

LATEST = 5  # versions; the history page has the others


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal without an answer."""

    author: str
    extent: str
    since: str


class LifePanel(Panel):
    """Who keeps the sheet, who tries it, its last versions and why, what waits for an answer."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one sheet."""

        template_name = "practices/admin/life.html"

        def is_shown(self) -> bool:
            """Show nothing for a sheet that is being begun, which has no life yet."""
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Ask what the panel says; four questions to the database."""
            # Models import this module for their panels: what needs models is imported when it is asked.
            from ..addresses import history_url
            from ..history.versions import lines, versions_of
            from ..models import Proposal
            from ..wording import since
            from .listing import keeper_of, reading_of

            sheet, today = self.instance, timezone.localdate()
            proposals = sheet.proposals.filter(state=Proposal.State.WAITING).select_related("author")
            return super().get_context_data(parent_context) | {
                "sheet": sheet,
                "keeper": keeper_of(sheet),
                "reading": reading_of(sheet),
                "adoptions": sheet.adoptions.select_related("cpas"),
                "versions": lines(list(versions_of(sheet)[:LATEST]), sheet),
                "history_url": history_url(sheet.slug, sheet.locale.language_code),
                "waiting": [
                    Waiting(
                        author=each.author.signature
                        if each.author and each.author.status != Member.Status.LEFT
                        else "",
                        extent=each.get_significance_display(),
                        since=since(timezone.localdate(each.sent_at), today),
                    )
                    for each in proposals
                ],
            }
