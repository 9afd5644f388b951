"""What happened to a message since it was posted. The messages themselves are django-comments-xtd's.

The library's rows are changed with `.update()` only: its `save()` adds to the counters of every
ancestor each time, and hides the replies of a message that is removed.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment


class Standing(models.Model):
    """Whether a message was edited, taken back by its author, or removed by a moderator, and when.

    Read with the thread, by everybody who reads the thread; the reason of a removal only by the
    author and the moderators. There is no row for a message that nothing happened to.
    """

    comment = models.OneToOneField(
        XtdComment,
        verbose_name=_("message"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="standing",
    )
    edited_at = models.DateTimeField(_("modifié le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retiré par son auteur le"), null=True, blank=True)
    removed_at = models.DateTimeField(_("retiré par la modération le"), null=True, blank=True)
    removal_reason = models.CharField(_("motif du retrait"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("état d’un message")
        verbose_name_plural = _("états des messages")

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class Decision(models.Model):
    """What a moderator decided about a message, and why: the log of moderation, seen by moderators.

    It outlives the moderator's account and dies with the message.
    """

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Message gardé")
        REMOVED = "removed", _("Message retiré")
        RESTORED = "restored", _("Message rétabli")
        CLOSED = "closed", _("Signalement clos")

    comment = models.ForeignKey(
        XtdComment, verbose_name=_("message"), on_delete=models.CASCADE, related_name="decisions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidé par"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    outcome = models.CharField(_("décision"), max_length=8, choices=Outcome.choices)
    reason = models.CharField(_("motif"), max_length=500, blank=True, default="")
    decided_at = models.DateTimeField(_("décidé le"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("décision de modération")
        verbose_name_plural = _("décisions de modération")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"#{self.comment_id} : {self.get_outcome_display()}"


class Report(models.Model):
    """Why somebody asked the moderators to look at a message. Moderators read it; the author never
    learns who reported. One per person and message: it extends the library's flag, which says who,
    what and when. `quoted` keeps the words that were reported until somebody decides.
    """

    class Reason(models.TextChoices):
        PERSON = "person", _("On peut y reconnaître un usager ou un collègue")
        HURTFUL = "hurtful", _("C’est blessant ou irrespectueux")
        FALSE = "false", _("C’est faux, et cela peut nuire")
        OTHER = "other", _("Autre chose")
        APPEAL = "appeal", _("Recours de l’auteur")  # by who wrote it, once it was removed (appeals.py)

    flag = models.OneToOneField(
        CommentFlag,
        verbose_name=_("signalement"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="report",
    )
    reason = models.CharField(_("motif"), max_length=8, choices=Reason.choices)
    explanation = models.CharField(_("en une phrase"), max_length=500, blank=True, default="")
    quoted = models.TextField(_("texte signalé"), blank=True, default="")
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("décision"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
    )

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.flag_id})"
