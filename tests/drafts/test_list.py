"""« Mes brouillons »."""

import pytest
from django.utils import timezone

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft

from .factories import sent

pytestmark = pytest.mark.django_db
URL = "/fr/brouillons/"


def write(owner, number: int = 1, target: str = ""):
    import uuid

    data = {"title": f"Brouillon {number}", "_step": 3}
    return save_draft(
        owner, pk=uuid.uuid4(), kind="practice", language="fr", data=data, target=target, base="1"
    ).draft


def test_empty(client_of, member):
    page = client_of(member).get(URL).content.decode()
    assert "Vous n’avez rien en cours." in page
    assert "Écartés" not in page


def test_shows_where_and_when_one_stopped(client_of, member, colleague):
    draft = write(member)
    write(colleague, 2)
    page = client_of(member).get(URL).content.decode()
    assert "Brouillon 1" in page
    assert "Brouillon 2" not in page
    assert "Ce que ça change" in page
    assert f"aujourd’hui à {timezone.localtime(draft.saved_at):%H:%M}" in page
    assert f"/fr/pratiques/ecrire/{draft.pk}/3/" in page


def test_discard_and_take_back(client_of, member):
    draft, browser = write(member), client_of(member)
    page = browser.get(f"/fr/brouillons/{draft.pk}/ecarter/").content.decode()
    assert "Écarter ce brouillon" in page
    assert Draft.objects.get().discarded_at is None, "it only asks"
    page = browser.post(f"/fr/brouillons/{draft.pk}/ecarter/", follow=True).content.decode()
    assert "est écarté" in page
    assert page.count(f"/fr/brouillons/{draft.pk}/reprendre/") == 2, "beside the sentence, and in the list"
    assert "Vous n’avez rien en cours." in page
    assert "Écartés" in page
    page = browser.post(f"/fr/brouillons/{draft.pk}/reprendre/", follow=True).content.decode()
    assert "est repris" in page
    assert f"/fr/pratiques/ecrire/{draft.pk}/3/" in page


def test_discarding_twice_is_no_error_and_asking_again_finds_nothing(client_of, member):
    draft, browser = write(member), client_of(member)
    for _ in range(2):
        assert browser.post(f"/fr/brouillons/{draft.pk}/ecarter/").status_code == 302
    assert browser.get(f"/fr/brouillons/{draft.pk}/ecarter/").status_code == 404


@pytest.mark.parametrize("odd", ["x", "00000000-0000-4000-8000-000000000000", "%00"])
def test_an_odd_number_in_the_address_says_nothing(client_of, member, odd):
    assert "est écarté" not in client_of(member).get(f"{URL}?ecarte={odd}").content.decode()


@pytest.mark.parametrize("act", ["ecarter", "reprendre"])
def test_nobody_discards_somebody_elses(client_of, member, colleague, act):
    draft = write(member)
    assert client_of(colleague).post(f"/fr/brouillons/{draft.pk}/{act}/").status_code == 404
    assert Draft.objects.get().discarded_at is None


def test_is_for_members(client_of, pending):
    assert client_of().get(URL).status_code == 302
    assert client_of(pending).get(URL).status_code == 403


def test_tells_that_a_sheet_moved_on(client_of, tree, member):
    from tests.practices.factories import make_practice

    write(member, target=str(make_practice(by=member).pk))
    assert "Une autre version a été publiée" in client_of(member).get(URL).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_at_any_length(client_of, member, django_assert_num_queries, count, tree):
    from tests.practices.factories import make_practice

    for number in range(count):
        write(member, number, target=str(make_practice(by=member).pk) if number % 3 == 0 else "")
    browser = client_of(member)
    browser.get(URL)
    with django_assert_num_queries(QUERIES):
        browser.get(URL)


QUERIES = 7  # session, person, drafts, discarded ones, sent ones, their sheets, and the roles for the header


def test_what_was_sent_after_the_session_closed_waits_for_its_author(client_of, member):
    form = sent(member, title="Écrit trop tard")
    browser = client_of()
    answer = browser.post("/fr/pratiques/ecrire/", form)
    assert answer.status_code == 302
    assert "/compte/" in answer.url
    browser.force_login(member)
    page = browser.get("/fr/pratiques/ecrire/", follow=True).content.decode()
    assert Draft.objects.get().data["title"] == "Écrit trop tard"
    assert "Votre texte vous attendait" in page
    assert "Écrit trop tard" in page


def test_it_is_not_given_to_somebody_else(client_of, member, colleague):
    browser = client_of()
    browser.post("/fr/pratiques/ecrire/", sent(member, title="À moi seule"))
    browser.force_login(colleague)
    assert "À moi seule" not in browser.get("/fr/pratiques/ecrire/", follow=True).content.decode()
    assert not Draft.objects.exists()
