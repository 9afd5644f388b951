"""What the tests of the discussion start from: a sheet in each language, and a message."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from tests.practices.factories import make_practice

from .factories import make_message


@pytest.fixture
def practice(tree, member):
    """A published French sheet of a member of Forest."""
    return make_practice(by=member)


@pytest.fixture
def message(practice, member):
    """A message of its author, older than the fifteen minutes in which it can be corrected."""
    return make_message(practice, member, minutes_ago=60)


@pytest.fixture
def thread_of(rf: RequestFactory):
    """Draw the discussion of a sheet as somebody sees it: `thread_of(practice, reader, "nl")`."""
    template = Template("{% load discussion %}{% thread_for practice %}")

    def draw(practice, reader, language: str = "fr") -> str:
        request = rf.get("/une/adresse/")
        request.user = reader
        with translation.override(language):
            return template.render(Context({"request": request, "practice": practice}))

    return draw
