"""The form that asks for the two keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import MOTIVE_LENGTH


class AskForm(forms.Form):
    """A demand: the room's identifier (its members have it in their address bar), why, for how long."""

    use_required_attribute = False
    room = forms.UUIDField(label=_("Identifiant de la salle"))
    motive = forms.CharField(
        label=_("Motif"),
        max_length=MOTIVE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Les personnes de la salle le liront, avec votre nom."),
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
        choices=[(4, _("quatre heures")), (24, _("un jour")), (72, _("trois jours"))],
        initial=24,
    )
