"""Living controversies: a question, positions, their arguments, and the wording of the disagreement."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agora.vocabulary.models import Theme

from ..debates.querysets import DebateQuerySet


class Debate(models.Model):
    """A question that divides the trade, kept as a page that anybody completes.

    All members read and change it, search finds it, visitors do not see it. `agreement` is the wording of
    the disagreement that stands now; its former wordings are in the history. Nobody is counted.
    """

    question = models.CharField(_("la question"), max_length=160)
    agreement = models.TextField(_("sur quoi porte le désaccord"), blank=True, default="")
    language = models.CharField(_("langue"), max_length=2, choices=[("fr", "Français"), ("nl", "Nederlands")])
    themes = models.ManyToManyField(Theme, verbose_name=_("thèmes"), related_name="+")
    opened_at = models.DateTimeField(_("ouvert le"), default=timezone.now)
    moved_at = models.DateTimeField(_("dernier mouvement le"), default=timezone.now, db_index=True)
    asleep_since = models.DateTimeField(_("endormi depuis le"), null=True, blank=True)
    edition = models.PositiveIntegerField(_("numéro du dernier changement"), default=1)

    objects = DebateQuerySet.as_manager()

    class Meta:
        verbose_name = _("débat")
        verbose_name_plural = _("débats")
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """Return where the debate is read."""
        return reverse("forum:debate", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether something can be added (a debate that sleeps is woken first)."""
        return self.asleep_since is None


class Position(models.Model):
    """One way to answer the question of a debate. All members read and change it; it goes with the debate."""

    debate = models.ForeignKey(
        Debate, verbose_name=_("débat"), on_delete=models.CASCADE, related_name="positions"
    )
    claim = models.CharField(_("la position"), max_length=160)
    detail = models.TextField(_("ce qu’elle soutient"), blank=True, default="")
    edition = models.PositiveIntegerField(_("numéro du dernier changement"), default=1)
    removed_at = models.DateTimeField(_("enlevée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.claim


class Argument(models.Model):
    """One argument for a position, with where it comes from; or the best one against it, written by those
    who hold it (`is_against`). Read and changed by all members, signed by none; it goes with the position.
    """

    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.CASCADE, related_name="arguments"
    )
    is_against = models.BooleanField(_("le meilleur argument contre elle"), default=False)
    text = models.TextField(_("l’argument"))
    source = models.CharField(_("d’où cela vient"), max_length=300, blank=True, default="")
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True, default="")
    edition = models.PositiveIntegerField(_("numéro du dernier changement"), default=1)
    removed_at = models.DateTimeField(_("enlevé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("argument")
        verbose_name_plural = _("arguments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)


class DebateChange(models.Model):
    """One change of a debate: what, by whom, from which words to which. All members read it.

    It outlives the account of whoever made it and goes with the debate.
    """

    class Code(models.TextChoices):
        OPENED = "opened", _("a ouvert le débat")
        QUESTION = "question", _("a récrit la question")
        AGREEMENT = "agreement", _("a récrit sur quoi porte le désaccord")
        POSITION = "position", _("a ajouté une position")
        REWORDED = "reworded", _("a récrit une position")
        ARGUMENT = "argument", _("a ajouté un argument")
        AGAINST = "against", _("a ajouté le meilleur argument contre sa propre position")
        CORRECTED = "corrected", _("a récrit un argument")
        REMOVED = "removed", _("a enlevé un passage")
        RESTORED = "restored", _("a remis un passage")
        ASLEEP = "asleep", _("a laissé le débat s’endormir")
        WOKEN = "woken", _("a réveillé le débat")

    debate = models.ForeignKey(
        Debate, verbose_name=_("débat"), on_delete=models.CASCADE, related_name="changes"
    )
    code = models.CharField(_("ce qui a changé"), max_length=9, choices=Code.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(_("le"), default=timezone.now)
    before = models.TextField(_("avant"), blank=True, default="")
    after = models.TextField(_("après"), blank=True, default="")
    position = models.ForeignKey(
        Position,
        verbose_name=_("position"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    argument = models.ForeignKey(
        Argument,
        verbose_name=_("argument"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("changement d’un débat")
        verbose_name_plural = _("changements d’un débat")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.debate_id} {self.code}"
