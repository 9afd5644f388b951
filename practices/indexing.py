"""What search knows of a sheet: its plain text, its words of closed lists, who may find it."""

import html
import re
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agora.richtext.plain import one_line
from search import documents
from search.contract import ContributionDoc

from .models import SECTIONS, Adoption, PracticePage

KIND = "practice"
# Facet of search → the list of words of a sheet.
FACETS = {"theme": "themes", "public": "publics", "function": "functions", "service": "services"}
WORDS = tuple(FACETS.values())
LONG_AGO = datetime(2012, 1, 1, tzinfo=UTC)  # for a sheet without any date: the year of the first note
_TAG = re.compile(r"<[^>]*>")
_INSIDE_A_LINE = re.compile(r"</?(?:a|b|code|em|i|strong)\b[^>]*>")  # these part no words: « <b>mal</b>, »


def register() -> None:
    """Tell search that sheets can be found."""
    documents.register(SOURCE)


def indexed() -> QuerySet[PracticePage]:
    """Return every published sheet with all that `build` reads."""
    return PracticePage.objects.filter(live=True).select_related("locale").prefetch_related(*WORDS)


def build(practice: PracticePage) -> ContributionDoc:
    """Return a sheet as the index knows it."""
    words = words_of(practice)
    return ContributionDoc(
        uid=SOURCE.uid(practice.pk),
        language=words.language,
        title=words.title,
        summary=words.summary,
        body=words.body,
        audience=practice.audience,
        updated=words.updated or LONG_AGO,
        facets=facets_of(practice),
    )


def facets_of(practice: PracticePage) -> dict[str, tuple[str, ...]]:
    """Return the values of a sheet for the facets of search."""
    facets = {
        name: tuple(term.slug for term in getattr(practice, words).all()) for name, words in FACETS.items()
    }
    if practice.origin_id:
        facets["cpas"] = (practice.origin_id,)
    return facets


def words_of(practice: PracticePage) -> documents.Text:
    """Return the words of a sheet without its Markdown, in reading order; no query."""
    sections = (practice.section_html(name) for name in SECTIONS)
    return documents.Text(
        language=practice.locale.language_code,
        title=practice.title,
        summary=practice.summary,
        body="\n".join(filter(None, map(plain, sections))),
        updated=practice.last_published_at or practice.first_published_at,
    )


def gist(practice: PracticePage) -> str:
    """Return what a sheet is about, for search of what hangs under it."""
    return f"{practice.title}\n{practice.summary}"


def plain(markup: str) -> str:
    """Return the words of a rendered text, on one line, with the no-break spaces of their punctuation."""
    return one_line(html.unescape(_TAG.sub(" ", _INSIDE_A_LINE.sub("", markup))))


def visible(user) -> QuerySet[PracticePage]:
    """Return the sheets that a user may read, with all that a row of results prints."""
    elsewhere = Adoption.objects.filter(practice=OuterRef("pk")).exclude(
        cpas=Coalesce(OuterRef("origin"), Value(""))
    )
    return (
        PracticePage.objects.visible_to(user)
        .select_related("locale", "origin")
        .annotate(tried_elsewhere=Exists(elsewhere))
    )


SOURCE = documents.Source(
    kind=KIND,
    label=_("Fiches et astuces"),
    one=_("Fiche"),
    queryset=indexed,
    build=build,
    visible=visible,
    template="practices/search_hit.html",
    text=words_of,
    fallback_fields=("title", "summary"),
)
