"""Who wrote a sheet, by name: on the sheet for members, and on its printed page.

A name of its own: not a right, not an act, and the printed page needs it as well as the sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.people.models import Member
from agora.vocabulary import lists

from ..models import PracticePage, RevisionNote
from ..wording import in_letters

MOST_NAMED = 8  # on the sheet; the printed page names everybody


@dataclass(frozen=True, slots=True)
class Contributors:
    """Who wrote a sheet. Members only: visitors are never told a name.

    `first`: who wrote the first version (« Samira B., Forest »), empty when they left. `others`: everybody
    else who is still there, in the order in which they came; never counted, never ranked. `gone`: how many
    more have left.
    """

    first: str
    others: tuple[str, ...]
    gone: int

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody that may be named, the first author first."""
        return tuple(filter(None, (self.first, *self.others)))

    def said(self, most: int | None = MOST_NAMED) -> str:
        """Return the sentence that credits them; `most`: how many others are named, None for all."""
        first = self.first or _("quelqu’un qui a quitté Agora")
        named = list(self.others[:most])
        if rest := len(self.others) - len(named):
            named.append(ngettext("%(n)s autre", "%(n)s autres", rest) % {"n": in_letters(rest)})
        gone = self.gone - (not self.first)
        if gone > 0:
            left = ngettext("une personne qui a quitté Agora", "%(n)s personnes qui ont quitté Agora", gone)
            named.append(left % {"n": in_letters(gone)})
        if not named:
            return _("Écrite par %(first)s.") % {"first": first}
        return _("Écrite par %(first)s ; complétée par %(others)s.") % {
            "first": first,
            "others": _listed(named),
        }


def contributors_of(practice: PracticePage) -> Contributors | None:
    """Return who wrote the published versions of a sheet (one query); None when it has none.

    Names as people sign them. An author whose account is gone for good counts as one person who left.
    """
    person = ("first_name", "last_name", "status", "cpas_id")
    found = (
        RevisionNote.objects.filter(revision__in=practice.revisions.all())
        .order_by()
        .values("author_id", *(f"author__{name}" for name in person))
        .annotate(since=Min("published_at"), first=Min("pk"))
    )
    rows = sorted(found, key=lambda row: (row["since"], row["first"]))
    if not rows:
        return None
    names = [_name(row) for row in rows]
    return Contributors(names[0], tuple(filter(None, names[1:])), names.count(""))


def _name(row: dict) -> str:
    """Return « Samira B., Forest », or nothing for who left."""
    if row["author_id"] is None or row["author__status"] == Member.Status.LEFT:
        return ""
    member = Member(first_name=row["author__first_name"], last_name=row["author__last_name"])
    cpas = lists.cpas_by_ins().get(row["author__cpas_id"])
    return ", ".join(filter(None, [member.signature, cpas.name if cpas else ""]))


def _listed(names: Sequence[str]) -> str:
    """Return « Lies P., Jette ; Karim D., Ixelles et deux personnes qui… »: names hold commas themselves."""
    if len(names) == 1:
        return names[0]
    return _("%(names)s et %(last)s") % {"names": " ; ".join(names[:-1]), "last": names[-1]}
