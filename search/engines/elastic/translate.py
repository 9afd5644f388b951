"""A plan in the server's words. Queries are assembled from terms, never parsed from text.

`seen_by` is the only way to a query that the engine may run: it puts the audience and the exclusions around
whatever was asked. The counterpart of ../embedded_query.py: same pieces, same weights.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from agora.people.audience import Viewer

from ...contract import (
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
from ...fields import BOOSTS, NAMED, TITLE_BOOST, Word, query_words, title_key, typed_words
from ..embedded_query import BEGINS, EXACT, PARTS, SPOKEN, TIE, Ways, placed, together
from .document import GAP, K1, written
from .dsl import (
    Bool,
    ConstantScore,
    DisMax,
    MatchAll,
    MatchNone,
    MatchPhrase,
    Prefix,
    Query,
    Range,
    Term,
    Terms,
)

FACET_SIZE = 1000  # values of a facet that are counted: far more than any closed list has
SCALE = K1 + 1  # Lucene leaves this factor out of BM25, and constants stand beside BM25 here


def seen_by(viewer: Viewer, asked: Query, exclude: Iterable[str] = (), **more: list[Query]) -> Query:
    """Return a query restricted to what a viewer may see; without tokens, to nothing."""
    if not viewer.tokens:
        return MatchNone()
    banned = more.pop("must_not", []) + ([Terms(uid=sorted(exclude))] if exclude else [])
    filters = [Terms(audience=sorted(viewer.tokens)), *more.pop("filter", [])]
    return Bool(must=[asked], filter=filters, must_not=banned, **more)


def guarded(request: SearchRequest) -> Query:
    """Return the query of a request, without the choices among its facets (see `choices`)."""
    filters = []
    if request.newer_than:
        filters.append(Range(stamp={"gt": int(request.newer_than.timestamp())}))
    near = [
        ConstantScore(filter=_chosen(facet, values, request), boost=NEAR)
        for facet, values in request.near.items()
        if values
    ]
    banned = [_clause(clause) for clause in request.plan.excluded]
    return seen_by(
        request.viewer, _asked(request), request.exclude, filter=filters, must_not=banned, should=near
    )


def choices(request: SearchRequest, *, without: str = "", only: bool = True) -> list[Query]:
    """Return the filters of the choices made among the facets.

    `without`: a facet whose own choice is ignored (for its counts); `only=False` ignores the language of
    the listed hits.
    """
    found = [
        _chosen(facet, values, request)
        for facet, values in request.filters.items()
        if values and facet != without
    ]
    if only and request.only:
        found.append(Term(language=request.only))
    return found


def counts(request: SearchRequest) -> dict:
    """Return the aggregations of the facets asked for; never with min_doc_count 0."""
    return {
        facet: {
            "filter": Bool(filter=choices(request, without=facet, only=False)).to_dict(),
            "aggs": {"values": _aggregation(facet, request)},
        }
        for facet in request.facets
    }


def titled(text: str, viewer: Viewer, exclude: frozenset[str], language: Lang | None) -> Query | None:
    """Return the query of a text being typed, None when it holds no word; see SearchEngine.titles."""
    words = typed_words(text)
    if not words or not viewer.tokens:
        return None
    filters: list[Query] = [Term(title_x=written(word)) for word in words[:-1]]
    filters.append(Prefix(title_x=written(words[-1])))
    worth = [ConstantScore(filter=Prefix(title_key=title_key(text)), boost=BEGINS)]
    if language:
        worth.append(ConstantScore(filter=Term(language=language), boost=SPOKEN))
    nothing_more = ConstantScore(filter=MatchAll(), boost=0)
    return seen_by(viewer, nothing_more, exclude, filter=filters, should=worth)


def _aggregation(facet: str, request: SearchRequest) -> dict:
    if facet != SINCE:
        return {"terms": {"field": facet, "size": FACET_SIZE}}
    ranges = [{"key": value, "from": since_stamp(request, value)} for value in SINCE_DAYS]
    return {"range": {"field": "stamp", "ranges": ranges}}


def since_stamp(request: SearchRequest, value: str) -> int:
    """Return the first second (Unix) that counts for a value of the « since » facet."""
    return max(0, int((request.now - timedelta(days=SINCE_DAYS[value])).timestamp()))


def _chosen(facet: str, values: frozenset[str], request: SearchRequest) -> Query:
    if facet in TERM_FACETS:
        return Terms(**{facet: sorted(values)})
    known = [since_stamp(request, value) for value in values if facet == SINCE and value in SINCE_DAYS]
    return Range(stamp={"gte": min(known)}) if known else MatchNone()


def _asked(request: SearchRequest) -> Query:
    plan = request.plan
    if not plan.clauses:
        return MatchAll() if plan.excluded or plan.is_empty else MatchNone()
    must = [_clause(clause) for clause in plan.clauses if clause.required]
    if plan.optional:
        must.append(_enough(plan))
    should = [_clause(clause) for clause in plan.bonus]
    if key := title_key(plan.text):
        should.append(ConstantScore(filter=Term(title_key=key), boost=TITLE_BOOST))
    return Bool(must=must, should=should)


def _enough(plan: QueryPlan) -> Query:
    """Return the query of what has enough optional clauses: as many as asked for, or a decisive one."""
    each = {clause: _worth(clause) for clause in plan.optional}
    if len(each) == 1:
        return each[plan.optional[0]]
    enough = Bool(should=list(each.values()), minimum_should_match=plan.minimum)
    decisive = [each[clause] for clause in plan.decisive] if plan.minimum > 1 else []
    return DisMax(queries=[enough, *decisive]) if decisive else enough


def _worth(clause: Clause) -> Query:
    """Return the query of a clause, worth its rarity more, whichever way is found, and NAMED times that where
    the text is about it."""
    found = _ways(clause)
    if not clause.rarity:
        return _best(found.anywhere)
    rarity = ConstantScore(filter=MatchAll(), boost=clause.rarity)
    about = ConstantScore(filter=Bool(should=found.about), boost=NAMED * clause.rarity)
    return Bool(must=[_best(found.anywhere)], should=[rarity, about])


def _clause(clause: Clause) -> Query:
    return _best(_ways(clause).anywhere)


def _ways(clause: Clause) -> Ways:
    return together(_alternative(each) for each in clause.alternatives)


def _best(queries: list[Query]) -> Query:
    if not queries:
        return MatchNone()
    return queries[0] if len(queries) == 1 else DisMax(queries=queries, tie_breaker=TIE)


def _alternative(alternative: Alternative) -> Ways:
    weight = alternative.weight
    if alternative.kind == "acronym":
        return _acronym(alternative)
    if alternative.kind == "phrase":
        return _exact_phrase(alternative)
    words = query_words(alternative.text, alternative.lang)
    if len(words) > 1 and alternative.kind == "variant":
        return _stem_phrase(words, weight)
    each = [_word(word, weight) for word in words]
    if len(each) <= 1:
        return together(each)
    anywhere = Bool(must=[_best(word.anywhere) for word in each])
    return Ways([anywhere], [Bool(must=[Bool(should=word.about) for word in each])])


def _acronym(alternative: Alternative) -> Ways:
    term = _term("acronyms", alternative.text, alternative.weight)
    return Ways([term], [Bool(must=[term, Term(title_x=written(title_key(alternative.text)))])])


def _term(field: str, term: str, weight: float) -> Query:
    return Term(**{field: {"value": written(term), "boost": weight * BOOSTS[field] * SCALE}})


def _phrase(field: str, words: str, weight: float, slop: int) -> Query:
    boost = weight * BOOSTS[field] * SCALE
    return MatchPhrase(**{field: {"query": words, "slop": slop, "boost": boost}})


def _word(word: Word, weight: float) -> Ways:
    fields: Mapping[str, tuple[str, ...]] = {"x": (word.folded,)} | word.stems
    if len(word.stems) == 1:  # the word of one language: its texts only
        fields = word.stems
    return placed(
        (part, _term(field, term, weight))
        for suffix, terms in fields.items()
        for term in terms
        for part in PARTS
        if (field := f"{part}_{suffix}") in BOOSTS
    )


def _exact_phrase(alternative: Alternative) -> Ways:
    folded = " ".join(map(written, title_key(alternative.text).split()))
    return placed((part, _phrase(f"{part}_x", folded, alternative.weight, 0)) for part in EXACT)


def _stem_phrase(words: tuple[Word, ...], weight: float) -> Ways:
    """Side by side in either language; the first stem of a word does not depend on accents."""
    found = []
    for lang in words[0].stems:
        terms, place = [], words[0].position
        for word in words:
            terms += [GAP] * (word.position - place) + [written(word.stems[lang][0])]
            place = word.position + 1
        found += [(part, _phrase(f"{part}_{lang}", " ".join(terms), weight, 1)) for part in PARTS]
    return placed(found)
