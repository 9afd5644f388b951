"""A column whose content is sealed in the database."""

from django.core.exceptions import FieldError
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import keys


class SealedTextField(models.TextField):
    """Text that only this installation's keys can read: sealed on the way to the database, opened on the way
    back. It cannot be searched, ordered or compared there; only « is it empty » can be asked. An empty text
    stays empty, so that what was purged holds nothing at all.
    """

    description = _("texte scellé")

    def from_db_value(self, value, expression, connection):
        """Open."""
        return keys.unseal(value) if value else value

    def get_prep_value(self, value):
        """Seal."""
        value = super().get_prep_value(value)
        return keys.seal(value) if value else value

    def get_lookup(self, lookup_name):
        """Refuse every comparison but `isnull`: it would compare the sealed signs and find nothing."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed: it cannot be looked up by {lookup_name!r}.")
        return super().get_lookup(lookup_name)
