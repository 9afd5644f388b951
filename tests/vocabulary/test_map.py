"""The small and the large map of the 19."""

import re

import pytest
from django.db import connection
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agora.vocabulary import lists
from agora.vocabulary.models import Cpas

pytestmark = pytest.mark.django_db

STATES = {
    "21007": "adopted",
    "21010": "adopted",
    "21006": "adopted",
    "21015": "adapted",
    "21009": "adapted",
    "21005": "trying",
    "21011": "trying",
    "21016": "stopped",
}


def draw(source: str, **context) -> str:
    """What a template with the library prints."""
    return Template("{% load agora_map %}" + source).render(Context(context))


def test_the_small_map_fills_the_tiles_of_these_cpas():
    assert draw("{% mini_map codes %}", codes=["21016", "21007"]) == (
        '<svg class="mini" viewBox="0 0 29 29" aria-hidden="true"><use href="#mark"/>'
        '<path class="on" d="M6 24h5v5h-5zM12 24h5v5h-5z"/></svg>'
    )


@pytest.mark.parametrize("codes", [[], ["99999", "x"], set()])
def test_the_small_map_of_nobody_is_the_pale_mark(codes):
    assert draw("{% mini_map codes %}", codes=codes) == (
        '<svg class="mini" viewBox="0 0 29 29" aria-hidden="true"><use href="#mark"/></svg>'
    )


def test_the_nineteen_tiles_together_are_the_mark():
    mark = re.search(r'id="mark"[^>]*><path d="([^"]+)"', render_to_string("face/sprite.html"))[1]
    drawn = draw("{% mini_map codes %}", codes=[cpas.pk for cpas in Cpas.objects.all()])
    assert re.search(r'class="on" d="([^"]+)"', drawn)[1] == mark


def test_the_large_map_says_in_words_what_it_shows():
    drawn = draw("{% place_map states %}", states=STATES)
    assert 'role="img" aria-labelledby="pl-t pl-d"' in drawn
    assert '<title id="pl-t">Où en sont les 19 CPAS avec cette pratique</title>' in drawn
    assert (
        '<desc id="pl-d">Adopté\u00a0: Evere, Forest, Jette. Adapté\u00a0: Ixelles, Schaerbeek. '
        "À l’essai\u00a0: Etterbeek, Koekelberg. Arrêté\u00a0: Uccle. "
        "Le tableau qui suit donne les détails.</desc>"
    ) in drawn
    assert '<text class="big" x="142" y="146" text-anchor="middle">8</text>' in drawn
    assert '<text x="142" y="162" text-anchor="middle">sur 19</text>' in drawn


def test_each_tile_of_the_large_map_has_its_place_state_and_letters():
    drawn = draw("{% place_map states %}", states=STATES)
    size = 'width="52" height="52"/>'
    assert f'<use href="#s-a" x="58" y="232" {size}<text x="64" y="250" class="w">For</text>' in drawn
    assert f'<use href="#s-s" x="116" y="232" {size}<text x="122" y="250">Ucc</text>' in drawn
    symbols = re.findall(r'<use href="#(s-.)" x', drawn)
    assert {symbol: symbols.count(symbol) for symbol in symbols} == {
        "s-a": 3, "s-p": 2, "s-t": 2, "s-s": 1, "s-n": 11
    }  # fmt: skip


def test_the_legend_counts_the_states_that_occur_and_the_silent():
    legend = draw("{% place_map states %}", states=STATES).partition('<ul class="legend">')[2]
    assert re.findall(r"<span>([^<]+)</span>", legend) == [
        "Adopté\u00a0: 3",
        "Adapté\u00a0: 2",
        "À l’essai\u00a0: 2",
        "Arrêté\u00a0: 1",
        "Pas de nouvelles\u00a0: 11",
    ]


def test_the_large_map_of_nobody_says_so():
    drawn = draw("{% place_map states %}", states={"21007": "unheard-of", "99999": "adopted"})
    assert "Aucun CPAS ne s’est encore déclaré." in drawn
    assert re.findall(r"<span>([^<]+)</span>", drawn) == ["Pas de nouvelles\u00a0: 19"]


def test_the_letters_and_the_order_follow_the_language():
    with translation.override("nl"):
        drawn = draw(
            "{% place_map states %}", states={"21009": "adopted", "21015": "adopted", "21004": "adopted"}
        )
    assert ">Els</text>" in drawn
    assert ">SPW</text>" in drawn
    assert "Brussel, Elsene, Schaarbeek" in drawn


def test_several_maps_on_a_page_have_titles_and_ids_of_their_own():
    drawn = draw('{% place_map states title="Là & ici" key="b" %}', states=STATES)
    assert 'aria-labelledby="b-t b-d"' in drawn
    assert '<title id="b-t">Là &amp; ici</title>' in drawn


def test_what_editors_write_is_escaped():
    Cpas.objects.filter(pk="21007").update(name_fr="<b>F", code_fr="<F>")
    lists.changed()
    drawn = draw("{% place_map states %}", states=STATES)
    assert "&lt;b&gt;F" in drawn
    assert "&lt;F&gt;" in drawn
    assert "<b>" not in drawn


def test_the_tile_of_a_state_stands_alone_in_tables():
    assert draw("{% state_tile 'trying' %}") == (
        '<svg class="state" viewBox="0 0 52 52" aria-hidden="true"><use href="#s-t"/></svg>'
    )


def test_thirty_small_maps_and_a_large_one_cost_no_query():
    lists.snapshot()
    with CaptureQueriesContext(connection) as captured:
        draw("{% for n in rows %}{% mini_map codes %}{% endfor %}{% place_map states %}", rows=range(30),
             codes=list(STATES), states=STATES)  # fmt: skip
    assert len(captured) == 0
