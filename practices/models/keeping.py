"""What a reader keeps for later or sends back: thanks, lists, filters."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..keeping.lists.querysets import ReadingListQuerySet
from ..keeping.useful.querysets import UsefulQuerySet
from .practice import PracticePage


class Useful(models.Model):
    """One member says that a sheet served, with an optional word to whoever keeps it.

    Everybody sees in how many CPAS it served, never who said so; only the keeper of the sheet reads the
    word, signed. The member may take it back. It dies with the sheet or the account.
    """

    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="useful"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("membre"), on_delete=models.CASCADE, related_name="+"
    )
    word = models.CharField(_("un mot"), max_length=300, blank=True, default="")
    said_at = models.DateTimeField(_("dit le"), auto_now_add=True)
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)

    objects = UsefulQuerySet.as_manager()

    class Meta:
        verbose_name = _("« utile »")
        verbose_name_plural = _("« utile »")
        ordering = ["-said_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["practice", "member"], name="useful_once_per_member")]

    def __str__(self) -> str:
        return f"{self.practice_id}"


class ReadingList(models.Model):
    """Sheets that somebody gathers: to read on the tram, or for a team meeting.

    Its owner alone sees it, or the colleagues of the same CPAS, or all members, as its owner chose; a
    sheet that a reader may not open is not shown in it. It goes with its owner's account.
    """

    class Audience(models.TextChoices):
        SELF = "self", _("moi")
        CPAS = "cpas", _("mes collègues du CPAS")
        MEMBERS = "members", _("les membres des 19 CPAS")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("à qui"),
        on_delete=models.CASCADE,
        related_name="reading_lists",
    )
    title = models.CharField(_("titre"), max_length=120)
    note = models.CharField(_("en une phrase"), max_length=300, blank=True, default="")
    audience = models.CharField(
        _("qui peut la lire"), max_length=7, choices=Audience.choices, default=Audience.SELF
    )
    created_at = models.DateTimeField(_("commencée le"), auto_now_add=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        verbose_name = _("liste de lecture")
        verbose_name_plural = _("listes de lecture")
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReadingItem(models.Model):
    """One sheet in a reading list, with a line saying why. Seen like its list; dies with list or sheet."""

    reading_list = models.ForeignKey(
        ReadingList, verbose_name=_("liste"), on_delete=models.CASCADE, related_name="items"
    )
    practice = models.ForeignKey(
        PracticePage, verbose_name=_("fiche"), on_delete=models.CASCADE, related_name="+"
    )
    note = models.CharField(_("pourquoi"), max_length=300, blank=True, default="")
    position = models.PositiveIntegerField(_("ordre"), default=0)
    added_at = models.DateTimeField(_("ajoutée le"), auto_now_add=True)

    class Meta:
        verbose_name = _("fiche d’une liste")
        verbose_name_plural = _("fiches d’une liste")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading_list", "practice"], name="sheet_once_per_list")
        ]

    def __str__(self) -> str:
        return f"{self.reading_list_id} {self.practice_id}"


class SavedFilter(models.Model):
    """A question that somebody asks the catalogue again and again: filters, kept under a name.

    Only its owner sees it; it says what is new since the last look. `query`: the address's own words, in
    one order, so that the same filters are saved once. It goes with its owner's account.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("à qui"),
        on_delete=models.CASCADE,
        related_name="saved_filters",
    )
    name = models.CharField(_("nom"), max_length=120)
    query = models.CharField(_("filtres"), max_length=1000)
    created_at = models.DateTimeField(_("gardé le"), auto_now_add=True)
    seen_at = models.DateTimeField(_("regardé le"))

    class Meta:
        verbose_name = _("filtre gardé")
        verbose_name_plural = _("filtres gardés")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "query"],
                name="filter_kept_once",
                violation_error_message=_("Vous gardez déjà ces filtres."),
            )
        ]

    def __str__(self) -> str:
        return self.name
