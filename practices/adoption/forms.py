"""How one says what a CPAS does with a practice, and what a CPAS is like. What is allowed: fields.py."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agora.discussion.forms import AsTyped
from agora.vocabulary import lists
from agora.vocabulary.templatetags.agora_map import state_tile

from ..models import Adoption, Lineage
from .fields import LIMITS, Declaration
from .mirror import ASKED, MANY, TITLES

FIRST_YEAR = 1990  # nothing here is older than the platform's oldest users can tell


def _tiled_choice(state: str, name, hint) -> str:
    return format_html(
        '{}<span><b>{}</b><br><span class="hint">{}</span></span>', state_tile(state), name, hint
    )


_tiled = lazy(_tiled_choice, str)
_STATES = (
    (Adoption.State.ADOPTED, _("Nous le faisons, à peu près comme la fiche le dit.")),
    (Adoption.State.ADAPTED, _("Nous le faisons, mais une partie autrement.")),
    (Adoption.State.TRYING, _("Nous essayons, et nous verrons.")),
    (Adoption.State.STOPPED, _("Nous l’avons fait, puis arrêté. La leçon sert aux autres.")),
)


def _long(name: str, label, hint) -> forms.Field:
    # The blank placeholder lets the style sheet see whether something was typed.
    attrs = {"rows": 4, "placeholder": " ", "data-count": LIMITS[name], "data-said": _("{count} sur {limit}")}
    widget = forms.Textarea(attrs=attrs)
    return AsTyped(label=label, help_text=hint, required=False, strip=False, widget=widget)


class AdoptForm(forms.Form):
    """« Et chez vous ? »: one answer, one month, and what the others should know."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label=_("Où en êtes-vous ?"),
        widget=forms.RadioSelect,
        choices=[(state, _tiled(state.value, state.label, hint)) for state, hint in _STATES],
        error_messages={
            "required": _("Dites où vous en êtes : choisissez une des quatre réponses."),
            "invalid_choice": _("Dites où vous en êtes : choisissez une des quatre réponses."),
        },
    )
    month = forms.TypedChoiceField(label=_("Mois"), coerce=int)
    year = forms.TypedChoiceField(label=_("Année"), coerce=int)
    note = AsTyped(
        label=_("En une phrase"),
        required=False,
        help_text=_("Ce qu’on lira d’abord. 300 caractères au plus."),
    )
    changed = _long(
        "changed",
        _("Ce que nous avons changé"),
        _("Ce que vous faites autrement, et pourquoi. 600 caractères."),
    )
    stop_reason = _long(
        "stop_reason", _("Pourquoi nous avons arrêté"), _("Ce qui ne tenait pas chez vous. 600 caractères.")
    )
    contact = AsTyped(
        label=_("À qui demander chez nous"),
        required=False,
        help_text=_("Un service et une fonction, jamais un nom ni un numéro : les personnes changent."),
    )

    def __init__(self, *args: Any, cpas: str, **kwargs: Any) -> None:
        """Take the INS code of the CPAS that speaks."""
        self.cpas = cpas
        super().__init__(*args, auto_id="%s", **kwargs)
        today = timezone.localdate()
        self.fields["month"].choices = [(n, str(name).lower()) for n, name in MONTHS.items()]
        self.fields["year"].choices = [(n, str(n)) for n in range(today.year, FIRST_YEAR - 1, -1)]
        for name in ("month", "year"):
            wrong = _("Choisissez un mois et une année dans la liste.")
            self.fields[name].error_messages |= {"required": wrong, "invalid_choice": wrong}

    def clean(self) -> dict[str, Any]:
        """Read the declaration (`self.said`), and put what it may not say beside the field."""
        data = super().clean()
        if {"state", "month", "year"} <= data.keys():
            self.said = Declaration(
                cpas=self.cpas,
                since=date(data["year"], data["month"], 1),
                **{name: data.get(name, "") for name in ("state", *LIMITS)},
            )
            for name, wrong in self.said.errors().items():
                self.add_error({"since": "month", "cpas": None}.get(name, name), wrong)
        return data

    @staticmethod
    def values_of(said: Declaration | None) -> dict[str, Any]:
        """Return what the form shows of a declaration; the present month when there is none."""
        since = said.since if said else timezone.localdate()
        texts = {name: getattr(said, name) for name in ("state", *LIMITS)} if said else {}
        return texts | {"month": since.month, "year": since.year}


class ContextForm(forms.Form):
    """What a CPAS is like: one answer under each dimension, several under languages."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build one field for each dimension, from the list that editors keep."""
        super().__init__(*args, auto_id="%s", **kwargs)
        for dimension in ASKED:
            offered = [(c.slug, c.name) for c in lists.circumstances().offered if c.dimension == dimension]
            wrong = {"invalid_choice": _("Choisissez parmi les réponses proposées.")}
            if dimension in MANY:
                field = forms.MultipleChoiceField(
                    widget=forms.CheckboxSelectMultiple,
                    choices=offered,
                    help_text=_("Rien de coché : vous n’avez rien de tout cela."),
                    error_messages=wrong,
                )
            else:
                choices = [*offered, ("", _("Je ne sais pas"))]
                field = forms.ChoiceField(widget=forms.RadioSelect, choices=choices, error_messages=wrong)
            field.label, field.required = TITLES[dimension], False
            self.fields[dimension] = field

    def chosen(self) -> list[str]:
        """Return the slugs that were chosen, once the form is valid."""
        found = []
        for value in self.cleaned_data.values():
            found += value if isinstance(value, list) else [value] if value else []
        return found

    @staticmethod
    def values_of(slugs: frozenset[str]) -> dict[str, Any]:
        """Return what the form shows of a profile."""
        values: dict[str, Any] = {dimension: [] if dimension in MANY else "" for dimension in ASKED}
        for term in lists.circumstances().ordered:
            if term.slug not in slugs or term.dimension not in values:
                continue
            if term.dimension in MANY:
                values[term.dimension].append(term.slug)
            else:
                values[term.dimension] = term.slug
        return values


class FunctionForm(forms.Form):
    """What becomes of one key function in an adaptation."""

    use_required_attribute = False
    fate = forms.ChoiceField(
        label=_("Chez nous"),
        widget=forms.RadioSelect,
        choices=[(fate.value, fate.label) for fate in Lineage.Fate],
        error_messages={
            "required": _("Dites ce que vous en faites : gardée, changée ou laissée."),
            "invalid_choice": _("Dites ce que vous en faites : gardée, changée ou laissée."),
        },
    )
    note = AsTyped(label=_("En une phrase"), required=False)

    def clean_note(self) -> str:
        """Refuse a note that is too long rather than cut it."""
        note = " ".join(self.cleaned_data["note"].split())
        if len(note) > NOTE_LENGTH:
            raise forms.ValidationError(_("Dites-le en moins de 300 caractères."))
        return note


NOTE_LENGTH = 300
