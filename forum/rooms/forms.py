"""The forms of a room. What is written is checked by the acts themselves."""

from django import forms
from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from agora.people.models import Member

from ..models import Method, Room
from .actions import GIVEN_ROLES, MONTHS, TITLE_LENGTH

MOST_FOUND = 20  # people listed when one looks for somebody to invite


class OpenForm(forms.Form):
    """A room to open: a title that says nothing of anybody, a method, a rhythm."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("Titre"),
        max_length=TITLE_LENGTH,
        error_messages=dict.fromkeys(
            ("required", "max_length"), _("Donnez à la salle un titre de 120 signes au plus.")
        ),
        help_text=_("Seules les personnes de la salle le liront. « Groupe de mars » suffit."),
    )
    method = forms.ModelChoiceField(
        Method.objects.none(),
        label=_("Méthode"),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    pace = forms.ChoiceField(
        label=_("Rythme"),
        choices=[
            (Room.Pace.DISTANCE, _("À distance : chacun écrit à son heure, en deux ou trois semaines")),
            (Room.Pace.LIVE, _("En direct : tous ensemble, avec un minuteur")),
        ],
        widget=forms.RadioSelect,
        initial=Room.Pace.DISTANCE,
    )
    months_kept = forms.TypedChoiceField(
        label=_("Effacer les récits après la fermeture"),
        coerce=int,
        choices=[(1, _("un mois")), (3, _("trois mois")), (6, _("six mois")), (12, _("un an"))],
        initial=MONTHS[2],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # The one that is ticked comes first: who opens a first room reads one line, not five.
        offered = Method.objects.filter(is_offered=True, versions__isnull=False).distinct()
        ticked = Case(When(slug=self.initial.get("method", ""), then=0), default=1)
        self.fields["method"].queryset = offered.order_by(ticked, "name_fr")


class FindForm(forms.Form):
    """Whom to invite: a name, a CPAS, a function."""

    who = forms.CharField(label=_("Nom, CPAS ou métier"), required=False, max_length=80)


class InviteForm(forms.Form):
    """The people ticked among those found."""

    people = forms.ModelMultipleChoiceField(Member.objects.none(), required=True)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = Member.objects.filter(status=Member.Status.ACTIVE, is_active=True)
        self.fields["people"].error_messages["required"] = _("Cochez au moins une personne.")


class RoleForm(forms.Form):
    """The role of one person."""

    role = forms.ChoiceField(choices=[(role, role) for role in GIVEN_ROLES])


class LeaveForm(forms.Form):
    """What becomes of one's texts when one leaves."""

    texts = forms.ChoiceField(
        label=_("Vos textes"),
        choices=[
            ("keep", _("Les laisser : le groupe peut continuer à s’y appuyer.")),
            ("withdraw", _("Les retirer : à leur place, on lira qu’un texte a été retiré.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce que deviennent vos textes.")},
    )


class MoveForm(forms.Form):
    """What the animateur does with the phases."""

    act = forms.ChoiceField(choices=[(each, each) for each in ("advance", "reopen", "extend", "nudge")])
    step = forms.IntegerField(min_value=0, max_value=60, required=False)
    amount = forms.IntegerField(required=False)
    reason = forms.CharField(required=False, max_length=400)
