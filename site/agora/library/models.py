"""Our own image and document models, from the first migration: changing them later is expensive.

Only public or members-visible material goes here. Nothing confidential ever does: Wagtail serves
images without asking who is looking.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class AgoraImage(AbstractImage):
    """A picture that editors place in institutional pages; everybody can see it."""

    credit = models.CharField(_("crédit"), max_length=120, blank=True, default="")
    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class AgoraRendition(AbstractRendition):
    """One size of a picture, made when first asked for; dies with its picture."""

    image = models.ForeignKey(AgoraImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_agora_rendition"
            )
        ]


class AgoraDocument(AbstractDocument):
    """A file that editors attach to institutional pages, served by Wagtail's checked view."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        # Not « document »: Wagtail's own French catalogue would answer, with a capital.
        verbose_name = _("document joint")
        verbose_name_plural = _("documents joints")
