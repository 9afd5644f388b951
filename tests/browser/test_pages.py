"""Every page, in both languages: accessible, in one piece at any width, silent in the console."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .axe import findings
from .conftest import address, corner_of
from .windows import picture_as_shown

NEWCOMER = "nouvelle.n@cpas-forest.example"
RELAY = "relais.f@cpas-forest.example"
MODERATOR = "moderation@agora.example"
EDITOR = "editeur@agora.example"
INVITED = "claire.m@cpas-ixelles.example"
LANGUAGES = ("fr", "nl")


class Here:
    """The addresses and facts of one language: `here("practices:sheet", slug=here["sheet"])`."""

    def __init__(self, stage, language: str) -> None:
        self.stage, self.language = stage, language

    def __call__(self, name: str, **arguments) -> str:
        return address(name, self.language, **arguments)

    def __getitem__(self, name: str) -> Any:
        return self.stage[self.language][name]

    def sheet(self, which: str = "sheet", name: str = "practices:sheet", **arguments) -> str:
        """Return the address of one of the sheets of the stage, or of a page about it."""
        return self(name, slug=self[which], **arguments)

    def search(self, **words: str) -> str:
        """Return the address of the results for these words, given by language."""
        return f"{self('search:results')}?q={words[self.language]}"

    def room(self, key: str, name: str = "forum:room", **arguments) -> str:
        """Return the address of one of the rooms of the stage, or of a page of it."""
        return self(name, pk=self["rooms"][key], **arguments)

    def reported(self, act: str, which: str) -> str:
        """Return the address of a page about a text that was reported in a room."""
        return self.room("reported", f"forum:{act}_text", text_pk=self[which])

    def about_card(self, act: str, which: str) -> str:
        """Return the address of a page about a card that was reported."""
        return self.room("board", f"forum:{act}_card", card_pk=self[which])

    def member(self, email: str, name: str = "people:member") -> str:
        """Return the address of a page about somebody."""
        return self(name, pk=self.stage["members"][email])

    def who(self, role: str | None) -> str | None:
        """Return the e-mail of `writer`, `colleague`, `teller` (of rooms), or the e-mail that was given."""
        known = {"writer": self.stage.writer, "colleague": self.stage.colleague}
        if role == "teller":
            return self["teller"]
        return known[role](self.language) if role in known else role


@dataclass(frozen=True)
class Visit:
    """A page: the name of its picture, its address, who looks at it, the status it answers with."""

    name: str
    where: Callable[[Here], str]
    as_: str | None = None
    status: int = 200
    old: bool = False  # the visitor typed her password long ago


def step(draft: str, number: int) -> Callable[[Here], str]:
    """Return the address of a step of one of the drafts."""
    return lambda here: here("practices:write_step", pk=here[draft], step=number)


# Rooms: the writer leads, the colleague is the rapporteur, the teller tells.
ROOMS = [
    Visit("rooms", lambda here: here("forum:rooms"), "writer"),
    Visit("rooms-empty", lambda here: here("forum:rooms"), RELAY),
    Visit("room-open", lambda here: here("forum:open_room"), "writer"),
    Visit("room-search", lambda here: here("forum:search"), "writer"),
    Visit("room-gathering", lambda here: here.room("gathering"), "writer"),
    Visit("room-gathering-waits", lambda here: here.room("gathering"), "colleague"),
    Visit("room-people", lambda here: here.room("gathering", "forum:people") + "?who=a", "writer"),
    Visit("room-door", lambda here: here.room("gathering", "forum:door"), INVITED),
    Visit("room-proposals", lambda here: here.room("proposals"), "writer"),
    Visit("room-choice", lambda here: here.room("choice"), "writer"),
    Visit("room-narrative", lambda here: here.room("narrative"), "writer"),
    Visit("room-waiting", lambda here: here.room("waiting"), "writer"),
    Visit("room-waiting-teller", lambda here: here.room("waiting"), "teller"),
    Visit("room-waiting-others", lambda here: here.room("waiting"), "colleague"),
    Visit(
        "room-reader", lambda here: here.room("waiting", "forum:reading", reading_pk=here["read"]), "writer"
    ),
    Visit("room-questions", lambda here: here.room("questions"), "writer"),
    Visit("room-questions-teller", lambda here: here.room("questions"), "teller"),
    Visit("room-blind", lambda here: here.room("first-round"), "writer"),
    Visit("room-blind-own", lambda here: here.room("first-round"), "colleague"),
    Visit("room-blind-teller", lambda here: here.room("first-round"), "teller"),
    Visit("room-board-phase", lambda here: here.room("board"), "writer"),
    Visit("room-board", lambda here: here.room("board", "forum:board"), "writer"),
    Visit("room-card-report", lambda here: here.about_card("report", "card_reported"), "colleague"),
    Visit("room-card-decide", lambda here: here.about_card("decide", "card_reported"), "writer"),
    Visit("room-card-appeal", lambda here: here.about_card("appeal", "card_gone"), "writer"),
    Visit("room-side", lambda here: here.room("board", "forum:side", side_pk=here["side"]), "writer"),
    Visit("room-perspectives-phase", lambda here: here.room("perspectives"), "writer"),
    Visit("room-perspectives", lambda here: here.room("perspectives", "forum:perspectives"), "writer"),
    Visit(
        "room-perspective",
        lambda here: here.room("perspectives", "forum:perspective", plan_pk=here["plan"]),
        "writer",
    ),
    Visit("room-synthesis-phase", lambda here: here.room("synthesis"), "writer"),
    Visit("room-synthesis", lambda here: here.room("synthesis", "forum:synthesis"), "writer"),
    Visit("room-synthesis-written", lambda here: here.room("synthesis", "forum:synthesis"), "colleague"),
    Visit("room-synthesis-teller", lambda here: here.room("synthesis", "forum:synthesis"), "teller"),
    Visit("room-cards", lambda here: here.room("cards"), "writer"),
    Visit("room-hearing", lambda here: here.room("hearing"), "writer"),
    Visit("room-live", lambda here: here.room("live"), "writer"),
    Visit("room-closed", lambda here: here.room("closed"), "writer"),
    Visit("room-journal", lambda here: here.room("synthesis", "forum:journal"), "writer"),
    Visit("room-leave", lambda here: here.room("synthesis", "forum:leave"), "writer"),
    Visit("room-close", lambda here: here.room("synthesis", "forum:close"), "writer"),
    Visit("room-text", lambda here: here.room("proposals", "forum:text", text_pk=here["text"]), "teller"),
    Visit("room-files", lambda here: here.room("proposals", "forum:files", text_pk=here["text"]), "teller"),
    Visit("room-reports", lambda here: here.room("reported", "forum:reports"), "writer"),
    Visit("room-quote", lambda here: f"{here.room('reported')}?citer={here['reported']}", "writer"),
    Visit("room-report", lambda here: here.reported("report", "other"), "colleague"),
    Visit("room-appeal", lambda here: here.reported("appeal", "removed"), "writer"),
    Visit("room-decide", lambda here: here.reported("decide", "reported"), "writer"),
    Visit("room-keys", lambda here: here("forum:demands"), MODERATOR),
    Visit("room-visit", lambda here: here.room("closed", "forum:visit"), MODERATOR),
]

VISITS = [
    *ROOMS,
    # Reading
    Visit("home-visitor", lambda here: here("home")),
    Visit("home-member", lambda here: here("home"), "writer"),
    Visit("home-newcomer", lambda here: here("home"), NEWCOMER),
    Visit("catalogue-visitor", lambda here: here("practices:list")),
    Visit("catalogue", lambda here: here("practices:list"), "writer"),
    Visit("catalogue-filtered", lambda here: here("practices:list") + "?theme=parcours&tri=titre", "writer"),
    Visit(
        "catalogue-empty",
        lambda here: here("practices:list") + "?theme=emploi&theme=x&cpas=21019&langue=nl",
        "writer",
    ),
    Visit("catalogue-map", lambda here: here("practices:list") + "?vue=carte&essayee=21007", "writer"),
    Visit("catalogue-map-visitor", lambda here: here("practices:list") + "?vue=carte"),
    Visit("catalogue-words", lambda here: here("practices:list") + "?mots=zzyzx&theme=bilan", "writer"),
    # Keeping
    Visit("filters", lambda here: here("practices:filters"), "writer"),
    Visit("filters-empty", lambda here: here("practices:filters"), RELAY),
    Visit("lists", lambda here: here("practices:lists"), "writer"),
    Visit("lists-empty", lambda here: here("practices:lists"), RELAY),
    Visit("lists-shared", lambda here: here("practices:shared_lists"), RELAY),
    Visit("list-own", lambda here: here("practices:reading_list", pk=here["reading_list"]), "writer"),
    Visit("list-of-another", lambda here: here("practices:reading_list", pk=here["reading_list"]), RELAY),
    Visit("list-change", lambda here: here("practices:change_list", pk=here["reading_list"]), "writer"),
    Visit("words", lambda here: here("practices:words"), "writer"),
    Visit("words-empty", lambda here: here("practices:words"), RELAY),
    Visit("keep-for-later", lambda here: here.sheet("sheet", "practices:keep_for_later"), "writer"),
    Visit("useful", lambda here: here.sheet("tip", "practices:useful"), RELAY),
    Visit("sheet", lambda here: here.sheet(), "writer"),
    Visit("sheet-visitor", lambda here: here.sheet("showcase")),
    Visit("sheet-tip", lambda here: here.sheet("tip"), "writer"),
    Visit("sheet-abandoned", lambda here: here.sheet("abandoned"), "writer"),
    Visit("history", lambda here: here.sheet("sheet", "practices:history"), "writer"),
    Visit("version", lambda here: here.sheet("sheet", "practices:version", number=here["version"]), "writer"),
    Visit("compare", lambda here: here.sheet("contested", "practices:compare"), "writer"),
    Visit(
        "restore", lambda here: here.sheet("contested", "practices:restore", number=here["first"]), "writer"
    ),
    # Keeping
    Visit("overdue", lambda here: here("practices:overdue"), "writer"),
    Visit("keeping", lambda here: here("practices:keeping"), "writer"),
    Visit("unkept", lambda here: here("practices:unkept"), "writer"),
    Visit("keep", lambda here: here.sheet("sheet", "practices:keep") + "?qui=nadia", MODERATOR),
    Visit("keep-archive", lambda here: here.sheet("sheet", "practices:archive"), MODERATOR),
    Visit("sheet-stale", lambda here: here.sheet("stale"), "writer"),
    Visit("other-language", lambda here: here.sheet("stale", "practices:other_language"), "writer"),
    Visit("change-stale", lambda here: here.sheet("stale", "practices:edit"), RELAY),
    Visit("translate", step("translation", 1), "writer"),
    # What became of it elsewhere
    Visit("adopt", lambda here: here.sheet("adapted", "practices:adopt"), "writer"),
    Visit("adopt-choose", lambda here: here.sheet("adapted", "practices:adopt"), MODERATOR),
    Visit("adapt", lambda here: here.sheet("adapted", "practices:adapt"), "writer"),
    Visit("variant", lambda here: here.sheet("variant"), "writer"),
    Visit("mirror", lambda here: here.sheet("adapted", "practices:mirror"), "writer"),
    Visit("mirror-choose", lambda here: here.sheet("adapted", "practices:mirror"), EDITOR),
    Visit("context", lambda here: here("practices:context", cpas="21002"), "writer"),
    Visit("context-own", lambda here: here("practices:context", cpas="21007"), RELAY),
    Visit("family", lambda here: here("practices:family", pk=here["family"]), "writer"),
    # Programs
    Visit("tokens", lambda here: here("api:tokens"), "writer"),
    Visit("tokens-empty", lambda here: here("api:tokens"), RELAY),
    Visit("token-new", lambda here: here("api:new_token"), "writer"),
    Visit("api-guide", lambda here: here("api:guide")),
    # Searching
    Visit("search", lambda here: here.search(fr="premier+accueil", nl="eerste+onthaal"), "writer"),
    Visit("search-visitor", lambda here: here.search(fr="accueil", nl="onthaal")),
    Visit("search-corrected", lambda here: here.search(fr="mediaton", nl="schuldbemideling"), "writer"),
    Visit("search-nothing", lambda here: here.search(fr="zzyzx", nl="zzyzx"), "writer"),
    Visit("search-no-words", lambda here: here.search(fr="", nl=""), "writer"),
    Visit("situation", lambda here: here("search:situation", slug="premiere-demande"), "writer"),
    Visit("situation-visitor", lambda here: here("search:situation", slug="dettes")),
    Visit("followed", lambda here: here("search:followed"), "writer"),
    Visit("followed-empty", lambda here: here("search:followed"), RELAY),
    Visit("request-sheet", lambda here: here("search:request_sheet") + "?q=colocation", "writer"),
    # Writing
    Visit("write-1", lambda here: here("practices:write"), "writer"),
    *(Visit(f"write-{number}-filled", step("draft", number), "writer") for number in range(1, 6)),
    Visit("change-1", step("standoff", 1), "writer"),
    Visit("change-5", step("standoff", 5), "writer"),
    Visit("two-texts", lambda here: here("practices:conflict", pk=here["standoff"]), "writer"),
    Visit("proposals", lambda here: here("practices:proposals"), MODERATOR),
    Visit("proposals-empty", lambda here: here("practices:proposals"), RELAY),
    Visit("proposal-answer", lambda here: here("practices:proposal", pk=here["proposal"]), MODERATOR),
    Visit("proposal-own", lambda here: here("practices:proposal", pk=here["proposal"]), "writer"),
    Visit("proposal-sheet", lambda here: here.sheet("proposed"), "writer"),
    Visit("drafts", lambda here: here("drafts:list"), "writer"),
    Visit("drafts-discard", lambda here: here("drafts:discard", pk=here["draft"]), "writer"),
    Visit("word", lambda here: here("practices:import_word"), "writer"),
    Visit("word-report", lambda here: here("practices:word_report", pk=here["word"]), "writer"),
    Visit("write-tip", lambda here: here("practices:write") + "?kind=tip", "writer"),
    Visit("drafts-empty", lambda here: here("drafts:list"), RELAY),
    Visit("file-withdraw", lambda here: here("attachments:withdraw", pk=here["file"]), "writer"),
    # Talking
    Visit("reply", lambda here: here("discussion:reply", pk=here["comment"]), "writer"),
    Visit("report", lambda here: here("discussion:report", pk=here["comment"]), "writer"),
    Visit("moderation", lambda here: here("discussion:reports"), MODERATOR),
    Visit("vouched", lambda here: here("airlock:vouched"), MODERATOR),
    Visit("moderation-case", lambda here: here("discussion:moderate", pk=here.stage["reported"]), MODERATOR),
    # People
    Visit("login", lambda here: here("account_login")),
    Visit("signup", lambda here: here("account_signup")),
    Visit("password-forgotten", lambda here: here("account_reset_password")),
    Visit("password-link-old", lambda here: here("account_reset_password_from_key", uidb36="1", key="x-x")),
    Visit("email-link-old", lambda here: here("account_confirm_email", key="x")),
    Visit("account-closed", lambda here: here("account_inactive")),
    Visit("logout", lambda here: here("account_logout"), "writer"),
    Visit("again", lambda here: here("account_reauthenticate"), "writer", old=True),
    Visit("again-code", lambda here: here("mfa_reauthenticate"), EDITOR, old=True),
    Visit("email", lambda here: here("account_email"), "writer"),
    Visit("password", lambda here: here("account_change_password"), "writer"),
    Visit("two-steps", lambda here: here("mfa_index"), "writer"),
    Visit("two-steps-on", lambda here: here("mfa_index"), EDITOR),
    Visit("two-steps-add-app", lambda here: here("mfa_activate_totp"), "writer"),
    Visit("two-steps-remove-app", lambda here: here("mfa_deactivate_totp"), EDITOR),
    Visit("two-steps-rescue-new", lambda here: here("mfa_generate_recovery_codes"), EDITOR),
    Visit("two-steps-keys", lambda here: here("mfa_list_webauthn"), "writer"),
    Visit("two-steps-add-key", lambda here: here("mfa_add_webauthn"), "writer"),
    Visit("directory", lambda here: here("directory:front"), "writer"),
    Visit("directory-visitor", lambda here: here("directory:front")),
    Visit("word-theme", lambda here: here("directory:word", listing="theme", key="accueil-flux"), "writer"),
    Visit("word-cpas", lambda here: here("directory:word", listing="cpas", key="21007"), "writer"),
    Visit("word-visitor", lambda here: here("directory:word", listing="service", key="juridique")),
    Visit("person", lambda here: here.member(here.stage.writer(here.language)), "colleague"),
    Visit("search-files", lambda here: here("search:results") + "?q=&kind=file", "writer"),
    Visit("search-people", lambda here: here("search:results") + "?q=&kind=person", "writer"),
    Visit("profile", lambda here: here("people:profile"), "writer"),
    Visit("profile-edit", lambda here: here("people:edit_profile"), "writer"),
    Visit("profile-cpas", lambda here: here("people:change_cpas"), "writer"),
    Visit("member", lambda here: here.member("karim.d@cpas-molenbeek.example"), "writer"),
    Visit("waiting", lambda here: here("people:waiting"), NEWCOMER),
    Visit("requests", lambda here: here("people:requests"), RELAY),
    Visit("requests-empty", lambda here: here("people:requests"), "lies.p@ocmw-jette.example"),
    Visit("refuse", lambda here: here.member(NEWCOMER, "people:refuse"), RELAY),
    Visit("suspend", lambda here: here.member("samira.b@cpas-forest.example", "people:suspend"), RELAY),
    # The house, and what went wrong
    *(
        Visit(f"text-{key}", lambda here, key=key: here[key])
        for key in ("help", "charter", "privacy", "accessibility", "about", "problem")
    ),
    Visit("403-waiting", lambda here: here("practices:write"), NEWCOMER, 403),
    Visit("403", lambda here: here("discussion:reports"), "writer", 403),
    Visit("404", lambda here: here("home") + "rien/", "writer", 404),
    # Questions and debates
    Visit("questions", lambda here: here("forum:questions"), "writer"),
    Visit("questions-empty", lambda here: here("forum:questions") + "?theme=metiers&langue=nl", "writer"),
    Visit("question-ask", lambda here: here("forum:ask"), "writer"),
    Visit("question-waiting", lambda here: here("forum:question", pk=here["waiting"]), "writer"),
    Visit("question-helped", lambda here: here("forum:question", pk=here["helped"]), "writer"),
    Visit("question-report", lambda here: here("forum:report_question", pk=here["helped"]), RELAY),
    Visit("question-moderate", lambda here: here("forum:moderate_question", pk=here["helped"]), MODERATOR),
    Visit("question-removed", lambda here: here("forum:question", pk=here["removed_question"]), "writer"),
    Visit("question-appeal", lambda here: here("forum:appeal", pk=here["removed_question"]), "writer"),
    Visit("questions-mine", lambda here: here("forum:my_questions"), "writer"),
    Visit("debates", lambda here: here("forum:debates"), "writer"),
    Visit("debate", lambda here: here("forum:debate", pk=here["debate"]), "writer"),
    Visit("debate-history", lambda here: here("forum:debate_history", pk=here["debate"]), "writer"),
    Visit("debate-open", lambda here: here("forum:open_debate"), "writer"),
    Visit("debate-wording", lambda here: here("forum:debate_wording", pk=here["debate"]), "writer"),
]  # fmt: skip


# What the README shows: the name of a visit → the name of its picture.
TOUR = {
    "home-member": "home",
    "catalogue": "catalogue",
    "sheet": "sheet",
    "write-1-filled": "write",
    "search": "search",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_page(visit: Visit, language: str, stage, open_page, inspect, pytestconfig):
    here = Here(stage, language)
    page = open_page(None, as_=here.who(visit.as_), old=visit.old, **corner_of(visit.name, language))
    answer = page.goto(visit.where(here))
    assert answer.status == visit.status
    assert page.evaluate("document.documentElement.lang") == language  # a locator brings scripts of its own
    if visit.name in TOUR and language == "fr" and (tour := pytestconfig.getoption("tour")):
        picture_as_shown(page, Path(tour) / f"{TOUR[visit.name]}.png")
    inspect(page, visit.name)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("main.insertAdjacentHTML('beforeend', '<input>')", "label"),
        ("main.insertAdjacentHTML('beforeend', '<h4>4</h4><p class=\"tiny\">x</p>')", "heading-order"),
        ("main.classList.add('chip'), main.style.color = '#bbb'", "color-contrast"),
        ("main.style.width = '2000px'", "is wider than"),
        ("main.insertAdjacentHTML('beforeend', '<h1>2</h1>')", "2 h1"),
        ("main.insertAdjacentHTML('beforeend', '<p id=\"contenu\"></p>')", "one id twice"),
    ],
)
def test_inspection_sees_faults(fault: str, said: str, open_page, inspect):
    page = open_page("/fr/aide/")
    page.evaluate(f"const main = document.querySelector('main'); {fault}")
    with pytest.raises(AssertionError, match=said):
        inspect(page, "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 429, 500])
def test_breakdown(status: int, language: str, stage, open_page, inspect, watch):
    page = open_page(None, **corner_of(str(status), language))
    broken = {
        "status": status,
        "content_type": "text/html; charset=utf-8",
        "body": stage[language][str(status)],
    }
    page.route(f"**/{language}/", lambda route: route.fulfill(**broken))
    page.goto(f"/{language}/")
    watch.wrongs.clear()  # the 500 is the point
    inspect(page, str(status))


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_that_is_too_old(language: str, open_page, inspect):
    page = open_page(address("account_login", language))
    page.context.clear_cookies()
    page.locator("input[name=login]").fill("nadia.v@cpas-auderghem.example")
    page.locator("input[name=password]").fill("agora-demo-2026")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.locator("main form button").first.click()
    assert answered.value.status == 403
    inspect(page, "403-form-too-old")


def open_folds(page: Page) -> None:
    """Open every fold of a page, so that nothing escapes the inspection."""
    page.evaluate('document.querySelectorAll("details").forEach((fold) => { fold.open = true; })')


UNFOLDED = ("catalogue", "filters", "list-own", "search", "sheet", "signup", "write-4-filled")
FOLDED = [visit for visit in VISITS if visit.name in UNFOLDED]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("visit", FOLDED, ids=lambda visit: visit.name)
def test_page_unfolded(visit: Visit, language: str, stage, open_page, inspect):
    here = Here(stage, language)
    name = f"{visit.name}-unfolded"
    page = open_page(visit.where(here), as_=here.who(visit.as_), **corner_of(name, language))
    open_folds(page)
    inspect(page, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_of_the_phone(language: str, open_page, stage, look):
    page = open_page(f"/{language}/", width=390, as_=stage.writer(language))
    page.locator("header button.menu").first.click()
    assert page.locator("#menu").is_visible()
    look(page, "menu")
    assert not findings(page)
    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()
