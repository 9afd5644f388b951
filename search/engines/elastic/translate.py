"""A plan in the server's words. Queries are assembled from terms, never parsed from text.

`seen_by` is the only way to a query that the engine may run: it puts the audience and the exclusions around
whatever was asked. The counterpart of ../embedded_query.py: same pieces, same weights.
"""

from collections.abc import Collection, Iterable, Mapping
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
from ..embedded_query import BEGINS, EXACT, NAMING, PARTS, SPOKEN, TIE
from .document import GAP, written
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
NARROWED = "narrowed-"  # begins the names of aggregations that only hold those of facets


def seen_by(viewer: Viewer, asked: Query | None, exclude: Iterable[str] = (), **more: list[Query]) -> Query:
    """Return a query restricted to what a viewer may see; without tokens, to nothing.

    `asked`: what scores, if anything does.
    """
    if not viewer.tokens:
        return MatchNone()
    banned = more.pop("must_not", []) + ([Terms(uid=sorted(exclude))] if exclude else [])
    filters = [Terms(audience=sorted(viewer.tokens)), *more.pop("filter", [])]
    if asked is not None:
        more["must"] = [asked]
    return Bool(filter=filters, must_not=banned, **more)


def guarded(request: SearchRequest, *, scored: bool = True, within: Iterable[Query] = ()) -> Query:
    """Return the query of a request, within the choices given (see `choices`).

    `scored=False`: the same hits, quicker, in no order.
    """
    filters = list(within)
    if request.newer_than:
        filters.append(Range(stamp={"gt": int(request.newer_than.timestamp())}))
    banned = [_holding(clause) for clause in request.plan.excluded]
    if not scored:
        filters.append(_enough_of(request.plan))
        return seen_by(request.viewer, None, request.exclude, filter=filters, must_not=banned)
    near = [
        ConstantScore(filter=_chosen(facet, values, request), boost=NEAR)
        for facet, values in request.near.items()
        if values
    ]
    asked = _asked(request.plan, near)
    return seen_by(request.viewer, asked, request.exclude, filter=filters, must_not=banned)


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
    """Return the aggregations of the facets asked for; never with min_doc_count 0.

    Those that the same choices narrow share their filter.
    """
    own = {facet for facet in request.facets if request.filters.get(facet)}
    shared = [facet for facet in request.facets if facet not in own]
    found = _narrowed("free", choices(request, only=False), shared, request)
    for facet in sorted(own):
        found |= _narrowed(facet, choices(request, without=facet, only=False), [facet], request)
    return found


def _narrowed(name: str, chosen: list[Query], facets: Iterable[str], request: SearchRequest) -> dict:
    each = {facet: _aggregation(facet, request) for facet in facets}
    if not chosen or not each:
        return each
    return {f"{NARROWED}{name}": {"filter": Bool(filter=chosen).to_dict(), "aggs": each}}


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


def _asked(plan: QueryPlan, near: list[Query]) -> Query:
    """Return the query of a plan, `near` with it: what lifts a hit."""
    if not plan.clauses:
        return _everything_or_nothing(plan)
    should = [_clause(clause) for clause in plan.bonus]
    if key := title_key(plan.text):
        should.append(ConstantScore(filter=Term(title_key=key), boost=TITLE_BOOST))
    if not should and not plan.decisive and plan.optional == plan.clauses:
        return _level(plan, near)
    must = [_clause(clause) for clause in plan.clauses if clause.required]
    if plan.optional:
        must.append(_enough(plan, {clause: _worth(clause) for clause in plan.optional}))
    return Bool(must=must, should=should + near)


def _level(plan: QueryPlan, near: list[Query]) -> Query:
    """Return the query of what has enough optional clauses; `near` are clauses too, which all texts satisfy.

    On one level Lucene passes over what cannot be among the best; with something optional beside a level it
    looks at all that has enough.
    """
    always = ConstantScore(filter=MatchAll(), boost=0)
    each = [*map(_worth, plan.optional), *(DisMax(queries=[always, lift]) for lift in near)]
    minimum = min(plan.minimum, len(plan.optional)) + len(near)
    return each[0] if len(each) == 1 else Bool(should=each, minimum_should_match=minimum)


def _enough_of(plan: QueryPlan) -> Query:
    """Return the query of the same hits for counting: nothing in it weighs."""
    if not plan.clauses:
        return _everything_or_nothing(plan)
    must = [_holding(clause) for clause in plan.clauses if clause.required]
    if plan.optional:
        must.append(_enough(plan, {clause: _holding(clause) for clause in plan.optional}))
    return must[0] if len(must) == 1 else Bool(filter=must)


def _everything_or_nothing(plan: QueryPlan) -> Query:
    return MatchAll() if plan.excluded or plan.is_empty else MatchNone()


def _enough(plan: QueryPlan, each: Mapping[Clause, Query]) -> Query:
    """Return the query of what has enough optional clauses: as many as asked for, or a decisive one."""
    if len(each) == 1:
        return next(iter(each.values()))
    decisive = plan.decisive if plan.minimum > 1 else ()
    if plan.minimum == 2:
        # Each decisive one counts twice, the second time for nothing: no clause is weighed twice.
        again = [ConstantScore(filter=_holding(clause), boost=0) for clause in decisive]
        return Bool(should=[*each.values(), *again], minimum_should_match=2)
    enough = Bool(should=list(each.values()), minimum_should_match=plan.minimum)
    return DisMax(queries=[enough, *(each[clause] for clause in decisive)]) if decisive else enough


def _worth(clause: Clause) -> Query:
    """Return the query of a clause, worth its rarity more, whichever way is found, and NAMED times that where
    the text is about it."""
    if not clause.rarity:
        return _clause(clause)
    rarity = ConstantScore(filter=MatchAll(), boost=clause.rarity)
    about = ConstantScore(filter=_holding(clause, NAMING), boost=NAMED * clause.rarity)
    return Bool(must=[_clause(clause)], should=[rarity, about])


def _clause(clause: Clause) -> Query:
    return _best([query for each in clause.alternatives for query in _alternative(each)])


def _holding(clause: Clause, parts: Collection[str] = PARTS) -> Query:
    """Return the query of what holds a clause in any of its ways in some parts, which are not weighed."""
    terms: dict[str, dict[str, None]] = {}
    found: list[Query] = []
    own = {each.text for each in clause.alternatives if each.kind == "own"}
    for each in clause.alternatives:
        words = query_words(each.text, each.lang)
        if each.kind == "acronym":
            found.append(_acronym_in(each, parts))
        elif each.kind == "phrase":
            found += _exact_phrase(each, parts)
        elif len(words) == 1:
            _add_places(terms, words[0], parts)
        elif words and each.kind != "variant":
            found.append(Bool(filter=[_somewhere(word, parts) for word in words]))
        elif words and each.text not in own:  # side by side is anywhere too
            found += _stem_phrase(words, each.weight, parts)
    return _any_of(found + _any_terms(terms))


def _acronym_in(alternative: Alternative, parts: Collection[str]) -> Query:
    acronym = Term(acronyms=written(alternative.text))
    if "body" in parts:
        return acronym
    # The field does not say where: a title with these letters will have them in capitals.
    return Bool(filter=[acronym, Term(title_x=written(title_key(alternative.text)))])


def _somewhere(word: Word, parts: Collection[str]) -> Query:
    terms: dict[str, dict[str, None]] = {}
    _add_places(terms, word, parts)
    return _any_of(_any_terms(terms))


def _add_places(terms: dict[str, dict[str, None]], word: Word, parts: Collection[str]) -> None:
    for part, field, term in _places(word):
        if part in parts:
            terms.setdefault(field, {})[written(term)] = None


def _any_terms(terms: Mapping[str, Mapping[str, None]]) -> list[Query]:
    return [Terms(**{field: list(each)}) for field, each in terms.items()]


def _any_of(queries: list[Query]) -> Query:
    if not queries:
        return MatchNone()
    return queries[0] if len(queries) == 1 else Bool(should=queries)


def _best(queries: list[Query]) -> Query:
    if not queries:
        return MatchNone()
    return queries[0] if len(queries) == 1 else DisMax(queries=queries, tie_breaker=TIE)


def _alternative(alternative: Alternative) -> list[Query]:
    weight = alternative.weight
    if alternative.kind == "acronym":
        return [_term("acronyms", alternative.text, weight)]
    if alternative.kind == "phrase":
        return _exact_phrase(alternative)
    words = query_words(alternative.text, alternative.lang)
    if len(words) > 1 and alternative.kind == "variant":
        return _stem_phrase(words, weight)
    if len(words) == 1:
        return _word(words[0], weight)
    return [Bool(must=[_best(_word(word, weight)) for word in words])] if words else []


def _term(field: str, term: str, weight: float) -> Query:
    return Term(**{field: {"value": written(term), "boost": weight * BOOSTS[field]}})


def _phrase(field: str, words: str, weight: float, slop: int) -> Query:
    boost = weight * BOOSTS[field]
    return MatchPhrase(**{field: {"query": words, "slop": slop, "boost": boost}})


def _word(word: Word, weight: float) -> list[Query]:
    return [_term(field, term, weight) for _part, field, term in _places(word)]


def _places(word: Word) -> list[tuple[str, str, str]]:
    """Return the parts and fields in which a word may stand, with what stands there for it."""
    fields: Mapping[str, tuple[str, ...]] = {"x": (word.folded,)} | word.stems
    if len(word.stems) == 1:  # the word of one language: its texts only
        fields = word.stems
    return [
        (part, field, term)
        for suffix, terms in fields.items()
        for term in terms
        for part in PARTS
        if (field := f"{part}_{suffix}") in BOOSTS
    ]


def _exact_phrase(alternative: Alternative, parts: Collection[str] = PARTS) -> list[Query]:
    folded = " ".join(map(written, title_key(alternative.text).split()))
    return [_phrase(f"{part}_x", folded, alternative.weight, 0) for part in EXACT if part in parts]


def _stem_phrase(words: tuple[Word, ...], weight: float, parts: Collection[str] = PARTS) -> list[Query]:
    """Side by side in either language; the first stem of a word does not depend on accents."""
    found = []
    for lang in words[0].stems:
        terms, place = [], words[0].position
        for word in words:
            terms += [GAP] * (word.position - place) + [written(word.stems[lang][0])]
            place = word.position + 1
        found += [_phrase(f"{part}_{lang}", " ".join(terms), weight, 1) for part in PARTS if part in parts]
    return found
