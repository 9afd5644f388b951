"""The anonymisation gate before a sheet: what names a person blocks where it would become readable."""

import html

import pytest
from django.urls import reverse

from agora.airlock.corpus import made, styled
from agora.airlock.models import Vouch
from agora.attachments.models import FileText
from agora.drafts.models import Draft
from practices.models import PracticePage
from tests.attachments.factories import stored
from tests.drafts.factories import sent

from .factories import TEXTS, make_practice
from .test_write import begin_change, send, step_address

NUMBER = styled(made("BIS", 3), "BIS", "spaces")
PLATE = "La camionnette porte la plaque 1-ABC-123."
FILING = {"themes": ["accueil-flux"], "publics": ["tous"]}


@pytest.fixture
def browser(client_of, member, tree):
    """The browser of a member who writes."""
    return client_of(member)


def write(browser, owner, **texts):
    """Write a sheet as far as the last step; its texts are those of the factories, with some replaced."""
    essential = {name: TEXTS[name] for name in ("title", "summary", "problem")} | {"kind": "sheet"}
    browser.post(reverse("practices:write"), sent(owner, **(essential | texts)) | {"draft_language": "fr"})
    send(browser, owner, 2, steps=TEXTS["steps"])
    send(browser, owner, 3, effects="Moins d’oublis.", maturity="tried")
    send(browser, owner, 4, **FILING)


def page_of(answer) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("field", ["title", "summary", "problem"])
def test_a_number_of_somebody_stops_a_sheet_and_its_text_stays(browser, member, field):
    write(browser, member, **{field: f"Chez nous {NUMBER}"})
    shown = page_of(browser.get(step_address(5)))
    assert f'class="hard" tabindex="-1">{NUMBER}</mark>' in shown and 'name="vouched"' not in shown
    answer = send(browser, member, 5, go="publish", vouched="Ce n’est personne.")
    assert answer.status_code == 200 and "Numéro bis" in page_of(answer)
    assert not PracticePage.objects.exists() and not Vouch.objects.exists()
    assert Draft.objects.get().data[field] == f"Chez nous {NUMBER}"
    send(browser, member, 1, **{field: TEXTS[field]})
    assert send(browser, member, 5, go="publish").status_code == 302
    assert PracticePage.objects.count() == 1


def test_a_number_that_somebody_vouches_for_goes_to_those_who_look(browser, member):
    write(browser, member, problem=PLATE)
    assert 'name="vouched"' in page_of(browser.get(step_address(5)))
    assert send(browser, member, 5, go="publish").status_code == 200
    send(browser, member, 5, go="publish", vouched="La voiture du service.")
    said = Vouch.objects.get()
    assert (said.by, said.reason) == (member, "La voiture du service.")
    assert said.address == PracticePage.objects.get().get_absolute_url()


def test_how_a_service_is_reached_is_shown_and_does_not_stop(browser, member):
    write(browser, member, problem="Appelez le 02 412 16 40 ou sofie@mail-fictif.be. Demandez Fatima.")
    shown = page_of(browser.get(step_address(5)))
    assert "Numéro de téléphone" in shown and "Prénom ou nom" in shown and 'class="hard"' not in shown
    assert send(browser, member, 5, go="publish").status_code == 302
    assert not Vouch.objects.exists()


def test_a_sheet_that_tells_nothing_shows_no_gate(browser, member):
    write(browser, member)
    assert 'id="sas"' not in page_of(browser.get(step_address(5)))


def test_a_change_is_stopped_for_what_it_changes_only(browser, member, colleague, client_of):
    practice = make_practice(by=member)
    PracticePage.objects.filter(pk=practice.pk).update(effects=PLATE)  # from before the gate
    practice.refresh_from_db()
    begin_change(browser, member, practice, summary="Au mur, quatre colonnes.")
    answer = send(browser, member, 5, go="publish", significance="medium", reason="Plus clair.")
    assert answer.status_code == 302
    other = client_of(colleague)
    begin_change(other, colleague, practice, steps=f"1. {PLATE}", step=2)
    answer = send(other, colleague, 5, go="publish", significance="medium", reason="Plus clair.")
    assert "Plaque de voiture" in page_of(answer) and Draft.objects.exists()
    answer = send(
        other, colleague, 5, go="publish", significance="medium", reason="Oui", vouched="Celle du service."
    )
    assert "/propositions/" in Vouch.objects.get().address


def test_a_file_passes_the_gate_with_its_name_and_its_words(browser, member):
    write(browser, member)
    file = stored(member, name="liste-1-ABC-123.pdf")
    FileText.objects.create(
        attachment=file, pages=["Une page.", f"Madame Rose, {NUMBER}, fin.", "Fatima " * 50]
    )
    send(browser, member, 2, attachments=[str(file.pk)], steps=TEXTS["steps"])
    shown = page_of(browser.get(step_address(5)))
    assert f">{NUMBER}</mark>" in shown and ">1-ABC-123</mark>" in shown
    assert "Madame Rose" in shown and "Fatima Fatima Fatima Fatima Fatima Fatima Fatima" not in shown
    answer = send(browser, member, 5, go="publish")
    assert answer.status_code == 200 and not PracticePage.objects.exists()
    send(browser, member, 2, attachments=[""], steps=TEXTS["steps"])
    assert send(browser, member, 5, go="publish").status_code == 302
