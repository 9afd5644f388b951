"""Two versions of a text told as prose: nothing lost, nothing unescaped, nothing by colour alone."""

import re
from html import unescape

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from agora.richtext.prose import difference, prose_changes
from agora.richtext.prose.blocks import blocks_of
from agora.richtext.prose.difference import ADDED, CHANGED, FORMAT, LAYOUT, LINK, MOVED, REMOVED, TOO_LONG


def shown(old: str, new: str) -> str:
    return str(prose_changes(old, new).html)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


class TestWhatIsSaid:
    def test_words_inside_a_paragraph(self):
        html = shown("Le lundi, on relit le tableau.", "Le mardi, on relit tout le tableau.")
        assert "<del>lundi</del>" in html
        assert "<ins>mardi</ins>" in html
        assert "<ins>tout</ins>" in html
        assert "on relit" in re.sub(r"<(ins|del)>.*?</\1>", "", html)

    def test_changed_words_have_words_for_those_who_hear(self):
        html = shown("On relit le lundi ensemble.", "On relit le mardi ensemble.")
        assert words(html) == "On relit le remplacé : lundi par : mardi fin ensemble."
        assert words(shown("On relit ensemble.", "On relit bien ensemble.")).startswith(
            "On relit ajouté : bien fin"
        )
        assert words(shown("On relit bien ensemble.", "On relit ensemble.")).startswith(
            "On relit retiré : bien fin"
        )

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("Un.", "Un.\n\nDeux et trois.", "Paragraphe ajouté."),
            ("Un.\n\nDeux et trois.", "Un.", "Paragraphe retiré."),
            ("Un.", "Un.\n\n- deux", "Élément de liste ajouté."),
            ("Un.", "Un.\n\n### Deux", "Intertitre ajouté."),
            ("Un.\n\n---\n\nDeux.", "Un.\n\nDeux.", "Trait retiré."),
            ("Un.", "Un.\n\n- deux\n- trois\n- quatre", "Trois éléments de liste ajoutés"),
            ("Un.\n\nDeux.\n\n- trois", "Un.", "Deux passages retirés"),
        ],
    )
    def test_whole_blocks_say_in_words_what_happened(self, old, new, said):
        assert said in words(shown(old, new))

    def test_a_moved_paragraph_is_neither_added_nor_removed(self):
        first = "Chaque lundi, l’équipe relit le tableau ensemble."
        change = prose_changes(f"{first}\n\nDeux.\n\nTrois.", f"Deux.\n\nTrois.\n\n{first}")
        assert change.kinds == {MOVED}
        assert "<ins>" not in change.html
        assert "<del>" not in change.html
        assert "Paragraphe déplacé vers le bas." in change.html
        assert "Ici se trouvait « Chaque lundi, l’équipe relit" in change.html
        assert change.said == "Un passage déplacé."

    def test_moved_and_reworded(self):
        before = "Un.\n\nDeux.\n\nChaque lundi, l’équipe relit le tableau ensemble."
        after = "Chaque mardi, l’équipe relit le tableau ensemble.\n\nUn.\n\nDeux."
        change = prose_changes(before, after)
        assert change.kinds == {MOVED, CHANGED}
        assert "Paragraphe déplacé vers le haut." in change.html
        assert "<ins>mardi</ins>" in change.html

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ("Un mot ici.", "Un **mot** ici.", "Mis en gras : « mot »."),
            ("Un *mot* ici.", "Un mot ici.", "N’est plus en italique : « mot »."),
            (
                "Un mot ici.",
                "- Un mot ici.",
                "C’était un paragraphe, c’est maintenant un élément de liste à puces.",
            ),
            ("- Un mot ici.", "1. Un mot ici.", "c’est maintenant un élément de liste numérotée."),
            ("### Un mot", "#### Un mot", "C’était un intertitre, c’est maintenant un petit intertitre."),
            ("Un mot ici.", "> Un mot ici.", "Mis en citation."),
            ("- un\n- deux", "- un\n  - deux", "A changé de niveau dans la liste."),
            ("Un mot. Un autre.", "Un mot.\n\nUn autre.", "Coupé en deux."),
            ("Un mot.\n\nUn autre.", "Un mot. Un autre.", "C’étaient deux passages, réunis en un seul."),
            ("Un mot ici.", "Un mot\nici.", "Les espaces ou les retours à la ligne ont changé."),
        ],
    )
    def test_the_look_alone_is_said_in_words(self, old, new, said):
        change = prose_changes(old, new)
        assert change.is_only_look
        assert said in change.html
        assert "Mise en forme seulement" in change.html
        assert "<ins>" not in change.html
        assert change.said == "Mise en forme seulement : aucun mot n’est différent."

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            (
                "[ici](https://a.be)",
                "[ici](https://b.be)",
                "« ici » menait à https://a.be ; il mène maintenant à https://b.be",
            ),
            ("Lisez ici.", "Lisez [ici](https://b.be).", "Lien ajouté : « ici » mène à https://b.be"),
            ("Lisez [ici](https://b.be).", "Lisez ici.", "Lien retiré : « ici » menait à https://b.be"),
            ("Lisez.", "Lisez.\n\nVoir [ici](https://b.be).", "Lien ajouté : « ici » mène à https://b.be"),
            ("Voir [ici](/fr/a) !", "Voir [là](/fr/b) !", "Lien ajouté : « là » mène à /fr/b"),
        ],
    )
    def test_where_links_lead_is_said(self, old, new, said):
        change = prose_changes(old, new)
        assert LINK in change.kinds
        assert said in unescape(change.html)

    def test_what_only_the_typing_shows(self):
        change = prose_changes("*a*\n\n- b", "_a_\n\n\n• b")
        assert change.kinds == {LAYOUT}
        assert "Seule la façon de taper a changé" in change.html

    def test_the_same_text_says_nothing(self):
        change = prose_changes("Un **mot**.", "Un **mot**.")
        assert change.is_empty
        assert (change.html, change.said) == ("", "")

    def test_what_stays_is_folded_but_for_its_neighbours(self):
        stays = "\n\n".join(f"Paragraphe {number}." for number in range(6))
        html = shown(f"{stays}\n\nFin.", f"{stays}\n\nFin.\n\nEt suite de la fin.")
        assert "<summary>Six paragraphes inchangés</summary>" in html
        assert html.index("</details>") < html.index("<p>Fin.</p>")

    def test_an_item_whose_number_moved_is_the_same_item(self):
        change = prose_changes("1. relire\n2. trier", "1. ouvrir\n2. relire\n3. trier")
        assert change.kinds == {ADDED}
        assert '<li value="2">relire</li>' in change.html

    def test_crumbs_do_not_stay_between_two_changes(self):
        html = shown("Le bureau de Forest ferme tôt.", "Le guichet de Jette ferme tôt.")
        assert "<del>bureau de Forest</del> " in html
        assert "<ins>guichet de Jette</ins>" in html

    def test_an_added_sentence_is_shown_whole(self):
        html = shown("On lit. On range.", "On lit. On trie. On range.")
        assert "<ins>On trie.</ins>" in html

    def test_texts_of_another_language_are_marked(self):
        html = str(prose_changes("Een tekst.", "Een tekst.\n\nEn nog een.", language="nl").html)
        assert '<span lang="nl"><ins>En nog een.</ins></span>' in html
        assert "Paragraphe ajouté." in html

    def test_in_dutch(self):
        with translation.override("nl"):
            change = prose_changes("Een.", "Een.\n\nTwee en drie.\n\nVier en vijf.")
        assert "Twee alinea’s toegevoegd" in change.html


# --- What must hold for any two texts ----------------------------------------------------------

pieces = st.sampled_from(
    [
        "un", "deux", "trois", "le", "lundi", "mardi", "l’équipe", ".", ",", "\n\n", "\n\n", "\n", " ", " ",
        "- ", "1. ", "### ", "> ", "**gras**", "*em*", "[ici](https://a.be)", "[là](https://b.be)", "---",
        "<script>alert(1)</script>", "<ins>", "&amp;", '"', "'", "\u00a0", "*", "_", "\\",
    ]
)  # fmt: skip
texts = st.lists(pieces, max_size=40).map(" ".join) | st.lists(pieces, max_size=40).map("".join)
pairs = st.tuples(texts, texts)


def said_by(blocks) -> list[str]:
    return [word.text for block in blocks for word in block.words]


@given(pairs)
@settings(max_examples=300, deadline=None)
def test_both_texts_are_in_the_comparison(pair):
    old, new = pair
    places = prose_changes(old, new).places
    if old == new:
        return
    assert [block for place in places for block in place.row.new] == blocks_of(new)
    kept = [block for place in places if not place.row.moved for block in place.row.old]
    assert kept == blocks_of(old)
    for place in places:
        assert [word for run in place.runs for word in run.old] == [w for b in place.row.old for w in b.words]
        assert [word for run in place.runs for word in run.new] == [w for b in place.row.new for w in b.words]
        assert all(said_same(run) for run in place.runs if run.is_same)


def said_same(run) -> bool:
    return [word.text for word in run.old] == [word.text for word in run.new]


@given(pairs)
@settings(max_examples=300, deadline=None)
def test_taking_or_leaving_every_mark_gives_either_text(pair):
    """On the HTML itself, whenever nothing moved (what moved stands at its new place only)."""
    old, new = pair
    change = prose_changes(old, new)
    if change.is_empty or MOVED in change.kinds or change.html.startswith('<p class="change-note">'):
        return
    html = re.sub(r'<span class="(?:vh|change-label|change-note)">[^<]*</span>', "", change.html)
    html = re.sub(r'<p class="change-label">[^<]*</p>|<summary>[^<]*</summary>', "", html)
    taken = words(re.sub(r"<del>.*?</del>", " ", html)).replace(" ", "")
    left = words(re.sub(r"<ins>.*?</ins>", " ", html)).replace(" ", "")
    assert taken == "".join(said_by(blocks_of(new)))
    assert left == "".join(said_by(blocks_of(old)))


@given(pairs)
@settings(max_examples=200, deadline=None)
def test_nothing_typed_becomes_html(pair):
    html = shown(*pair)
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert tags <= {
        "p",
        "ul",
        "ol",
        "li",
        "ins",
        "del",
        "span",
        "strong",
        "em",
        "br",
        "hr",
        "div",
        "details",
        "summary",
    }
    assert not re.search(r"<(?!/?[a-z]+)", html)
    assert html.count("<ins>") == html.count("</ins>")
    assert html.count("<del>") == html.count("</del>")


@given(pairs)
@settings(max_examples=50, deadline=None)
def test_the_same_answer_every_time(pair):
    assert prose_changes(*pair) == prose_changes(*pair)


def test_texts_beyond_reason_are_not_compared():
    change = prose_changes("a", "b " * difference.MOST_CHARACTERS)
    assert change.kinds == {TOO_LONG}
    assert change.html == ""
    assert "trop longs" in change.said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n\n" * 6666, "b\n\n" * 6666),
        ("a\n\n" * 6666, "a\n\n" * 5000 + "b"),
        ("a b " * 5000, "b a c " * 3333),
        ("- a b c\n" * 2500, "1. a d c\n" * 2222),
        ("\n\n".join(f"mot {n} " * 3 for n in range(1300)), "\n\n".join(f"mot {n} mot" for n in range(1700))),
        ("x" * 20_000, "y" * 20_000),
        ("*a **a " * 2800, "[" * 20_000),
    ],
    ids=["rewritten", "repeated", "words", "items", "alike", "one-word", "marks"],
)
def test_hostile_texts_are_compared_all_the_same(old, new):
    change = prose_changes(old[:20_000], new[:20_000])
    assert change.kinds & {ADDED, REMOVED, CHANGED, FORMAT}
    assert len(change.html) < 2_000_000
