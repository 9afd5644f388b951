"""The desks of Wagtail's admin, as a whole: what each list of rows says over its columns, and its picture."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from wagtail.admin.icons import get_icons
from wagtail.snippets.models import get_snippet_models

from search.wanted.actions import ask_for_sheet

pytestmark = pytest.mark.django_db
HEADINGS = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)


def ours() -> list:
    """Return the views of the rows that are ours, by name."""
    models = [each for each in get_snippet_models() if not each.__module__.startswith("wagtail.")]
    return sorted((each.snippet_viewset for each in models), key=lambda each: each.model.__name__)


def test_each_list_has_a_picture_that_exists_and_says_its_columns_in_dutch(make_member, client, subtests):
    person = make_member(roles=["administrator", "editor"])
    ask_for_sheet(person, "colocation")  # the other lists are shipped with rows: an empty one has no column
    client.force_login(person)
    for desk in ours():
        with subtests.test(desk.model.__name__), translation.override("nl"):
            assert f'id="icon-{desk.icon}"' in get_icons()
            page = client.get(reverse(desk.get_url_name("list")), headers={"accept-language": "nl"})
            said = [strip_tags(each).strip() for each in HEADINGS.findall(page.content.decode())]
            assert page.status_code == 200
            assert said or not desk.model.objects.exists()
            assert "method" not in [each.casefold() for each in said]  # what Wagtail calls a column of ours
