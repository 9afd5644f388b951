"""The labelled corpus: what blocks is held to its figures, and every number in it is made, never written."""

import re
from collections import Counter

import pytest
from stdnum.be import bis, eid, iban, nn

from agora.airlock.corpus import FILE, made, measure, read, styled
from agora.airlock.findings import HARD, Kind

SNIPPETS = list(read())


def test_it_is_large_and_in_both_languages():
    languages = Counter(snippet.language for snippet in SNIPPETS)
    assert len(SNIPPETS) >= 300 and languages["nl"] >= 100
    assert len({snippet.text for snippet in SNIPPETS}) == len(SNIPPETS)
    assert sum(not snippet.labels for snippet in SNIPPETS) > 100  # near misses


def test_every_kind_is_in_it():
    assert {kind for snippet in SNIPPETS for _start, _end, kind in snippet.labels} == set(Kind)


@pytest.mark.parametrize("held_out", [True, False])
def test_what_blocks_is_found_and_nothing_else_blocks(held_out):
    scores = measure([snippet for snippet in SNIPPETS if snippet.is_held_out == held_out])
    assert scores.hard.found > 20
    assert scores.hard.missed == 0, scores.faults
    assert scores.hard.precision >= 0.98, scores.faults


def test_what_calls_for_a_look_is_mostly_right():
    scores = measure(SNIPPETS)
    assert scores.soft.recall >= 0.9, scores.faults
    assert scores.soft.precision >= 0.9, scores.faults


def test_a_miss_and_a_false_alarm_are_counted():
    snippet = SNIPPETS[0].__class__(1, "fr", "Rien ici. Plaque 1-ABC-123.", ((0, 4, Kind.PHONE),))
    scores = measure([snippet])
    assert (scores.hard.missed, scores.hard.wrong, scores.hard.recall) == (1, 1, 0)
    assert scores.kinds[Kind.PLATE].precision == 0


@pytest.mark.parametrize("number", range(1, 25))
def test_made_numbers_have_their_check_digits(number):
    assert nn.is_valid(made("NN", number)) and not bis.is_valid(made("NN", number))
    assert bis.is_valid(made("BIS", number))
    assert iban.is_valid(made("IBAN", number))
    assert eid.is_valid(made("CARD", number))
    assert styled(made("NN", number), "NN", "dots") != made("NN", number)


def test_no_real_number_is_written_in_the_repository():
    written = FILE.read_text("utf-8")
    for run in re.findall(r"(?<!\w)\d[\d ./\-]{9,22}\d", written):
        digits = re.sub(r"\D", "", run)
        assert not (len(digits) == 11 and (nn.is_valid(digits) or bis.is_valid(digits))), run
    assert len(HARD) == 8
