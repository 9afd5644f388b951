"""Pages are sent small; those that may leave no trace are sent as they are."""

import gzip

import pytest
from django.urls import reverse


@pytest.fixture
def sent(tree, member, client_of):
    """What a member's browser that takes compressed pages is sent: `sent("practices:list")`."""

    def ask(name: str, **headers: str):
        return client_of(member).get(reverse(name), headers={"accept-encoding": "gzip"} | headers)

    return ask


def test_a_page_is_sent_compressed_to_whoever_can_read_that(sent):
    small, whole = sent("practices:list"), sent("practices:list", **{"accept-encoding": "identity"})
    assert small["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in whole
    assert "Accept-Encoding" in small["Vary"] and "Accept-Encoding" in whole["Vary"]
    assert int(small["Content-Length"]) == len(small.content) < len(whole.content) / 2
    assert b"<h1" in gzip.decompress(small.content)


def test_its_length_tells_nothing_exact(sent):
    assert len({len(sent("api:guide").content) for _ in range(12)}) > 1


@pytest.mark.parametrize("name", ["forum:rooms", "drafts:list"])
def test_what_leaves_no_trace_is_not(sent, name):
    answer = sent(name)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "Content-Encoding" not in answer
