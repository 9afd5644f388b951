"""What a member says of a new token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import MOST_DAYS, USUAL_DAYS
from .models import Scope
from .permissions import scopes_for

DAYS = [
    (30, _("Un mois")),
    (USUAL_DAYS, _("Trois mois")),
    (180, _("Six mois")),
    (MOST_DAYS, _("Un an")),
]


class TokenForm(forms.Form):
    """Its name, what it may do, until when."""

    name = forms.CharField(
        label=_("Nom du jeton"),
        max_length=60,
        help_text=_("Pour le reconnaître plus tard : le programme qui s’en servira, par exemple."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Ce que le programme pourra faire"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Pour combien de temps"), choices=DAYS, coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, *args, member, **kwargs) -> None:
        super().__init__(*args, initial={"scopes": [Scope.SEARCH.value], "days": USUAL_DAYS}, **kwargs)
        allowed = scopes_for(member)
        self.fields["scopes"].choices = [each for each in Scope.choices if each[0] in allowed]
