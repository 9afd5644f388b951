"""What people looked for and did not find."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetRequest(models.Model):
    """« Demander une fiche »: somebody looked for something that no text tells yet, and asks that it be told.

    Editors see it with the name of whoever asks, who sees their own. It stays once answered; when its
    author leaves Agora it stays without the name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("demandée")
        WRITTEN = "written", _("écrite depuis")
        DECLINED = "declined", _("pas de fiche")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandée par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sheet_requests",
    )
    words = models.CharField(_("mots cherchés"), max_length=200)
    why = models.CharField(_("pour quelle situation"), max_length=300, blank=True, default="")
    language = models.CharField(
        _("langue"), max_length=2, choices=[("fr", "Français"), ("nl", "Nederlands")], default="fr"
    )
    created_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    state = models.CharField(_("suite"), max_length=8, choices=State.choices, default=State.WAITING)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("le texte qui répond"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    answer = models.CharField(_("réponse"), max_length=300, blank=True, default="")
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)

    class Meta:
        verbose_name = _("fiche demandée")
        verbose_name_plural = _("fiches demandées")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.words
