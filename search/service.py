"""The one door to searching: an engine while it answers, a simplified answer with the same rights when not.

A name of its own: pages, feeds and other rooms come in here.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from django.db.models import Model
from django.utils import timezone

from agora.people.audience import MEMBERS, PUBLIC, Viewer, viewer_for

from . import related, spelling, thesaurus
from .answers import Answer, Hit
from .asking import Search, Wish, hidden_now
from .breaker import Breaker
from .contract import SearchEngine, SearchRequest, SearchUnavailable, Sort
from .documents import Source, Text
from .engines import reader
from .plan import build_plan
from .showing import Shower, authorised
from .simplified import simple_answer

log = logging.getLogger(__name__)

LOOKED_AT = 8  # hits among which those with a close title are taken


class SearchService:
    """Answers searches with one engine; keeps the health of that engine and the count of refused hits."""

    def __init__(self, index: SearchEngine) -> None:
        self._engine = index
        self._breaker = Breaker()
        self.refused = 0  # hits that the index gave and the database did not: must stay 0

    def search(
        self,
        text: str,
        user,
        *,
        filters: Mapping[str, frozenset[str]] | None = None,
        page: int = 1,
        sort: Sort = "relevance",
        but: frozenset[str] = frozenset(),
        concepts: thesaurus.Thesaurus | None = None,
    ) -> Answer:
        """Answer a search of a user (or visitor) in the interface's language; any text is acceptable.

        `filters` maps facets to known values; `page` counts from 1, ten hits each; `but`: uids left out;
        `concepts`: others than those in use, to try them.
        Never raises because of the engine: the answer is then simplified.
        """
        viewer, wish = viewer_for(user), Wish(text, filters or {}, page, sort, but=but)
        if self._breaker.allows:
            try:
                answer = self._answered(Search(self._engine, wish, user, viewer, concepts=concepts))
            except SearchUnavailable as error:
                self._breaker.failed()
                log.warning("search: engine unavailable, simplified answer (%s)", error)
            else:
                self._breaker.succeeded()
                return answer
        return simple_answer(text, user, viewer, page)

    def _answered(self, search: Search) -> Answer:
        try:
            return search.answer()
        finally:
            self.refused += search.refused

    def matching(self, text: str, user, *, kind: str) -> tuple[str, ...] | None:
        """Return the uids of one kind that a user (or visitor) finds with some words, best first.

        At most MAX_WINDOW of them, in both languages; None when the engine does not answer. They are not
        rechecked: whoever calls crosses them with what the user may read now.
        """
        found = self.matching_each((text,), user, kind=kind)
        return None if found is None else found[text]

    def matching_each(self, texts: Iterable[str], user, *, kind: str) -> dict[str, tuple[str, ...]] | None:
        """Do the same for several searches, which together ask the database as often as one."""
        if not self._breaker.allows:
            return None
        filters, viewer = {"kind": frozenset({kind})}, viewer_for(user)
        found, hidden = {}, None
        try:
            for text in texts:
                search = Search(self._engine, Wish(text, filters), user, viewer, hidden)
                found[text], hidden = search.uids(), search.hidden
        except SearchUnavailable as error:
            self._breaker.failed()
            log.warning("search: engine unavailable (%s)", error)
            return None
        self._breaker.succeeded()
        return found

    def titles(self, text: str, user, size: int) -> list[tuple[Source, Model, Text]]:
        """Return the contributions whose titles hold the words typed so far, each rechecked for this user.

        Nothing when the engine does not answer: a suggestion is not worth waiting for.
        """
        if not self._breaker.allows:
            return []
        viewer = viewer_for(user)
        try:
            found = self._engine.titles(text, viewer, size, hidden_now(), viewer.language)
        except SearchUnavailable as error:
            log.warning("search: engine unavailable, no title suggested (%s)", error)
            return []
        rows = authorised(found, user)
        return [rows[uid] for uid in found if uid in rows]

    def counts(self, wishes: Iterable[Wish], user) -> list[tuple[int, int]] | None:
        """Return, for each of some searches, how many texts it finds and how many are newer than it wishes.

        Together they ask the database as often as one. None when the engine does not answer.
        """
        if not self._breaker.allows:
            return None
        viewer, hidden = viewer_for(user), hidden_now()
        try:
            return [Search(self._engine, wish, user, viewer, hidden).counts() for wish in wishes]
        except SearchUnavailable as error:
            log.warning("search: engine unavailable, nothing counted (%s)", error)
            return None

    def latest(self, wish: Wish, user, size: int) -> tuple[Hit, ...]:
        """Return what a search finds in both languages, the last change first, every row rechecked.

        Nothing when the engine does not answer.
        """
        if not self._breaker.allows:
            return ()
        search = Search(self._engine, wish, user, viewer_for(user))
        try:
            return search.latest(size)
        except SearchUnavailable as error:
            log.warning("search: engine unavailable, nothing listed (%s)", error)
            return ()
        finally:
            self.refused += search.refused

    @staticmethod
    def shown(uids: Iterable[str], user, text: str) -> tuple[Hit, ...]:
        """Return chosen contributions as hits of a text, as far as the user may read them now.

        Those in the reader's language come first; no engine is asked.
        """
        viewer, hidden = viewer_for(user), hidden_now()
        plan = build_plan(text, viewer.language, thesaurus.current(), spelling.Vocabulary())
        wanted = [uid for uid in uids if uid not in hidden]
        rows = authorised(wanted, user)
        hits = Shower(plan).all([uid for uid in wanted if uid in rows], rows)
        return tuple(sorted(hits, key=lambda hit: hit.language != viewer.language))

    def related(
        self,
        text: Text,
        *,
        member: bool,
        size: int,
        kinds: frozenset[str],
        near: Mapping[str, frozenset[str]] | None = None,
        but: frozenset[str] = frozenset(),
    ) -> tuple[str, ...]:
        """Return the uids of what resembles a text most, as any member (or any visitor) sees the world.

        They may be kept for all of them, and are not rechecked: whoever shows them asks their room again.
        `near`: values of facets that lift what shares them; `but`: uids left out. Nothing when the engine
        does not answer.
        """
        if not self._breaker.allows or not kinds:
            return ()
        tokens = frozenset({PUBLIC, MEMBERS} if member else {PUBLIC})
        viewer, known = Viewer(tokens, None, text.language), thesaurus.current()
        hidden, filters = hidden_now() | but, {"kind": kinds}
        try:
            words = spelling.vocabulary_for(viewer, self._engine, known.words)
            plan = related.plan_of(text, known, words)
            if not plan.clauses:
                return ()
            request = SearchRequest(
                plan,
                viewer,
                timezone.now(),
                filters,
                exclude=hidden,
                size=size,
                near=near or {},
                counted=False,
                reranked=related.RERANKED,
            )
            return self._engine.search(request).uids
        except SearchUnavailable as error:
            log.warning("search: engine unavailable, nothing related (%s)", error)
            return ()

    @staticmethod
    def around(uids: Iterable[str], user, *, but: Collection[str], size: int) -> tuple[Hit, ...]:
        """Return what `related` found as this user may read it now: one text for each subject.

        `but`: uids of subjects that the page shows already, with all that hangs under them.
        """
        rows = authorised(uids, user)
        shown, seen = [], set(but)
        for uid in uids:
            if uid in rows and (subject := rows[uid][0].subject_of(rows[uid][1])) not in seen:
                seen.add(subject)
                shown.append(uid)
        plan = build_plan("", viewer_for(user).language, thesaurus.Thesaurus(), spelling.Vocabulary())
        return Shower(plan).all(shown[:size], rows)

    def like(
        self, text: str, user, *, kind: str, size: int, but: frozenset[str] = frozenset()
    ) -> list | None:
        """Return up to `size` contributions of a kind whose titles resemble this one, the closest first.

        For a page that suggests while somebody types: no corrections, no facets, both languages; half of
        the words are enough, but one of them, or its concept, stands in the title. `but`: uids to leave
        out. Every row was rechecked for this user. None when the engine does not answer.
        """
        viewer = viewer_for(user)
        plan = build_plan(text, viewer.language, thesaurus.current(), spelling.Vocabulary())
        if not plan.clauses:
            return []
        if not self._breaker.allows:
            return None
        plan = replace(plan, minimum=(len(plan.clauses) + 1) // 2)
        hidden = hidden_now() | but
        filters = {"kind": frozenset({kind})}
        request = SearchRequest(
            plan, viewer, timezone.now(), filters, exclude=hidden, size=LOOKED_AT, counted=False
        )
        try:
            found = self._engine.search(request).uids
        except SearchUnavailable as error:
            log.warning("search: engine unavailable, nothing suggested (%s)", error)
            return None
        rows, show = authorised(found, user), Shower(plan)
        return [rows[uid][1] for uid in found if uid in rows and show.is_named(rows[uid][2])][:size]


@lru_cache(maxsize=8)
def _service_for(index: SearchEngine) -> SearchService:
    return SearchService(index)


def search_service() -> SearchService:
    """Return the service of the present engine (settings.SEARCH_URL), one per process."""
    return _service_for(reader())
