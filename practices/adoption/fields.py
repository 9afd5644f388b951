"""What a CPAS says of a practice, apart from the row that keeps it: forms, imports and acts all speak it.

A name of its own for the same reason as practices.fields.
"""

import re
from dataclasses import dataclass, fields
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.richtext.plain import one_line, tidy
from agora.vocabulary import lists

from ..fields import TOO_LONG
from ..models import Adoption

LIMITS = {"note": 300, "changed": 600, "stop_reason": 600, "contact": 120}
# What a row keeps of a declaration; the sheet and the CPAS tell which row it is.
KEPT = ("state", "since", "note", "changed", "stop_reason", "contact")
# Six digits in a row, however they are spaced: a telephone, never a room or a floor.
_NUMBER = re.compile(r"(?:\d[\s./-]?){6,}|@")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One CPAS (INS code) and what it did with a practice; `since` counts by month.

    `state` is a value of Adoption.State; the texts are plain.
    """

    cpas: str
    state: str
    since: date
    note: str = ""
    changed: str = ""
    stop_reason: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        """Bring every text to one shape."""
        object.__setattr__(self, "state", str(self.state))
        for name in ("note", "contact"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        for name in ("changed", "stop_reason"):
            object.__setattr__(self, name, tidy(getattr(self, name)).strip())

    @classmethod
    def of(cls, adoption: Adoption) -> "Declaration":
        """Read what a row says."""
        return cls(adoption.cpas_id, **{name: getattr(adoption, name) for name in KEPT})

    @classmethod
    def from_data(cls, data: dict[str, str]) -> "Declaration":
        """Read what `as_data` wrote; KeyError, TypeError or ValueError for anything else."""
        return cls(**data | {"since": date.fromisoformat(data["since"])})

    def as_data(self) -> dict[str, str]:
        """Return plain values, as a session keeps them."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        return data | {"since": self.since.isoformat()}

    def errors(self) -> dict[str, str]:
        """Return, by field, what cannot be declared and how to mend it."""
        errors: dict[str, str] = {}
        if self.cpas not in lists.cpas_by_ins():
            errors["cpas"] = _("Choisissez un des dix-neuf CPAS dans la liste.")
        if self.state not in Adoption.State.values:
            errors["state"] = _("Dites où vous en êtes : choisissez une des quatre réponses.")
        if self.since > timezone.localdate():
            errors["since"] = _(
                "Ce mois n’est pas encore là. Choisissez celui où vous avez commencé, ou le mois présent."
            )
        for name, limit in LIMITS.items():
            if (count := len(getattr(self, name))) > limit:
                errors[name] = TOO_LONG % {"count": count, "limit": limit}
        if "contact" not in errors and _NUMBER.search(self.contact):
            errors["contact"] = _(
                "Ce texte contient un numéro ou une adresse. Écrivez un service et une fonction : "
                "les personnes changent."
            )
        return errors

    def check(self) -> None:
        """Raise ValidationError (by field) unless this can be declared."""
        if errors := self.errors():
            raise ValidationError(errors)
