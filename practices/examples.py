"""A short example under each field of a sheet: what a good answer looks like, for those who face a blank box.

A name of its own because it only holds words: fictional ones, in the language of the page, of a practice
that nobody has to imitate.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import PracticePage

TIP = PracticePage.Kind.TIP

EXAMPLES: dict[str, str | Promise] = {
    "title": _("Le dossier énergie, préparé à deux avant le rendez-vous"),
    "summary": _(
        "Une collègue de l’accueil trie les factures avec la personne avant le rendez-vous. "
        "L’entretien commence par les questions, plus par la recherche des papiers."
    ),
    "problem": _(
        "Les personnes arrivaient avec un sac de lettres fermées. La moitié de l’entretien passait à les "
        "ouvrir, et il fallait souvent en fixer un second. Trois familles ont été coupées entre les deux."
    ),
    "steps": _(
        "1. À la prise de rendez-vous, donner la liste illustrée des papiers.\n"
        "2. Le jour même, un quart d’heure à l’accueil : trois piles, à payer, à demander, à jeter.\n"
        "3. Mettre un papillon de couleur sur la facture la plus ancienne."
    ),
    "means": _(
        "Un quart d’heure par personne, deux matinées par semaine. Une table à l’écart du guichet. "
        "Trente euros de chemises de couleur par an."
    ),
    "tools": _(
        "La liste illustrée des papiers, une page ; trois chemises de couleur ; le simulateur social."
    ),
    "effects": _(
        "Pour les familles : un rendez-vous au lieu de deux, dans sept cas sur dix. Pour l’équipe : moins "
        "d’entretiens qui débordent. Nous l’avons compté sur un bâtonnier, de janvier à mars."
    ),
    "key_functions": _(
        "- La personne trie elle-même, la collègue ne fait que nommer.\n"
        "- Cela se passe avant l’entretien, pas pendant."
    ),
    "conditions": _(
        "Une collègue de l’accueil volontaire, et un chef d’équipe qui protège ces deux matinées. "
        "Sans table à l’écart, nous n’aurions pas commencé."
    ),
    "pitfalls": _(
        "Nous avions d’abord affiché les heures : tout le monde venait le lundi. Ne prenez pas non plus de "
        "copies à ce moment-là, les personnes croient que leur demande est introduite."
    ),
    "contacts": _("Le service Énergie, responsable d’équipe ; l’accueil central, le matin."),
}
# Where a tip asks for something else than a sheet.
OF_TIPS: dict[str, str | Promise] = {
    "title": _("Un papillon de couleur sur la facture la plus ancienne"),
    "summary": _("On voit d’un coup d’œil par quoi commencer. L’entretien gagne dix minutes."),
    "problem": _(
        "Les personnes viennent avec vingt factures et nous cherchions chaque fois laquelle presse. "
        "Maintenant, l’accueil colle un papillon jaune sur la plus ancienne. Rien d’autre à faire : "
        "l’entretien commence par elle. Attention, un seul papillon, sinon tout redevient urgent."
    ),
}


def example_of(name: str, kind: str) -> str | Promise:
    """Return the example for a field of a sheet or of a tip; empty for a field that needs none."""
    if kind == TIP and name in OF_TIPS:
        return OF_TIPS[name]
    return EXAMPLES.get(name, "")
