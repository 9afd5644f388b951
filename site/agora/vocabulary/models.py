"""The words that every room shares. One row carries both languages: a filter means the same in FR and NL."""

import re
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import words

LANGUAGES = ("fr", "nl")
# The design language draws the 19 on a grid of 5 × 5 around an empty middle, the agora.
GRID = 5
MIDDLE = (2, 2)


def in_active_language(french: str, dutch: str) -> str:
    """Return the text in the interface's language, French when the Dutch one is missing."""
    return dutch if dutch and (get_language() or "fr").startswith("nl") else french


class Cpas(models.Model):
    """One of the nineteen public social-welfare centres of Brussels, as its workers name it.

    Everybody sees it. Keyed on the INS code, because names, accents and postal codes vary;
    it only dies if the region merges centres.
    """

    class Size(models.TextChoices):
        SMALL = "S", _("Petit")
        MEDIUM = "M", _("Moyen")
        LARGE = "L", _("Grand")
        VERY_LARGE = "XL", _("Très grand")

    ins_code = models.CharField(
        _("code INS"), max_length=5, primary_key=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    name_fr = models.CharField(_("nom en français"), max_length=60, unique=True)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=60, unique=True)
    code_fr = models.CharField(_("abréviation en français"), max_length=4)
    code_nl = models.CharField(_("abréviation en néerlandais"), max_length=4)
    postal_codes = models.CharField(_("codes postaux, séparés par des espaces"), max_length=60)
    size = models.CharField(_("taille"), max_length=2, choices=Size.choices)
    email_domains = models.TextField(
        _("domaines des adresses professionnelles, un par ligne"), blank=True, default=""
    )
    column = models.PositiveSmallIntegerField(_("colonne sur la carte"))
    row = models.PositiveSmallIntegerField(_("ligne sur la carte"))

    class Meta:
        ordering = ["name_fr"]
        verbose_name = _("CPAS")
        verbose_name_plural = _("CPAS")
        constraints = [
            models.UniqueConstraint(
                fields=["column", "row"],
                name="cpas_one_place_on_the_map",
                violation_error_message=_("Un autre CPAS occupe déjà cette place sur la carte."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name of the municipality in the interface's language."""
        return in_active_language(self.name_fr, self.name_nl)

    @property
    def code(self) -> str:
        """The three letters drawn on its tile, in the interface's language."""
        return in_active_language(self.code_fr, self.code_nl)

    @property
    def domains(self) -> list[str]:
        """The domains of its professional addresses, in lower case, without « @ »."""
        return self.email_domains.split()

    def clean(self) -> None:
        """Tidy codes, postal codes and domains; ValidationError when one cannot be right."""
        self.postal_codes = " ".join(self.postal_codes.replace(",", " ").split())
        self.email_domains = "\n".join(
            dict.fromkeys(domain.lstrip("@").lower() for domain in self.email_domains.split())
        )
        errors = {}
        if not all(re.fullmatch("[1-9][0-9]{3}", code) for code in self.postal_codes.split()):
            errors["postal_codes"] = _("Écrivez des codes de quatre chiffres, séparés par des espaces.")
        if problem := self._domain_problem():
            errors["email_domains"] = problem
        if (self.column, self.row) == MIDDLE or max(self.column or 0, self.row or 0) >= GRID:
            errors["column"] = _("La carte a cinq colonnes et cinq lignes, de 0 à 4 ; son milieu reste vide.")
        if errors:
            raise ValidationError(errors)

    def _domain_problem(self) -> str:
        for domain in self.domains:
            try:
                DomainNameValidator(accept_idna=False)(domain)
            except ValidationError:
                message = _("« %(domain)s » n’est pas un domaine, comme « cpas.example ».")
                return message % {"domain": domain[:60]}
        others = Cpas.objects.exclude(pk=self.pk).exclude(email_domains="")
        taken = {domain: other.name for other in others for domain in other.domains}
        for domain in self.domains:
            if domain in taken:
                message = _("« %(domain)s » appartient déjà à %(cpas)s.")
                return message % {"domain": domain, "cpas": taken[domain]}
        return ""


class Term(models.Model):
    """A word of a closed list. Editors add and rename; a word in use is never deleted, only hidden."""

    slug = models.SlugField(_("identifiant"), max_length=40, unique=True)
    name_fr = models.CharField(_("nom en français"), max_length=80)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=80)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)
    is_active = models.BooleanField(_("proposé dans les formulaires"), default=True)

    class Meta:
        abstract = True
        ordering = ["position", "name_fr"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The word in the interface's language."""
        return in_active_language(self.name_fr, self.name_nl)

    def clean(self) -> None:
        """Tidy the names, give a new word its identifier and the last place.

        ValidationError for a name already in the list.
        """
        errors = {}
        for field in ("name_fr", "name_nl"):
            setattr(self, field, words.tidy(getattr(self, field)))
            others = type(self).objects.exclude(pk=self.pk).values_list(field, flat=True)
            if words.folded(getattr(self, field)) in map(words.folded, others):
                errors[field] = _("Ce mot est déjà dans la liste.")
        if errors:
            raise ValidationError(errors)
        if not self.slug:
            self.slug = words.free_slug(type(self), self.name_fr, self._meta.get_field("slug").max_length)
        if not self.position:
            last = type(self).objects.aggregate(last=models.Max("position"))["last"]
            self.position = (last or 0) + 1


class Theme(Term):
    """One of the eight themes of the 2012 research-action, under which everything is filed."""

    class Meta(Term.Meta):
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")


class Service(Term):
    """A normalised type of service; each CPAS gives it a local brand of its own."""

    class Meta(Term.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")


class Function(Term):
    """What a worker does (AS, AI, médiatrice de dettes…), in the form people use."""

    short_fr = models.CharField(_("sigle en français"), max_length=10, blank=True, default="")
    short_nl = models.CharField(_("sigle en néerlandais"), max_length=10, blank=True, default="")

    class Meta(Term.Meta):
        verbose_name = _("fonction")
        verbose_name_plural = _("fonctions")


class Public(Term):
    """The people whom a practice is for."""

    class Meta(Term.Meta):
        verbose_name = _("public")
        verbose_name_plural = _("publics")


class Mission(Term):
    """A legal or chosen mission of a CPAS that a practice serves."""

    class Meta(Term.Meta):
        verbose_name = _("mission")
        verbose_name_plural = _("missions")


class Circumstance(Term):
    """One thing that a CPAS is or has, and that a practice may need: its size, how its teams are cut.

    Sheets name those under which they work, each CPAS those it lives in; the transferability mirror
    sets both side by side. Under most dimensions a CPAS has one, under languages it may have several.
    """

    class Dimension(models.TextChoices):
        SIZE = "size", _("taille du CPAS")
        CASELOAD = "caseload", _("dossiers par travailleur")
        MODEL = "model", _("SSG et ISP")
        SITES = "sites", _("antennes")
        LANGUAGES = "languages", _("langues")

    dimension = models.CharField(_("dimension"), max_length=10, choices=Dimension.choices)

    class Meta(Term.Meta):
        verbose_name = _("circonstance")
        verbose_name_plural = _("circonstances")


class Concept(models.Model):
    """One idea and all the words people type for it, in both languages; search reads these sets.

    Editors own them. Acronyms are kept apart because they only count in their own case:
    « AS » is a social worker, « as » is a verb form.
    """

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    label_fr = models.CharField(_("terme en français"), max_length=120)
    label_nl = models.CharField(_("terme en néerlandais"), max_length=120, blank=True, default="")
    variants_fr = models.TextField(_("autres mots en français, un par ligne"), blank=True, default="")
    variants_nl = models.TextField(_("autres mots en néerlandais, un par ligne"), blank=True, default="")
    acronyms_fr = models.CharField(
        _("sigles en français, séparés par des espaces"), max_length=120, blank=True, default=""
    )
    acronyms_nl = models.CharField(
        _("sigles en néerlandais, séparés par des espaces"), max_length=120, blank=True, default=""
    )
    is_active = models.BooleanField(_("utilisé par la recherche"), default=True)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    class Meta:
        ordering = ["label_fr"]
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")

    def __str__(self) -> str:
        return f"{self.label_fr} / {self.label_nl}" if self.label_nl else self.label_fr

    def said(self, language: str) -> list[str]:
        """Return the label and the variants in "fr" or "nl", label first."""
        label = getattr(self, f"label_{language}")
        return [*([label] if label else []), *words.lines(getattr(self, f"variants_{language}"))]

    def acronyms(self, language: str) -> list[str]:
        """Return the acronyms in "fr" or "nl", in their own case."""
        return getattr(self, f"acronyms_{language}").split()

    def clean(self) -> None:
        """Tidy every set of words and give a new concept its identifier.

        ValidationError, field by field, for a set that words.py refuses and for a word that already
        belongs to another concept in use: search could not know which one is meant.
        """
        errors = {}
        for language in LANGUAGES:
            label = f"label_{language}"
            setattr(self, label, words.tidy(getattr(self, label)))
            if words.folded(getattr(self, label)) in words.TRAPS:
                errors[label] = words.trap_message(getattr(self, label))
            for field, cleaner in (
                (f"variants_{language}", words.clean_variants),
                (f"acronyms_{language}", words.clean_acronyms),
            ):
                try:
                    setattr(self, field, cleaner(getattr(self, field)))
                except ValidationError as problem:
                    errors[field] = problem
        if not errors:
            errors = self._shared_words()
        if errors:
            raise ValidationError(errors)
        if not self.slug:
            self.slug = words.free_slug(Concept, self.label_fr, self._meta.get_field("slug").max_length)

    def _shared_words(self) -> dict[str, list[str]]:
        """Drop variants that repeat the label; return the words that another concept in use has, by field."""
        others = (
            Concept.objects.filter(is_active=True).exclude(pk=self.pk)
            if self.is_active
            else Concept.objects.none()
        )
        # Plain rows: what is only compared need not become a concept, and there are hundreds.
        owners = {
            words.folded(word): label
            for label, *said in others.values_list("label_fr", "label_nl", "variants_fr", "variants_nl")
            for word in words.lines("\n".join([label, *said]))
        }
        errors: dict[str, list[str]] = {}
        for language in LANGUAGES:
            label = words.folded(getattr(self, f"label_{language}"))
            variants = words.lines(getattr(self, f"variants_{language}"))
            variants = [variant for variant in variants if words.folded(variant) != label]
            setattr(self, f"variants_{language}", "\n".join(variants))
            for word in self.said(language):
                if owner := owners.get(words.folded(word)):
                    field = f"label_{language}" if words.folded(word) == label else f"variants_{language}"
                    message = _("« %(word)s » appartient déjà au concept « %(concept)s ».")
                    errors.setdefault(field, []).append(message % {"word": word, "concept": owner})
        return errors


class Stamp(models.Model):
    """One row, whose value is new after each change of a vocabulary; lists.py compares it.

    A drawn value and not a counter: after a rollback a counter would come back with other content.
    """

    value = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("état des vocabulaires")
        verbose_name_plural = _("états des vocabulaires")

    def __str__(self) -> str:
        return str(self.value)
