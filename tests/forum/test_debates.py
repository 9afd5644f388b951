"""Debates, through their pages: opened, completed, reworded without losing anybody's words."""

import pytest
from django.urls import reverse

from agora.vocabulary.models import Theme
from forum.debates import actions
from forum.models import Argument, Debate, DebateChange


def opened(by, question="Faut-il sanctionner un rendez-vous manqué ?") -> Debate:
    return actions.open_debate(
        by,
        question,
        "Tous veulent que la personne revienne ; le désaccord porte sur l’effet d’une sanction.",
        ["Oui, une règle claire protège", "Non, le lien passe d’abord"],
        themes=Theme.objects.filter(slug="accueil-flux"),
        language="fr",
    )


@pytest.fixture
def debate(make_member) -> Debate:
    """A debate with an argument on its first position."""
    made = opened(make_member())
    actions.argue(make_member(), made.positions.first(), "La règle vaut pour tous.", "", "")
    return made


def test_a_debate_is_opened_and_completed_by_its_pages(make_member, client_of):
    browser = client_of(make_member(first_name="Nadia", last_name="Bo"))
    form = {
        "question": "Faut-il un rendez-vous à domicile ?",
        "agreement": "Tous veulent connaître la situation.",
        "claim_0": "Oui, toujours",
        "claim_1": "Non, seulement sur demande",
        "themes": ["accueil-flux"],
        "language": "fr",
    }
    missing = browser.post(reverse("forum:open_debate"), form | {"claim_1": ""})
    assert missing.status_code == 422 and "Oui, toujours" in missing.content.decode()
    browser.post(reverse("forum:open_debate"), form)
    made = Debate.objects.get()
    side = made.positions.first()
    argument = {"text": "On voit le logement.", "source": "Une étude", "source_url": "exemple.be/etude"}
    browser.post(reverse("forum:add_argument", args=[made.pk, side.pk]), argument)
    against = {"text": "On entre chez des gens qui ne peuvent pas dire non."}
    shown = browser.post(reverse("forum:add_against", args=[made.pk, side.pk]), against, follow=True)
    page = shown.content.decode()
    assert "On voit le logement." in page and 'href="https://exemple.be/etude"' in page
    assert page.index("Le meilleur argument contre moi") < page.index("qui ne peuvent pas dire non")
    history = browser.get(reverse("forum:debate_history", args=[made.pk])).content.decode()
    assert "Nadia B. a ajouté le meilleur argument contre sa propre position." in history


@pytest.mark.parametrize("url", ["javascript:alert(1)", "pas une adresse", "x" * 600])
def test_a_source_that_is_no_page_is_refused_with_the_text(url, debate, make_member, client_of):
    address = reverse("forum:add_argument", args=[debate.pk, debate.positions.first().pk])
    answer = client_of(make_member()).post(address, {"text": "Un argument gardé.", "source_url": url})
    assert answer.status_code == 422 and "Un argument gardé." in answer.content.decode()
    assert Argument.objects.count() == 1


def test_the_wording_is_never_overwritten_unseen_and_its_versions_stay(debate, make_member, client_of):
    browser = client_of(make_member())
    address = reverse("forum:debate_wording", args=[debate.pk])
    first = {"question": debate.question, "agreement": "Nos mots à nous.", "seen": 1}
    assert browser.post(address, first).status_code == 302
    late = browser.post(address, first | {"agreement": "Les miens, en retard."})
    page = late.content.decode()
    assert late.status_code == 422 and "Les miens, en retard." in page and "Nos mots à nous." in page
    history = browser.get(reverse("forum:debate_history", args=[debate.pk])).content.decode()
    assert "le désaccord porte sur l’effet" in history and "Nos mots à nous." in history
    assert "<del>" in history and "<ins>" in history  # both in one text, as in the history of a sheet


def test_what_is_taken_away_comes_back_from_the_history(debate, make_member, client_of):
    browser = client_of(make_member())
    argument = Argument.objects.get()
    browser.post(reverse("forum:debate_argument", args=[debate.pk, argument.pk]), {"act": "remove"})
    assert "La règle vaut pour tous." not in browser.get(debate.get_absolute_url()).content.decode()
    change = DebateChange.objects.get(code="removed")
    history = reverse("forum:debate_history", args=[debate.pk])
    assert "Remettre ce passage" in browser.get(history).content.decode()
    back = browser.post(history, {"change": change.pk}, follow=True)
    assert "La règle vaut pour tous." in back.content.decode()
    assert browser.post(history, {"change": "9" * 30}).status_code == 404


def test_a_debate_that_sleeps_is_read_and_woken_not_changed(debate, make_member, client_of):
    browser = client_of(make_member())
    state = reverse("forum:debate_state", args=[debate.pk])
    browser.post(state, {"act": "sleep"})
    assert "endormi" in browser.get(debate.get_absolute_url()).content.decode()
    assert browser.get(reverse("forum:add_position", args=[debate.pk])).status_code == 404
    browser.post(state, {"act": "wake"})
    assert browser.get(reverse("forum:add_position", args=[debate.pk])).status_code == 200


def test_nobody_is_recognised_in_a_debate(debate, make_member, client_of):
    address = reverse("forum:add_position", args=[debate.pk])
    answer = client_of(make_member()).post(address, {"claim": "Comme pour le 85.07.30-033.28"})
    assert answer.status_code == 422


@pytest.mark.parametrize("number", [1, 30])
def test_a_long_debate_asks_as_much_as_a_short_one(number, make_member, client_of, django_assert_num_queries):
    by = make_member()
    for each in range(number):
        made = opened(by, f"Question {each} ?")
    side = made.positions.first()
    for each in range(number):
        actions.argue(by, side, f"Argument {each}.", "", "")
    browser = client_of(make_member())
    for address, queries in ((made.get_absolute_url(), 8), (reverse("forum:debates"), 6)):
        browser.get(address)
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == 200
