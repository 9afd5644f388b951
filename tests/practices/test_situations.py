"""A situation shows the sheets that editors chose, then what search finds; editors see what is asked for."""

import pytest
from django.core import mail
from django.urls import reverse

from search import generations, spelling
from search.models import SheetRequest, Situation, SituationText
from search.wanted.actions import ask_for_sheet

from .factories import make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def chosen(tree, member, settings, tmp_path):
    """« Les dettes » with a sheet for members and one of the showcase, and a third that search finds."""
    settings.SEARCH_URL = f"tantivy://{tmp_path / 'search'}"
    spelling.forget()
    situation = Situation.objects.get(slug="dettes")
    inside = make_practice(by=member, title="Ouvrir le courrier à deux", problem="La médiation de dettes.")
    shown = make_practice(by=member, title="Le tri du vendredi", is_showcase=True)
    make_practice(by=member, title="Une médiation de dettes")
    for place, sheet in enumerate((inside, shown)):
        SituationText.objects.create(situation=situation, page=sheet, sort_order=place)
    generations.rebuild()
    yield reverse("search:situation", args=["dettes"])
    spelling.forget()


def parts(page) -> tuple[str, str]:
    """Return what was chosen, and what search finds."""
    html = page.content.decode()
    first = html.partition('id="choisis"')[2].partition("</section>")[0]
    return first, html.partition('id="textes"')[2].partition("</section>")[0]


def test_what_editors_chose_comes_first_and_is_not_found_twice(chosen, member, client_of):
    first, found = parts(client_of(member).get(chosen))
    assert first.index("Ouvrir le courrier à deux") < first.index("Le tri du vendredi")
    assert "Ouvrir" not in found
    assert "dettes" in found


def test_each_reads_of_it_what_they_may(chosen, client):
    first, found = parts(client.get(chosen))
    assert "Le tri du vendredi" in first
    assert "Ouvrir" not in first + found
    assert "Une <mark>" not in found


def test_editors_answer_requests(chosen, member, editor, client_of, django_capture_on_commit_callbacks):
    wanted, _new = ask_for_sheet(member, "colocation")
    browser = client_of(editor)
    listing = browser.get(reverse("wagtailsnippets_search_sheetrequest:list"))
    assert "colocation" in listing.content.decode()
    address = reverse("wagtailsnippets_search_sheetrequest:edit", args=[wanted.pk])
    assert browser.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(address, {"state": "declined", "page": "", "answer": "Voyez la fiche du vendredi."})
    wanted.refresh_from_db()
    assert (wanted.state, bool(wanted.answered_at)) == (SheetRequest.State.DECLINED, True)
    assert [letter.to for letter in mail.outbox] == [[member.email]]
    own = client_of(member).get(reverse("search:followed")).content.decode()
    assert "Voyez la fiche du vendredi." in own
