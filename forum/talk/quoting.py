"""Quotes in a room: made from what one may read, under the name that stands there, and gone with the text.

A name of its own: it is neither a form nor an act on one text.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from agora.richtext import quotes

from ..models import Contribution
from .names import name_under


def quote_of(text: Contribution) -> str:
    """Return a text as the composer quotes it: the name, tree or card under it, and its words."""
    return quotes.quote(text.text, _("%(name)s :") % {"name": name_under(text)}) if not text.is_gone else ""


@transaction.atomic
def forget_quotes(text: Contribution) -> None:
    """Take the words of a text out of what others quoted of it: a text that goes leaves no copy."""
    if not text.text:
        return
    with override(text.room.language):
        said = _("[passage retiré]")
    others = Contribution.objects.filter(room=text.room_id).standing().exclude(pk=text.pk)
    for other in others.exclude(mark=text.mark):
        words = quotes.without(other.text, text.text, said)
        if words != other.text:
            Contribution.objects.filter(pk=other.pk).update(text=words)
