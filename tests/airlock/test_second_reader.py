"""The second reader's question: only a plain no lets a text through."""

import pytest

from agora.airlock.second_reader import SecondReaderForm, said


@pytest.mark.parametrize(
    ("given", "passes", "lets_through"),
    [
        ({"answer": "no"}, True, True),
        ({"answer": "perhaps", "to_blur": "Le métier."}, True, False),
        ({"answer": "yes", "to_blur": "L’âge\x00"}, True, False),
        ({"answer": "yes", "to_blur": " \x00"}, False, None),
        ({"answer": "perhaps"}, False, None),
        ({"answer": "yes", "to_blur": "a" * 501}, False, None),
        ({"answer": "maybe"}, False, None),
        ({}, False, None),
    ],
)
def test_an_answer(given, passes, lets_through):
    form = SecondReaderForm(given)
    assert form.is_valid() == passes
    if passes:
        verdict = form.verdict()
        assert verdict.lets_through == lets_through
        assert "\x00" not in verdict.to_blur
        assert ("flouter" in str(said(verdict))) != lets_through
