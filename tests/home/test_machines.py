"""What search engines and messengers are told: the open pages, their address, and nothing of the rest."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.practices.factories import make_practice

pytestmark = pytest.mark.django_db
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def sheets(tree, member, settings):
    settings.SITE_URL = "https://agora.example"
    return {
        "open": make_practice(
            by=member, title="La « file »", summary="Deux phrases. <b>Courtes</b>.", is_showcase=True
        ),
        "closed": make_practice(by=member),
    }


def head_of(page) -> str:
    """The head of a page."""
    return page.content.decode().split("</head>")[0]


def test_the_map_of_the_site_names_open_pages_that_answer_and_no_others(sheets):
    browser = Client()
    root = ElementTree.fromstring(browser.get("/sitemap.xml").content)
    paths = [place.text.removeprefix("https://agora.example") for place in root.iter(LOCATION)]
    assert sheets["open"].get_absolute_url() in paths
    assert sheets["closed"].get_absolute_url() not in paths
    assert {"/fr/", "/nl/", "/fr/pratiques/", "/nl/praktijken/", "/fr/aide/", "/nl/hulp/"} <= set(paths)
    assert {browser.get(path).status_code for path in paths} == {200}


def test_machines_are_kept_from_filters_keys_and_accounts(sheets, client):
    said = client.get("/robots.txt").content.decode()
    for path in ("/*?", "/admin/", "/fr/recherche/", "/nl/zoeken/", "/fr/compte/connexion/"):
        assert f"Disallow: {path}\n" in said
    assert "Sitemap: https://agora.example/sitemap.xml" in said


def test_an_open_sheet_says_its_one_address_and_what_it_is(sheets, client):
    head = head_of(client.get(sheets["open"].get_absolute_url() + "?x=1"))
    own = f"https://agora.example{sheets['open'].get_absolute_url()}"
    assert f'<link rel="canonical" href="{own}">' in head
    assert '<meta name="description" content="Deux phrases. &lt;b&gt;Courtes&lt;/b&gt;.">' in head
    assert f'<meta property="og:url" content="{own}">' in head
    assert "hreflang" not in head


def test_the_two_languages_of_an_open_sheet_name_each_other(sheets, member, client):
    sister = make_practice(by=member, language="nl", title="De rij", is_showcase=True)
    sister.translation_key = sheets["open"].translation_key
    sister.save()
    for sheet in (sheets["open"], sister):
        head = head_of(client.get(sheet.get_absolute_url()))
        for each, code in ((sheets["open"], "fr"), (sister, "nl")):
            address = f"https://agora.example{each.get_absolute_url()}"
            assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in head


def test_a_sheet_for_members_says_nothing_of_the_kind(sheets, member, client_of):
    head = head_of(client_of(member).get(sheets["closed"].get_absolute_url()))
    assert "og:" not in head
    assert "canonical" not in head


@pytest.mark.parametrize("path", ["/fr/", "/nl/", "/fr/pratiques/", "/nl/praktijken/", "/fr/aide/"])
def test_open_pages_name_their_sister(sheets, client, path):
    head = head_of(client.get(path))
    assert f'<link rel="canonical" href="https://agora.example{path}">' in head
    assert len(re.findall(r'rel="alternate" hreflang="(?:fr|nl)"', head)) == 2
    assert re.search(r'<meta name="description" content="[^"]{20,200}">', head)


@pytest.mark.parametrize("path", ["/fr/", "/fr/pratiques/", "/fr/pratiques/?vue=carte"])
def test_a_visitor_meets_no_member_and_no_dead_button(sheets, client, path):
    page = client.get(path).content.decode()
    assert "Samira" not in page
    assert "Garder" not in page
    assert "/ecrire/" not in page


def test_an_open_sheet_shows_a_visitor_no_member_and_no_act(sheets, client):
    page = client.get(sheets["open"].get_absolute_url()).content.decode()
    assert "Samira" not in page
    for act in ("/garder/", "/utile/", "/modifier/", "/historique/", 'method="post"'):
        assert act not in page
