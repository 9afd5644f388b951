"""The letters about proposals: nothing in them but that something waits, and where (see people/notices)."""

from django.utils.translation import gettext_lazy as _

from agora.people import notices
from agora.people.notices import Letter

LETTERS = {
    "proposal": Letter(
        _("Une proposition attend votre réponse"),
        (
            _(
                "Quelqu’un propose de changer une fiche que vous tenez. Acceptez, retouchez ou déclinez ;"
                " cela prend quelques minutes :\n%(proposals_url)s"
            ),
            _(
                "En attendant, tout le monde lit le texte d’avant. Sans réponse dans les sept jours,"
                " la modération est prévenue."
            ),
        ),
    ),
    "proposal_answered": Letter(
        _("Une réponse à votre proposition"),
        (_("Une fiche que vous vouliez changer : votre proposition a reçu une réponse.\n%(drafts_url)s"),),
    ),
    "proposal_escalated": Letter(
        _("Des propositions attendent la modération"),
        (
            _(
                "Des changements proposés à des fiches attendent depuis sept jours, ou personne ne tient la"
                " fiche. La modération peut y répondre :\n%(proposals_url)s"
            ),
        ),
    ),
    "proposal_overdue": Letter(
        _("Des propositions attendent depuis trois semaines"),
        (
            _(
                "Des changements proposés à des fiches n’ont reçu aucune réponse depuis trois semaines."
                " Une réponse, même un refus, vaut mieux que le silence :\n%(proposals_url)s"
            ),
        ),
    ),
}


def register() -> None:
    """Tell the room that sends letters about ours (from AppConfig.ready)."""
    notices.register(LETTERS, {"proposals_url": "practices:proposals", "drafts_url": "drafts:list"})
