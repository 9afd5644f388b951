"""What search knows of the texts of the house: help, charter, privacy, written by editors."""

from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from agora.people.audience import PUBLIC
from practices.indexing import LONG_AGO, plain
from search import documents
from search.contract import ContributionDoc

from .models import StandardPage

KIND = "page"
WEIGHT = 0.85  # of such a text beside a sheet (1.0): it speaks of Agora, not of the work


def register() -> None:
    """Tell search that the texts of the house can be found."""
    documents.register(SOURCE)


def indexed() -> PageQuerySet:
    """Return the published texts that no shared password or group closes."""
    return StandardPage.objects.live().public().select_related("locale")


def build(page: StandardPage) -> ContributionDoc:
    """Return a text as the index knows it."""
    words = words_of(page)
    return ContributionDoc(
        uid=SOURCE.uid(page.pk),
        language=words.language,
        title=words.title,
        summary=words.summary,
        body=words.body,
        audience=frozenset({PUBLIC}),
        updated=words.updated or LONG_AGO,
        weight=WEIGHT,
    )


def words_of(page: StandardPage) -> documents.Text:
    """Return the words of a text without its HTML; no query."""
    changed = page.last_published_at or page.latest_revision_created_at
    return documents.Text(page.locale.language_code, page.title, page.introduction, plain(page.body), changed)


def visible(user) -> PageQuerySet:
    """Return the texts that a user (or a visitor) may read: the same for everybody."""
    return indexed()


def address_of(page: StandardPage) -> str:
    """Return where a text is read, in its language."""
    return page.get_url()


SOURCE = documents.Source(
    kind=KIND,
    label=_("Aide et charte"),
    queryset=indexed,
    build=build,
    visible=visible,
    text=words_of,
    fallback_fields=("title", "introduction"),
    url=address_of,
)
