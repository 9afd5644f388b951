"""The letter about adaptations: that there is something new, and where (see people/notices)."""

from django.utils.translation import gettext_lazy as _

from agora.people import notices
from agora.people.notices import Letter

LETTERS = {
    "adapted": Letter(
        _("Du nouveau autour d’une fiche que vous tenez"),
        (
            _(
                "Un autre CPAS a adapté une fiche que vous tenez. "
                "Ce qui a été gardé et changé :\n%(family_url)s"
            ),
            _("Vous n’avez rien à faire ; votre fiche n’a pas changé."),
        ),
    ),
}


def register() -> None:
    """Tell the room that sends letters about ours (from AppConfig.ready)."""
    notices.register(LETTERS, {})
