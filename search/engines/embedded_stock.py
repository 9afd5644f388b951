"""The baseline of this engine: its stock French and Dutch analysis and one OR query, on the same documents.

A name of its own, for search_eval: what somebody would get by giving the texts to the engine and typing the
question; no plan, no concepts, no repairs. Both languages share one list; each text is stemmed in its own.
"""

from collections.abc import Iterable
from pathlib import Path

import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

from agora.people.audience import MEMBERS, PUBLIC

from .. import evaluation
from ..contract import LANGUAGES, ContributionDoc
from ..evaluation import LOOKED_AT, Answered

_NAMES = {"fr": "french", "nl": "dutch"}
_PLACES = ("title", "body")
_HEAP = 50_000_000  # bytes of the writer


class StockTantivy:
    """tantivy as it comes: simple words, lower case, its stop words, its Snowball stemmer."""

    name = "tantivy, stock French and Dutch analysis, one OR query"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("audience", tokenizer_name="raw", index_option="basic")
        for lang in LANGUAGES:
            for place in _PLACES:
                builder.add_text_field(f"{place}_{lang}", tokenizer_name=lang)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._analyzers = {lang: _analyzer(name) for lang, name in _NAMES.items()}
        for lang, analyzer in self._analyzers.items():
            self._index.register_tokenizer(lang, analyzer)

    def fill(self, documents: Iterable[tuple[str, ContributionDoc]]) -> None:
        """Write the documents; a repeated id keeps its last text."""
        writer = self._index.writer(_HEAP, 1)
        for name, doc in documents:
            writer.delete_documents_by_term("id", name)
            entry = tantivy.Document()
            entry.add_text("id", name)
            entry.add_text(f"title_{doc.language}", doc.title)
            entry.add_text(f"body_{doc.language}", f"{doc.summary}\n\n{doc.body}")
            for token in doc.audience:
                entry.add_text("audience", token)
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def answer(self, query: evaluation.Query) -> Answered:
        """Answer with any of the words, in the titles and the texts of either language."""
        words = [
            (Occur.Should, Query.term_query(self._schema, f"{place}_{lang}", term))
            for lang, analyzer in self._analyzers.items()
            for term in dict.fromkeys(analyzer.analyze(query.text))
            for place in _PLACES
        ]
        seen = sorted({PUBLIC, MEMBERS} if query.viewer is None else query.viewer)
        visible = Query.const_score_query(Query.term_set_query(self._schema, "audience", seen), 0.0)
        asked = Query.boolean_query([(Occur.Must, visible), (Occur.Must, Query.boolean_query(words))])
        searcher = self._index.searcher()
        hits = searcher.search(asked, LOOKED_AT).hits if words else []
        return Answered(query, tuple(searcher.doc(address).get_first("id") for _, address in hits))


def _analyzer(language: str) -> tantivy.TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.lowercase())
        .filter(Filter.stopword(language))
        .filter(Filter.stemmer(language))
        .build()
    )
