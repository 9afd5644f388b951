"""The acts of this concern as the log of a sheet tells them; loaded by the app, beside its own hooks."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def name_acts(actions) -> None:
    """Give the log of sheets the words for what CPAS declare."""
    actions.register_action(
        "practices.declare", _("Déclarer ce qu’un CPAS en fait"), _("A dit ce que son CPAS en fait")
    )
    actions.register_action(
        "practices.withdraw", _("Retirer une déclaration"), _("A retiré ce que son CPAS avait déclaré")
    )
