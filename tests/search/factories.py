"""Contributions made of plain Python, and a source over them, so that search is tested without any room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from agora.people.audience import MEMBERS, PUBLIC, Viewer, tokens_of
from search import documents
from search.contract import ContributionDoc, QueryPlan, SearchRequest
from search.plan import build_plan
from search.spelling import Vocabulary
from search.thesaurus import Idea, Term, Thesaurus

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MEMBER = Viewer(frozenset({PUBLIC, MEMBERS, "cpas:21001", "user:7"}), 7, "fr")
VISITOR = Viewer(frozenset({PUBLIC}), None, "fr")
NOBODY = Viewer(frozenset(), None, "fr")


def doc(number: int = 1, title: str = "Premier accueil", **fields) -> ContributionDoc:
    """A contribution open to members, in French unless said otherwise."""
    fields = {"language": "fr", "audience": frozenset({MEMBERS}), "updated": NOW} | fields
    return ContributionDoc(uid=f"note:{number}", title=title, **fields)


def idea(slug: str, fr: Iterable[str] = (), nl: Iterable[str] = (), sigles=(), afkortingen=()) -> Idea:
    """A concept from its words."""
    terms = [Term(text, "fr") for text in fr] + [Term(text, "fr", acronym=True) for text in sigles]
    terms += [Term(text, "nl") for text in nl] + [Term(text, "nl", acronym=True) for text in afkortingen]
    return Idea(slug, tuple(terms))


THESAURUS = Thesaurus(
    [
        idea("demande", ["première demande", "primo-demandeur"], ["eerste aanvraag", "eerste onthaal"]),
        idea("ris", ["revenu d’intégration", "minimex"], ["leefloon"], ["RIS", "RI"]),
        idea("as", ["assistant social", "travailleur social"], ["maatschappelijk werker"], ["AS"], ["MW"]),
        idea("cpas", ["centre public d’action sociale"], [], ["CPAS"], ["OCMW"]),
        idea("amu", ["aide médicale urgente"], ["dringende medische hulp"], ["AMU"], ["DMH"]),
    ]
)


def plan(text: str = "", *, known: Iterable[str] = (), language="fr") -> QueryPlan:
    """A plan made with THESAURUS and a vocabulary in which each word of `known` is in two texts."""
    return build_plan(text, language, THESAURUS, Vocabulary(dict.fromkeys(known, 2), THESAURUS.words))


def ask(text: str = "", viewer: Viewer = MEMBER, *, known: Iterable[str] = (), **fields) -> SearchRequest:
    """A request of a viewer for a text."""
    return SearchRequest(plan(text, known=known), viewer, NOW, **({"size": 50} | fields))


@dataclass
class Note:
    """A contribution as a room would keep it in its tables."""

    pk: int
    title: str
    body: str = ""
    summary: str = ""
    language: str = "fr"
    audience: frozenset[str] = frozenset({MEMBERS})
    facets: dict = field(default_factory=dict)
    updated: datetime = NOW
    broken: bool = False

    def get_absolute_url(self) -> str:
        """Where it would be read."""
        return f"/notes/{self.pk}/"


class Rows:
    """As much of a queryset as search uses."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self._notes = list(notes)

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes)

    def __getitem__(self, key):
        return self._notes[key]

    def iterator(self, chunk_size: int) -> Iterator[Note]:
        """All of them."""
        return iter(self)

    def count(self) -> int:
        """How many."""
        return len(self._notes)

    def order_by(self, *names: str) -> "Rows":
        """As stored."""
        return self

    def filter(self, *conditions, pk__in=None) -> "Rows":
        """Keep the given keys (numbers or text) and what satisfies the Q objects (icontains only)."""
        kept = self._notes
        if pk__in is not None:
            kept = [note for note in kept if str(note.pk) in {str(pk) for pk in pk__in}]
        for condition in conditions:
            kept = [note for note in kept if _satisfies(note, condition)]
        return Rows(kept)


def _satisfies(note: Note, condition) -> bool:
    results = [_child(note, child) for child in condition.children]
    return any(results) if condition.connector == "OR" else all(results)


def _child(note: Note, child) -> bool:
    if not isinstance(child, tuple):
        return _satisfies(note, child)
    name, value = child
    return value.lower() in getattr(note, name.removesuffix("__icontains")).lower()


class Shelf:
    """A little room: notes by key, registered as the source « note »."""

    def __init__(self) -> None:
        self.notes: dict[int, Note] = {}
        self.read = 0  # how often the recheck was asked

    def put(self, pk: int, title: str, **fields) -> Note:
        """Write a note (search is not told)."""
        self.notes[pk] = Note(pk, title, **fields)
        return self.notes[pk]

    def visible(self, user) -> Rows:
        """What the room would let this user read."""
        self.read += 1
        return Rows(note for note in self.notes.values() if note.audience & tokens_of(user))

    @staticmethod
    def build(note: Note) -> ContributionDoc | None:
        """The contribution of a note; none for an unpublished one (no audience)."""
        if note.broken:
            raise RuntimeError("this note cannot be read")
        if not note.audience:
            return None
        return ContributionDoc(
            uid=f"note:{note.pk}", language=note.language, title=note.title, summary=note.summary,
            body=note.body, audience=note.audience, facets=note.facets, updated=note.updated,
        )  # fmt: skip

    def source(self, **fields) -> documents.Source:
        """The source to register."""
        return documents.Source(
            **{
                "kind": "note",
                "label": "Notes",
                "queryset": lambda: Rows(self.notes.values()),
                "build": self.build,
                "visible": self.visible,
            }
            | fields
        )
