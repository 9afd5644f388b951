"""Files in the form: sent as soon as they are chosen, said in words, and kept without any script too."""

import re

import pytest
from playwright.sync_api import expect

from tests.attachments.samples import office, pdf

from .conftest import address

SLOW = 30_000  # milliseconds: each file is opened by a process of its own


def sent(name: str, content: bytes) -> dict:
    """Return a file as a browser chooses it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_file_is_sent_at_once_and_saved_with_the_text(open_page, stage, watch, language):
    page = open_page(address("practices:write", language) + "?etape=2", as_=stage.writer(language))
    page.locator("textarea").first.fill("1. Tracer les colonnes.")
    chosen = [sent("modèle.docx", office()), sent("jeu.pdf", b"MZ" + bytes(200)), sent("grille.pdf", pdf())]
    page.locator("#files").set_input_files(chosen)
    expect(page.locator("[data-files-list] > li")).to_have_count(2, timeout=SLOW)
    expect(page.locator("[data-files-errors] .bad-msg")).to_contain_text("jeu.pdf", timeout=SLOW)
    expect(page.locator("[data-files-said]")).to_contain_text("grille.pdf", timeout=SLOW)
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved", timeout=SLOW)
    page.locator("[data-remove]").first.click()
    expect(page.locator("[data-files-said]")).to_contain_text("modèle.docx")
    expect(page.locator("[data-remove]")).to_be_focused()
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", re.compile("unsaved|saving"))
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved", timeout=SLOW)
    page.reload()
    expect(page.locator("[data-files-list] > li")).to_have_count(1)
    expect(page.locator("[data-files-list]")).to_contain_text("grille.pdf", timeout=SLOW)
    expect(page.locator("textarea").first).to_have_value("1. Tracer les colonnes.")


def test_without_any_script(open_page, stage):
    page = open_page("/fr/pratiques/ecrire/?etape=2", as_=stage.colleague("fr"), javascript=False)
    page.locator("textarea").first.fill("1. Tracer les colonnes.")
    page.locator("#files").set_input_files([sent("grille.pdf", pdf()), sent("jeu.pdf", b"MZ" + bytes(200))])
    page.get_by_role("button", name="Joindre").click()
    expect(page.locator(".bad-msg")).to_contain_text("programme")
    expect(page.locator("[data-files-list] > li")).to_have_count(1)
    expect(page.locator("textarea").first).to_have_value("1. Tracer les colonnes.")
    page.get_by_role("button", name="Retirer de la fiche").click()
    expect(page.locator("[data-files-list] > li")).to_have_count(0)
