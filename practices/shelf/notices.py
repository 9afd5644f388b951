"""The letters about keeping a sheet. They name no sheet and nobody: the page they lead to does."""

from django.utils.translation import gettext_lazy as _

from agora.people.notices import Letter, register

_WHERE = _("Vous les trouvez ici :\n%(keeping_url)s")
LETTERS = {
    "review_soon": Letter(
        _("Une fiche à relire dans un mois"),
        (
            _("Au moins une fiche que vous tenez est à relire dans le mois. Si elle est toujours valable,"
              " un clic suffit."),
            _WHERE,
        ),
    ),
    "review_due": Letter(
        _("Une fiche à relire"),
        (
            _("Au moins une fiche que vous tenez est à relire. Si elle est toujours valable, un clic"
              " suffit."),
            _WHERE,
        ),
    ),
    "review_late": Letter(
        _("Des fiches attendent d’être relues depuis deux mois"),
        (
            _("Au moins une fiche dont vous répondez aussi attend d’être relue depuis deux mois. Dites si"
              " elle est toujours valable, ou confiez-la à quelqu’un qui la connaît."),
            _("Vous les trouvez ici :\n%(overdue_url)s"),
        ),
    ),
    "sheet_given": Letter(
        _("Une fiche vous est confiée"),
        (
            _("Quelqu’un vous confie une fiche du catalogue. Vous pouvez accepter ou la rendre ; cela prend"
              " une minute."),
            _WHERE,
        ),
    ),
    "sheet_given_back": Letter(
        _("Une fiche vous est rendue"),
        (_("Une fiche que vous aviez confiée vous est rendue : vous la tenez de nouveau."), _WHERE),
    ),
    "sheet_standing_in": Letter(
        _("Vous tenez une fiche à défaut"),
        (
            _("Vous répondez d’une fiche du catalogue quand la personne qui la tient ne le peut pas."
              " Si ce n’est pas possible pour vous, dites-le sur la page de la fiche."),
            _WHERE,
        ),
    ),
}  # fmt: skip
PAGES = {"keeping_url": "practices:keeping", "overdue_url": "practices:overdue"}


def register_letters() -> None:
    """Tell the room of members about our letters (from AppConfig.ready)."""
    register(LETTERS, PAGES)
