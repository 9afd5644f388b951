"""What is told after a document was read: what was understood, what was left out, what to check.

A name of its own because it is neither a view nor an act: it puts the outcome of a reading into words.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.drafts.models import Draft
from agora.richtext.render import render

from ..drafting import fields_of, step_url
from ..indexing import plain
from ..labels import LABELS
from ..models import SECTIONS
from ..steps import step_asking
from ..wording import capitalised, in_letters
from .actions import MARK
from .checks import Wrong

FIRST_WORDS = 30


@dataclass(frozen=True, slots=True)
class Understood:
    """One field that the document filled: its name on the form, its first words, where it is mended."""

    label: str
    words: str
    goes_on: bool
    url: str
    headings: tuple[str, ...]
    kept: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the page tells."""

    understood: tuple[Understood, ...]
    missing: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]


def report_of(draft: Draft) -> Report | None:
    """Return what to tell about a draft that began as a document; None for any other draft."""
    told = draft.data.get(MARK)
    if not isinstance(told, dict):
        return None
    fields = fields_of(draft, None)
    errors = fields.errors()
    understood = []
    for name in ("title", "summary", *SECTIONS):
        text = getattr(fields, name)
        if not text.strip():
            continue
        words = _shown(name, text).split()
        understood.append(
            Understood(
                label=str(LABELS[name]),
                words=" ".join(words[:FIRST_WORDS]),
                goes_on=len(words) > FIRST_WORDS,
                url=_url(draft, name),
                headings=tuple(heading for heading, section in told["found"] if section == name),
                kept=tuple(heading for heading, section in told["under"] if section == name),
                problem=errors.get(name, ""),
            )
        )
    missing = tuple((str(LABELS[name]), _url(draft, name)) for name in fields.missing())
    return Report(tuple(understood), missing, tuple(_dropped(told)), tuple(told["notes"]))


def _shown(name: str, text: str) -> str:
    """Return the words of a text without its marks."""
    return plain(render(text)) if name in SECTIONS else text


def _url(draft: Draft, name: str) -> str:
    return f"{step_url(draft, step_asking(name).number)}#{name}"


def _dropped(told: dict) -> list[str]:
    """Return one sentence for each thing that did not come along, or came in another shape."""
    sayings: dict[str, Callable[[int], str]] = {
        "images": lambda n: ngettext("%(n)s image.", "%(n)s images.", n),
        "charts": lambda n: ngettext("%(n)s graphique.", "%(n)s graphiques.", n),
        "objects": lambda n: ngettext(
            "%(n)s objet incorporé (un tableur, une présentation).",
            "%(n)s objets incorporés (un tableur, une présentation).",
            n,
        ),
        "formulas": lambda n: ngettext("%(n)s formule.", "%(n)s formules.", n),
        "comments": lambda n: ngettext("%(n)s commentaire en marge.", "%(n)s commentaires en marge.", n),
        "struck": lambda n: ngettext(
            "%(n)s passage supprimé en suivi des modifications.",
            "%(n)s passages supprimés en suivi des modifications.",
            n,
        ),
        "margins": lambda n: _("Les en-têtes et pieds de page."),
    }
    said = [_counted(sayings[name](count), count) for name, count in told["dropped"].items()]
    if told["notes"]:
        count = len(told["notes"])
        notes = ngettext(
            "%(n)s note de bas de page : son texte est ci-dessous, à recopier s’il compte.",
            "%(n)s notes de bas de page : leurs textes sont ci-dessous, à recopier s’ils comptent.",
            count,
        )
        said.append(_counted(notes, count, feminine=True))
    if told["tables"]:
        tables = ngettext(
            "%(n)s tableau est devenu une liste, une ligne par rangée.",
            "%(n)s tableaux sont devenus des listes, une ligne par rangée.",
            told["tables"],
        )
        said.append(_counted(tables, told["tables"]))
    if told["tracked"]:
        said.append(_("Les ajouts en suivi des modifications sont pris comme du texte."))
    return said


_FEMININE = ("image", "formule")


def _counted(sentence: str, count: int, *, feminine: bool = False) -> str:
    feminine = feminine or any(word in sentence for word in _FEMININE)
    return capitalised(sentence % {"n": in_letters(count, feminine=feminine)})


def said_wrong(wrong: Wrong) -> str:
    """Return why a file could not be read, and what to do; pasting is always possible."""
    return {
        Wrong.TOO_HEAVY: _(
            "Ce fichier pèse plus de 10 Mo. Ce sont souvent les images : retirez-les dans Word, "
            "ou copiez le texte et collez-le dans le formulaire."
        ),
        Wrong.EMPTY: _(
            "Ce document ne contient pas de texte. Choisissez-en un autre, ou collez votre texte."
        ),
        Wrong.OLD: _(
            "C’est un ancien document Word (.doc). Ouvrez-le dans Word, choisissez « Enregistrer sous », "
            "puis « Document Word (.docx) » ; ou copiez son texte et collez-le dans le formulaire."
        ),
        Wrong.ENCRYPTED: _(
            "Ce document est protégé par un mot de passe. Retirez la protection dans Word, "
            "ou copiez son texte et collez-le dans le formulaire."
        ),
        Wrong.OTHER: _(
            "Ce fichier n’est pas un document Word (.docx), même si son nom le dit peut-être. "
            "Choisissez-en un autre, ou copiez le texte et collez-le dans le formulaire."
        ),
        Wrong.BROKEN: _(
            "Ce document est abîmé et ne peut pas être lu. Ouvrez-le dans Word, enregistrez-le de nouveau, "
            "ou copiez son texte et collez-le dans le formulaire."
        ),
        Wrong.TOO_MUCH: _(
            "Ce document contient trop d’éléments pour une fiche. Gardez la partie qui raconte la pratique "
            "dans un document à part, ou copiez-la et collez-la dans le formulaire."
        ),
        Wrong.TOO_LONG: _(
            "Ce document est trop long pour une fiche. Gardez la partie qui raconte la pratique dans un "
            "document à part, ou copiez-la et collez-la dans le formulaire."
        ),
    }[wrong]
