"""The pages of shared words: made with the words, counted from the catalogue, found in both languages."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agora.directory import permissions
from agora.directory.models import WordPage
from agora.directory.wording import feminine
from agora.directory.words import indexing, pages
from agora.people.audience import PUBLIC
from agora.vocabulary.models import Cpas, Function, Public, Service, Theme
from search import generations, outbox
from search.models import Tombstone
from search.service import search_service
from tests.people.factories import address_of
from tests.practices.factories import make_practice
from tests.practices.samples import declare

pytestmark = pytest.mark.django_db


def page_of(listing: str, key: str, language: str = "fr") -> WordPage:
    return WordPage.objects.get(listing=listing, key=key, language=language)


def word_url(listing: str, key: str, language: str = "fr") -> str:
    return address_of("directory:word", language, listing=listing, key=key)


def found(words: str, user, language: str = "fr") -> list[str]:
    """The pages of words that a search shows, by uid, one's own language first."""
    with translation.override(language):
        answer = search_service().search(words, user, filters={"kind": frozenset({"word"})})
    return [hit.uid for hit in (*answer.hits, *answer.others)]


def drained() -> None:
    outbox.drain()
    assert generations.check().is_clean


class TestPages:
    @pytest.mark.parametrize("model", [Theme, Public, Function, Service, Cpas])
    def test_every_word_has_one_in_each_language(self, db, model):
        words = {pages.key_of(word) for word in model.objects.all()}
        for language in ("fr", "nl"):
            made = WordPage.objects.filter(listing=pages.LISTS[model], language=language)
            assert {page.key for page in made} == words

    def test_every_first_word_is_explained_in_both_languages(self, db):
        bare = WordPage.objects.filter(text="").exclude(listing="cpas")
        assert [str(page) for page in bare] == []

    def test_they_follow_the_word_and_keep_the_editors_text(self, db):
        word = Theme.objects.get(slug="bilan")
        WordPage.objects.filter(listing="theme", key="bilan").update(text="Écrit par l’équipe.")
        word.name_fr = "Bilan et projet"
        word.save()
        page = page_of("theme", "bilan")
        assert (page.title, page.text) == ("Bilan et projet", "Écrit par l’équipe.")
        assert page_of("theme", "bilan", "nl").also.startswith("Bilan et projet")

    def test_nothing_is_made_twice(self, db):
        before = WordPage.objects.count()
        assert pages.make_missing_pages() == []
        assert WordPage.objects.count() == before

    def test_the_gate_and_the_query_agree(self, db, member):
        WordPage.objects.filter(listing="theme").update(is_live=False)
        for user in (AnonymousUser(), member):
            seen = set(WordPage.objects.visible_to(user))
            assert seen == {page for page in WordPage.objects.all() if permissions.can_read(user, page)}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Médiateur·trice de dettes", "Médiatrice de dettes"),
        ("Infirmier·ère social·e", "Infirmière sociale"),
        ("Agent·e administratif·ve", "Agente administrative"),
        ("Chef·fe de service", "Cheffe de service"),
        ("Travailleur·euse", "Travailleuse"),
        ("Juriste", "Juriste"),
    ],
)
def test_the_feminine_of_a_function_is_a_whole_word(name, said):
    assert feminine(name) == said


class TestSearch:
    def test_a_page_is_open_to_all_and_filed_under_its_own_word(self, db):
        doc = indexing.build(page_of("function", "mediateur-dettes"))
        assert doc.audience == {PUBLIC}
        assert doc.values("function") == ("mediateur-dettes",)
        assert "Médiatrice de dettes" in doc.body
        assert "Schuldbemiddelaar" in doc.body

    @pytest.mark.parametrize(
        ("words", "listing", "key"),
        [
            ("premier accueil et flux", "theme", "accueil-flux"),
            ("OCMW Vorst", "cpas", "21007"),
            ("1190", "cpas", "21007"),
            ("médiatrice de dettes", "function", "mediateur-dettes"),
            ("sans abri", "public", "sans-abri"),
        ],
    )
    def test_a_word_finds_its_page_first(self, tree, words, listing, key):
        generations.rebuild()
        mine = page_of(listing, key), page_of(listing, key, "nl")
        assert found(words, AnonymousUser())[0] in {f"word:{page.pk}" for page in mine}

    def test_renaming_hiding_and_deleting_take_effect_in_the_act(self, db, member):
        generations.rebuild()
        word = Public.objects.create(slug="x", name_fr="Zwanzeurs", name_nl="Praatjesmakers")
        drained()
        assert len(found("zwanzeurs", member)) == 2  # its own page, and the Dutch one, which names it
        word.name_fr = "Kouterelles"
        word.save()
        drained()
        assert found("zwanzeurs", member) == []
        word.is_active = False
        word.save()
        assert found("kouterelles", member) == []
        drained()
        word.delete()
        assert Tombstone.objects.exists()
        drained()
        assert not WordPage.objects.filter(key="x").exists()

    def test_the_text_of_an_editor_is_found(self, db, member):
        generations.rebuild()
        page = page_of("theme", "bilan")
        page.text = "La boussole pamplemousse."
        page.save()
        drained()
        assert found("pamplemousse", member) == [f"word:{page.pk}"]


class TestThePages:
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_the_front_lists_every_word_with_its_sheets(self, tree, member, client_of, language):
        make_practice(by=member, themes=("bilan",), origin="21007")
        html = client_of(member).get(address_of("directory:front", language)).content.decode()
        for model in (Theme, Public, Function, Service, Cpas):
            for word in model.objects.all():
                assert word_url(pages.LISTS[model], pages.key_of(word), language) in html
        assert html.count("1 fiche<") == 2  # under its theme and its CPAS

    def test_a_word_shows_what_the_reader_may_open(self, tree, member, client_of):
        closed = make_practice(by=member, title="Close", themes=("bilan",))
        shown = make_practice(by=member, title="Ouverte", themes=("bilan",), is_showcase=True)
        other = make_practice(by=member, title="Ailleurs", themes=("emploi",))
        url = word_url("theme", "bilan")
        inside = client_of(member).get(url).content.decode()
        outside = client_of(None).get(url).content.decode()
        assert closed.get_absolute_url() in inside
        assert shown.get_absolute_url() in inside
        assert other.get_absolute_url() not in inside
        assert shown.get_absolute_url() in outside
        assert closed.get_absolute_url() not in outside
        assert "Personne n’a encore" not in inside

    def test_a_cpas_shows_what_it_told_and_what_it_tried(self, tree, member, client_of):
        told = make_practice(by=member, origin="21007")
        tried = make_practice(by=member, origin="21010")
        declare(tried, "21007")
        html = client_of(member).get(word_url("cpas", "21007")).content.decode()
        assert html.index("Fiches racontées ici") < html.index(told.get_absolute_url())
        assert html.index("Fiches d’ailleurs, essayées ici") < html.index(tried.get_absolute_url())
        assert "1190" in html

    def test_members_see_whom_to_ask_among_those_who_wish_to_be_found(
        self, tree, member, make_member, client_of
    ):
        mediator = Function.objects.get(slug="mediateur-dettes")
        make_member(last_name="Visible", function=mediator)
        make_member(last_name="Discrète", function=mediator, is_findable=False)
        make_member(last_name="Suspendue", function=mediator, status="suspended", is_active=False)
        url = word_url("function", "mediateur-dettes")
        html = client_of(member).get(url).content.decode()
        assert "Visible" in html
        assert "Discrète" not in html
        assert "Suspendue" not in html
        assert "Visible" not in client_of(None).get(url).content.decode()

    def test_an_unused_or_unknown_word_has_no_page(self, tree, member, client_of):
        Theme.objects.filter(slug="bilan").get()
        word = Theme.objects.get(slug="bilan")
        word.is_active = False
        word.save()
        for url in (word_url("theme", "bilan"), word_url("theme", "rien"), word_url("cpas", "21999")):
            assert client_of(member).get(url).status_code == 404

    def test_the_same_word_stands_behind_the_other_language(self, tree, member, client_of):
        html = client_of(member).get(word_url("theme", "bilan")).content.decode()
        assert f'href="{word_url("theme", "bilan", "nl")}"' in html

    @pytest.mark.parametrize("count", [1, 30])
    def test_a_page_costs_the_same_whatever_it_shows(self, tree, member, make_member, client_of, count):
        for _number in range(count):
            make_practice(by=member, themes=("bilan",))
            make_member(function=Function.objects.get(slug="assistant-social"))
        browser = client_of(member)
        browser.get("/fr/")
        costs = {}
        for url in (
            address_of("directory:front"),
            word_url("theme", "bilan"),
            word_url("function", "assistant-social"),
        ):
            browser.get(url)
            with CaptureQueriesContext(connection) as asked:
                browser.get(url)
            costs[url.split("/")[3]] = len(asked)
        assert costs == {"": 4, "themes": 6, "metiers": 6}
