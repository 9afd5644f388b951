"""The suite that every engine passes: subclass EngineContract in a test module and give it an `engine`.

That fixture must return an engine with an empty serving generation, and `untouched` one in which nothing was
ever deleted: what was counts among the rarities of words until the engine clears it away. Nothing here knows
which engine it is.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from agora.people.audience import PUBLIC, Viewer
from search.contract import NEAR, SINCE, Delete, SearchUnavailable, Upsert
from search.plan import build_plan
from search.related import UNTYPED
from search.spelling import Vocabulary
from tests.search.contract_of_words import WordsContract, found, put
from tests.search.factories import MEMBER, NOBODY, NOW, THESAURUS, VISITOR, ask, doc, plan


def counts(page, facet: str) -> dict[str, int]:
    """The counts of one facet."""
    return {each.value: each.count for each in page.facets[facet]}


class EngineContract(WordsContract):
    """What the pages rely on."""

    # --- Order, pages ------------------------------------------------------------------------------
    def test_the_fresh_and_the_useful_come_first_among_equals(self, untouched):
        old = NOW - timedelta(days=1500)
        put(
            untouched,
            doc(1, updated=old),
            doc(2),
            doc(3, updated=old, useful=40),
            doc(4, updated=old, weight=0.5),
        )
        assert found(untouched, "accueil") == ["note:3", "note:2", "note:1", "note:4"]

    def test_browsing_is_by_recency(self, engine):
        put(
            engine,
            *(doc(number, updated=NOW - timedelta(days=number % 5, hours=number)) for number in range(1, 9)),
        )
        order = sorted(range(1, 9), key=lambda number: (number % 5) * 24 + number)
        assert found(engine) == [f"note:{number}" for number in order]

    @pytest.mark.parametrize("text", ["accueil", ""])
    def test_one_may_ask_for_the_newest_or_the_most_useful_first(self, engine, text):
        put(
            engine,
            doc(1, "Accueil", updated=NOW - timedelta(days=9), useful=3),
            doc(2, "Un accueil", updated=NOW - timedelta(days=2), useful=3, weight=0.2),
            doc(3, "Visite", body="Accueil", updated=NOW, useful=0),
            doc(4, "Accueil bis", updated=NOW - timedelta(days=90), useful=40),
        )
        assert found(engine, text, sort="newest") == ["note:3", "note:2", "note:1", "note:4"]
        assert found(engine, text, sort="useful") == ["note:4", "note:2", "note:1", "note:3"]
        assert found(engine, text, sort="useful", size=1, offset=1) == ["note:2"]
        assert engine.search(ask(text, sort="newest")).total == 4

    @pytest.mark.parametrize("text", ["accueil", ""])
    def test_pages_cover_everything_once(self, engine, text):
        put(engine, *(doc(number) for number in range(1, 24)))
        pages = [found(engine, text, size=10, offset=offset) for offset in (0, 10, 20, 30)]
        assert [len(page) for page in pages] == [10, 10, 3, 0]
        assert len(set(sum(pages, []))) == 23
        assert engine.search(ask(text, size=0)).total == 23

    # --- Suggestions while typing -------------------------------------------------------------------
    @pytest.mark.parametrize(
        "text",
        ["acc", "ACC", "accueil", "l’acc", "premier acc", "prem", "accueil prem", "réor", "reor",
         "l'accueil des prem", "accueil\x00 r"],
    )  # fmt: skip
    def test_a_title_is_suggested_from_the_words_typed_so_far(self, engine, text):
        put(engine, doc(1, "Le premier accueil réorienté"), doc(2, "Dettes", body="Premier accueil"))
        assert engine.titles(text, MEMBER, 5) == ("note:1",)

    @pytest.mark.parametrize(
        "text", ["", " ", "cueil", "accueils", "premier guichet", ".*", "b.*", "😀", "é" * 9999]
    )
    def test_a_title_without_the_words_typed_is_not_suggested(self, engine, text):
        put(engine, doc(1, "Premier accueil"))
        assert engine.titles(text, MEMBER, 5) == ()

    def test_titles_come_by_beginning_then_language_then_worth(self, engine):
        put(
            engine,
            doc(1, "Le guichet d’accueil", weight=0.5),
            doc(2, "Le guichet et l’accueil", useful=9),
            doc(3, "Accueil en nl", language="nl"),
            doc(4, "Loket « accueil »", language="nl", useful=99),
            doc(5, "Accueil"),
        )
        assert engine.titles("acc", MEMBER, 9, language="fr") == (
            "note:5", "note:3", "note:2", "note:1", "note:4",
        )  # fmt: skip
        assert engine.titles("acc", MEMBER, 1, language="nl") == ("note:3",)

    def test_titles_are_suggested_to_their_audience_only(self, engine):
        put(
            engine,
            doc(1, "Accueil ouvert", audience=frozenset({PUBLIC})),
            doc(2, "Accueil fermé", audience=frozenset({"group:9"})),
            doc(3, "Accueil interne"),
        )
        assert set(engine.titles("accueil", VISITOR, 9)) == {"note:1"}
        assert set(engine.titles("accueil", MEMBER, 9)) == {"note:1", "note:3"}
        assert engine.titles("accueil", NOBODY, 9) == ()
        assert engine.titles("accueil", MEMBER, 9, frozenset({"note:1", "note:8"})) == ("note:3",)
        assert engine.titles("accueil f", MEMBER, 9) == ()

    # --- Filters, facets --------------------------------------------------------------------------
    def shelf(self, engine):
        put(
            engine,
            doc(1, facets={"theme": ("accueil", "reseau"), "cpas": ("21001",)}),
            doc(2, facets={"theme": ("accueil",), "cpas": ("21007",)}, updated=NOW - timedelta(days=500)),
            doc(3, facets={"theme": ("emploi",)}, language="nl", updated=NOW - timedelta(days=2000)),
        )

    def test_facets_count_the_visible_hits(self, engine):
        self.shelf(engine)
        page = engine.search(ask(facets=("theme", "cpas", "language", "kind", SINCE)))
        assert counts(page, "theme") == {"accueil": 2, "reseau": 1, "emploi": 1}
        assert counts(page, "language") == {"fr": 2, "nl": 1}
        assert counts(page, "kind") == {"note": 3}
        assert counts(page, SINCE) == {"1": 1, "3": 2}

    def test_a_choice_narrows_the_other_facets_and_not_its_own(self, engine):
        self.shelf(engine)
        filters = {"theme": frozenset({"reseau"})}
        page = engine.search(ask(filters=filters, facets=("theme", "cpas")))
        assert page.uids == ("note:1",)
        assert counts(page, "theme") == {"accueil": 2, "reseau": 1, "emploi": 1}
        assert counts(page, "cpas") == {"21001": 1}

    def test_choices_of_one_facet_add_up_and_of_two_facets_cross(self, engine):
        self.shelf(engine)
        assert found(engine, filters={"theme": frozenset({"reseau", "emploi"})}) == ["note:1", "note:3"]
        crossed = {"theme": frozenset({"accueil"}), "cpas": frozenset({"21007"})}
        assert found(engine, filters=crossed) == ["note:2"]

    def test_since_filters_by_date(self, engine):
        self.shelf(engine)
        assert found(engine, filters={SINCE: frozenset({"1"})}) == ["note:1"]
        assert found(engine, filters={SINCE: frozenset({"1", "3"})}) == ["note:1", "note:2"]
        assert found(engine, filters={SINCE: frozenset({"7"})}) == []

    def test_newer_than_a_moment_counts_and_lists_what_changed_since(self, engine):
        self.shelf(engine)
        page = engine.search(ask(newer_than=NOW - timedelta(days=600), facets=("theme",)))
        assert page.uids == ("note:1", "note:2")
        assert page.total == 2
        assert counts(page, "theme") == {"accueil": 2, "reseau": 1}
        assert found(engine, "accueil", newer_than=NOW) == []

    def test_what_is_near_comes_first_and_leaves_nothing_out(self, untouched):
        old = NOW - timedelta(days=100)
        put(
            untouched,
            doc(1, "Accueil du matin"),
            doc(2, "Accueil du soir", facets={"theme": ("emploi",)}, updated=old),
            doc(3, "Accueil de midi", facets={"theme": ("emploi",), "public": ("jeunes",)}, updated=old),
        )
        near = {"theme": frozenset({"emploi", "reseau"}), "public": frozenset({"jeunes"})}
        assert found(untouched, "accueil", near=near) == ["note:3", "note:2", "note:1"]
        assert found(untouched, "guichet", near=near) == []

    def test_what_is_near_is_no_clause_that_was_found(self, untouched):
        theme = {"theme": ("emploi",)}
        put(
            untouched,
            doc(1, "Accueil du guichet"),
            doc(2, "Accueil du matin", facets=theme),
            doc(3, "Accueil du guichet", facets=theme),
        )
        near = {"theme": frozenset({"emploi"}), "language": frozenset({"fr", "nl"})}
        both = replace(plan("accueil guichet"), text=UNTYPED, minimum=2, strict=True)
        page = untouched.search(replace(ask(near=near), plan=both))
        assert page.uids == ("note:3", "note:1")
        lasting = 1 + 0.25  # the newest, nobody thanked
        assert page.fits[0] - page.fits[1] == pytest.approx(NEAR * lasting, rel=0.01)

    def test_age_and_thanks_weigh_among_the_best_fits_alone(self, untouched):
        old = NOW - timedelta(days=1500)
        put(untouched, doc(1, "Bon accueil", updated=old), doc(2, "Accueil : matin, midi et soir", useful=40))
        assert found(untouched, "accueil", size=1) == ["note:2"]
        assert found(untouched, "accueil", reranked=1, size=1) == ["note:1"]

    def test_the_listed_language_does_not_touch_the_counts(self, engine):
        self.shelf(engine)
        page = engine.search(ask(only="nl", facets=("theme", "language")))
        assert (page.uids, page.total) == (("note:3",), 1)
        assert counts(page, "language") == {"fr": 2, "nl": 1}
        assert counts(page, "theme")["accueil"] == 2

    def test_the_other_language_is_listed_beside_as_if_asked_for_alone(self, untouched):
        put(
            untouched,
            doc(1, "Accueil"),
            doc(2, "Un accueil qui dure", facets={"theme": ("bilan",)}),
            *(doc(pk, f"Accueil {pk}", language="nl", facets={"theme": ("bilan",)}) for pk in (3, 4, 5)),
        )
        bilan = {"theme": frozenset({"bilan"})}
        for text, sort, filters in (
            ("accueil", "relevance", {}), ("accueil", "newest", bilan), ("", "relevance", {}),
            ("accueil", "useful", {}), ("accueil", "relevance", bilan), ("guichet", "relevance", {}),
        ):  # fmt: skip
            asked = ask(text, sort=sort, filters=filters, only="fr", size=1, offset=1, facets=("language",))
            page = untouched.search(replace(asked, beside=2))
            alone = untouched.search(replace(asked, only="nl", size=2, offset=0, facets=(), counted=False))
            assert page.beside == alone
            assert len(alone.uids) == (2 if text != "guichet" else 0)
            assert replace(page, beside=None) == untouched.search(asked)

    def test_what_is_not_counted_is_found_all_the_same(self, engine):
        self.shelf(engine)
        for sort in ("relevance", "newest"):
            page = engine.search(
                ask("accueil", counted=False, sort=sort, filters={"cpas": frozenset({"21001"})})
            )
            assert (page.uids, page.total, page.facets) == (("note:1",), 0, {})

    def test_several_questions_are_answered_as_one_by_one(self, untouched):
        self.shelf(untouched)
        asked = [
            ask("accueil", facets=("theme",)), ask("accueil", NOBODY, facets=("theme",)), ask("", size=0),
            ask("guichet"), ask("", sort="useful"), ask("premier accueil", VISITOR),
        ]  # fmt: skip
        assert untouched.search_each(asked) == tuple(untouched.search(each) for each in asked)
        assert untouched.search_each([]) == ()

    @pytest.mark.parametrize(
        "text",
        ["premier accueil", "assistant social", '"premier accueil" guichet', "zwin dossier", "bilan -accueil",
         "zwin dossier demande guichet", "leefloonaanvraag", "RIS", "première demande budget", "aux", "😀"],
    )  # fmt: skip
    def test_counting_finds_what_listing_finds(self, engine, text):
        put(
            engine,
            doc(1, "Premier accueil", body="Au guichet, une première demande."),
            doc(2, "L’assistant social", body="Une assistante qui dit bilan, et social."),
            doc(3, "Le zwin"),
            doc(4, "Un dossier", body="Demande, budget"),
            doc(5, "Aanvraag leefloon", language="nl"),
            doc(6, "Bilan"),
            doc(7, "Le guichet d’accueil du dossier", body="Une demande"),
        )
        known = {"zwin": 1, "dossier": 40, "demande": 40, "guichet": 40, "accueil": 30, "premier": 30}
        asked = build_plan(text, "fr", THESAURUS, Vocabulary(known, THESAURUS.words))
        for each in (asked, replace(asked, strict=True), replace(asked, minimum=min(1, asked.minimum))):
            request = replace(ask(""), plan=each)
            listed, counted = engine.search(request), engine.search(replace(request, size=0))
            assert len(listed.uids) == listed.total == counted.total

    # --- Who sees what ----------------------------------------------------------------------------
    def test_only_the_audience_finds_counts_and_learns_words(self, engine):
        put(
            engine,
            doc(1, "Vitrine", audience=frozenset({PUBLIC}), facets={"theme": ("ouvert",)}),
            doc(2, "Zanzibar", audience=frozenset({"group:9"}), facets={"theme": ("secret",)}),
            doc(3, "Interne", facets={"theme": ("interne",)}),
        )
        expected = {VISITOR: {"note:1"}, MEMBER: {"note:1", "note:3"}, NOBODY: set()}
        group = Viewer(frozenset({PUBLIC, "group:9"}), 9, "fr")
        for viewer, uids in (expected | {group: {"note:1", "note:2"}}).items():
            page = engine.search(ask("", viewer, facets=("theme",)))
            assert set(page.uids) == uids
            assert page.total == len(uids)
            assert sum(counts(page, "theme").values()) == len(uids)
            assert ("zanzibar" in engine.words(viewer)) == (viewer is group)
        assert found(engine, "zanzibar", MEMBER) == []
        assert found(engine, "zanzibar", group) == ["note:2"]

    def test_excluded_uids_leave_hits_totals_and_counts(self, engine):
        self.shelf(engine)
        page = engine.search(ask(exclude=frozenset({"note:1", "note:77"}), facets=("theme",)))
        assert (set(page.uids), page.total) == ({"note:2", "note:3"}, 2)
        assert counts(page, "theme") == {"accueil": 1, "emploi": 1}

    def test_the_known_words_are_counted_per_contribution(self, engine):
        put(engine, doc(1, "Accueil", body="accueil accueil"), doc(2, "Médiation", body="l’accueil"))
        assert engine.words(MEMBER)["accueil"] == 2
        assert engine.words(VISITOR) == {}

    # --- Writing ------------------------------------------------------------------------------------
    def test_a_second_writing_replaces_and_a_deletion_forgets(self, engine):
        put(engine, doc(1, "Accueil"), doc(2, "Accueil bis"))
        before = engine.stamp()
        engine.apply([Upsert(doc(1, "Guichet")), Delete("note:2"), Delete("note:99")])
        assert found(engine) == ["note:1"]
        assert found(engine, "accueil") == []
        assert engine.stamp() != before

    def test_the_scan_tells_what_is_stored(self, engine):
        docs = [doc(1), doc(2, audience=frozenset({"group:1", "group:2"}))]
        put(engine, *docs)
        stored = {each.uid: (each.fingerprint, each.audience) for each in engine.scan()}
        assert stored == {each.uid: (each.fingerprint(), each.audience) for each in docs}

    def test_a_generation_is_invisible_until_promoted(self, engine):
        put(engine, doc(1, "Ancien"))
        fresh = engine.create()
        engine.apply([Upsert(doc(2, "Neuf"))], fresh)
        assert found(engine) == ["note:1"]
        assert [each.uid for each in engine.scan(fresh)] == ["note:2"]
        engine.promote(fresh)
        assert engine.serving() == fresh
        assert found(engine) == ["note:2"]

    def test_the_former_generation_is_kept_and_may_serve_again(self, engine):
        first = engine.serving()
        assert engine.former() is None
        put(engine, doc(1, "Ancien"))
        engine.promote(second := engine.create())
        assert engine.former() == first
        engine.apply([Upsert(doc(2, "Neuf"))])
        engine.promote(first)
        assert (engine.serving(), engine.former()) == (first, second)
        assert found(engine) == ["note:1"]
        engine.promote(third := engine.create())
        assert (engine.serving(), engine.former()) == (third, first)
        with pytest.raises(SearchUnavailable):
            list(engine.scan(second))

    def test_a_dropped_generation_leaves_the_serving_one_alone(self, engine):
        put(engine, doc(1))
        engine.drop(engine.create())
        assert found(engine) == ["note:1"]
        with pytest.raises(SearchUnavailable):
            engine.drop(engine.serving())
        assert found(engine) == ["note:1"]

    def test_health_counts_without_raising(self, engine):
        put(engine, doc(1), doc(2))
        health = engine.health()
        assert (health.ready, health.documents, health.up_to_date) == (True, 2, True)
