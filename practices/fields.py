"""What a sheet says, apart from the page that carries it: the shape in which texts come in and are compared.

A name of its own because forms, imports, drafts and merges all speak it, and none of them is a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agora.attachments.kinds import MOST_FILES
from agora.attachments.refusals import sentence
from agora.attachments.rows import attachments_among
from agora.richtext.plain import one_line, tidy
from agora.vocabulary import lists

from .models import SECTIONS, PracticePage
from .models.practice import SECTION_LENGTH, TIP_LENGTH

TITLE_LENGTH = 255
SUMMARY_LENGTH = 300
LINES = ("title", "kind", "summary", "origin", "maturity")  # one short value each
LISTS = {  # several words of a closed list each
    "themes": lists.themes,
    "publics": lists.publics,
    "functions": lists.functions,
    "services": lists.services,
    "missions": lists.missions,
    "circumstances": lists.circumstances,
}
SETS = (*LISTS, "attachments")  # several values each, in no order: two people's choices always join
FIELDS = ("title", "kind", "summary", *SECTIONS, *SETS, "origin", "maturity")
TOO_LONG = gettext_lazy(
    "Ce texte compte %(count)d caractères, sur %(limit)d possibles. Raccourcissez-le un peu."
)


UNKNOWN_WORD = gettext_lazy("« %(word)s » n’est pas dans la liste. Choisissez parmi les mots proposés.")
NO_TITLE = gettext_lazy("Donnez un titre à la fiche, comme vous le diriez à un collègue.")


@dataclass(frozen=True, slots=True)
class PracticeFields:
    """The texts and the filing of one sheet.

    Texts are light Markdown; `themes`, `publics`, `functions`, `services`, `missions`, `circumstances` are
    slugs of the vocabularies; `attachments` are numbers of files (see agora.attachments); `origin` is an
    INS code or None; `kind` and `maturity` are values of PracticePage's choices.
    """

    title: str
    kind: str = PracticePage.Kind.SHEET
    summary: str = ""
    problem: str = ""
    steps: str = ""
    key_functions: str = ""
    means: str = ""
    effects: str = ""
    conditions: str = ""
    pitfalls: str = ""
    tools: str = ""
    contacts: str = ""
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    origin: str | None = None
    maturity: str = PracticePage.Maturity.TOLD

    def __post_init__(self) -> None:
        """Bring every text and list to one shape, so that two equal sheets compare equal."""
        for name in ("title", "summary"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        for name in SECTIONS:
            object.__setattr__(self, name, tidy(getattr(self, name)).strip("\n"))
        for name in SETS:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        object.__setattr__(self, "kind", str(self.kind))
        object.__setattr__(self, "maturity", str(self.maturity))
        object.__setattr__(self, "origin", self.origin or None)

    @classmethod
    def of(cls, practice: PracticePage) -> "PracticeFields":
        """Read the fields of a sheet, or of an older version of it (`revision.as_object()`)."""
        lists = {name: tuple(term.slug for term in getattr(practice, name).all()) for name in LISTS}
        texts = {
            name: getattr(practice, name) for name in ("title", "kind", "summary", *SECTIONS, "maturity")
        }
        files = tuple(str(file.pk) for file in practice.attachments.all())
        return cls(**texts, **lists, attachments=files, origin=practice.origin_id)

    @classmethod
    def of_content(cls, content: Mapping[str, Any]) -> "PracticeFields":
        """Read the fields from what Wagtail keeps of a version (`revision.content`), without a query.

        What that version did not know yet is empty; words that left their list since are left out.
        """
        words = {
            name: tuple(
                term.slug for term in LISTS[name]().ordered if term.pk in set(content.get(name) or ())
            )
            for name in LISTS
        }
        kept = ("title", "kind", "summary", *SECTIONS, "maturity")
        texts = {name: content[name] for name in kept if content.get(name) is not None}
        files = tuple(map(str, content.get("attachments") or ()))
        return cls(**{"title": ""} | texts, **words, attachments=files, origin=content.get("origin"))

    def with_data(self, data: Mapping[str, Any]) -> "PracticeFields":
        """Return a copy where the fields found in `data` (see `as_data`) replace ours."""
        return replace(self, **{name: data[name] for name in FIELDS if name in data})

    def as_data(self) -> dict[str, Any]:
        """Return the fields as plain JSON values, as drafts keep them."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        return data | {name: list(data[name]) for name in SETS} | {"origin": self.origin or ""}

    def errors(self) -> dict[str, str]:
        """Return, by field, what no sheet may hold: values that do not exist, texts that are too long."""
        errors: dict[str, str] = {}
        limits = {"title": TITLE_LENGTH, "summary": SUMMARY_LENGTH} | dict.fromkeys(SECTIONS, SECTION_LENGTH)
        for name, limit in limits.items():
            if (count := len(getattr(self, name))) > limit:
                errors[name] = TOO_LONG % {"count": count, "limit": limit}
        if self.kind not in PracticePage.Kind.values:
            errors["kind"] = _("Choisissez « astuce » ou « fiche ».")
        if self.kind == PracticePage.Kind.TIP and len(self.problem) > TIP_LENGTH:
            errors["problem"] = _(
                "Une astuce tient en 600 caractères, celle-ci en compte %(count)d. "
                "Raccourcissez, ou choisissez la forme « fiche »."
            ) % {"count": len(self.problem)}
        if self.maturity not in PracticePage.Maturity.values:
            errors["maturity"] = _("Choisissez un âge de la pratique dans la liste.")
        if self.origin and self.origin not in lists.cpas_by_ins():
            errors["origin"] = _("Choisissez un des dix-neuf CPAS dans la liste.")
        for name, words in LISTS.items():
            known = words().by_slug
            if unknown := [slug for slug in getattr(self, name) if slug not in known]:
                errors[name] = UNKNOWN_WORD % {"word": unknown[0][:80]}
        if said := self._wrong_files():
            errors["attachments"] = said
        return errors

    def _wrong_files(self) -> str:
        """Say what is wrong with the list of files; empty when nothing is, and no query without files."""
        if len(self.attachments) > MOST_FILES:
            return sentence("too_many")
        if len(attachments_among(self.attachments)) < len(self.attachments):
            return _("Un des fichiers joints n’existe plus. Retirez-le.")
        return ""

    def missing(self) -> dict[str, str]:
        """Return, by field, what a member is asked for before publishing; nothing else is ever required."""
        missing = {}
        if not self.title:
            missing["title"] = NO_TITLE
        if not self.problem.strip():
            missing["problem"] = (
                _("Racontez l’astuce en quelques lignes.")
                if self.kind == PracticePage.Kind.TIP
                else _("Dites en quelques lignes ce qui se passait avant.")
            )
        if self.kind != PracticePage.Kind.TIP:
            if not self.summary:
                missing["summary"] = _("Résumez en deux phrases : c’est ce qu’on lit d’abord dans la liste.")
            if not self.steps.strip():
                missing["steps"] = _("Dites comment on fait, même en trois lignes.")
            if self.maturity == PracticePage.Maturity.ABANDONED and not self.pitfalls.strip():
                missing["pitfalls"] = _(
                    "Cette pratique s’est arrêtée : dites en deux lignes pourquoi. C’est la leçon que "
                    "d’autres cherchent, et personne ne vous la reprochera."
                )
        if not self.themes:
            missing["themes"] = _("Choisissez au moins un thème : c’est par là qu’on retrouvera la fiche.")
        return missing

    def check(self) -> None:
        """Raise ValidationError (by field) unless a sheet can hold these fields, its title at least."""
        errors = self.errors()
        if not self.title:
            errors["title"] = NO_TITLE
        if errors:
            raise ValidationError(errors)

    def terms(self, name: str) -> list:
        """Return the vocabulary rows behind one of the five lists, in the list's own order."""
        slugs = set(getattr(self, name))
        return [term for term in LISTS[name]().ordered if term.slug in slugs]
