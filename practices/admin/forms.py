"""What the editors choose when they change many sheets at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.people.models import Member
from agora.vocabulary.models import Term, Theme

from ..actions import REASON_LENGTH
from ..fields import LISTS
from ..models import PracticePage


def _choices(*, offered: bool) -> list:
    """Return the words of each list under its name: those that forms propose, or the hidden ones too."""
    groups: list = [("", "")]
    for name, words in LISTS.items():
        terms = words().offered if offered else words().ordered
        title = str(PracticePage._meta.get_field(name).verbose_name)
        groups.append((title, [(f"{name}:{term.slug}", term.name) for term in terms]))
    return groups


class WordForm(forms.Form):
    """One word of one of the lists, and why. `offered`: only the words that forms still propose."""

    word = forms.ChoiceField(label=_("Mot"))
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Facultatif. Se lit dans l’historique de chaque fiche."),
    )

    offered = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["word"].choices = _choices(offered=self.offered)

    def term(self) -> Term:
        """Return the word that was chosen."""
        name, _colon, slug = self.cleaned_data["word"].partition(":")
        return LISTS[name]().by_slug[slug]


class AnyWordForm(WordForm):
    """The same with the words that are no longer proposed: they are taken off too."""

    offered = False


class KeeperForm(forms.Form):
    """Who keeps the sheets from now on: somebody who is there to answer."""

    keeper = forms.ModelChoiceField(
        label=_("Tenue désormais par"),
        queryset=Member.objects.none(),
        help_text=_("La personne reçoit un message et peut rendre la fiche."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        active = Member.objects.filter(status=Member.Status.ACTIVE, is_active=True)
        self.fields["keeper"].queryset = active.order_by("last_name", "first_name")


class ReplaceForm(forms.Form):
    """The word that takes the place of another, and why."""

    new = forms.ModelChoiceField(label=_("Nouveau mot"), queryset=Theme.objects.none())
    reason = forms.CharField(
        label=_("Pourquoi"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Facultatif. Se lit dans l’historique de chaque fiche."),
    )

    def __init__(self, *args, old: Term, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = type(old).objects.filter(is_active=True).exclude(pk=old.pk)
        self.fields["new"].queryset = others
