"""A plan in tantivy's words. Queries are assembled from terms, never parsed from text.

`guarded` (and `titled`, for suggestions) are the only ways to a query that the engine may run: they put
the audience and the exclusions around whatever was asked.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

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
from ..fields import BOOSTS, NAMED, TITLE_BOOST, Word, query_words, title_key, typed_words

PARTS = ("title", "body", "above")  # of the words with stems
EXACT = ("title", "body")  # of the words as typed
NAMING = frozenset({"title", "above"})  # the parts that say what a text is about
BEGINS, SPOKEN = 2.0, 1.0  # what a title is worth that begins with the text typed, or is in one's language
TIE = 0.1  # what the weaker readings of a clause add to its best one


class Ways(NamedTuple):
    """The queries of the ways to say something: anywhere in a text, and in the parts that it is about."""

    anywhere: list
    about: list


def placed(queries: Iterable[tuple[str, Any]]) -> Ways:
    """Return the ways of pairs (part, query)."""
    pairs = list(queries)
    return Ways([query for _, query in pairs], [query for part, query in pairs if part in NAMING])


def together(ways: Iterable[Ways]) -> Ways:
    """Return several ways as one."""
    each = list(ways)
    return Ways(
        [query for way in each for query in way.anywhere], [query for way in each for query in way.about]
    )


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
        return each[plan.optional[0]]
    enough = Query.boolean_query([(Occur.Should, query) for query in each.values()], plan.minimum)
    decisive = [each[clause] for clause in plan.decisive] if plan.minimum > 1 else []
    # What has enough of them has the decisive one too, and is worth more than by it alone.
    return Query.disjunction_max_query([enough, *decisive], 0.0) if decisive else enough


def _worth(schema: Schema, clause: Clause) -> Query:
    """Return the query of a clause, worth its rarity more, whichever way is found, and NAMED times that where
    the text is about it."""
    found = _ways(schema, clause)
    if not clause.rarity:
        return _best(found.anywhere)
    rarity = Query.const_score_query(Query.all_query(), clause.rarity)
    about = Query.const_score_query(_any_of(found.about), NAMED * clause.rarity)
    return Query.boolean_query(
        [(Occur.Must, _best(found.anywhere)), (Occur.Should, rarity), (Occur.Should, about)]
    )


def _clause(schema: Schema, clause: Clause) -> Query:
    return _best(_ways(schema, clause).anywhere)


def _ways(schema: Schema, clause: Clause) -> Ways:
    return together(_alternative(schema, each) for each in clause.alternatives)


def _best(queries: list[Query]) -> Query:
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.disjunction_max_query(queries, TIE)


def _any_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _all_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _alternative(schema: Schema, alternative: Alternative) -> Ways:
    weight = alternative.weight
    if alternative.kind == "acronym":
        return _acronym(schema, alternative)
    if alternative.kind == "phrase":
        return _exact_phrase(schema, alternative)
    words = query_words(alternative.text, alternative.lang)
    if len(words) > 1 and alternative.kind == "variant":
        return _stem_phrase(schema, words, weight)
    each = [_word(schema, word, weight) for word in words]
    if len(each) <= 1:
        return together(each)
    return Ways(
        [_all_of([_best(word.anywhere) for word in each])], [_all_of([_any_of(word.about) for word in each])]
    )


def _acronym(schema: Schema, alternative: Alternative) -> Ways:
    term = Query.term_query(schema, "acronyms", alternative.text, "basic")
    # The field does not say where: a title with these letters will have them in capitals.
    in_title = Query.term_query(schema, "title_x", title_key(alternative.text), "basic")
    boosted = Query.boost_query(term, alternative.weight * BOOSTS["acronyms"])
    return Ways([boosted], [_all_of([term, in_title])])


def _word(schema: Schema, word: Word, weight: float) -> Ways:
    fields: Mapping[str, tuple[str, ...]] = {"x": (word.folded,)} | word.stems
    if len(word.stems) == 1:  # the word of one language: its texts only
        fields = word.stems
    return placed(
        (part, Query.boost_query(Query.term_query(schema, field, term), weight * BOOSTS[field]))
        for suffix, terms in fields.items()
        for term in terms
        for part in PARTS
        if (field := f"{part}_{suffix}") in BOOSTS
    )


def _exact_phrase(schema: Schema, alternative: Alternative) -> Ways:
    folded = title_key(alternative.text).split()
    found = []
    for part in EXACT:
        field = f"{part}_x"
        query = (
            Query.phrase_query(schema, field, folded)
            if len(folded) > 1
            else Query.term_query(schema, field, folded[0])
        )
        found.append((part, Query.boost_query(query, alternative.weight * BOOSTS[field])))
    return placed(found)


def _stem_phrase(schema: Schema, words: tuple[Word, ...], weight: float) -> Ways:
    """Side by side in either language; the first stem of a word does not depend on accents."""
    found = []
    for lang in words[0].stems:
        terms = [(word.position - words[0].position, word.stems[lang][0]) for word in words]
        for part in PARTS:
            field = f"{part}_{lang}"
            query = Query.phrase_query(schema, field, terms, 1)
            found.append((part, Query.boost_query(query, weight * BOOSTS[field])))
    return placed(found)
