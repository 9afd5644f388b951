"""Methods as data: what the engine can run, versions that do not move, copies that editors adapt."""

import copy

import pytest
from django.core.exceptions import ValidationError

from forum.methods import definition, versions
from forum.models import Method


@pytest.fixture
def mag() -> dict:
    """The document of the MAG, to be spoilt."""
    return copy.deepcopy(definition.shipped()["mag"])


def spoilt(document: dict, key: str, **changes) -> dict:
    for phase in document["phases"]:
        if phase["key"] == key:
            phase |= changes
    return document


@pytest.mark.parametrize("slug", sorted(definition.shipped()))
def test_what_is_shipped_can_be_run_and_speaks_both_languages(slug):
    method = definition.parse(definition.shipped()[slug])
    for phase in method.phases:
        for words in (phase.stage, phase.name, phase.says, phase.coach):
            assert words.fr and words.nl and words.fr != words.nl or phase.stage.fr == words.fr


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda d: spoilt(d, "choice", is_sealed=True), "seul un tour"),
        (lambda d: spoilt(d, "first-round", once=False), "une seule fois"),
        (lambda d: spoilt(d, "answer", writers=[]), "qui y écrit"),
        (lambda d: spoilt(d, "answer", writers=["boss"]), "qui y écrit"),
        (lambda d: spoilt(d, "answer", days=0), "durée"),
        (lambda d: spoilt(d, "answer", kind="magic"), "n’existe pas"),
        (lambda d: spoilt(d, "answer", signing="card"), "cartes"),
        (lambda d: spoilt(d, "answer", name={"fr": "Réponse", "nl": ""}), "deux langues"),
        (lambda d: d | {"people": [2, 40]}, "quatre à douze"),
        (lambda d: d | {"phases": []}, "seize phases"),
        (lambda d: d | {"phases": d["phases"] + [d["phases"][2] | {"key": "again"}]}, "n’a qu’une phase"),
        (lambda d: d | {"phases": d["phases"][:2][::-1] + d["phases"][2:]}, "après des propositions"),
        (lambda d: {"slug": "x"}, "mal écrite"),
    ],
)
def test_what_the_engine_could_not_run_is_refused_with_the_reason(mag, spoil, said):
    with pytest.raises(ValidationError) as refused:
        definition.parse(spoil(mag))
    assert said in " ".join(refused.value.messages)


def test_freezing_twice_makes_one_version_and_a_change_makes_another(db):
    method = Method.objects.get(slug="balint")
    first = method.versions.get()
    assert versions.freeze(method) == first
    method.phases.filter(key="exchange").update(days=9)
    second = versions.freeze(Method.objects.get(pk=method.pk))
    assert second.number == 2
    assert second.definition.phases[second.definition.number_of("exchange")].days == 9


def test_a_room_keeps_the_version_it_began_with(table):
    method = Method.objects.get(slug="mag")
    method.phases.filter(key="proposals").update(name_fr="Autre chose")
    versions.freeze(Method.objects.get(pk=method.pk))
    assert str(table.refreshed().method.phases[0].name) == "Propositions"


def test_a_copy_is_a_method_of_its_own_and_is_not_offered_yet(db):
    made = versions.copy(
        Method.objects.get(slug="mag"), slug="mag-court", name_fr="MAG courte", name_nl="Korte groepsanalyse"
    )
    assert not made.is_offered and made.based_on.slug == "mag"
    assert made.phases.count() == 10 and versions.freeze(made).definition.slug == "mag-court"
