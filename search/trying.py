"""What a query finds with a concept as an editor is writing it, beside what it finds now.

A name of its own: the live preview of a snippet. Nothing is saved and nothing is indexed; the engine is asked
twice, as the editor sees the world, each time with other words for the same idea.
"""

from dataclasses import dataclass

from agora.vocabulary import lists
from agora.vocabulary.models import Concept

from . import thesaurus
from .answers import Answer
from .service import search_service
from .thesaurus import Thesaurus

SHOWN = 6  # titles on each side


@dataclass(frozen=True, slots=True)
class Found:
    """One title on one side; `is_new`: the other side does not show it."""

    title: str
    url: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What a query finds: how many, the first titles, and the words that were added to it."""

    total: int
    found: tuple[Found, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides; `unavailable`: the engine does not answer, so there is nothing to compare."""

    query: str
    now: Side
    then: Side
    unavailable: bool = False

    @property
    def changes(self) -> bool:
        """True when the concept as written changes what is found."""
        return self.now != self.then


def with_concept(concept: Concept) -> Thesaurus:
    """Return the present concepts with this one as written, saved or not, in the place of the saved one."""
    kept = [each for each in lists.concepts() if each.pk != concept.pk]
    return Thesaurus(thesaurus.idea_of(each) for each in (*kept, *([concept] if concept.is_active else [])))


def compared(query: str, concept: Concept, user) -> Comparison:
    """Search twice for a user: with the concepts in use, and with this one as written."""
    service = search_service()
    now, then = (
        service.search(query, user, concepts=concepts)
        for concepts in (thesaurus.current(), with_concept(concept))
    )
    return Comparison(
        now.text, _side(now, then), _side(then, now), unavailable=now.is_simplified or then.is_simplified
    )


def _side(answer: Answer, other: Answer) -> Side:
    known = {hit.uid for hit in (*other.hits, *other.others)}
    pieces = (answer.first_hits, answer.close_others, answer.later_hits, answer.other_others)
    hits = [hit for piece in pieces for hit in piece][:SHOWN]  # in the order of the page
    found = tuple(Found(hit.title, hit.url, bool(known) and hit.uid not in known) for hit in hits)
    words = [word for lang in ("fr", "nl") for each in answer.synonyms(lang) for word in each.words]
    return Side(answer.all_total, found, tuple(dict.fromkeys(words)))
