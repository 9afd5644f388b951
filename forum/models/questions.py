"""Questions to colleagues, who is on duty for them, and what was said of them."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from agora.vocabulary.models import Theme
from practices.models import PracticePage

from ..fields import SealedTextField
from ..questions.querysets import QuestionManager

TITLE_LENGTH = 160
TEXT_LENGTH = 2000


class Question(models.Model):
    """Something that a member asks the colleagues of the nineteen CPAS.

    All members read it and search finds it; visitors do not. Asked quietly, it holds no author: `asker` is
    sealed with the installation's keys, opened for the moderators and to send a letter, and never loaded
    with the row. A withdrawn question is emptied at once; one that moderators removed can come back.
    The last columns repeat what its answers say, so that a list of thousands asks nothing of them.
    """

    title = models.CharField(_("question"), max_length=TITLE_LENGTH)
    text = models.TextField(_("précisions"), blank=True, default="")
    language = models.CharField(_("langue"), max_length=2, choices=[("fr", "Français"), ("nl", "Nederlands")])
    themes = models.ManyToManyField(Theme, verbose_name=_("thèmes"), related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_quiet = models.BooleanField(_("sans nom"), default=False, editable=False)
    asker = SealedTextField(_("qui demande, scellé"), blank=True, default="", editable=False)
    asked_at = models.DateTimeField(_("posée le"), default=timezone.now)
    edited_at = models.DateTimeField(_("modifiée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    removed_at = models.DateTimeField(_("retirée par la modération le"), null=True, blank=True)
    removal_reason = models.CharField(_("motif du retrait"), max_length=500, blank=True, default="")
    due_at = models.DateTimeField(_("réponse attendue pour le"), db_index=True)
    reminders = models.PositiveSmallIntegerField(_("rappels envoyés"), default=0)
    sheet = models.ForeignKey(
        PracticePage,
        verbose_name=_("fiche qui en est née"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    answers = models.PositiveIntegerField(_("réponses"), default=0)
    helped = models.PositiveIntegerField(_("réponses qui ont aidé"), default=0)
    answered_at = models.DateTimeField(_("première réponse le"), null=True, blank=True)
    moved_at = models.DateTimeField(_("dernier mouvement le"), default=timezone.now)

    comments = GenericRelation(XtdComment, object_id_field="object_pk", content_type_field="content_type")

    objects = QuestionManager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="question_newest"),
            models.Index(fields=["-moved_at", "-id"], name="question_moved"),
            models.Index(fields=["answers", "asked_at"], name="question_waiting"),
        ]

    def __str__(self) -> str:
        return self.title if self.is_shown else str(_("Question retirée"))

    def get_absolute_url(self) -> str:
        """Return where the question is read."""
        return reverse("forum:question", args=[self.pk])

    @property
    def is_shown(self) -> bool:
        """Whether its words can be read."""
        return self.withdrawn_at is None and self.removed_at is None


class Quiet(models.Model):
    """Which questions a member asked quietly: what lets their asker, and nobody else, change them.

    The list is sealed; no page or screen shows it. It goes with the account.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("qui"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    numbers = SealedTextField(_("questions posées sans nom"), blank=True, default="")

    class Meta:
        verbose_name = _("questions posées sans nom")
        verbose_name_plural = _("questions posées sans nom")

    def __str__(self) -> str:
        return ""


class Help(models.Model):
    """That an answer helped whoever asked; they say it and take it back, all members read it."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="helps"
    )
    answer = models.OneToOneField(
        XtdComment, verbose_name=_("réponse"), on_delete=models.CASCADE, related_name="+"
    )
    said_at = models.DateTimeField(_("dit le"), default=timezone.now)

    class Meta:
        verbose_name = _("réponse qui a aidé")
        verbose_name_plural = _("réponses qui ont aidé")

    def __str__(self) -> str:
        return str(self.answer_id)


class Duty(models.Model):
    """Who sees to it that the questions of a theme get an answer, and who stands in.

    Editors set it; all members read the names beside the questions that wait. It goes with the theme; when
    somebody leaves, their place is empty until editors name another.
    """

    theme = models.OneToOneField(
        Theme, verbose_name=_("thème"), on_delete=models.CASCADE, related_name="duty"
    )
    referent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("référent"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        limit_choices_to={"status": "active"},
        related_name="+",
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("remplaçant"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        limit_choices_to={"status": "active"},
        related_name="+",
    )

    class Meta:
        verbose_name = _("tour de garde")
        verbose_name_plural = _("tours de garde")
        ordering = ["theme__position"]

    def __str__(self) -> str:
        return str(self.theme)


class QuestionReport(models.Model):
    """Why somebody asked the moderators to look at a question, and what they decided.

    Moderators read it; who reported reads the decision; the asker never learns who did. One per person and
    question: a second one corrects the first, or opens the question again. An appeal is the asker's, once;
    it names nobody where the question was asked quietly.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Question gardée")
        REMOVED = "removed", _("Question retirée")
        RESTORED = "restored", _("Question rétablie")

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="reports"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signalée par"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("motif"), max_length=8)
    explanation = models.CharField(_("en une phrase"), max_length=500, blank=True, default="")
    is_appeal = models.BooleanField(_("recours"), default=False)
    made_at = models.DateTimeField(_("fait le"), default=timezone.now)
    outcome = models.CharField(_("décision"), max_length=8, choices=Outcome.choices, blank=True, default="")
    decision = models.CharField(_("motif de la décision"), max_length=500, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidé par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("signalement d’une question")
        verbose_name_plural = _("signalements de questions")
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["question", "by", "is_appeal"], name="one_report_per_question")
        ]

    def __str__(self) -> str:
        return str(self.question_id)
