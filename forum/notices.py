"""The letters of the rooms: that something is there, never what, nor in which room, nor from whom."""

from django.utils.translation import gettext_lazy as _

from agora.people import notices

LETTERS = {
    "forum/invited": notices.Letter(
        _("Une salle vous attend"),
        (
            _("Des collègues vous invitent dans une salle. Lisez la charte, puis répondez :"),
            _("%(rooms_url)s"),
            _("Pour protéger les personnes dont on y parle, ce courriel ne dit rien de plus."),
        ),
    ),
    "forum/news": notices.Letter(
        _("Du nouveau dans une salle"),
        (
            _("Il y a du nouveau dans une de vos salles :"),
            _("%(rooms_url)s"),
            _("Pour protéger les personnes dont on y parle, ce courriel ne dit rien de plus."),
        ),
    ),
    "forum/keys": notices.Letter(
        _("Les deux clés sont tournées"),
        (_("Ce que vous aviez demandé est ouvert, pour un temps limité :"), _("%(demands_url)s")),
    ),
    "forum/asked": notices.Letter(
        _("Qu’est-ce que ça a donné ?"),
        (
            _("Il y a trois mois, une de vos salles s’est fermée sur quelques idées à essayer."),
            _("Si quelque chose a bougé, ou pas, dites-le au groupe en une phrase :"),
            _("%(rooms_url)s"),
        ),
    ),
}


def register() -> None:
    """Add the letters."""
    notices.register(LETTERS, {"rooms_url": "forum:rooms", "demands_url": "forum:demands"})
