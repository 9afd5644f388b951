"""The methods that rooms follow, as editors write them, and their frozen versions."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..fields import RolesField
from ..methods import definition


class Method(ClusterableModel):
    """A way of thinking together, step by step: MAG, codéveloppement… Members choose one when they open a
    room; editors copy one and adapt it in the admin. What rooms follow is never this row but a frozen
    version of it. It is hidden, not deleted, once rooms have used it.
    """

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    name_fr = models.CharField(_("nom"), max_length=120)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=120)
    purpose_fr = models.TextField(_("à quoi elle sert"), max_length=400)
    purpose_nl = models.TextField(_("à quoi elle sert, en néerlandais"), max_length=400)
    fewest = models.PositiveSmallIntegerField(_("personnes au moins"), default=4)
    most = models.PositiveSmallIntegerField(_("personnes au plus"), default=12)
    is_fictional = models.BooleanField(
        _("dossiers inventés seulement"),
        default=False,
        help_text=_("La salle rappelle partout que rien de vrai ne peut y être raconté."),
    )
    cards = models.JSONField(_("cartes de rôle"), default=list, blank=True)
    is_offered = models.BooleanField(_("proposée"), default=True)
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("adaptée de"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    class Meta:
        verbose_name = _("méthode")
        verbose_name_plural = _("méthodes")
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name_nl if (get_language() or "fr").startswith("nl") else self.name_fr


class MethodPhase(Orderable):
    """One step of a method, as editors write it. Rooms already begun do not see its changes."""

    method = ParentalKey(Method, verbose_name=_("méthode"), on_delete=models.CASCADE, related_name="phases")
    key = models.SlugField(_("identifiant"), max_length=40)
    kind = models.CharField(
        _("genre"),
        max_length=12,
        choices=[
            ("proposals", _("Propositions de récits")),
            ("choice", _("Choix d’un récit")),
            ("narrative", _("Récit")),
            ("questions", _("Questions pour comprendre")),
            ("round", _("Tour : chacun écrit")),
            ("answer", _("Réponse du narrateur")),
            ("board", _("Tableau des convergences et divergences")),
            ("perspectives", _("Perspectives pratiques")),
            ("synthesis", _("Synthèse cosignée")),
            ("talk", _("Échange")),
            ("cards", _("Cartes de rôle")),
        ],
    )
    stage_fr = models.CharField(_("étape"), max_length=60)
    stage_nl = models.CharField(_("étape, en néerlandais"), max_length=60)
    name_fr = models.CharField(_("nom"), max_length=120)
    name_nl = models.CharField(_("nom en néerlandais"), max_length=120)
    says_fr = models.TextField(_("explication"), max_length=400)
    says_nl = models.TextField(_("explication, en néerlandais"), max_length=400)
    coach_fr = models.TextField(_("conseil à l’animateur"), max_length=400, blank=True)
    coach_nl = models.TextField(_("conseil à l’animateur, en néerlandais"), max_length=400, blank=True)
    opening_fr = models.CharField(_("comment commencer"), max_length=200, blank=True)
    opening_nl = models.CharField(_("comment commencer, en néerlandais"), max_length=200, blank=True)
    writers = RolesField(_("qui écrit"), default=list)
    is_sealed = models.BooleanField(_("à l’aveugle"), default=False)
    once = models.BooleanField(_("un seul texte par personne"), default=False)
    signing = models.CharField(
        _("signature"),
        max_length=10,
        default="name",
        choices=[
            ("name", _("de son nom")),
            ("pseudonym", _("sous le pseudonyme de la salle")),
            ("choice", _("au choix")),
            ("card", _("sous le nom de sa carte")),
        ],
    )
    days = models.PositiveSmallIntegerField(_("jours, à distance"), default=3)
    minutes = models.PositiveSmallIntegerField(_("minutes, en direct"), default=20)
    limit = models.PositiveIntegerField(_("signes au plus"), default=4000)

    class Meta(Orderable.Meta):
        verbose_name = _("phase")
        verbose_name_plural = _("phases")

    def __str__(self) -> str:
        return self.name_nl if (get_language() or "fr").startswith("nl") else self.name_fr


class MethodVersion(models.Model):
    """A method as it stood one day, whole and frozen: what rooms are pinned to.

    Everybody who may open a room reads the latest one; it lives as long as a room follows it.
    """

    method = models.ForeignKey(
        Method, verbose_name=_("méthode"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    document = models.JSONField(_("définition"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    frozen_at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("version d’une méthode")
        verbose_name_plural = _("versions des méthodes")
        ordering = ["method", "-number"]
        constraints = [models.UniqueConstraint(fields=["method", "number"], name="method_version_once")]

    def __str__(self) -> str:
        return f"{self.method} ({self.number})"

    @cached_property
    def definition(self) -> definition.Definition:
        """The method to follow; ValidationError for a document that a newer Agora cannot run."""
        return definition.parse(self.document)
