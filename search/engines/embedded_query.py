"""A plan in tantivy's words. Queries are assembled from terms, never parsed from text.

`guarded` (and `titled`, for suggestions) are the only ways to a query that the engine may run: they put
the audience and the exclusions around whatever was asked.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tantivy import FieldType, Occur, Query, Schema

from agora.people.audience import Viewer

from ..contract import (
    NEAR,
    SINCE,
    SINCE_DAYS,
    TERM_FACETS,
    Alternative,
    Clause,
    Lang,
    QueryPlan,
    SearchRequest,
)
from ..fields import BOOSTS, TITLE_BOOST, Word, query_words, title_key, typed_words

PARTS = ("title", "body")
STEMMED = (*PARTS, "above")
BEGINS, SPOKEN = 2.0, 1.0  # what a title is worth that begins with the text typed, or is in one's language
TIE = 0.1  # what the weaker readings of a clause add to its best one


def guarded(
    schema: Schema, request: SearchRequest, *, without: str = "", only: bool = True, scored: bool = True
) -> Query:
    """Return the query of a request, restricted to what its viewer may see.

    `without`: a facet whose own choice is ignored (for its counts); `only=False` ignores the language of
    the listed hits; `scored=False`: the same hits, quicker, in no order. A viewer without
    tokens sees nothing.
    """
    if not request.viewer.tokens:
        return Query.empty_query()
    must = [
        _asked(schema, request.plan, scored=scored),
        _silent(_any(schema, "audience", request.viewer.tokens)),
    ]
    must += [
        _silent(_chosen(schema, facet, values, request))
        for facet, values in request.filters.items()
        if values and facet != without
    ]
    if request.newer_than:
        after = max(0, int(request.newer_than.timestamp()) + 1)
        must.append(_silent(Query.range_query(schema, "stamp", FieldType.Unsigned, lower_bound=after)))
    if only and request.only:
        must.append(_silent(Query.term_query(schema, "language", request.only, "basic")))
    banned = [_clause(schema, clause) for clause in request.plan.excluded]
    if request.exclude:
        banned.append(_any(schema, "uid", request.exclude))
    near = [
        Query.const_score_query(_chosen(schema, facet, values, request), NEAR)
        for facet, values in request.near.items()
        if values
    ]
    return Query.boolean_query(
        [(Occur.Must, query) for query in must]
        + [(Occur.Should, query) for query in near]
        + [(Occur.MustNot, query) for query in banned]
    )


def titled(
    schema: Schema, text: str, viewer: Viewer, exclude: frozenset[str], language: Lang | None
) -> Query | None:
    """Return the query of a text being typed, None when it holds no word; see SearchEngine.titles."""
    words = typed_words(text)
    if not words or not viewer.tokens:
        return None
    must = [seen_by(schema, viewer.tokens)]
    must += [Query.term_query(schema, "title_x", word, "basic") for word in words[:-1]]
    must.append(Query.regex_query(schema, "title_x", f"{words[-1]}.*"))
    # Words are letters and digits alone, so nothing in them means anything in a pattern.
    worth = [(Query.regex_query(schema, "title_key", f"{title_key(text)}.*"), BEGINS)]
    if language:
        worth.append((Query.term_query(schema, "language", language, "basic"), SPOKEN))
    return Query.boolean_query(
        [(Occur.Must, _silent(query)) for query in must]
        + [(Occur.Should, Query.const_score_query(query, score)) for query, score in worth]
        + ([(Occur.MustNot, _any(schema, "uid", exclude))] if exclude else [])
    )


def seen_by(schema: Schema, tokens: Iterable[str]) -> Query:
    """Return the filter of everything that these tokens may see."""
    return _any(schema, "audience", tokens)


def since_stamp(request: SearchRequest, value: str) -> int:
    """Return the first second (Unix) that counts for a value of the « since » facet."""
    return max(0, int((request.now - timedelta(days=SINCE_DAYS[value])).timestamp()))


def _any(schema: Schema, field: str, values: Iterable[str]) -> Query:
    return Query.term_set_query(schema, field, sorted(values))


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _chosen(schema: Schema, facet: str, values: frozenset[str], request: SearchRequest) -> Query:
    if facet in TERM_FACETS:
        return _any(schema, facet, values)
    known = [since_stamp(request, value) for value in values if facet == SINCE and value in SINCE_DAYS]
    if not known:
        return Query.empty_query()
    return Query.range_query(schema, "stamp", FieldType.Unsigned, lower_bound=min(known))


def _asked(schema: Schema, plan: QueryPlan, *, scored: bool) -> Query:
    if not plan.clauses:
        return Query.all_query() if plan.excluded or plan.is_empty else Query.empty_query()
    required = [(Occur.Must, _clause(schema, clause)) for clause in plan.clauses if clause.required]
    if plan.optional:
        required.append((Occur.Must, _enough(schema, plan, scored=scored)))
    if not scored:
        return Query.boolean_query(required)
    required += [(Occur.Should, _clause(schema, clause)) for clause in plan.bonus]
    if key := title_key(plan.text):
        exact = Query.const_score_query(Query.term_query(schema, "title_key", key, "basic"), TITLE_BOOST)
        required.append((Occur.Should, exact))
    return Query.boolean_query(required)


def _enough(schema: Schema, plan: QueryPlan, *, scored: bool) -> Query:
    """Return the query of what has enough optional clauses: as many as asked for, or a decisive one."""
    each = {clause: (_worth if scored else _clause)(schema, clause) for clause in plan.optional}
    if len(each) == 1:
        return _clause(schema, plan.optional[0])
    enough = Query.boolean_query([(Occur.Should, query) for query in each.values()], plan.minimum)
    decisive = [each[clause] for clause in plan.decisive] if plan.minimum > 1 else []
    # What has enough of them has the decisive one too, and is worth more than by it alone.
    return Query.disjunction_max_query([enough, *decisive], 0.0) if decisive else enough


def _worth(schema: Schema, clause: Clause) -> Query:
    """Return the query of a clause, worth its rarity more, whichever way is found."""
    rarity = Query.const_score_query(Query.all_query(), clause.rarity)
    return Query.boolean_query([(Occur.Must, _clause(schema, clause)), (Occur.Should, rarity)])


def _clause(schema: Schema, clause: Clause) -> Query:
    return _best([query for each in clause.alternatives for query in _alternative(schema, each)])


def _best(queries: list[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries, TIE)


def _alternative(schema: Schema, alternative: Alternative) -> list[Query]:
    weight = alternative.weight
    if alternative.kind == "acronym":
        term = Query.term_query(schema, "acronyms", alternative.text, "basic")
        return [Query.boost_query(term, weight * BOOSTS["acronyms"])]
    if alternative.kind == "phrase":
        return _exact_phrase(schema, alternative)
    words = query_words(alternative.text, alternative.lang)
    if len(words) > 1 and alternative.kind == "variant":
        return _stem_phrase(schema, words, weight)
    each = [_best(_word(schema, word, weight)) for word in words]
    if len(each) <= 1:
        return each
    return [Query.boolean_query([(Occur.Must, query) for query in each])]


def _word(schema: Schema, word: Word, weight: float) -> list[Query]:
    fields: Mapping[str, tuple[str, ...]] = {"x": (word.folded,)} | word.stems
    if len(word.stems) == 1:  # the word of one language: its texts only
        fields = word.stems
    return [
        Query.boost_query(
            Query.term_query(schema, f"{part}_{suffix}", term), weight * BOOSTS[f"{part}_{suffix}"]
        )
        for suffix, terms in fields.items()
        for term in terms
        for part in (PARTS if suffix == "x" else STEMMED)
    ]


def _exact_phrase(schema: Schema, alternative: Alternative) -> list[Query]:
    folded = title_key(alternative.text).split()
    found = []
    for field in ("title_x", "body_x"):
        query = (
            Query.phrase_query(schema, field, folded)
            if len(folded) > 1
            else Query.term_query(schema, field, folded[0])
        )
        found.append(Query.boost_query(query, alternative.weight * BOOSTS[field]))
    return found


def _stem_phrase(schema: Schema, words: tuple[Word, ...], weight: float) -> list[Query]:
    """Side by side in either language; the first stem of a word does not depend on accents."""
    found = []
    for lang in words[0].stems:
        terms = [(word.position - words[0].position, word.stems[lang][0]) for word in words]
        for part in STEMMED:
            field = f"{part}_{lang}"
            query = Query.phrase_query(schema, field, terms, 1)
            found.append(Query.boost_query(query, weight * BOOSTS[field]))
    return found
