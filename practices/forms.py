"""How the steps of a sheet look. What is allowed is said once, in `fields.PracticeFields`.

The forms of the catalogue's filters are elsewhere; these are the member's writing forms.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from agora.richtext.widgets import RichTextarea
from agora.vocabulary import lists

from .examples import example_of
from .fields import LISTS
from .models import PracticePage, RevisionNote
from .models.practice import TIP_LENGTH

COUNT = _("{count} sur {limit}")
_hinted = lazy(lambda name, hint: format_html('<b>{}</b><br><span class="hint">{}</span>', name, hint), str)


# What a tip calls otherwise than a sheet: it is told in one text.
OF_A_TIP = {"problem": _("Votre astuce")}


class StepForm(forms.Form):
    """One step, filled with what the draft holds; `errors` by field are shown where they belong.

    `values`: the fields as data (see PracticeFields.as_data), what was typed included, however wrong.
    """

    use_required_attribute = False

    def __init__(self, values: Mapping[str, Any], errors: Mapping[str, str], language: str) -> None:
        self._given = errors
        super().__init__(data=values, auto_id="%s")
        for name, field in self.fields.items():
            if example := example_of(name, str(values.get("kind", ""))):
                field.example, field.template_name = example, "practices/write_field.html"
            if isinstance(field, forms.CharField) and not isinstance(field, forms.ChoiceField):
                # The text is in the sheet's language, whatever the one of the page around it.
                field.widget.attrs["lang"] = language

    def full_clean(self) -> None:
        """Show the errors found by PracticeFields, and look for no others: a draft may hold anything."""
        self._errors = ErrorDict(renderer=self.renderer)
        for name in self.fields:
            if name in self._given:
                self._errors[name] = self.error_class([self._given[name]], renderer=self.renderer)


def _text(label, hint, *, required: bool = False, rows: int = 7, **attrs) -> forms.CharField:
    widget = RichTextarea(attrs={"rows": rows} | attrs)
    return forms.CharField(label=label, help_text=hint, required=required, widget=widget)


class EssentialForm(StepForm):
    """What it is, in three answers."""

    title = forms.CharField(
        label=_("Titre"), help_text=_("Comme vous le diriez à un collègue dans le couloir.")
    )
    summary = forms.CharField(
        label=_("En deux phrases"),
        help_text=_("Ce que vous faites, et ce que cela évite. 300 caractères au plus."),
        widget=forms.Textarea(attrs={"rows": 3, "data-count": 300, "data-said": COUNT}),
    )
    problem = _text(
        _("Le problème que cela règle"),
        _("Racontez un jour ordinaire. Collez depuis Word si votre texte existe déjà."),
        required=True,
        # Counted while the form is « astuce » (practices/write.js).
        **{"data-count": TIP_LENGTH, "data-count-for": PracticePage.Kind.TIP, "data-said": COUNT},
    )
    kind = forms.ChoiceField(
        label=_("Quelle forme ?"),
        widget=forms.RadioSelect,
        choices=[
            (
                PracticePage.Kind.TIP,
                _hinted(_("Astuce"), _("600 caractères. Elle pourra devenir une fiche plus tard.")),
            ),
            (
                PracticePage.Kind.SHEET,
                _hinted(_("Fiche"), _("Quatre petites étapes encore, dans l’ordre que vous voulez.")),
            ),
        ],
    )

    def __init__(self, values: Mapping[str, Any], errors: Mapping[str, str], language: str) -> None:
        """Ask for a tip in its own words: it is told in one text, and its summary may be left out."""
        super().__init__(values, errors, language)
        if values.get("kind") == PracticePage.Kind.TIP:
            self.fields["summary"].required = False
            self.fields["problem"].label = OF_A_TIP["problem"]
            self.fields["problem"].help_text = _(
                "Ce qui se passait, ce que vous faites maintenant, ce que cela change. "
                "600 caractères au plus."
            )


class HowForm(StepForm):
    """How it is done."""

    steps = _text(
        _("Comment on fait, pas à pas"),
        _("Une étape par ligne : quelqu’un qui ne vous connaît pas doit pouvoir commencer lundi."),
        required=True,
        rows=10,
    )
    means = _text(_("Moyens"), _("Le temps, le lieu, l’argent, et qui. Un ordre de grandeur suffit."), rows=4)
    tools = _text(_("Outils"), _("Un modèle de lettre, une grille, un logiciel : dites lesquels."), rows=4)
    attachments = forms.MultipleChoiceField(label=_("Pièces jointes"), required=False)


class ChangeForm(StepForm):
    """What it changes, and under which conditions."""

    effects = _text(
        _("Ce que ça change"),
        _(
            "Qu’est-ce qui a changé, pour qui, et comment le savez-vous ? "
            "Les petits comptes faits à la main sont bienvenus."
        ),
    )
    key_functions = _text(
        _("Ce qui fait que ça marche"),
        _(
            "Une ligne par chose qui ne peut pas disparaître, même si un autre CPAS fait le reste "
            "autrement : « la personne choisit l’ordre », plutôt que « le formulaire bleu »."
        ),
        rows=4,
    )
    conditions = _text(
        _("À quelles conditions"),
        _("Ce qui doit être là pour que cela tienne : un accord, un local, une collègue, un outil."),
        rows=5,
    )
    pitfalls = _text(
        _("Ce qui a coincé"),
        _(
            "Ce qui a résisté, et ce qu’il vaut mieux éviter. C’est souvent le plus utile. "
            "Si vous avez arrêté, c’est ici que se trouve la leçon."
        ),
        rows=5,
    )
    maturity = forms.ChoiceField(
        label=_("Où en est cette pratique ?"),
        widget=forms.RadioSelect,
        help_text=_("Aucune réponse n’est meilleure qu’une autre : on lit aussi pour savoir quoi éviter."),
        choices=[
            (value, _hinted(value.label, hint))
            for value, hint in (
                (PracticePage.Maturity.TOLD, _("Elle existe chez nous, et la voici.")),
                (PracticePage.Maturity.TRIED, _("Un autre service ou un autre CPAS l’a reprise.")),
                (PracticePage.Maturity.FOLLOWED, _("Nous comptons ou notons ce qu’elle change.")),
                (PracticePage.Maturity.EVALUATED, _("Quelqu’un d’extérieur l’a regardée de près.")),
                (
                    PracticePage.Maturity.ABANDONED,
                    _("Nous avons cessé. Dites pourquoi dans « Ce qui a coincé » : cela servira ailleurs."),
                ),
            )
        ],
    )


class AudienceForm(StepForm):
    """For whom, from where, and whom to ask."""

    themes = forms.MultipleChoiceField(label=_("Thèmes"), help_text=_("Un ou deux suffisent."))
    publics = forms.MultipleChoiceField(label=_("Publics"), required=False)
    functions = forms.MultipleChoiceField(label=_("Métiers"), required=False)
    services = forms.MultipleChoiceField(label=_("Services"), required=False)
    missions = forms.MultipleChoiceField(label=_("Missions"), required=False)
    circumstances = forms.MultipleChoiceField(
        label=_("Où cela marche"),
        required=False,
        help_text=_("Ne cochez que ce dont la pratique a vraiment besoin. Rien de coché : elle va partout."),
    )
    origin = forms.ChoiceField(label=_("CPAS d’origine"), required=False)
    contacts = _text(
        _("À qui demander"),
        _("Un service et une fonction, jamais un nom ni un numéro : les personnes changent."),
        rows=3,
    )

    def __init__(self, values: Mapping[str, Any], errors: Mapping[str, str], language: str) -> None:
        super().__init__(values, errors, language)
        for name, words in LISTS.items():
            chosen = set(values.get(name) or ())
            field = self.fields[name]
            field.widget = forms.CheckboxSelectMultiple()
            field.choices = [
                (term.slug, term.name) for term in words().ordered if term.is_active or term.slug in chosen
            ]
        centres = [(cpas.ins_code, cpas.name) for cpas in lists.cpas_list()]
        self.fields["origin"].choices = [("", _("Aucun en particulier")), *centres]


class ReviewForm(StepForm):
    """How big a change is, and why; only asked for a sheet that is published already."""

    significance = forms.ChoiceField(
        label=_("Ce changement est…"),
        widget=forms.RadioSelect,
        choices=[
            (
                RevisionNote.Significance.MINOR,
                _hinted(_("une petite correction"), _("Une faute, un mot, un lien : vingt mots au plus.")),
            ),
            (
                RevisionNote.Significance.MEDIUM,
                _hinted(_("une précision"), _("On comprend mieux, on fait pareil.")),
            ),
            (
                RevisionNote.Significance.MAJOR,
                _hinted(_("un changement important"), _("On ne fait plus tout à fait la même chose.")),
            ),
        ],
    )
    reason = forms.CharField(
        label=_("Pourquoi"),
        required=False,
        help_text=_("Une phrase, que l’historique montrera à côté de votre nom."),
    )


FORMS = (EssentialForm, HowForm, ChangeForm, AudienceForm, ReviewForm)
