"""What members change about themselves, and what relays write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agora.vocabulary.models import Cpas, Function, Service, Theme

from . import fields, validators
from .models import SPOKEN, Member


class ProfileForm(forms.ModelForm):
    """Everything about oneself but the address, the password and the CPAS, which have their own pages."""

    first_name = fields.NameField(label=_("Prénom"), autocomplete="given-name")
    last_name = fields.NameField(label=_("Nom"), autocomplete="family-name")
    function = fields.ChoiceOf(Function, label=_("Fonction"), empty_label=_("Pas indiquée"), required=False)
    service = fields.ChoiceOf(Service, label=_("Service"), empty_label=_("Pas indiqué"), required=False)
    seniority = forms.ChoiceField(
        label=_("Ancienneté dans le métier"),
        choices=[("", _("Pas indiquée")), *Member.Seniority.choices],
        required=False,
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Thèmes que vous suivez"),
        queryset=Theme.objects.filter(is_active=True),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("La page d’accueil vous proposera d’abord des fiches de ces thèmes."),
    )
    spoken = forms.MultipleChoiceField(
        label=_("Langues que vous parlez"),
        choices=list(SPOKEN.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Un collègue qui cherche quelqu’un pour un entretien en turc vous trouvera."),
    )
    is_findable = forms.BooleanField(
        label=_("Les membres me trouvent en cherchant mon nom, ma fonction ou mon CPAS"),
        required=False,
        help_text=_(
            "Décochez, et la recherche ne vous montre plus. Ce que vous avez écrit reste trouvable, "
            "signé de la même façon."
        ),
    )
    language = fields.LanguageField(label=_("Langue dans laquelle Agora vous parle"))

    class Meta:
        model = Member
        fields = [
            "first_name",
            "last_name",
            "function",
            "service",
            "seniority",
            "themes",
            "spoken",
            "is_findable",
            "language",
        ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].offer(self.instance.function_id)
        self.fields["service"].offer(self.instance.service_id)


class ChangeCpasForm(forms.Form):
    """Another CPAS, where the address still fits."""

    cpas = fields.ChoiceOf(Cpas, label=_("CPAS où vous travaillez maintenant"), empty_label=_("Choisissez"))

    def __init__(self, *args, member: Member, **kwargs) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_cpas(self) -> Cpas:
        """Refuse the CPAS one already belongs to, and one whose addresses end otherwise."""
        cpas = self.cleaned_data["cpas"]
        if cpas.pk == self.member.cpas_id:
            raise forms.ValidationError(_("C’est déjà votre CPAS."), code="same")
        validators.check_professional(self.member.email, cpas)
        return cpas


class RefuseForm(forms.Form):
    """Why a request is refused, in words that the person reads."""

    reason = fields.ReasonField(label=_("Raison, que la personne lira"))


class SuspendForm(forms.Form):
    """Why an access is closed, for those who may open it again."""

    reason = fields.ReasonField(label=_("Raison, pour qui pourra rouvrir l’accès"))
