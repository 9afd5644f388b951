"""What search knows of a shared word: its names in both languages and what it means."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agora.people.audience import PUBLIC
from search import documents
from search.contract import ContributionDoc

from ..models import WordPage

KIND = "word"
WEIGHT = 0.65  # of such a page beside a sheet (1.0): it leads to sheets


def register() -> None:
    """Tell search that the pages of words can be found."""
    documents.register(SOURCE)


def indexed() -> QuerySet[WordPage]:
    """Return the pages of the words in use."""
    return WordPage.objects.filter(is_live=True)


def build(page: WordPage) -> ContributionDoc:
    """Return a page as the index knows it."""
    return ContributionDoc(
        uid=SOURCE.uid(page.pk),
        language=page.language,
        title=page.title,
        summary=page.text,
        body=page.also,
        audience=frozenset({PUBLIC}),
        updated=page.updated_at,
        facets={page.listing: (page.key,)},
        weight=WEIGHT,
    )


def words_of(page: WordPage) -> documents.Text:
    """Return the words of a page, its other names where it says nothing else; no query."""
    return documents.Text(page.language, page.title, page.text or page.also, updated=page.updated_at)


def visible(user) -> QuerySet[WordPage]:
    """Return the pages that a user (or a visitor) may open."""
    return WordPage.objects.visible_to(user)


SOURCE = documents.Source(
    kind=KIND,
    label=_("Thèmes, métiers, services"),
    queryset=indexed,
    build=build,
    visible=visible,
    template="directory/word_hit.html",
    text=words_of,
    fallback_fields=("title", "also"),
)
