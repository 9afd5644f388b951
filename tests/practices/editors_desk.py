"""What the tests of the editors' admin share: words, proposals, sheets read again."""

import re

from django.urls import reverse
from django.utils import timezone

from agora.vocabulary.models import Theme
from practices.fields import PracticeFields
from practices.models import PracticePage, Proposal


def theme(slug: str) -> Theme:
    """A word of the list of themes."""
    return Theme.objects.get(slug=slug)


def text_of(response) -> str:
    """Visible text of a page, spaces made plain."""
    return " ".join(re.sub("<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ").split())


def propose(sheet: PracticePage, author) -> Proposal:
    """A proposal that waits."""
    now = timezone.now()
    return Proposal.objects.create(
        practice=sheet,
        author=author,
        base=sheet.live_revision,
        data=PracticeFields.of(sheet).as_data(),
        significance="major",
        sent_at=now,
        changed_at=now,
    )


def again(sheet: PracticePage) -> PracticePage:
    """The sheet as the database has it now."""
    return PracticePage.objects.get(pk=sheet.pk)


def slugs_of(sheet: PracticePage, name: str = "themes") -> tuple[str, ...]:
    """The words that a sheet is filed under now."""
    return getattr(PracticeFields.of(again(sheet)), name)


def bulk(act: str) -> str:
    """Return the address of an act on many sheets."""
    return reverse("wagtail_bulk_action", args=["practices", "practicepage", act])
