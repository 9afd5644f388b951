"""How the fields of a sheet are named, and how their values read.

A name of its own because writing, comparing, proposing and printing all say them.
"""

from typing import Any

from django.utils.translation import gettext as _

from agora.attachments.rows import names_of
from agora.vocabulary import lists

from .fields import LISTS
from .forms import FORMS
from .models import PracticePage
from .wording import capitalised

# As the form asks for them: « Comment on fait, pas à pas ».
LABELS = {name: field.label for form in FORMS for name, field in form.base_fields.items()}


def heading(name: str) -> str:
    """Return a field as a reader meets it, above its value: « Comment on fait », « CPAS d’origine »."""
    if name == "title":
        return _("Titre")
    return capitalised(str(PracticePage._meta.get_field(name).verbose_name))


def said(name: str, value: Any) -> str:
    """Return the value of a field as a person reads it."""
    if name == "attachments":
        return ", ".join(names_of(value))
    if name in LISTS:
        return ", ".join(term.name for term in LISTS[name]().ordered if term.slug in set(value))
    if name == "origin":
        cpas = lists.cpas_by_ins().get(value)
        return cpas.name if cpas else _("Aucun en particulier")
    if name == "kind":
        return str(dict(PracticePage.Kind.choices).get(value, value))
    if name == "maturity":
        return str(dict(PracticePage.Maturity.choices).get(value, value))
    return str(value)


def words_of(name: str, slugs) -> list[str]:
    """Return the words of a closed list behind these slugs, in the list's own order; or the names of files.

    A slug that no list knows any more stands for itself, last: an old version may hold some.
    """
    if name == "attachments":
        return names_of(slugs)
    terms, slugs = LISTS[name](), set(slugs)
    return [term.name for term in terms.ordered if term.slug in slugs] + sorted(slugs - set(terms.by_slug))
