"""The pages of the words that everybody shares."""

from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .querysets import WordPageQuerySet


class WordPage(models.Model):
    """What one word of a closed list means, in one language: the lead of its page in the directory.

    Everybody reads it. It is made with the word, carries its name, and goes with it; editors write its
    text only. A word that is no longer proposed keeps its page out of sight.
    """

    class Listing(models.TextChoices):
        THEME = "theme", _("Thème")
        PUBLIC = "public", _("Public")
        FUNCTION = "function", _("Métier")
        SERVICE = "service", _("Service")
        CPAS = "cpas", _("CPAS")

    listing = models.CharField(_("liste"), max_length=8, choices=Listing.choices)
    key = models.CharField(_("identifiant du mot"), max_length=40)
    language = models.CharField(_("langue"), max_length=2, choices=[("fr", "Français"), ("nl", "Nederlands")])
    title = models.CharField(_("nom"), max_length=100)
    # Other names under which people look for it: the other language, acronyms, postal codes.
    also = models.CharField(_("autres noms"), max_length=300, blank=True, default="")
    text = models.TextField(
        _("ce que c’est, en une ou deux phrases"), max_length=2000, blank=True, default=""
    )
    is_live = models.BooleanField(_("visible"), default=True)
    updated_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    objects = WordPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page d’un mot")
        verbose_name_plural = _("pages des mots")
        ordering = ["listing", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "key", "language"], name="one_page_per_word_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def get_absolute_url(self) -> str:
        """Where it is read, in its language."""
        with translation.override(self.language):
            return reverse("directory:word", kwargs={"listing": self.listing, "key": self.key})
