"""What stands beside a sheet: sheets that search finds close, then messages that one may read."""

import pytest
from django.urls import reverse

from agora.discussion.actions import post_comment, withdraw_comment
from search import generations, spelling

from .factories import make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_index(settings, tmp_path):
    """An index of its own, built when asked."""
    settings.SEARCH_URL = f"tantivy://{tmp_path / 'search'}"
    spelling.forget()
    yield
    spelling.forget()


@pytest.fixture
def sheets(tree, member, own_index):
    """A sheet, one that speaks of the same, one of something else; a message under the first two."""
    names = {"problem": "La colocation et le bail, la caution et le loyer."}
    sheet = make_practice(by=member, title="La colocation solidaire", **names)
    near = make_practice(by=member, title="Un bail pour deux", **names)
    far = make_practice(by=member, title="La réunion du lundi", problem="Une équipe, un tableau.")
    messages = [
        post_comment(member, near, "Chez nous le bail de colocation et la caution vont par deux."),
        post_comment(member, sheet, "La colocation, le bail, la caution : chez nous aussi."),
    ]
    generations.rebuild()
    return sheet, near, far, messages


def part(page, heading: str) -> str:
    html = page.content.decode()
    return html.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]


def test_close_sheets_come_from_search(sheets, member, client_of):
    sheet, near, _far, _messages = sheets
    closest = part(client_of(member).get(sheet.get_absolute_url()), "Fiches proches")
    assert closest.index("Un bail pour deux") < closest.find("La réunion du lundi") % 10**6


def test_messages_elsewhere_stand_around_and_those_of_its_own_thread_do_not(sheets, member, client_of):
    sheet, _near, _far, messages = sheets
    address = reverse("practices:around", args=[sheet.slug])
    around = client_of(member).get(address, {"partie": 1}).content.decode()
    assert "vont par deux" in around
    assert "chez nous aussi" not in around
    withdraw_comment(member, messages[0])  # what was found is kept; what one may read is asked each time
    assert "vont par deux" not in client_of(member).get(address).content.decode()


def test_a_sheet_does_not_wait_for_what_stands_around_it(sheets, member, client_of):
    page = client_of(member).get(sheets[0].get_absolute_url()).content.decode()
    assert "vont par deux" not in page and reverse("practices:around", args=[sheets[0].slug]) in page


def test_visitors_have_nothing_of_members_around(sheets, member, client):
    sheet = sheets[0]
    sheet.is_showcase = True
    sheet.save_revision(user=member).publish()
    assert "vont par deux" not in client.get(sheet.get_absolute_url()).content.decode()
