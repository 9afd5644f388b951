"""How pages say a day."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils.translation import override

PAGE = "{% load face %}{{ when|day }}, {{ when|day:'l j F' }}"


@pytest.mark.parametrize(
    ("language", "when", "said"),
    [
        ("fr", date(2024, 10, 1), "1er octobre 2024, mardi 1er octobre"),
        ("fr", date(2024, 10, 11), "11 octobre 2024, vendredi 11 octobre"),
        ("fr", date(2024, 10, 21), "21 octobre 2024, lundi 21 octobre"),
        ("nl", date(2024, 10, 1), "1 oktober 2024, dinsdag 1 oktober"),
        (
            "fr",
            datetime(2024, 9, 30, 22, 30, tzinfo=UTC),
            "1er octobre 2024, mardi 1er octobre",
        ),  # in Brussels
        ("fr", None, ", "),
    ],
)
def test_the_first_of_a_month_is_said_as_french_says_it(language, when, said):
    with override(language):
        assert engines["django"].from_string(PAGE).render({"when": when}) == said
