"""What can be found: the rooms above register their sources here, search never imports them.

In the AppConfig.ready() of a room::

    from search import documents

    documents.register(documents.Source(
        kind="practice",                       # uid of an object = "practice:<pk>"
        label=_("Fiches et astuces"),          # plural, for the facet and the headings
        one=_("Fiche"),                        # singular, beside a suggested title; default: the label
        queryset=lambda: PracticePage.objects.live().prefetch_related(…),   # what is indexed
        build=build_doc,                       # obj -> ContributionDoc, or None: not indexed (now)
        visible=lambda user: PracticePage.objects.visible_to(user),         # the recheck of each hit
        template="practices/search_hit.html",  # one row of the results; default search/hit.html
        text=display_text,                     # obj -> Text, without a query (see below)
        fallback_fields=("title", "summary"),  # fields read when the engine is down
        url=address_of,                        # obj -> where it is read; default obj.get_absolute_url()
        is_related=True,                       # may stand beside a sheet that it resembles (people: no)
        about=subject,                         # obj -> uid of what it hangs under (a message: its sheet)
    ))

* ``queryset()`` is read in big slices by rebuilds and by the outbox; prefetch what ``build`` needs.
* ``build(obj)`` returns a `search.contract.ContributionDoc` in plain text (no Markdown, no HTML) with
  facet values (slugs; INS codes for cpas). Its audience comes from `agora.people.audience` tokens.
* ``visible(user)`` is the room's own ``visible_to``; it may add select_related/prefetch_related for the
  template. A hit that it does not return is never shown, whatever the index says.
* ``text(obj)`` gives the words shown on the page, from the row just rechecked; it must make no query
  (one page calls it for each hit). Left out, ``build`` is called instead.
* The template gets ``hit`` (search.answers.Hit: ``obj``, ``url``, ``title`` and ``snippet`` already
  escaped with <mark>, ``language``, ``in_title``, ``via``: pairs (typed, found) of concept words) and
  prints one <li>. It may extend search/hit.html and fill its block ``meta``.

Then, in each act that changes an object: `search.outbox.enqueue` or `search.outbox.narrow`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Page

from .contract import ContributionDoc, Lang


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one contribution as a page shows them: plain text from the database."""

    language: Lang
    title: str
    summary: str = ""
    body: str = ""
    updated: datetime | None = None  # the last change, where the row tells it
    # A text of several pages: where each begins in `body`, and what its number adds to the address.
    pages: tuple[int, ...] = ()
    page_address: str = ""

    def page_at(self, place: int | None) -> int | None:
        """Return the number of the page, from 1, on which a character of the body stands."""
        return bisect_right(self.pages, place) if self.pages and place is not None else None


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of contribution and how to read it; see the module for each field."""

    kind: str
    label: Any
    queryset: Callable[[], QuerySet]
    build: Callable[[Model], ContributionDoc | None]
    visible: Callable[[Any], QuerySet]
    template: str = "search/hit.html"
    text: Callable[[Model], Text] | None = None
    fallback_fields: tuple[str, ...] = ("title",)
    url: Callable[[Model], str] | None = None
    about: Callable[[Model], str | None] | None = None
    one: Any = ""
    is_related: bool = True

    def uid(self, pk: object) -> str:
        """Return the uid of an object of this kind."""
        return f"{self.kind}:{pk}"

    def words_of(self, obj: Model) -> Text | None:
        """Return what the page may show of an object; None when it is not a contribution any more."""
        if self.text is not None:
            return self.text(obj)
        doc = self.build(obj)
        return doc and Text(doc.language, doc.title, doc.summary, doc.body)

    def address_of(self, obj: Model) -> str:
        """Return where an object is read."""
        return self.url(obj) if self.url else obj.get_absolute_url()

    def subject_of(self, obj: Model) -> str:
        """Return the uid of what an object hangs under (a message: its sheet), else its own."""
        return (self.about(obj) if self.about else None) or self.uid(obj.pk)


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a kind; ValueError when the kind is malformed or taken by another source."""
    if not source.kind.isidentifier() or ":" in source.kind:
        raise ValueError(f"Malformed kind: {source.kind!r}")
    if source.kind in _sources and _sources[source.kind] is not source:
        raise ValueError(f"The kind {source.kind!r} is already registered.")
    _sources[source.kind] = source


def unregister(kind: str) -> None:
    """Remove a kind (checks only)."""
    _sources.pop(kind, None)


def sources() -> tuple[Source, ...]:
    """Return all the sources, in the order of their registration."""
    return tuple(_sources.values())


def related_kinds() -> frozenset[str]:
    """Return the kinds that may stand beside a text that they resemble."""
    return frozenset(source.kind for source in _sources.values() if source.is_related)


def source_of(uid: str) -> Source | None:
    """Return the source of a uid, None when no room registered its kind."""
    return _sources.get(uid.partition(":")[0])


def uid_of(obj: Model) -> str | None:
    """Return the uid of an object of a registered kind, None for any other object."""
    for source in _sources.values():
        model = _model_of(source)
        if model is not None and isinstance(obj, model):
            return source.uid(obj.pk)
    return None


@cache
def _model_of(source: Source) -> type[Model] | None:
    """Return the model of a kind; asked once, because a queryset with all that it brings is dear to make."""
    return getattr(source.queryset(), "model", None)


def uids_of_pages(pks: Iterable[int]) -> list[str]:
    """Return what the pages with these keys may be called, in their order: one uid for each kind of page.

    Which of them exists, and who may read it, is told by the recheck.
    """
    models = {source: _model_of(source) for source in _sources.values()}
    of_pages = [source for source, model in models.items() if model is not None and issubclass(model, Page)]
    return [source.uid(pk) for pk in pks for source in of_pages]


def grouped(uids: Iterable[str]) -> Iterator[tuple[Source, list[str]]]:
    """Group uids by source and yield (source, primary keys as text); unregistered kinds are skipped."""
    by_kind: dict[str, list[str]] = {}
    for uid in uids:
        kind, _, pk = uid.partition(":")
        by_kind.setdefault(kind, []).append(pk)
    for kind, pks in by_kind.items():
        if kind in _sources:
            yield _sources[kind], pks
