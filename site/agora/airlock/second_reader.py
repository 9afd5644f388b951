"""« Pourrait-on reconnaître cette personne dans le quartier ? »: the question that only a person can answer.

A name of its own: a form and its words, that rooms put before a text is shown to others. They keep the
answer; the gate keeps nothing.
"""

from dataclasses import dataclass

from django import forms
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LENGTH = 500  # characters of what should be blurred


class Answer(TextChoices):
    """What the second reader says."""

    NO = "no", _("Non, même un voisin ne la reconnaîtrait pas")
    PERHAPS = "perhaps", _("Peut-être, par quelqu’un qui la connaît déjà")
    YES = "yes", _("Oui, on la reconnaîtrait")


QUESTION = _("Pourrait-on reconnaître cette personne dans le quartier ?")
WHY = _(
    "Lisez comme une voisine, un collègue d’un autre service, l’école des enfants. Un métier rare, une"
    " langue, une maladie, une date suffisent parfois."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A second reader's answer, as a room keeps it, and what to blur where the text could tell who it is."""

    answer: str
    to_blur: str = ""

    @property
    def lets_through(self) -> bool:
        """Only a plain no does."""
        return self.answer == Answer.NO


class WithoutNul(forms.CharField):
    """A text without the one character that no database of ours keeps."""

    def to_python(self, value: object) -> str:
        """Drop it, instead of refusing the whole text."""
        return super().to_python(value).replace("\x00", "")


class SecondReaderForm(forms.Form):
    """The question, and what to blur unless the answer is no."""

    use_required_attribute = False
    answer = forms.ChoiceField(
        label=QUESTION,
        help_text=WHY,
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez une réponse."),
            "invalid_choice": _("Choisissez une réponse."),
        },
    )
    to_blur = WithoutNul(
        label=_("Que faudrait-il flouter ?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "À remplir si la réponse n’est pas non. Par exemple : le métier, l’âge des enfants, la date. Ne"
            " recopiez pas de nom ici."
        ),
    )

    def clean(self) -> dict[str, object]:
        """Ask what to blur when somebody could be recognised; refuse what is too long rather than cut it."""
        given = super().clean()
        said = (given.get("to_blur") or "").strip()
        if given.get("answer") in (Answer.YES, Answer.PERHAPS) and not said:
            self.add_error("to_blur", _("Dites ce qu’il faudrait flouter : l’auteur le lira."))
        if len(said) > LENGTH:
            self.add_error("to_blur", _("Dites-le en moins de 500 caractères."))
        return given | {"to_blur": said}

    def verdict(self) -> Verdict:
        """Return the answer of a valid form."""
        return Verdict(self.cleaned_data["answer"], self.cleaned_data["to_blur"])


def said(verdict: Verdict) -> str | Promise:
    """Return what the author of a text reads of the second reader's answer."""
    if verdict.lets_through:
        return _("La seconde lecture n’a reconnu personne.")
    return _("La seconde lecture demande de flouter encore quelque chose.")
