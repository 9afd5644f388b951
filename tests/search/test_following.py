"""Followed searches: what is new, letters at one's pace, feeds; rights are asked at that moment."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from agora.people.actions import suspend_member
from agora.people.audience import PUBLIC
from agora.people.feed_keys import renew_key
from search import generations, outbox
from search.following import actions
from search.following.letters import send_due
from search.models import FollowedSearch, FollowingPace
from tests.search.factories import NOW

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
WEEK = timedelta(days=7, minutes=1)


@pytest.fixture
def member(make_member, client):
    person = make_member()
    client.force_login(person)
    return person


def page(client) -> str:
    response = client.get(reverse("search:followed"))
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def follow(client, **query) -> FollowedSearch:
    response = client.post(reverse("search:follow"), query)
    assert response.status_code == 302
    return FollowedSearch.objects.latest("pk")


def write(shelf, number: int, title: str, **fields) -> None:
    shelf.put(number, title, **({"updated": timezone.now() + timedelta(seconds=2)} | fields))
    generations.rebuild()


class TestFollowing:
    def test_what_is_new_is_counted_since_the_last_look(self, shelf, client, member):
        write(shelf, 1, "Accueil du matin", updated=NOW - timedelta(days=400))
        followed = follow(client, q="accueil", theme="emploi", page="3", sort="useful")
        assert followed.query == "q=accueil&theme=emploi"
        FollowedSearch.objects.update(query="q=accueil")
        assert "rien de nouveau depuis le" in page(client)
        write(shelf, 2, "Accueil du soir")
        write(shelf, 3, "Accueil de midi")
        html = page(client)
        assert "deux textes nouveaux ou changés" in html
        assert "3 textes" in html
        answer = client.get(reverse("search:look", args=[followed.pk]))
        assert answer["Location"] == "/fr/recherche/?q=accueil&sort=newest"
        FollowedSearch.objects.update(seen_at=timezone.now() + timedelta(minutes=1))
        assert "nouveaux ou changés" not in page(client)

    def test_the_page_of_results_offers_it_once(self, shelf, client, member):
        write(shelf, 1, "Accueil")
        results = lambda: client.get("/fr/recherche/", {"q": "accueil"}).content.decode()  # noqa: E731
        assert "Suivre cette recherche" in results()
        follow(client, q="accueil")
        assert "Vous suivez cette recherche." in results()
        follow(client, q="accueil")
        assert FollowedSearch.objects.count() == 1

    def test_stopping_asks_nothing_and_can_be_undone(self, shelf, client, member):
        write(shelf, 1, "Accueil")
        followed = follow(client, q="accueil")
        client.post(reverse("search:stop_following", args=[followed.pk]))
        assert not FollowedSearch.objects.exists()
        assert "Vous ne suivez plus la recherche « accueil »." in page(client)
        client.post(reverse("search:restore"))
        assert FollowedSearch.objects.get().seen_at == followed.seen_at
        client.post(reverse("search:restore"))
        assert FollowedSearch.objects.count() == 1

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ({}, "Cherchez d’abord un mot"),
            ({"q": "\x00"}, "Cherchez d’abord un mot"),
            ({"theme": "inconnu"}, "Cherchez d’abord un mot"),
        ],
    )
    def test_nothing_is_not_followed(self, client, member, query, said):
        response = client.post(reverse("search:follow"), query, follow=True)
        assert said in response.content.decode()
        assert not FollowedSearch.objects.exists()

    def test_thirty_are_enough(self, client, member):
        for number in range(30):
            actions.follow_search(member, f"q=mot{number}")
        response = client.post(reverse("search:follow"), {"q": "encore"}, follow=True)
        assert "Vous suivez déjà trente recherches." in response.content.decode()
        assert FollowedSearch.objects.count() == 30

    def test_without_an_engine_the_page_says_so(self, shelf, client, member):
        follow(client, q="accueil")
        assert "la recherche ne répond pas pour l’instant" in page(client)

    def test_a_word_that_left_the_lists_breaks_nothing(self, shelf, client, member):
        write(shelf, 1, "Accueil")
        FollowedSearch.objects.create(owner=member, query="theme=parti", seen_at=NOW)
        assert "Tout Agora" in page(client)

    @pytest.mark.parametrize("count", [1, 30])
    def test_a_page_costs_few_queries(self, shelf, client, member, django_assert_max_num_queries, count):
        write(shelf, 1, "Accueil")
        for number in range(count):
            actions.follow_search(member, f"q=accueil{number}")
        page(client)
        # Session, member, roles, searches, tombstones, key, pace, requests.
        with django_assert_max_num_queries(8):
            page(client)


class TestLetters:
    @pytest.fixture
    def followed(self, shelf, member):
        write(shelf, 1, "Accueil", updated=NOW - timedelta(days=400))
        return actions.follow_search(member, "q=accueil")[0]

    def test_one_letter_without_a_word_of_the_texts_then_silence(self, shelf, member, followed):
        write(shelf, 2, "Accueil secret", body="accueil zanzibar")
        actions.follow_search(member, "q=zanzibar")
        assert send_due(timezone.now()) == 0  # a week has not passed
        assert send_due(timezone.now() + WEEK) == 1
        (letter,) = mail.outbox
        assert letter.to == [member.email]
        assert "accueil" not in (letter.subject + letter.body).lower()
        assert "zanzibar" not in letter.body
        assert "/fr/mes-recherches/" in letter.body
        assert send_due(timezone.now() + 2 * WEEK) == 0  # nothing newer than that letter

    def test_nothing_new_sends_nothing(self, followed):
        assert send_due(timezone.now() + WEEK) == 0
        assert mail.outbox == []

    @pytest.mark.parametrize(
        ("pace", "after", "letters"),
        [("never", WEEK, 0), ("day", timedelta(hours=23, minutes=1), 1), ("week", timedelta(days=2), 0)],
    )
    def test_the_pace_is_the_readers(self, shelf, client, member, followed, pace, after, letters):
        client.post(reverse("search:pace"), {"pace": pace})
        write(shelf, 2, "Accueil nouveau")
        assert send_due(timezone.now() + after) == letters

    def test_an_unknown_pace_changes_nothing(self, client, member):
        response = client.post(reverse("search:pace"), {"pace": "hourly"}, follow=True)
        assert "Choisissez un rythme dans la liste." in response.content.decode()
        assert not FollowingPace.objects.exists()

    def test_what_one_may_not_read_sends_nothing(self, shelf, followed):
        write(shelf, 2, "Accueil ailleurs", audience=frozenset({"group:9"}))
        write(shelf, 3, "Accueil retiré")
        outbox.narrow("note:3")
        write(shelf, 4, "Accueil disparu")
        del shelf.notes[4]
        assert send_due(timezone.now() + WEEK) == 0

    def test_who_left_gets_nothing(self, shelf, member, followed, make_member):
        write(shelf, 2, "Accueil nouveau")
        suspend_member(member, by=make_member(roles=["moderator"]), reason="Parti.")
        mail.outbox.clear()
        assert send_due(timezone.now() + WEEK) == 0

    def test_it_is_among_what_runs_in_time(self, followed, capsys):
        call_command("remind_followed")
        assert capsys.readouterr().out == ""


class TestFeed:
    def entries(self, client, **query) -> list[str]:
        response = client.get(reverse("search:feed"), query)
        assert response.status_code == 200
        assert response["Content-Type"].startswith("application/atom+xml")
        tree = ElementTree.fromstring(response.content)
        return [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]

    def test_a_key_opens_what_its_holder_may_read_now(self, shelf, client, member, make_member):
        write(shelf, 1, "Accueil ouvert", audience=frozenset({PUBLIC}), updated=NOW)
        write(shelf, 2, "Accueil <réservé>", updated=NOW + timedelta(days=1))
        key = renew_key(member)
        assert self.entries(client, q="accueil") == ["Accueil ouvert"]  # no key: what visitors read
        client.logout()
        assert self.entries(client, q="accueil", cle=key) == ["Accueil <réservé>", "Accueil ouvert"]
        assert self.entries(client, q="introuvable", cle=key) == []
        outbox.narrow("note:2")
        assert self.entries(client, q="accueil", cle=key) == ["Accueil ouvert"]
        suspend_member(member, by=make_member(roles=["moderator"]), reason="Parti.")
        assert client.get(reverse("search:feed"), {"q": "accueil", "cle": key}).status_code == 404

    def test_a_feed_with_a_key_is_kept_by_nobody_else(self, shelf, client, member):
        write(shelf, 1, "Accueil")
        response = client.get(reverse("search:feed"), {"q": "accueil", "cle": renew_key(member)})
        assert response["Cache-Control"] == "private, no-cache"
        again = client.get(
            reverse("search:feed"),
            {"q": "accueil", "cle": renew_key(member)},
            headers={"If-None-Match": response["ETag"]},
        )
        assert again.status_code == 200  # another key, another address inside

    @pytest.mark.parametrize("key", ["x", "é" * 500, "a:b", "\x00"])
    def test_a_key_that_opens_nothing_is_unknown(self, client, db, key):
        assert client.get(reverse("search:feed"), {"q": "accueil", "cle": key}).status_code == 404
