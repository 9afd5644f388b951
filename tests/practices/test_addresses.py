"""Addresses of the catalogue: each leads to its own page, in both languages."""

import pytest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation

from practices import urls


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_page_is_taken_for_a_sheet_of_that_name(language):
    alone = []
    with translation.override(language):
        for pattern in urls.urlpatterns:
            try:
                address = reverse(f"practices:{pattern.name}")
            except NoReverseMatch:
                continue
            alone.append(pattern.name)
            assert resolve(address).view_name == f"practices:{pattern.name}"
    assert {"list", "write", "overdue"} < set(alone)
    assert {pattern.name for pattern in urls.urlpatterns} > set(urls.FIRST)
