"""The one question of the page: which document?"""

from django import forms
from django.utils.translation import gettext_lazy as _


class DocumentForm(forms.Form):
    """A Word document; what it is, is judged by its content (see checks)."""

    document = forms.FileField(
        label=_("Le document"),
        help_text=_(
            "Un fichier Word (.docx) de 10 Mo au plus. Il n’est pas gardé : seul son texte est repris."
        ),
        error_messages={
            "required": _("Choisissez un document Word."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
            "max_length": _("Le nom de ce fichier est trop long. Renommez-le, puis réessayez."),
            "missing": _("Choisissez un document Word."),
        },
        max_length=255,
        widget=forms.FileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )
