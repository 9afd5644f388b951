"""The words that every room shares. One row carries both languages, so that a filter means the same in FR and NL."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


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
