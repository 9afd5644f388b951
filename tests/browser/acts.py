"""What the people of the journeys do, and the words they do it with."""

import re
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext, override
from playwright.sync_api import Page, expect

from practices.steps import REVIEW, STEPS

from .conftest import address


@dataclass(frozen=True)
class Way:
    """One way of going through a journey: the language, with or without script, the width."""

    language: str
    javascript: bool
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{'js' if self.javascript else 'no-js'}-{self.width}"

    @property
    def window(self) -> dict:
        """How `open_page` opens a browser for it."""
        return {"language": self.language, "javascript": self.javascript, "width": self.width}

    def say(self, words: str, **values) -> str:
        """Return words of the interface in the language of this way; LookupError if they are not in it."""
        words = re.sub(" ([;:?!»])", "\N{NO-BREAK SPACE}\\1", words).replace("« ", "«\N{NO-BREAK SPACE}")
        with override(self.language):
            said = gettext(words)
        if self.language != "fr" and said == words:
            raise LookupError(f"« {words} » is not in the catalogue of {self.language}.")
        return said % values if values else said

    def to(self, name: str, **arguments) -> str:
        """Return the path of a page in the language of this way."""
        return address(name, self.language, **arguments)


# Both languages, with and without script, and in each language both widths.
WAYS = [
    Way("fr", True, 1280),
    Way("fr", False, 390),
    Way("nl", True, 390),
    Way("nl", False, 1280),
]

# What is told in the journeys; `{place}` makes each one's own.
TOLD = {
    "fr": {
        "title": "Télétravail du lundi : un numéro qui répond ({place})",
        "summary": "Une collègue à la maison répond au téléphone le lundi. Personne n’appelle dans le vide.",
        "problem": "Le lundi, le téléphone sonne sans fin.\n\nLes gens se déplacent pour rien.",
        "steps": "1. Dévier le numéro vers la collègue.\n2. Noter chaque appel sur la feuille commune.",
        "effects": "Moins de gens dans la salle le mardi.",
    },
    "nl": {
        "title": "Telewerk op maandag: een nummer dat antwoordt ({place})",
        "summary": "Een collega thuis neemt op maandag de telefoon op. Niemand belt nog voor niets.",
        "problem": "Op maandag blijft de telefoon rinkelen.\n\nMensen komen voor niets langs.",
        "steps": "1. Het nummer doorschakelen.\n2. Elke oproep noteren op het gedeelde blad.",
        "effects": "Minder volk in de zaal op dinsdag.",
    },
}
# Other words for the same thing, in each language: none of them stands in the texts above.
OTHER_WORDS = {"fr": "travail à distance", "nl": "thuiswerk"}


def told(way: Way, place: str = "") -> dict[str, str]:
    """Return the texts of a sheet that belongs to one journey."""
    texts = dict(TOLD[way.language])
    texts["title"] = texts["title"].format(place=f"{place} {way}".strip())
    return texts


def press(page: Page, way: Way, words: str) -> None:
    """Press the button that says this; one that sends a form waits for the page that comes."""
    button = page.get_by_role("button", name=way.say(words), exact=True)
    if button.get_attribute("type") == "button":
        button.click()
        return
    with page.expect_navigation():  # a click alone may return while the old page still stands
        button.click()


def saved(page: Page, way: Way) -> None:
    """Wait until the page says at what time the text was saved."""
    said = way.say("Enregistré à %(time)s. Vous pouvez fermer cette page et revenir.").split("%(time)s")[0]
    expect(page.locator("[data-saved]")).to_contain_text(said)


def fill_first_step(page: Page, texts: dict[str, str]) -> None:
    """Answer the first step: the title, two sentences, the problem, the form."""
    for name in ("title", "summary", "problem"):
        page.locator(f"#{name}").fill(texts[name])
    page.locator("input[name=kind][value=sheet]").check()


def fill_the_rest(page: Page, way: Way, texts: dict[str, str]) -> None:
    """Answer steps 2 to 4, and arrive at the last one."""
    page.locator("#steps").fill(texts["steps"])
    press(page, way, "Continuer")
    page.locator("#effects").fill(texts["effects"])
    press(page, way, "Continuer")
    page.locator("input[name=themes]").first.check()
    press(page, way, "Continuer")
    expect(page.locator("article.preview")).to_contain_text(texts["effects"])


def tell(page: Page, way: Way, texts: dict[str, str]) -> str:
    """Publish a sheet as the form does, without drawing its five steps; return its address.

    For journeys that are about what comes after: `test_write` goes through the form.
    """
    token, draft = "t" * 32, str(uuid.uuid4())
    page.context.add_cookies([{"name": "csrftoken", "value": token, "url": page.agora_site}])
    texts = texts | {"kind": "sheet", "themes": "accueil-flux"}
    for saves, step in enumerate(STEPS):
        about = {"draft_id": draft, "draft_language": way.language, "draft_sequence": str(saves)}
        asked = {field: texts[field] for field in step.fields if field in texts}
        act = {"step": str(step.number), "go": "next" if step.number < REVIEW else "publish"}
        answer = page.context.request.post(
            way.to("practices:write"),
            form=about | asked | act | {"csrfmiddlewaretoken": token},
            max_redirects=0,
        )
        assert answer.status == 302, answer.text()
    return page.agora_site + answer.headers["location"]


def change_to_review(page: Page, way: Way, reason: str, size: str = "medium") -> None:
    """Go from any step of a change to the last one, and say how big the change is and why."""
    press(page, way, "Voir comme une fiche")
    page.locator(f"input[name=significance][value={size}]").check()
    page.locator("#reason").fill(reason)


def other_language(way: Way) -> Way:
    """Return the same way in the other language."""
    return Way("nl" if way.language == "fr" else "fr", way.javascript, way.width)


def another_tab(page: Page, watch) -> Page:
    """Open a second page in the same browser."""
    tab = page.context.new_page()
    tab.agora_javascript = page.agora_javascript
    watch.over(tab)
    return tab
