"""Pages are sent small; those that may leave no trace are sent as they are."""

import pytest
from django.urls import reverse


@pytest.fixture
def sent(tree, member, client_of):
    """What a member's browser that takes compressed pages is sent: `sent("practices:list")`."""

    def ask(name: str, **headers: str):
        return client_of(member).get(reverse(name), headers={"accept-encoding": "gzip"} | headers)

    return ask


def test_a_page_is_sent_compressed_to_whoever_can_read_that(sent):
    assert sent("practices:list")["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in sent("practices:list", **{"accept-encoding": "identity"})


@pytest.mark.parametrize("name", ["forum:rooms", "drafts:list"])
def test_what_leaves_no_trace_is_not(sent, name):
    answer = sent(name)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Content-Encoding" not in answer
