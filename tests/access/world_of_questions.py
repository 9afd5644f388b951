"""The questions and debates that the matrix of addresses is tried on, and what is posted to them."""

from collections.abc import Callable
from types import SimpleNamespace

from agora.vocabulary.models import Theme
from forum.debates.actions import argue, open_debate, remove
from forum.models import DebateChange
from forum.questions.actions import ask
from forum.questions.moderating import decide

from .canaries import word

CASES = ("named", "quiet", "removed", "unknown", "open")
ASKED = {"title": "Qui a un interprète ?", "themes": "accueil-flux", "language": "fr", "sign": "name"}


def build(things: SimpleNamespace, people: dict[str, object], make_member: Callable) -> None:
    """Ask three questions (named, quiet, removed) and open a debate that holds an argument and lost one."""
    author, themes = people["member"], list(Theme.objects.filter(slug="accueil-flux"))
    hidden = make_member(last_name=word("name of who asked quietly"), is_findable=False)
    title = f"Qui connaît {word('title of a question')} ?"
    removed = f"Et {word('title of a removed question')} ?"
    things.questions = {
        "named": ask(author, title, themes=themes, language="fr"),
        "quiet": ask(hidden, title, themes=themes, language="fr", is_quiet=True),
        "removed": ask(author, removed, themes=themes, language="fr"),
    }
    decide(people["moderator"], things.questions["removed"], "removed", "Le ton.")
    things.debate = open_debate(
        author,
        f"Faut-il {word('text of a debate')} ?",
        "Tous veulent la même chose.",
        ["Oui", "Non"],
        themes=themes,
        language="fr",
    )
    things.position = things.debate.positions.first()
    gone = argue(author, things.position, f"Avant, {word('text of a debate')}.", "", "")
    things.argument = argue(author, things.position, "La règle vaut pour tous.", "", "")
    remove(author, gone)
    things.debate_change = DebateChange.objects.get(debate=things.debate, code="removed")


def arguments(name: str, case: str, things: SimpleNamespace) -> dict:
    """Return the arguments of an address of a question or a debate."""
    if case == "unknown":
        return {"pk": 999_999_999}
    if case != "open":
        return {"pk": things.questions[case].pk}
    more = {
        "forum:debate_position": {"position_pk": things.position.pk},
        "forum:add_argument": {"position_pk": things.position.pk},
        "forum:add_against": {"position_pk": things.position.pk},
        "forum:debate_argument": {"argument_pk": things.argument.pk},
    }
    return {"pk": things.debate.pk} | more.get(name, {})


def posted(things: SimpleNamespace) -> dict[str, dict]:
    """Return what is posted to each address of a question or a debate."""
    return {
        "forum:ask": ASKED,
        "forum:edit_question/named": {"title": "Comment annoncer un refus ?"},
        "forum:question_act/named": {"act": "close"},
        "forum:report_question/named": {"reason": "other"},
        "forum:appeal/removed": {"words": "Relisez-la."},
        "forum:moderate_question/quiet": {"outcome": "kept"},
        "discussion:write/quiet": {"text": "Un service en a un."},
        "forum:open_debate": ASKED | {"question": "Faut-il ?", "claim_0": "Oui", "claim_1": "Non"},
        "forum:debate_history/open": {"change": things.debate_change.pk},
        "forum:debate_wording/open": {"question": "Faut-il ?", "seen": 1},
        "forum:add_position/open": {"claim": "Peut-être"},
        "forum:debate_position/open": {"claim": "Oui, toujours", "seen": 1},
        "forum:add_argument/open": {"text": "Cela aide."},
        "forum:add_against/open": {"text": "Cela pèse."},
        "forum:debate_argument/open": {"text": "Cela vaut pour tous.", "seen": 1},
    }
