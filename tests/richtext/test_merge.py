"""Two versions of one text: joined without losing a line, or handed back for a choice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agora.richtext.compare import mark_differences
from agora.richtext.merge import merge_lists, merge_texts

BASE = "un\n\ndeux\n\ntrois"


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, "tout autre", "tout autre"),
        ("tout autre", BASE, "tout autre"),
        ("pareil", "pareil", "pareil"),
        ("UN\n\ndeux\n\ntrois", "un\n\ndeux\n\nTROIS", "UN\n\ndeux\n\nTROIS"),
        ("un\n\ndeux", "UN\n\ndeux\n\ntrois", "UN\n\ndeux"),
        ("zéro\n\n" + BASE, BASE + "\n\nquatre", "zéro\n\n" + BASE + "\n\nquatre"),
        ("un\n\nDEUX\n\ntrois", "un\n\nDeux\n\ntrois", None),
        (BASE + "\nmoi", BASE + "\neux", None),
        ("un\n\ntrois", "un\n\ndeux et demi\n\ntrois", None),
        ("x\n" * 401, "y\n" * 401, None),
    ],
)
def test_merge_texts(mine, theirs, merged):
    assert merge_texts(BASE, mine, theirs) == merged


def test_two_neighbouring_steps_join():
    base = "1. Tracer\n2. Relire\n3. Ranger"
    mine, theirs = base.replace("Tracer", "Tracer au mur"), base.replace("Relire", "Relire à deux")
    assert merge_texts(base, mine, theirs) == "1. Tracer au mur\n2. Relire à deux\n3. Ranger"


lines = st.lists(st.sampled_from(["a", "b", "c", "d", "", "e"]), max_size=8).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(lines, lines, lines)
def test_no_new_line_is_ever_lost(base, mine, theirs):
    merged = merge_texts(base, mine, theirs)
    assert merged == merge_texts(base, theirs, mine)
    if merged is None:
        assert base not in (mine, theirs)
        return
    old, kept = set(base.split("\n")), set(merged.split("\n"))
    if mine != base:
        assert set(mine.split("\n")) - old <= kept
    if theirs != base:
        assert set(theirs.split("\n")) - old <= kept


def test_merge_lists_adds_and_removes_from_both_sides():
    assert merge_lists(["a", "b"], ["a", "c"], ["a", "b", "d"]) == ["a", "c", "d"]


def test_differences_are_marked_and_escaped():
    one, other = mark_differences("Lire <b> ensemble\nici", "Lire <b> seul\nici")
    assert one == "Lire &lt;b&gt; <mark>ensemble</mark><br>ici"
    assert other == "Lire &lt;b&gt; <mark>seul</mark><br>ici"


def test_very_long_texts_are_shown_without_marks():
    assert "<mark>" not in mark_differences("a " * 4000, "b " * 4000)[0]
