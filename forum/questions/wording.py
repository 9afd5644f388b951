"""What a question must look like, and how its states are said.

A name of its own: it reads what was typed and says dates; it is neither a form nor an act.
"""

import re
import unicodedata
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora import airlock
from agora.airlock.gate import but_names
from agora.discussion.calling import called_in
from agora.people.models import Member
from agora.richtext.numbers import in_letters
from agora.richtext.plain import one_line

from ..models import Question
from ..rooms.words import moment

LOOKS = re.compile(r"\w\w")


class Recognisable(ValidationError):
    """A text in which somebody might be recognised; sent again with `is_sure`, it passes."""


def tidy(text: str) -> str:
    """Return what was typed without signs that no page can show, lines as typed."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or _shows(sign)).strip()


def _shows(sign: str) -> bool:
    """Say whether a page can show a sign; the no-break spaces of French do not count as printable."""
    return sign.isprintable() or unicodedata.category(sign) == "Zs"


def checked(text: str, limit: int, *, field: str, needed: bool = False) -> str:
    """Return a text that can be kept, on one line where it is a title; ValidationError by field."""
    text = tidy(text)
    if needed and not LOOKS.search(text):
        raise ValidationError({field: _("Écrivez au moins un mot avant d’envoyer.")})
    if (over := len(text) - limit) > 0:
        said = ngettext(
            "C’est trop long de %(n)s signe. Rien n’est perdu : raccourcissez.",
            "C’est trop long de %(n)s signes. Rien n’est perdu : raccourcissez.",
            over,
        )
        raise ValidationError({field: said % {"n": over}})
    return text


def title_of(text: str, limit: int, *, field: str = "title") -> str:
    """Return a line that can be kept."""
    return checked(one_line(tidy(text)), limit, field=field, needed=True)


def guarded(by: Member, texts: dict[str, str], language: str, *, is_sure: bool) -> None:
    """Refuse texts in which somebody can be recognised; the colleagues whom `by` calls there are no secret.

    ValidationError by field for what names one person in some register; Recognisable, unless `is_sure`, for
    what only might.
    """
    known = {field: [each.handle for each in called_in(by, text)] for field, text in texts.items()}
    reports = {
        field: but_names(known[field], airlock.inspect(text, language)) for field, text in texts.items()
    }
    hard = {
        field: _("Ce texte contient « %(found)s ». Retirez-le : personne ne doit pouvoir être reconnu.")
        % {"found": report.hard[0].text}
        for field, report in reports.items()
        if report.hard
    }
    if hard:
        raise ValidationError(hard)
    soft = {
        field: _("Pourrait-on reconnaître quelqu’un ? Relisez : %(found)s.")
        % {"found": ", ".join(_("« %s »") % each.text for each in report.soft[:3])}
        for field, report in reports.items()
        if report.soft
    }
    if soft and not is_sure:
        raise Recognisable(soft)


def state_of(question: Question, now: datetime | None = None) -> str:
    """Say where a question stands, in one short sentence; a delay is nobody's fault."""
    if question.withdrawn_at:
        return ""
    if question.removed_at:
        return _("Retirée par la modération")
    if question.helped:
        return _("Répondue, et cela a aidé")
    if question.closed_at:
        return _("Close par qui l’a posée")
    if question.answers:
        return _("Répondue")
    if (now or timezone.now()) <= question.due_at:
        return _("Attend une réponse avant %(moment)s") % {"moment": moment(question.due_at)}
    return _("Toujours sans réponse : la vôtre est la bienvenue")


def answers_said(question: Question) -> str:
    """Say how many answers there are."""
    if not question.answers:
        return _("aucune réponse")
    return ngettext("%(n)s réponse", "%(n)s réponses", question.answers) % {
        "n": in_letters(question.answers, feminine=True)
    }
