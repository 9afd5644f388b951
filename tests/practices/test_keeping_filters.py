"""Saved filters and feeds: what is new, who reads what, keys that open nothing any more."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from agora.people import feeds
from agora.people.actions import suspend_member
from agora.people.feed_keys import holder_of, key_of, renew_key, revoke_key
from agora.people.models import FeedKey
from practices.keeping.filters.actions import keep_filter
from practices.models import SavedFilter
from search import generations
from search.breaker import Breaker

from .factories import make_practice

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def sheets(tree, member):
    return {
        "inside": make_practice(by=member, title="Dedans", themes=("bilan",), origin="21007"),
        "open": make_practice(by=member, title="Ouverte", themes=("emploi",), is_showcase=True),
    }


@pytest.fixture
def reader(make_member):
    """Somebody who follows the catalogue, with a key."""
    person = make_member(cpas="21002")
    renew_key(person)
    return person


def url(name: str, **arguments) -> str:
    return reverse(f"practices:{name}", kwargs=arguments)


def entries(answer) -> list[str]:
    """The titles of a feed, in order."""
    root = ElementTree.fromstring(answer.content)
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


class TestFilters:
    def test_kept_in_words_and_only_once(self, sheets, member, client_of):
        browser = client_of(member)
        posted = {"theme": ["emploi", "bilan"], "essayee": "21010", "mots": "tableau"}
        page = browser.post(url("keep_filter"), posted, follow=True).content.decode()
        kept = SavedFilter.objects.get()
        assert kept.query == "essayee=21010&theme=bilan&theme=emploi&mots=tableau"
        assert "essayée par Jette" in kept.name
        assert kept.name.replace("«", "").split()[0] in page
        again = browser.post(url("keep_filter"), posted | {"theme": ["bilan", "emploi"]}, follow=True)
        assert "gardez déjà" in again.content.decode()
        assert SavedFilter.objects.count() == 1

    def test_it_says_what_is_new_until_one_looks(self, sheets, member, client_of):
        kept, _ = keep_filter(member, "theme=bilan", "Le bilan")
        SavedFilter.objects.update(seen_at=timezone.now() - timedelta(days=2))
        browser = client_of(member)
        assert "1 nouvelle" in browser.get(url("filters")).content.decode()
        assert "1 fiche nouvelle" in browser.get("/fr/").content.decode()
        looked = browser.get(url("look_filter", pk=kept.pk))
        assert looked["Location"] == f"{url('list')}?theme=bilan&tri=nouvelles"
        assert "rien de nouveau" in browser.get(url("filters")).content.decode()
        assert "fiche nouvelle" not in browser.get("/fr/").content.decode()

    def test_rename_remove_and_put_back(self, sheets, member, client_of):
        kept, _ = keep_filter(member, "theme=bilan", "Le bilan")
        browser = client_of(member)
        browser.post(url("rename_filter", pk=kept.pk), {"name": "Mon bilan"})
        page = browser.post(url("remove_filter", pk=kept.pk), follow=True).content.decode()
        assert "Mon bilan" in page
        assert not SavedFilter.objects.exists()
        browser.post(url("put_back"))
        assert SavedFilter.objects.get().name == "Mon bilan"

    @pytest.mark.parametrize("name", ["", "  ", "x" * 121, "\x00"])
    def test_a_name_that_is_none_changes_nothing(self, sheets, member, client_of, name):
        kept, _ = keep_filter(member, "theme=bilan", "Le bilan")
        page = client_of(member).post(url("rename_filter", pk=kept.pk), {"name": name}, follow=True)
        assert "120 caractères" in page.content.decode()
        kept.refresh_from_db()
        assert kept.name == "Le bilan"

    def test_nothing_chosen_is_nothing_to_keep(self, tree, member, client_of):
        page = client_of(member).post(url("keep_filter"), {"theme": "x"}, follow=True).content.decode()
        assert "Choisissez d’abord un filtre." in page

    @pytest.mark.parametrize("count", [1, 30])
    def test_as_many_queries_for_thirty_as_for_one(
        self, sheets, member, client_of, count, django_assert_num_queries
    ):
        for number in range(count):
            keep_filter(member, f"theme=bilan&cpas={21001 + number}", f"Filtre {number}")
        browser = client_of(member)
        browser.get(url("filters"))
        with django_assert_num_queries(6):  # session, person, roles, key, filters, the mark
            browser.get(url("filters"))

    @pytest.mark.parametrize("count", [1, 30])
    def test_words_cost_one_query_more_together(
        self, sheets, member, client_of, count, monkeypatch, django_assert_num_queries
    ):
        monkeypatch.setattr(Breaker, "allows", True)  # whatever tests without an index did before
        generations.rebuild()
        for number in range(count):
            keep_filter(member, f"mots=dedans+{number}", f"Filtre {number}")
        browser = client_of(member)
        assert "1 fiche" in browser.get(url("filters")).content.decode()
        with django_assert_num_queries(7):  # and what search must not show
            browser.get(url("filters"))


class TestFeed:
    def test_visitors_follow_the_showcase_without_a_name(self, sheets, client_of):
        answer = client_of(None).get(url("feed"))
        assert answer["Content-Type"].startswith("application/atom+xml")
        assert entries(answer) == ["Ouverte"]
        assert "Samira" not in answer.content.decode()
        assert "X-Robots-Tag" not in answer

    def test_a_member_without_key_gets_what_visitors_get(self, sheets, member, client_of):
        assert entries(client_of(member).get(url("feed"))) == ["Ouverte"]

    def test_a_key_opens_what_its_member_reads(self, sheets, reader, client_of):
        answer = client_of(None).get(url("feed"), {"cle": key_of(reader)})
        assert entries(answer) == ["Ouverte", "Dedans"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"].startswith("private")
        assert entries(client_of(None).get(url("feed"), {"cle": key_of(reader), "theme": "bilan"})) == [
            "Dedans"
        ]

    def test_it_is_atom(self, sheets, client_of):
        root = ElementTree.fromstring(client_of(None).get(url("feed") + "?theme=emploi").content)
        assert root.tag == f"{ATOM}feed"
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["self"].endswith("/fr/pratiques.atom?theme=emploi")
        for element in [root, *root.findall(f"{ATOM}entry")]:
            assert element.findtext(f"{ATOM}id").startswith("urn:uuid:")
            assert element.findtext(f"{ATOM}title")
            assert element.findtext(f"{ATOM}updated")
        assert root.findtext(f"{ATOM}author/{ATOM}name") == "Agora CPAS·OCMW"

    def test_ids_stay_and_dates_move_with_the_sheet(self, sheets, client_of):
        def entry():
            root = ElementTree.fromstring(client_of(None).get(url("feed")).content)
            found = root.find(f"{ATOM}entry")
            return [found.findtext(f"{ATOM}{name}") for name in ("id", "published", "updated")]

        before = entry()
        sheet = sheets["open"]
        sheet.title = "Ouverte à tous"
        sheet.save_revision().publish()
        after = entry()
        assert after[:2] == before[:2]
        assert after[2] >= before[2]

    @pytest.mark.parametrize("end", ["suspended", "revoked", "renewed", "moved"])
    def test_a_key_that_opens_nothing_any_more_is_no_page(
        self, sheets, reader, relay, moderator, client_of, end
    ):
        key = key_of(reader)
        assert holder_of(key) == reader
        if end == "suspended":
            suspend_member(reader, by=moderator, reason="Parti.")
        elif end == "revoked":
            assert revoke_key(reader)
        elif end == "renewed":
            renew_key(reader)
        else:
            reader.status = "pending"
            reader.save()
        answer = client_of(None).get(url("feed"), {"cle": key})
        assert answer.status_code == 404
        assert b"Dedans" not in answer.content

    @pytest.mark.parametrize("key", ["x", "a.b", "%00", "." * 500, "é"])
    def test_an_invented_key_is_no_page(self, sheets, client_of, key):
        assert client_of(None).get(url("feed") + f"?cle={key}").status_code == 404

    def test_the_database_alone_opens_nothing(self, sheets, reader, client_of):
        nonce = FeedKey.objects.get().nonce
        assert client_of(None).get(url("feed"), {"cle": nonce}).status_code == 404
        assert key_of(reader) != nonce

    def test_not_modified_until_it_is(self, sheets, reader, client_of):
        browser, query = client_of(None), {"cle": key_of(reader)}
        first = browser.get(url("feed"), query)
        again = browser.get(url("feed"), query, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert not again.content
        sheets["inside"].unpublish()
        later = browser.get(url("feed"), query, headers={"if-none-match": first["ETag"]})
        assert later.status_code == 200
        assert entries(later) == ["Ouverte"]

    def test_an_empty_feed_is_a_feed_and_stays_the_same(self, tree, client_of):
        first, second = (client_of(None).get(url("feed")) for _ in range(2))
        assert entries(first) == []
        assert first["ETag"] == second["ETag"]

    def test_too_many_demands_are_told_to_wait(self, sheets, reader, client_of, monkeypatch):
        monkeypatch.setattr(feeds, "MOST_BY_KEY", 2)
        monkeypatch.setattr(feeds.time, "time", lambda: 1e9)
        codes = [client_of(None).get(url("feed"), {"cle": key_of(reader)}).status_code for _ in range(3)]
        assert codes == [200, 200, 429]

    def test_the_page_of_filters_gives_the_addresses(self, sheets, reader, client_of):
        browser = client_of(reader)
        keep_filter(reader, "theme=bilan", "Le bilan")
        page = browser.get(url("filters")).content.decode()
        assert f"theme=bilan&amp;cle={key_of(reader)}" in page
        browser.post(url("feed_key"), {"act": "revoke"})
        assert "cle=" not in browser.get(url("filters")).content.decode()
        browser.post(url("feed_key"), {"act": "renew"})
        assert f"cle={key_of(reader)}" in browser.get(url("filters")).content.decode()

    @pytest.mark.parametrize("count", [1, 30])
    def test_as_many_queries_for_thirty_as_for_one(
        self, tree, reader, member, client_of, count, django_assert_num_queries
    ):
        for _ in range(count):
            make_practice(by=member)
        browser, query = client_of(None), {"cle": key_of(reader)}
        browser.get(url("feed"), query)
        with django_assert_num_queries(3):  # the key and its member, roles, the mark
            browser.get(url("feed"), query)
