"""The baseline of a server: its stock French and Dutch analysis and one OR query, on the same documents.

A name of its own, for search_eval. A server without its modules has neither analysis: it then gets words in
small letters, without the little ones, cut by the plain Snowball stemmers, and the baseline's name says so.
"""

from collections.abc import Iterable, Iterator
from uuid import uuid4

import Stemmer
from elasticsearch import ApiError, helpers

from agora.people.audience import MEMBERS, PUBLIC

from ... import analysis, evaluation
from ...contract import LANGUAGES, ContributionDoc, Lang
from ...evaluation import LOOKED_AT, Answered
from .client import LONG_TIMEOUT, Address, Connection

_NAMES: dict[Lang, str] = {"fr": "french", "nl": "dutch"}
_FIELDS = {f"{place}_{lang}": lang for lang in LANGUAGES for place in ("title", "body")}


class StockServer:
    """Elasticsearch or OpenSearch as it comes, on an index of its own; `close` takes it away."""

    def __init__(self, address: Address) -> None:
        self._connect = Connection(address)
        self._index = f"agora-stock-{uuid4().hex[:10]}"
        self._native = self._has_languages()
        self._stemmers = {lang: Stemmer.Stemmer(name) for lang, name in _NAMES.items()}
        kind = "OpenSearch" if address.is_opensearch else "Elasticsearch"
        how = (
            "stock French and Dutch analysis"
            if self._native
            else "no such analysis there: plain Snowball stems"
        )
        self.name = f"{kind}, {how}, one OR query"

    def _has_languages(self) -> bool:
        try:
            for name in _NAMES.values():
                self._connect().indices.analyze(analyzer=name, text="texte")
        except ApiError:
            return False
        return True

    def fill(self, documents: Iterable[tuple[str, ContributionDoc]]) -> None:
        """Write the documents; a repeated id keeps its last text."""
        fields = {
            field: {"type": "text", "analyzer": _NAMES[lang] if self._native else "whitespace"}
            for field, lang in _FIELDS.items()
        }
        mappings = {"properties": fields | {"audience": {"type": "keyword"}}}
        client = self._connect(LONG_TIMEOUT)
        settings = {"number_of_shards": 1, "number_of_replicas": 0}
        client.indices.create(index=self._index, mappings=mappings, settings=settings)
        helpers.bulk(client, self._actions(documents), refresh=True)

    def _actions(self, documents: Iterable[tuple[str, ContributionDoc]]) -> Iterator[dict]:
        for name, doc in documents:
            texts = {"title": doc.title, "body": f"{doc.summary}\n\n{doc.body}"}
            row = {f"{place}_{doc.language}": self._cut(text, doc.language) for place, text in texts.items()}
            yield {"_index": self._index, "_id": name, "audience": sorted(doc.audience), **row}

    def _cut(self, text: str, lang: Lang) -> str:
        if self._native:
            return text
        words = [token.surface.lower() for token in analysis.tokens(text)]
        kept = [word for word in words if not analysis.is_stop_word(word, lang)]
        return " ".join(self._stemmers[lang].stemWords(kept))

    def answer(self, query: evaluation.Query) -> Answered:
        """Answer with any of the words, in the titles and the texts of either language."""
        should = [{"match": {field: self._cut(query.text, lang)}} for field, lang in _FIELDS.items()]
        seen = sorted({PUBLIC, MEMBERS} if query.viewer is None else query.viewer)
        asked = {"should": should, "minimum_should_match": 1, "filter": [{"terms": {"audience": seen}}]}
        found = self._connect(LONG_TIMEOUT).search(
            index=self._index, query={"bool": asked}, size=LOOKED_AT, source=False
        )
        return Answered(query, tuple(hit["_id"] for hit in found["hits"]["hits"]))

    def close(self) -> None:
        """Remove the index."""
        self._connect(LONG_TIMEOUT).indices.delete(index=self._index, ignore_unavailable=True)
