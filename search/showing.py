"""From uids to what a page prints: every row asked again of its room, then titles and snippets with marks.

A name of its own: whatever leaves an engine passes here, on every surface.
"""

from collections.abc import Iterable

from . import documents
from .answers import Hit
from .contract import Lang, QueryPlan
from .fields import BODY_LENGTH
from .highlight import READ, Highlighter


def authorised(uids: Iterable[str], user) -> dict[str, tuple[documents.Source, object, documents.Text]]:
    """Return the rows that the user may see now, one query per kind."""
    rows = {}
    for source, pks in documents.grouped(uids):
        for obj in source.visible(user).filter(pk__in=pks):
            if (words := source.words_of(obj)) is not None:
                rows[source.uid(obj.pk)] = (source, obj, words)
    return rows


class Shower:
    """Turns rechecked rows into hits, with marks."""

    def __init__(self, plan: QueryPlan) -> None:
        self._plan = plan
        self._highlighters: dict[Lang, Highlighter] = {}

    def all(self, uids: Iterable[str], rows: dict) -> tuple[Hit, ...]:
        """Return the hits of a page, in its order."""
        return tuple(self.one(uid, *rows[uid]) for uid in uids)

    def is_named(self, words: documents.Text) -> bool:
        """Say whether something of the query stands in a title."""
        return self._highlighter(words.language).title(words.title).answers

    def _highlighter(self, language: Lang) -> Highlighter:
        if language not in self._highlighters:
            self._highlighters[language] = Highlighter(self._plan, language)
        return self._highlighters[language]

    def one(self, uid: str, source: documents.Source, obj: object, words: documents.Text) -> Hit:
        """Return one hit."""
        highlighter = self._highlighter(words.language)
        title = highlighter.title(words.title)
        # Of a file of many pages all is read: the snippet says on which page one has to look.
        read = BODY_LENGTH if words.pages else READ
        snippet = highlighter.snippet(words.summary, words.body, read)
        page = words.page_at(snippet.place)
        address = source.url(obj) if source.url else ""
        if page and words.page_address:
            address = f"{address or obj.get_absolute_url()}{words.page_address % page}"
        # A concept explains a hit only where the words typed are not seen themselves.
        seen = title.own | snippet.own
        pairs = [pair for pair in (*title.via, *snippet.via) if pair[0] not in seen]
        # An expression that was found speaks for its words, which have clauses of their own too.
        said = [f" {typed} " for typed in (*seen, *(typed for typed, _term in pairs)) if " " in typed]
        via = dict.fromkeys(
            pair for pair in pairs if " " in pair[0] or not any(f" {pair[0]} " in each for each in said)
        )
        return Hit(
            uid=uid,
            obj=obj,
            language=words.language,
            title=title.html,
            snippet=snippet.html,
            via=tuple(via),
            in_title=title.answers,
            template=source.template,
            label=str(source.label),
            updated=words.updated,
            one=str(source.one),
            address=address,
            page=page,
            subject=source.subject_of(obj),
        )
