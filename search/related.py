"""What resembles a text: a plan made of its own best words, which any engine can follow.

A name of its own: nobody typed this query. The rarest words count most, twice in the title; the concepts that
the text names bring the other language along; shared themes lift what they are in (SearchRequest.near).
"""

from collections import Counter
from collections.abc import Iterable
from math import log

from . import analysis
from .contract import Alternative, Clause, Lang, QueryPlan
from .documents import Text
from .spelling import Vocabulary
from .thesaurus import Idea, Thesaurus

READ = 6000  # characters of a text whose words are weighed
BEST_WORDS, BEST_IDEAS = 14, 4
SHORTEST = 4  # letters
COMMON, FEW = 3, 100  # a word that one text in three has tells nothing, unless they are few
TERMS = 2  # of a concept in each language
RERANKED = 64  # the best by fit, of which age and thanks are weighed: more change nothing in the first twelve
MINIMUM = 2  # of these words and concepts that a related text holds at least
UNTYPED = "…"  # for a text of the plan: nobody typed one, and no title is worth more for being it
OTHER_LANGUAGE = 0.7  # what the term of a concept in the other language is worth


def plan_of(text: Text, thesaurus: Thesaurus, vocabulary: Vocabulary) -> QueryPlan:
    """Return the plan of what resembles a text; without clauses when nothing in it can be shared."""
    title = _words(text.title)
    counts = Counter((*title, *_words(text.summary), *_words(text.body[:READ])))
    worth = {word: _worth(word, count, word in title, vocabulary) for word, count in counts.items()}
    best = [word for word in sorted(worth, key=lambda word: (-worth[word], word)) if worth[word]][:BEST_WORDS]
    most = max((worth[word] for word in best), default=1.0)
    spoken = text.language
    weight = {word: round(worth[word] / most, 2) for word in best}
    clauses = [Clause(word, (Alternative("own", word, spoken, weight[word]),)) for word in best]
    clauses += _ideas(_words(f"{text.title} {text.summary}", short=True), text.language, thesaurus)
    minimum = min(MINIMUM, len(clauses))
    return QueryPlan(UNTYPED, tuple(clauses), (), minimum, text.language)


def _words(text: str, *, short: bool = False) -> list[str]:
    return [
        token.surface
        for token in analysis.tokens(analysis.normalise(text))
        if not analysis.is_stop_word(token.surface)
        and (short or (len(token.surface) >= SHORTEST and token.surface.isalpha()))
    ]


def _worth(word: str, count: int, in_title: bool, vocabulary: Vocabulary) -> float:
    """Return how well a word tells this text from others; 0 when no other text has it, or one in COMMON."""
    known = vocabulary.count(word)
    if known < 2 or known > max(FEW, vocabulary.most / COMMON):
        return 0.0
    return (1 + log(count)) * log(1 + vocabulary.most / known) * (2 if in_title else 1)


def _ideas(words: list[str], language: Lang, thesaurus: Thesaurus) -> Iterable[Clause]:
    """Return clauses of the concepts named in some words, the longest names first."""
    found: dict[str, tuple[str, Idea]] = {}
    for span in range(min(thesaurus.longest, 4), 0, -1):
        for start in range(len(words) - span + 1):
            run = words[start : start + span]
            for idea, spoken in thesaurus.match(run):
                if spoken == language:
                    found.setdefault(idea.slug, (" ".join(run), idea))
    for typed, idea in list(found.values())[:BEST_IDEAS]:
        yield Clause(typed, tuple(_terms(idea, language)))


def _terms(idea: Idea, language: Lang) -> Iterable[Alternative]:
    for spoken, weight in ((language, 1.0), ("nl" if language == "fr" else "fr", OTHER_LANGUAGE)):
        terms = [term for term in idea.terms if term.lang == spoken and not term.acronym]
        yield from (Alternative("variant", term.text, spoken, weight) for term in terms[:TERMS])
