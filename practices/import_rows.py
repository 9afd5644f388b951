"""One row of an import: from loose values to what a sheet needs, or the list of what must be repaired.

Apart from importing.py, which acts: here nothing is written. Texts, lengths and words of closed lists are
checked by PracticeFields, once the values have the right shape.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.models import Member
from agora.vocabulary import lists

from .adoption.fields import LIMITS, Declaration
from .fields import LISTS, PracticeFields
from .import_files import Row
from .models import SECTIONS, Adoption, PracticePage

TEXT_COLUMNS = ("title", "kind", "summary", *SECTIONS, "origin", "maturity")
LIST_COLUMNS = tuple(LISTS)
OWN_COLUMNS = (
    "external_id", "language", "showcase", "author", "translation_of", "published", "reviewed", "adoptions",
)  # fmt: skip
COLUMNS = (*OWN_COLUMNS, *TEXT_COLUMNS, *LIST_COLUMNS)
YES = {"true", "1", "yes", "oui", "ja"}
NO = {"false", "0", "no", "non", "nee", ""}
ID_LENGTH = 80
NOON = time(12)  # a day without an hour: noon in Brussels is the same day everywhere in Europe


class RowRefused(Exception):
    """A row that cannot be imported; `reasons` are sentences « field : what to repair »."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Told:
    """A row whose every value was found good."""

    external_id: str
    language: str
    fields: PracticeFields
    showcase: bool
    author: Member
    translation_of: str
    published: datetime | None
    reviewed: date | None
    adoptions: tuple[Declaration, ...]


def checked(row: Row, as_member: Member | None) -> Told:
    """Return a row in good shape, or raise RowRefused with everything that is wrong with it at once."""
    if row.problem:
        raise RowRefused([row.problem])
    reading = _Reading(row.values)
    for name in row.values:
        if name not in COLUMNS:
            reading.wrong(str(name)[:80], _("ce nom n’est pas connu. Voir docs/import.md."))
    told = {
        "external_id": reading.identifier("external_id", required=True),
        "language": reading.one_of("language", ("fr", "nl")),
        "showcase": reading.truth("showcase"),
        "author": reading.author(as_member),
        "translation_of": reading.identifier("translation_of", required=False),
        "published": reading.moment("published"),
        "reviewed": reading.day("reviewed"),
        "adoptions": reading.adoptions(),
        "fields": reading.fields(),
    }
    if reading.reasons:
        raise RowRefused(reading.reasons)
    return Told(**told)


class _Reading:
    """Reads the values of one row, keeping a sentence for each that is wrong."""

    def __init__(self, values: dict[str, Any]):
        self.values = values
        self.reasons: list[str] = []

    def wrong(self, name: str, why: str) -> None:
        self.reasons.append(_("%(field)s : %(message)s") % {"field": name, "message": why})

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(name, _("un texte est attendu."))
            return ""
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            self.wrong(name, _("ce texte contient un caractère qui ne s’imprime pas."))
            return ""
        return value

    def identifier(self, name: str, *, required: bool) -> str:
        value = self.text(name).strip()
        if required and not value and not self._said(name):
            self.wrong(name, _("cette valeur manque."))
        if len(value) > ID_LENGTH:
            self.wrong(name, _("80 caractères au plus."))
        return value

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name).strip()
        if value not in known and not self._said(name):
            self.wrong(name, _("valeur attendue : %(known)s.") % {"known": ", ".join(known)})
        return value

    def _said(self, name: str) -> bool:
        return any(reason.startswith(name) for reason in self.reasons)

    def words(self, name: str) -> tuple[str, ...]:
        value = self.values.get(name) or []
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.wrong(name, _("une liste de mots est attendue."))
            return ()
        return tuple(value)

    def truth(self, name: str) -> bool:
        value = self.values.get(name)
        if isinstance(value, bool) or value is None:
            return bool(value)
        word = self.text(name).strip().lower()
        if word not in YES | NO:
            self.wrong(name, _("écrivez true ou false."))
        return word in YES

    def day(self, name: str) -> date | None:
        value = self.text(name).strip()
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.wrong(name, _("une date est attendue, comme 2026-03-14."))
            return None

    def moment(self, name: str) -> datetime | None:
        day = self.day(name)
        return timezone.make_aware(datetime.combine(day, NOON)) if day else None

    def author(self, as_member: Member | None) -> Member | None:
        email = self.text("author").strip()
        if not email:
            if as_member is None:
                self.wrong("author", _("cette valeur manque, et --as n’est pas donné."))
            return as_member
        member = Member.objects.select_related("cpas").filter(email__iexact=email).first()
        if member is None or not member.is_validated:
            self.wrong("author", _("« %(email)s » n’est pas un membre validé.") % {"email": email[:120]})
        return member

    def adoptions(self) -> tuple[Declaration, ...]:
        value = self.values.get("adoptions") or []
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.wrong("adoptions", _("une liste d’objets est attendue : cpas, state, since, note."))
            return ()
        found = [entry for rank, each in enumerate(value, start=1) if (entry := self._adoption(rank, each))]
        if len({entry.cpas for entry in found}) < len(found):
            self.wrong("adoptions", _("un CPAS est là deux fois."))
        return tuple(found)

    def _adoption(self, rank: int, entry: dict[str, Any]) -> Declaration | None:
        inner = _Reading(entry)
        cpas, state = inner.text("cpas"), inner.text("state")
        texts = {name: inner.text(name) for name in LIMITS}
        since = _month_or_day(inner.text("since"))
        if cpas not in lists.cpas_by_ins():
            said = _("« %(code)s » n’est pas le code INS d’un des 19 CPAS.")
            inner.wrong("cpas", said % {"code": cpas[:20]})
        if state not in Adoption.State.values:
            known = ", ".join(Adoption.State.values)
            inner.wrong("state", _("valeur attendue : %(known)s.") % {"known": known})
        if since is None:
            inner.wrong("since", _("un mois ou une date est attendu, comme 2026-03."))
        if unknown := set(entry) - {"cpas", "state", "since", *LIMITS}:
            inner.wrong(str(min(map(str, unknown)))[:80], _("ce nom n’est pas connu. Voir docs/import.md."))
        declared = Declaration(cpas, state, since or timezone.localdate(), **texts)
        for name, wrong in declared.errors().items():
            # The first two were said above, better; what a file dates ahead is its author's plan.
            if name not in ("cpas", "state", "since"):
                inner.wrong(name, wrong)
        for reason in inner.reasons:
            self.reasons.append(f"adoptions[{rank}].{reason}")
        return None if inner.reasons else declared

    def fields(self) -> PracticeFields | None:
        """Return the texts and words, checked by the same rules as the form."""
        before = len(self.reasons)
        texts = {name: self.text(name) for name in TEXT_COLUMNS}
        words = {name: self.words(name) for name in LIST_COLUMNS}
        if len(self.reasons) > before:
            return None
        texts["kind"] = texts["kind"].strip() or PracticePage.Kind.SHEET
        texts["maturity"] = texts["maturity"].strip() or PracticePage.Maturity.TOLD
        texts["origin"] = texts["origin"].strip() or None
        fields = PracticeFields(**texts, **words)
        try:
            fields.check()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    self.wrong(name, message)
        return fields


def _month_or_day(value: str) -> date | None:
    try:
        return date.fromisoformat(f"{value}-01" if len(value) == len("2026-03") else value)
    except ValueError:
        return None
