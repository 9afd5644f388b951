"""One journey for each main act, in both languages, with and without script, wide and narrow."""

import re

import pytest
from playwright.sync_api import Page, expect

from .acts import (
    OTHER_WORDS,
    WAYS,
    Way,
    another_tab,
    change_to_review,
    fill_first_step,
    fill_the_rest,
    other_language,
    press,
    saved,
    tell,
    told,
)
from .conftest import PASSWORD

every_way = pytest.mark.parametrize("way", WAYS, ids=str)
RELAYS = {"fr": "relais.f@cpas-forest.example", "nl": "inge.w@ocmw-evere.example"}
WORKPLACES = {"fr": "21007", "nl": "21006"}


@every_way
def test_sign_in(way: Way, open_page, stage, look):
    page = open_page(way.to("drafts:list"), **way.window)  # the door stands between her and her drafts
    look(page, "journey-login")
    page.locator("input[name=login]").fill(stage.writer(way.language))
    page.locator("input[name=password]").fill("pas-le-bon-mot")
    press(page, way, "Se connecter")
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
    assert page.locator("input[name=login]").input_value() == stage.writer(way.language)

    page.locator("input[name=password]").fill(PASSWORD)
    press(page, way, "Se connecter")
    assert page.url.endswith(way.to("drafts:list"))  # back to where she was going

    page.goto(way.to("account_logout"))
    press(page, way, "Se déconnecter")
    page.goto(way.to("drafts:list"))
    expect(page.locator("input[name=login]")).to_be_visible()


@every_way
def test_write(way: Way, open_page, stage, look, watch):
    texts = told(way, "Jette")
    page = open_page(f"/{way.language}/", as_=stage.writer(way.language), **way.window)
    page.get_by_role("banner").get_by_role("link", name=way.say("Écrire")).click()
    fill_first_step(page, texts)
    if way.javascript:
        saved(page, way)
        look(page, "journey-write-1")
        page.close()  # nothing was sent: what the page said was saved is all there is
        page = another_tab(page, watch)
        page.goto(way.to("drafts:list"))
    else:
        press(page, way, "Continuer plus tard")

    page.get_by_role("link", name=texts["title"], exact=True).click()
    assert page.locator("#problem").input_value() == texts["problem"]
    press(page, way, "Continuer")
    fill_the_rest(page, way, texts)
    look(page, "journey-write-5")
    press(page, way, "Publier la fiche")

    expect(page.locator("h1")).to_have_text(texts["title"])
    expect(page.locator("main ol li").filter(has_text=re.compile(texts["steps"][3:20]))).to_be_visible()
    said = "La fiche est publiée. Les membres des dix-neuf CPAS peuvent la lire et la compléter."
    expect(page.get_by_text(way.say(said))).to_be_visible()
    look(page, "journey-published")
    page.goto(way.to("drafts:list"))
    expect(page.get_by_role("link", name=texts["title"], exact=True)).to_have_count(0)


@every_way
def test_find_with_other_words_and_in_the_other_language(way: Way, open_page, stage, look):
    texts = told(way, "Evere")
    writer = open_page(None, as_=stage.writer(way.language), **way.window)
    tell(writer, way, texts)

    for reader_way in (way, other_language(way)):
        language = reader_way.language
        page = open_page(f"/{language}/", as_=stage.colleague(language), **reader_way.window)
        page.locator("#q").fill(f"{OTHER_WORDS[language]} Evere")
        page.locator("#q").press("Enter")
        found = page.get_by_role("main").get_by_role("link", name=texts["title"])
        expect(found).to_be_visible()
        look(page, f"journey-found-{'own' if language == way.language else 'other'}-language")
        found.click()
        expect(page.locator("h1")).to_have_text(texts["title"])
        assert page.locator("html").get_attribute("lang") == way.language


@every_way
def test_discuss(way: Way, open_page, stage, look):
    writer = open_page(None, as_=stage.writer(way.language), **way.window)
    sheet = tell(writer, way, told(way, "Haren"))

    colleague = open_page(None, as_=stage.colleague(way.language), **way.window)
    colleague.goto(sheet)
    colleague.locator("#msg").fill("Et le vendredi ?\n\nChez nous, personne ne répond. <b>")
    press(colleague, way, "Envoyer")
    message = colleague.locator("article").filter(has_text="Et le vendredi ?")
    expect(message).to_contain_text("<b>")

    writer.goto(sheet)
    writer.get_by_role("link", name=way.say("Répondre"), exact=True).click()
    expect(writer.locator("main")).to_contain_text("Et le vendredi ?")
    look(writer, "journey-reply")
    writer.locator("textarea[name=text]").fill("Le vendredi aussi, depuis mars.")
    press(writer, way, "Envoyer")
    answer = writer.locator("ul.thread ul.thread article").filter(has_text="Le vendredi aussi")
    expect(answer).to_be_visible()
    answer.get_by_role("link", name=way.say("Modifier")).click()
    look(writer, "journey-message-edit")
    writer.locator("textarea[name=text]").fill("Le vendredi aussi, depuis avril.")
    press(writer, way, "Enregistrer")
    expect(answer).to_contain_text("depuis avril")

    colleague.reload()
    useful = colleague.locator("ul.thread").get_by_role("button", name=way.say("Utile"))  # not the sheet's
    useful.click()
    expect(useful).to_contain_text("1")
    look(colleague, "journey-discussion")

    writer.goto(sheet)
    answer.get_by_role("link", name=way.say("Retirer")).click()
    look(writer, "journey-message-withdraw")
    press(writer, way, "Retirer mon message")
    expect(writer.locator("main")).not_to_contain_text("depuis avril")
    expect(writer.locator("article").filter(has_text="Et le vendredi ?")).to_be_visible()


@every_way
def test_edit_while_somebody_else_edits(way: Way, open_page, stage, look):
    texts = told(way, "Laeken")
    mine = open_page(None, as_=stage.writer(way.language), **way.window)
    sheet = tell(mine, way, texts)
    theirs = open_page(None, as_=stage.colleague(way.language), **way.window)
    for page in (mine, theirs):
        page.goto(sheet)
        page.get_by_role("link", name=way.say("Corriger cette fiche")).click()
        expect(page.locator("#problem")).to_have_value(texts["problem"])

    theirs.locator("#title").fill(f"{texts['title']} !")  # nobody else touches this
    theirs.locator("#problem").fill(texts["problem"].replace("\n\n", " (à midi)\n\n"))
    change_to_review(theirs, way, "L’heure manquait", "minor")
    press(theirs, way, "Publier la correction")
    expect(theirs.locator("h1")).to_have_text(f"{texts['title']} !")

    mine.locator("#problem").fill(texts["problem"].replace("\n\n", " (le matin)\n\n"))
    change_to_review(mine, way, "Le moment manquait", "minor")
    look(mine, "journey-change-5")
    press(mine, way, "Publier la nouvelle version")
    expect(mine.locator("fieldset.two")).to_have_count(1)
    for text in ("(à midi)", "(le matin)"):
        expect(mine.locator("fieldset.two")).to_contain_text(text)
    look(mine, "journey-two-texts")
    mine.locator("input[type=radio][value=both]").check()
    press(mine, way, "Réunir")
    press(mine, way, "Publier la nouvelle version")

    expect(mine.locator("h1")).to_have_text(f"{texts['title']} !")  # hers was not overwritten
    for text in ("(à midi)", "(le matin)"):
        expect(mine.locator("main")).to_contain_text(text)
    mine.get_by_role("link", name=way.say("Historique"), exact=True).click()
    expect(mine.locator("main ul.rows > li")).to_have_count(3)
    for reason in ("L’heure manquait", "Le moment manquait"):
        expect(mine.locator("main")).to_contain_text(reason)
    look(mine, "journey-history")


@every_way
def test_small_corrections_to_two_places_are_joined(way: Way, open_page, stage, look):
    texts = told(way, "Anneessens")
    keeper = open_page(None, as_=stage.writer(way.language), **way.window)
    sheet = tell(keeper, way, texts)
    theirs = open_page(None, as_=stage.colleague(way.language), **way.window)
    for page in (keeper, theirs):
        page.goto(sheet)
        page.get_by_role("link", name=way.say("Corriger cette fiche")).click()
        expect(page.locator("#problem")).to_have_value(texts["problem"])

    keeper.locator("#summary").fill(f"{texts['summary']} (à midi)")
    change_to_review(keeper, way, "L’heure manquait", "minor")
    press(keeper, way, "Publier la nouvelle version")
    theirs.locator("#title").fill(f"{texts['title']} !")
    change_to_review(theirs, way, "", "minor")
    press(theirs, way, "Publier la correction")
    expect(theirs.locator("h1")).to_have_text(f"{texts['title']} !")
    expect(theirs.locator("main")).to_contain_text("(à midi)")


@every_way
def test_propose_and_accept(way: Way, open_page, stage, look):
    texts = told(way, "Cureghem")
    keeper = open_page(None, as_=stage.writer(way.language), **way.window)
    sheet = tell(keeper, way, texts)
    theirs = open_page(None, as_=stage.colleague(way.language), **way.window)
    theirs.goto(sheet)
    theirs.get_by_role("link", name=way.say("Corriger cette fiche")).click()
    theirs.locator("#problem").fill(f"{texts['problem']}\n\nLe matin surtout.")
    change_to_review(theirs, way, "Le moment manquait")
    look(theirs, "journey-propose")
    press(theirs, way, "Envoyer ma proposition")
    theirs.goto(sheet)
    expect(theirs.locator("main")).not_to_contain_text("Le matin surtout.")  # it waits

    keeper.goto(sheet)
    keeper.get_by_role("link", name=way.say("Lire et répondre")).click()
    expect(keeper.locator("ins")).to_contain_text("Le matin surtout.")
    expect(keeper.locator("blockquote")).to_contain_text("Le moment manquait")
    look(keeper, "journey-proposal")
    press(keeper, way, "Accepter")
    assert keeper.url.split("#")[0] == sheet.split("#")[0]

    theirs.reload()
    expect(theirs.locator("main")).to_contain_text("Le matin surtout.")
    look(theirs, "journey-accepted-proposal")


def counted(page: Page) -> int:
    """Return how many sheets the catalogue says it holds for this reader."""
    return int(page.locator("#res").inner_text().split()[0])


@every_way
def test_newcomer(way: Way, open_page, site, look):
    email = f"julie.{way}@service.example".replace("-", "")
    page = open_page(way.to("practices:list"), **way.window)
    visitor_sees = counted(page)
    page.goto(way.to("account_signup"))
    fields = {"first_name": "Julie", "last_name": f"Vandamme-{way.language}", "email": email}
    for name, value in (fields | {"password1": "un-matin-au-guichet-7"}).items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("select[name=cpas]").select_option(WORKPLACES[way.language])
    page.locator("select[name=function]").select_option(index=1)
    page.locator(f"input[name=language][value={way.language}]").check()
    page.locator("input[name=charter]").check()
    look(page, "journey-signup")
    press(page, way, "Envoyer ma demande")
    look(page, "journey-mail-sent")

    (letter,) = site.mails_to(email)
    link = re.search(rf"{site.url}/\S+", letter.get_content()).group()
    page.goto(link)
    look(page, "journey-confirm-address")
    press(page, way, "Oui, confirmer cette adresse")
    page.goto(way.to("drafts:list"))
    expect(page.locator("h1")).to_have_text(way.say("Il ne manque qu’une réponse"))
    look(page, "journey-waiting")

    relay = open_page(f"/{way.language}/", as_=RELAYS[way.language], **way.window)
    relay.goto(way.to("people:requests"))
    request = relay.locator("li.split-line").filter(has_text=email)
    look(relay, "journey-requests")
    request.get_by_role("button").click()
    expect(relay.locator("main")).to_contain_text(fields["last_name"])
    look(relay, "journey-accepted")

    page.goto(way.to("practices:list"))
    assert counted(page) > visitor_sees
    page.goto(way.to("drafts:list"))
    expect(page.locator("h1")).to_have_text(way.say("Mes brouillons"))
    assert len(site.mails_to(email)) == 2  # she was told
