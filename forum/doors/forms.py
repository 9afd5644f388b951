"""The form that asks for the two keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import MOTIVE_LENGTH

NO_ROOM = _("Collez l’identifiant de la salle : ses membres le trouvent à la fin de l’adresse de la salle.")
NO_MOTIVE = _("Écrivez pourquoi : sans motif, la seconde personne ne peut pas juger.")


class AskForm(forms.Form):
    """A demand: the room's identifier (its members have it in their address bar), why, for how long."""

    use_required_attribute = False
    room = forms.UUIDField(
        label=_("Identifiant de la salle"),
        help_text=_("La longue suite de lettres et de chiffres à la fin de l’adresse de la salle."),
        error_messages={"required": NO_ROOM, "invalid": NO_ROOM},
    )
    motive = forms.CharField(
        label=_("Motif"),
        max_length=MOTIVE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Les personnes de la salle le liront, avec votre nom."),
        error_messages={"required": NO_MOTIVE},
    )
    parts = forms.MultipleChoiceField(
        label=_("Ce que le motif demande de lire, outre les textes"),
        required=False,
        choices=[
            ("outcome", _("Le tableau, les perspectives et la synthèse")),
            ("files", _("Les fichiers joints aux textes")),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ce qui n’est pas demandé reste fermé. Ce qui est encore à l’aveugle aussi."),
    )
    hours = forms.TypedChoiceField(
        label=_("Pour combien de temps"),
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choisissez une des trois durées.")),
        choices=[(4, _("quatre heures")), (24, _("un jour")), (72, _("trois jours"))],
        initial=24,
    )
