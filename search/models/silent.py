"""What members look for and do not find, counted without anybody's name."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SilentNeed(models.Model):
    """Some words that members searched, during one season, without finding or opening anything.

    Only editors meet it, and only once five different people looked for the same: until then the row holds
    a keyed digest and two numbers, and the words stand nowhere. Nothing says who, nor when more finely than
    the week. What stays below five dies with its season; the rest after a year.
    """

    class State(models.TextChoices):
        OPEN = "open", _("à voir")
        ASKED = "asked", _("fiche demandée à quelqu’un")
        WRITTEN = "written", _("fiche écrite")
        DISMISSED = "dismissed", _("écarté")

    digest = models.CharField(_("empreinte des mots"), max_length=64, unique=True)
    season = models.DateField(_("trimestre"), db_index=True)  # its first day
    language = models.CharField(_("langue"), max_length=2, choices=[("fr", "Français"), ("nl", "Nederlands")])
    text = models.CharField(_("mots cherchés"), max_length=200, blank=True, default="")
    people = models.PositiveIntegerField(_("personnes"), default=0)
    empty = models.PositiveIntegerField(_("dont sans aucun résultat"), default=0)
    first_week = models.DateField(_("première semaine"))
    last_week = models.DateField(_("dernière semaine"), db_index=True)
    state = models.CharField(_("suite"), max_length=9, choices=State.choices, default=State.OPEN)
    note = models.CharField(_("en deux mots"), max_length=200, blank=True, default="")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("prise en charge par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    handled_on = models.DateField(_("depuis le"), null=True, blank=True)

    class Meta:
        verbose_name = _("besoin silencieux")
        verbose_name_plural = _("besoins silencieux")
        ordering = ["-people", "-last_week", "pk"]

    def __str__(self) -> str:
        return self.text or self.digest[:8]


class NeedVoice(models.Model):
    """That somebody was counted once for some words during a season: a number that only lasts as long as it.

    It is a digest with a key that stands outside the database and is destroyed at the end of the season:
    nobody can tell afterwards whose it was, not even with a copy of the database. Dies with its season.
    """

    digest = models.CharField(_("empreinte"), max_length=64, unique=True)
    season = models.DateField(_("trimestre"), db_index=True)

    class Meta:
        verbose_name = _("voix comptée")
        verbose_name_plural = _("voix comptées")

    def __str__(self) -> str:
        return self.digest[:8]
