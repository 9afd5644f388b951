"""The home page: what a visitor, somebody who waits, and a member find there."""

import pytest

from tests.practices.samples import many_sheets

HOME_QUERIES = 18  # session, person, roles, drafts, acts, questions, news, words, filters, the mark (3 times)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_visitor_reads_what_agora_is_and_how_to_come_in(tree, client, language):
    answer = client.get(f"/{language}/")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.text.count("<h1") == 1
    assert "/schrijven/" not in answer.text and "/ecrire/" not in answer.text


def test_somebody_who_waits_is_told_so_and_sees_no_more_than_a_visitor(tree, client_of, pending):
    text = client_of(pending).get("/fr/").text
    assert "doit encore dire que vous travaillez là" in text
    assert "/ecrire/" not in text


def test_a_member_finds_something_to_do_in_five_minutes(tree, client_of, member):
    text = client_of(member).get("/fr/").text
    assert "Vous avez cinq minutes" in text
    assert "Bonjour Samira" in text
    assert "?kind=tip" in text


def test_a_relay_is_told_who_waits_in_her_own_cpas_only(tree, client_of, relay, pending, make_member):
    make_member(status="pending", cpas="21010")
    assert "Dire si 1 personne travaille bien chez vous" in client_of(relay).get("/fr/").text
    other = make_member(roles=["relay"], cpas="21002")
    assert "travaille bien chez vous" not in client_of(other).get("/fr/").text


def test_the_root_leads_to_the_language_of_the_browser(tree, client):
    assert client.get("/", headers={"accept-language": "nl-BE,nl;q=0.9"}).headers["Location"] == "/nl/"
    assert client.get("/", headers={"accept-language": "fr-BE"}).headers["Location"] == "/fr/"
    assert client.get("/", headers={"accept-language": "tr"}).headers["Location"] == "/fr/"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_an_unknown_address_says_so_and_leads_on(tree, client, language):
    answer = client.get(f"/{language}/rien-du-tout/")
    assert answer.status_code == 404
    assert answer.text.count("<h1") == 1
    assert f'<html lang="{language}">' in answer.text


def test_no_page_carries_an_inline_script_or_style_or_a_third_party(tree, client):
    answer = client.get("/fr/")
    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert "style=" not in answer.text and "<style" not in answer.text and "<script>" not in answer.text
    assert "https://" not in answer.text.replace("https://www.w3.org", "")


@pytest.mark.parametrize("number", [1, 30])
def test_the_home_of_a_member_asks_the_database_as_much_for_thirty_sheets_as_for_one(
    tree, client_of, member, colleague, number, django_assert_num_queries
):
    many_sheets(tree, number)
    browser = client_of(member)
    browser.get("/fr/")
    with django_assert_num_queries(HOME_QUERIES):
        assert browser.get("/fr/").status_code == 200
