"""How a file found by search says what it is, and where in it one has to look."""

from django import template
from django.utils.translation import gettext as _

from agora.attachments.models import Attachment
from agora.attachments.rows import rows_of
from practices.attached.indexing import is_of_slides
from search.answers import Hit

register = template.Library()


@register.filter
def file_said(attachment: Attachment) -> str:
    """Return « PDF, 3 pages, 340 ko »."""
    return rows_of([attachment])[0].said


@register.filter
def page_said(hit: Hit) -> str:
    """Return « page 3 », « diapositive 3 », « feuille 3 »."""
    if is_of_slides(hit.obj):
        return _("diapositive %(number)d") % {"number": hit.page}
    if hit.obj.kind in ("xlsx", "ods"):
        return _("feuille %(number)d") % {"number": hit.page}
    return _("page %(number)d") % {"number": hit.page}
