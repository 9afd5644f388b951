"""Dates, roles and events of a room in sentences, in French and Dutch.

A name of its own: wording only.
"""

import re
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agora.richtext.numbers import in_letters

from ..models import RoomEvent


def role_name(role: str) -> str:
    """Return a role as one says it of somebody, without gender where French allows it."""
    return {
        "narrator": _("narration"),
        "animateur": _("animation"),
        "rapporteur": _("mémoire du groupe"),
        "substitute": _("animation, en second"),
        "participant": "",
    }[role]


def counted_cpas(number: int) -> str:
    """Return « sept CPAS »."""
    return ngettext("un CPAS", "%(n)s CPAS", number) % {"n": in_letters(number)}


def composed(people: int, cpas: int, functions: int) -> str:
    """Return « six personnes, cinq CPAS, quatre métiers »."""
    return ", ".join(
        (
            ngettext("%(n)s personne", "%(n)s personnes", people) % {"n": in_letters(people, feminine=True)},
            counted_cpas(cpas),
            ngettext("un métier", "%(n)s métiers", functions) % {"n": in_letters(functions)},
        )
    )


def moment(when: datetime) -> str:
    """Return « jeudi 26 mars à 18 h » (« 18 h 30 »); numbers stay with their words."""
    local = timezone.localtime(when)
    day = date_format(local, _("l j F"))
    if local.day == 1 and get_language() == "fr":
        day = day.replace(" 1 ", " 1er ")
    hour = _("%(hour)s h") % {"hour": local.hour} if not local.minute else date_format(local, _(r"G \h i"))
    day, hour = _stuck(day.lower()), hour.replace(" ", "\N{NO-BREAK SPACE}")
    return _("%(day)s à %(hour)s") % {"day": day, "hour": hour}


def _stuck(day: str) -> str:
    """Keep « 26 mars » on one line."""
    return re.sub(r"(?<=\d|r) (?=\w+$)", "\N{NO-BREAK SPACE}", day)


def deadline(when: datetime) -> str:
    """Return « jusqu’au jeudi 26 mars à 18 h »."""
    return _("jusqu’au %(moment)s") % {"moment": moment(when)}


def told(event: RoomEvent, phase: str) -> str:
    """Return what happened, in one sentence; who left Agora is « un membre »."""
    facts = {"by": _name(event.by), "about": _name(event.about), "phase": phase}
    sentences = {
        "opened": _("%(by)s a ouvert la salle."),
        "invited": _("%(by)s a invité %(about)s."),
        "uninvited": _("%(by)s a repris l’invitation de %(about)s."),
        "arrived": _("%(by)s a accepté la charte et s’est assis·e."),
        "declined": _("%(by)s a décliné l’invitation."),
        "left": _("%(by)s est parti·e."),
        "started": _("%(by)s a lancé la méthode."),
        "phase": _("La phase « %(phase)s » a commencé."),
        "closed-phase": _("La phase « %(phase)s » est terminée."),
        "skipped": _("%(by)s a passé « %(phase)s »."),
        "reopened": _("%(by)s est revenu·e à « %(phase)s »."),
        "extended": _("%(by)s a prolongé « %(phase)s »."),
        "nudged": _("%(by)s a envoyé un rappel pour « %(phase)s »."),
        "unsealed": _("La phase « %(phase)s » s’est ouverte : tout le monde peut lire."),
        "chosen": _("%(by)s a retenu le récit de %(about)s."),
        "set-aside": _("%(by)s a déplacé une question."),
        "report-read": _("Un signalement a été lu, et le texte gardé."),
        "text-removed": _("Un texte a été retiré, après un signalement."),
        "card-removed": _("Une carte du tableau a été retirée, après un signalement."),
        "card-restored": _("Une carte retirée est revenue au tableau."),
        "text-restored": _("Un texte retiré est revenu à sa place."),
        "closed": _("La salle est fermée."),
        "asked": _("La salle a été interrogée sur ce que ses perspectives ont donné."),
        "purged": _("Les récits sont effacés."),
        "key-asked": _("%(by)s demande à lire la salle de l’extérieur."),
        "key-for-outcome": _("La demande comprend le tableau, les perspectives et la synthèse."),
        "key-for-files": _("La demande comprend les fichiers joints aux textes."),
        "key-first": _("%(by)s a tourné une première clé."),
        "key-second": _("%(by)s a tourné la seconde clé : la salle est lue de l’extérieur."),
        "key-refused": _("%(by)s a refusé l’accès demandé."),
        "key-ended": _("L’accès extérieur est terminé."),
        "visited": _("%(by)s a lu la salle de l’extérieur."),
        "visited-file": _("%(by)s a ouvert un fichier de l’extérieur."),
        "dealt": _("%(by)s a distribué les cartes de rôle."),
        "board": _("Le tableau a changé."),
        "synthesis": _("La synthèse est proposée à la signature."),
        "signed": _("Une signature de plus sous la synthèse."),
        "refused": _("La narration refuse que la synthèse sorte de la salle."),
        "lifted": _("La narration laisse finalement sortir la synthèse."),
        "reread": _("%(by)s a fait la seconde lecture : personne n’y est reconnaissable."),
        "to-blur": _("%(by)s a fait la seconde lecture et demande de flouter encore quelque chose."),
        "read-passed": _("%(by)s passe outre la seconde lecture."),
        "promoted": _("La synthèse est devenue un brouillon de fiche."),
        "role-animateur": _("%(about)s anime."),
        "role-rapporteur": _("%(about)s est la mémoire du groupe."),
        "role-participant": _("%(about)s participe."),
        "role-substitute": _("%(about)s anime en second."),
    }
    said = sentences.get(event.code, "") % facts
    return said[:-1] if said.endswith("..") else said  # « … le récit de Karim D. »


def _name(person) -> str:
    return person.signature if person is not None and person.is_validated else _("Un membre")
