"""What a text of a room must look like, and the gentle word to whoever advises where one only asks.

A name of its own: it reads what was typed, it is neither a form nor an act.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.airlock.gate import Gate, gate_of

# How advice hides in a question, in both languages; whoever is sure may send all the same.
_ADVICE = re.compile(
    r"\b(?:n['’]aurais[- ]tu pas|tu aurais d[uû]|vous auriez d[uû]|tu devrais|vous devriez|il fallait"
    r"|il (?:te |vous )?faut|pourquoi n['’](?:as-tu|avez-vous) pas|je te conseille|je vous conseille"
    r"|à ta place|à votre place|had je niet|had u niet|je had moeten|u had moeten|je zou moeten|u zou moeten"
    r"|je moet|u moet|waarom heb je niet|waarom hebt u niet|in jouw plaats|in uw plaats|ik raad je aan"
    r"|ik raad u aan|zou (?:je|u) (?:\w+ ){0,2}(?:niet|beter)|kun je niet beter|kunt u niet beter"
    r"|je kunt beter|u kunt beter|ne (?:devrais|pourrais)[- ]tu pas|ne (?:devriez|pourriez)[- ]vous pas"
    r"|tu ferais mieux|vous feriez mieux)\b",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    """Return what was typed without signs that no page can show, lines as typed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    # Spaces that do not break are no signs « to print » for Python, yet they stand between two words.
    return "".join(
        sign for sign in text if sign in "\n\t" or sign.isprintable() or unicodedata.category(sign) == "Zs"
    ).strip()


def gate_before(
    text: str, given: Mapping[str, str], known: Iterable[str] = (), *, is_sealed: bool = False
) -> Gate:
    """Return what the anonymisation gate says of a text of a room, with what its author said of it.

    `known`: the names under which people of the room write, which are no secret there.
    `is_sealed`: written in a blind phase, where whoever leads is asked to look once the phase has opened.
    """
    if is_sealed:
        after = _("Votre texte partira ; la personne qui anime le regardera quand le tour s’ouvrira.")
    else:
        after = _("Votre texte partira ; la personne qui anime le regardera.")
    return gate_of([("", "", tidy(text))], given, afterwards=after, known=known)


def checked(text: str, limit: int, given: Mapping[str, str] | None = None) -> str:
    """Return a text that can be sent; ValidationError when nothing is written, it is too long, or it holds
    what names a person (a national number, an account, a telephone…) and `given` does not vouch for it.
    """
    text = tidy(text)
    gate = gate_before(text, given or {})
    if gate.blocks:
        raise ValidationError(gate.refusal(), code="identifies")
    if not text:
        raise ValidationError(_("Écrivez au moins un mot avant d’envoyer."))
    if (over := len(text) - limit) > 0:
        raise ValidationError(
            ngettext(
                "C’est trop long de %(n)s signe. Rien n’est perdu : raccourcissez.",
                "C’est trop long de %(n)s signes. Rien n’est perdu : raccourcissez.",
                over,
            )
            % {"n": over}
        )
    return text


def is_question(text: str) -> bool:
    """Say whether a text asks something."""
    return "?" in text or "？" in text


def is_advice(text: str) -> bool:
    """Say whether a text seems to advise: « tu aurais dû », “had je niet”…"""
    return bool(_ADVICE.search(text))
