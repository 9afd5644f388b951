"""A whole MAG in a browser: from the proposals to the draft of a sheet, by five people in five browsers.

Whoever leads, the rapporteur, the narrator and two participants. Time passes through acts: a phase ends when
whoever leads says so, the blind round when the last one has written.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from .acts import Way, other_language, press

JOURNEYS = [Way("fr", True, 1280), Way("nl", False, 390)]
WORDS = {
    "fr": {
        "short": "Il vient chaque mois et ne demande rien.",
        "why": "Parce que cela m’arrive aussi.",
        "story": "Il vient chaque mois au guichet, s’assied, et repart sans rien demander.",
        "question": "Que fait-il pendant qu’il attend ?",
        "reply": "Il regarde les affiches.",
        "lead": "Je comprends qu’il vérifie que nous sommes encore là.",
        "keeper": "Je comprends qu’il a honte de demander.",
        "fifth": "Je comprends qu’il compte les jours d’un mois à l’autre.",
        "other": "Je comprends qu’il vient pour ne pas rester seul.",
        "answer": "Je n’avais pas pensé qu’il venait pour quelqu’un.",
        "again": "Je vois maintenant une visite, pas une demande.",
        "gathers": "Tous ont vu une présence.",
        "divides": "Faut-il lui parler ?",
        "yes": "Oui, un mot suffit",
        "no": "Non, son silence est à lui",
        "plan": "Le saluer par la même personne chaque mois.",
        "carrier": "L’équipe de l’accueil",
        "learnt": "Venir sans demander est une demande : celle d’être attendu.",
    },
    "nl": {
        "short": "Hij komt elke maand en vraagt niets.",
        "why": "Omdat het mij ook overkomt.",
        "story": "Hij komt elke maand aan het loket, gaat zitten, en vertrekt zonder iets te vragen.",
        "question": "Wat doet hij terwijl hij wacht?",
        "reply": "Hij kijkt naar de affiches.",
        "lead": "Ik begrijp dat hij nagaat of we er nog zijn.",
        "keeper": "Ik begrijp dat hij zich schaamt om te vragen.",
        "fifth": "Ik begrijp dat hij de dagen telt van maand tot maand.",
        "other": "Ik begrijp dat hij komt om niet alleen te blijven.",
        "answer": "Ik had niet bedacht dat hij voor iemand kwam.",
        "again": "Ik zie nu een bezoek, geen vraag.",
        "gathers": "Allen hebben een aanwezigheid gezien.",
        "divides": "Moeten we hem aanspreken?",
        "yes": "Ja, één woord volstaat",
        "no": "Nee, zijn stilte is van hem",
        "plan": "Hem elke maand door dezelfde persoon laten begroeten.",
        "carrier": "Het team van het onthaal",
        "learnt": "Komen zonder te vragen is een vraag: die om verwacht te worden.",
    },
}


class Table:
    """Five people around one room, each in a browser."""

    def __init__(self, way: Way, open_page, stage) -> None:
        facts = stage[way.language]
        self.way, self.words = way, WORDS[way.language]
        self.number = facts["rooms"]["journey"]
        self.room = way.to("forum:room", pk=self.number)
        names = {
            "lead": stage.writer(way.language),
            "keeper": stage.colleague(way.language),
            "teller": facts["teller"],
            "other": facts["last"],
            "fifth": stage.writer(other_language(way).language),
        }
        self.pages = {role: open_page(None, as_=email, **way.window) for role, email in names.items()}

    def at(self, role: str) -> Page:
        """Bring somebody to the room."""
        page = self.pages[role]
        page.goto(self.room)
        return page

    def write(self, role: str, word: str) -> Page:
        """Let somebody send a text in the phase under way."""
        page = self.at(role)
        page.locator("#texte").fill(self.words[word])
        press(page, self.way, "Déposer")
        return page

    def advance(self) -> None:
        """Go to the next phase."""
        press(self.at("lead"), self.way, "Passer à la phase suivante")

    def reads(self, role: str, word: str, *, there: bool = True) -> None:
        """Check whether somebody reads a text on the page of the room."""
        expect(self.at(role).get_by_role("main").get_by_text(self.words[word])).to_have_count(
            1 if there else 0
        )


def tell(table: Table) -> None:
    """Proposals, choice, narrative and its second reading, clarification."""
    way, words = table.way, table.words
    table.write("teller", "short")
    table.advance()
    page = table.at("lead")
    page.locator("input[name=parent]").check()
    page.locator("textarea[name=text]").fill(words["why"])
    press(page, way, "Dire ma préférence")
    with page.expect_navigation():
        page.locator("button[value=choose]").click()
    table.advance()

    table.write("teller", "story")
    table.reads("other", "story", there=False)
    page = table.at("lead")
    page.get_by_role("link", name=way.say("Faire la seconde lecture")).click()
    page.locator("input[name=answer][value=no]").check()
    press(page, way, "Donner ma réponse")
    table.reads("other", "story")
    table.advance()

    table.write("other", "question")
    page = table.at("teller")
    page.locator("details.more summary").filter(has_text=way.say("Répondre")).first.click()
    form = page.locator("form:has(input[name=parent])").first
    form.locator("textarea").fill(words["reply"])
    with page.expect_navigation():
        form.get_by_role("button", name=way.say("Répondre"), exact=True).click()
    table.reads("other", "reply")
    table.advance()


def interpret(table: Table, look) -> None:
    """The blind round, what comes back of it to the narrator, and the second round."""
    way, words = table.way, table.words
    page = table.at("keeper")
    page.locator("#texte").fill(words["keeper"])
    if way.javascript:
        page.locator("#texte").blur()
        expect(page.locator("#ecrire .saved")).to_contain_text(way.say("Enregistré à"))
        page = table.at("keeper")  # closed and opened again: what was typed came back
        expect(page.locator("#texte")).to_have_value(words["keeper"])
    press(page, way, "Déposer")
    look(page, "room-journey-blind")
    table.write("lead", "lead")
    table.write("fifth", "fifth")
    for role in ("teller", "other"):
        for word in ("keeper", "lead", "fifth"):
            table.reads(role, word, there=False)
    page = table.write("other", "other")
    for word in ("keeper", "lead", "other"):
        expect(page.get_by_role("main").get_by_text(words[word])).to_have_count(1)
    table.advance()
    table.write("teller", "answer")
    table.advance()
    table.write("keeper", "again")
    table.advance()


def draw(table: Table, look) -> None:
    """The board with a divergence that closes, a perspective."""
    way, words = table.way, table.words
    page, board = table.pages["lead"], way.to("forum:board", pk=table.number)
    page.goto(board)
    page.locator("[name=c-words]").fill(words["gathers"])
    press(page, way, "Poser la carte")
    page.locator("details summary").filter(has_text=way.say("Quelque chose qui divise")).click()
    for name, word in (("question", "divides"), ("claim_0", "yes"), ("claim_1", "no")):
        page.locator(f"[name=d-{name}]").fill(words[word])
    press(page, way, "Poser la divergence")
    for role, place in (("lead", 0), ("other", 1)):
        page = table.pages[role]
        page.goto(board)
        for button in (page.locator("button[value=hold]").nth(place), page.locator("button[value=accept]")):
            with page.expect_navigation():
                button.click()
    expect(page.get_by_text(way.say("Les deux côtés acceptent ces mots."))).to_be_visible()
    look(page, "room-journey-board")
    table.advance()
    page = table.at("other")
    page.get_by_role("link", name=way.say("Ouvrir les perspectives")).click()
    page.locator("[name=words]").fill(words["plan"])
    page.locator("[name=level][value=practice]").check()
    page.locator("[name=carried_by]").fill(words["carrier"])
    press(page, way, "Ajouter cette perspective")
    table.advance()


@pytest.mark.parametrize("way", JOURNEYS, ids=str)
def test_from_a_story_to_a_sheet(way: Way, open_page, stage, look):
    table = Table(way, open_page, stage)
    words = table.words
    tell(table)
    interpret(table, look)
    draw(table, look)
    page = table.at("keeper")
    page.get_by_role("link", name=way.say("Ouvrir la synthèse")).click()
    page.locator("#texte").fill(words["learnt"])
    press(page, way, "Proposer à la signature")
    synthesis = page.url
    for page in table.pages.values():
        page.goto(synthesis)
        press(page, way, "Je cosigne ce texte")
    page = table.pages["lead"]
    page.get_by_role("link", name=way.say("Faire la seconde lecture")).click()
    page.locator("input[name=answer][value=no]").check()
    press(page, way, "Donner ma réponse")
    page = table.pages["keeper"]
    page.goto(synthesis)
    look(page, "room-journey-synthesis")
    press(page, way, "En faire un brouillon de fiche")
    expect(page.locator("#problem")).to_have_value(words["learnt"])
    expect(page.get_by_text(way.say("D’où vient cette pratique"))).to_be_visible()
    assert re.search(r"/[0-9a-f-]{36}/", page.url) and table.number not in page.content()
