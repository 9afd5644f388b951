"""The lists in memory: what they cost, and when a change shows."""

from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agora.vocabulary import lists
from agora.vocabulary.models import Concept, Cpas, Stamp, Theme

from .factories import make_theme


def everything() -> tuple:
    """What a page with footer and facets reads."""
    return (
        lists.cpas_list(),
        lists.cpas_by_ins(),
        lists.themes(),
        lists.functions(),
        lists.services(),
        lists.publics(),
        lists.missions(),
        lists.concepts(),
        lists.stamp(),
    )


def queries_of(read) -> int:
    """How many queries a reading costs."""
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


@pytest.mark.django_db
def test_the_first_reading_costs_one_query_a_table_and_the_next_none():
    assert queries_of(everything) == 9
    assert queries_of(everything) == 0


@pytest.mark.django_db
def test_the_lists_hold_what_the_tables_hold():
    assert set(lists.cpas_list()) == set(Cpas.objects.all())
    assert list(lists.themes().ordered) == list(Theme.objects.all())
    assert lists.themes().by_slug["emploi"] == lists.themes().by_pk[Theme.objects.get(slug="emploi").pk]
    assert set(lists.concepts()) == set(Concept.objects.filter(is_active=True))
    assert {each.slug for each in lists.publics().ordered} > {"tous", "sans-abri"}
    assert {each.slug for each in lists.missions().ordered} > {"asile", "logement"}
    assert lists.functions().by_slug["assistant-social"].short_nl == "MW"
    assert lists.services().by_slug["ssg"].name_nl == "Algemene sociale dienst"


@pytest.mark.django_db
def test_names_come_in_the_order_of_the_readers_alphabet():
    with translation.override("fr"):
        assert [each.name for each in lists.cpas_list()][6:9] == ["Forest", "Ganshoren", "Ixelles"]
    with translation.override("nl"):
        assert [each.name for each in lists.cpas_list()][:3] == ["Anderlecht", "Brussel", "Elsene"]


@pytest.mark.django_db
def test_a_hidden_word_stays_known_but_is_not_offered():
    theme = make_theme(is_active=False)
    assert theme in lists.themes().ordered
    assert theme not in lists.themes().offered


@pytest.mark.django_db
def test_a_transaction_sees_its_own_change_and_nothing_stays_after_a_rollback():
    everything()
    before = lists.stamp()
    with pytest.raises(RuntimeError), transaction.atomic():
        make_theme()
        assert "essai" in lists.themes().by_slug
        assert queries_of(everything) == 0
        raise RuntimeError
    assert "essai" not in lists.themes().by_slug
    assert lists.stamp() == before


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["create", "rename", "delete"])
def test_each_kind_of_change_draws_a_new_stamp(act):
    theme = make_theme()
    before = lists.stamp()
    if act == "create":
        make_theme("essai-2", name_fr="Autre essai")
    elif act == "rename":
        theme.name_fr = "Nouveau nom"
        theme.save()
    else:
        theme.delete()
    assert lists.stamp() != before
    assert [each.name_fr for each in lists.themes().ordered] == list(
        Theme.objects.values_list("name_fr", flat=True)
    )


@pytest.fixture
def outside(db, monkeypatch):
    """A reader outside any transaction, with a clock to move: tests themselves always run in one.

    Returns a function that moves the clock by some seconds.
    """
    monkeypatch.setattr(lists, "connection", SimpleNamespace(in_atomic_block=False, run_on_commit=[]))
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(lists, "time", SimpleNamespace(monotonic=lambda: clock.now))

    def wait(seconds: float) -> None:
        clock.now += seconds

    return wait


def test_a_committed_change_shows_at_once_in_this_process(outside, django_capture_on_commit_callbacks):
    everything()
    with django_capture_on_commit_callbacks(execute=True):
        make_theme()
        assert "essai" not in lists.themes().by_slug
    assert "essai" in lists.themes().by_slug


def test_a_change_by_another_process_shows_within_a_second(outside):
    everything()
    # What another process does leaves no signal here, only rows.
    Theme.objects.bulk_create([Theme(slug="ailleurs", name_fr="Venu d’ailleurs", name_nl="Van elders")])
    Stamp.objects.update_or_create(pk=1, defaults={"value": "00000000-0000-4000-8000-000000000001"})
    assert "ailleurs" not in lists.themes().by_slug
    outside(lists.CHECK_SECONDS)
    assert "ailleurs" in lists.themes().by_slug


def test_a_comparison_costs_one_query_a_second_at_most(outside):
    everything()
    assert queries_of(everything) == 0
    outside(lists.CHECK_SECONDS)
    assert queries_of(everything) == 1
    assert queries_of(everything) == 0


@pytest.mark.django_db
def test_a_write_does_not_pay_for_a_comparison(monkeypatch):
    everything()
    monkeypatch.setattr(lists, "time", SimpleNamespace(monotonic=lambda: 1e9))
    with transaction.atomic():
        assert queries_of(everything) == 0
