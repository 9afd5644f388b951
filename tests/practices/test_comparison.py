"""What changed between two states of a sheet, field by field."""

import pytest

from practices.comparison import changes_between
from practices.fields import FIELDS, PracticeFields

from .factories import fields_of

pytestmark = pytest.mark.django_db


def changes(**new):
    title = new.pop("title", "Un tableau")
    return changes_between(fields_of(title="Un tableau"), fields_of(title=title, **new))


def test_the_same_says_nothing():
    assert changes() == []


def test_a_text_is_told_as_prose():
    (change,) = changes(problem="Chacun suit ses échéances dans son agenda :\n\n- on cherche,\n- on attend.")
    assert (change.name, change.label, change.is_text) == ("problem", "Le problème", True)
    assert "<ins>agenda</ins>" in change.prose.html


def test_a_title_is_not_markdown():
    (change,) = changes(title="# Un *tableau*")
    assert change.label == "Titre"
    assert "*" in change.prose.html
    assert "<em>" not in change.prose.html


def test_words_that_came_and_went():
    (change,) = changes(themes=("reseau",))
    assert (change.label, change.is_words) == ("Thèmes", True)
    assert (change.added, change.removed) == (
        ("Travail individuel et en réseau",),
        ("Premier accueil et flux",),
    )


def test_short_values_have_both():
    age, origin = sorted(changes(maturity="tried", origin="21013"), key=lambda change: change.name)
    assert (age.label, age.old, age.new) == ("Âge de la pratique", "Racontée", "Essayée ailleurs")
    assert origin.old == "Aucun en particulier"


def test_every_field_can_change_and_says_its_name():
    full = {name: "un mot" for name in FIELDS if isinstance(getattr(PracticeFields(""), name), str)}
    found = changes_between(PracticeFields(""), PracticeFields(**full | {"kind": "tip", "maturity": "tried"}))
    assert [change.name for change in found] == [name for name in FIELDS if name in full]
    assert all(change.label[0].isupper() for change in found)
