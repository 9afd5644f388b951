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


class RolesField(models.JSONField):
    """A list of roles of a room, ticked in the admin."""

    def formfield(self, **kwargs):
        """Offer the roles as boxes to tick."""
        from .methods.forms import WritersField

        return WritersField(label=self.verbose_name, required=True)

    def deconstruct(self):
        """Stand in migrations as what it is in the database."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs
