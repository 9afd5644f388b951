"""Under what name a text is read: the pseudonym written on it, else its author's, while they are a member.

A name of its own: every page that shows a text asks here, and never the author.
"""

from django.utils.translation import gettext as _

from ..models import Contribution


def name_under(text: Contribution) -> str:
    """Return the name under a text; « Un membre » once its author left Agora."""
    if text.signed:
        return text.signed
    author = text.author
    return author.signature if author is not None and author.is_validated else _("Un membre")
