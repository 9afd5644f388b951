"""From a search to a question: what one can do where nothing answers.

A name of its own: it fills the registry search.ways.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from search.ways import Way

from . import permissions


def ask_way(user: Any, text: str) -> Way | None:
    """Offer to ask the colleagues, with the words of the search; None for whoever may not."""
    if not permissions.can_ask(user):
        return None
    url = reverse("forum:ask") + (f"?{urlencode({'titre': text[:160]})}" if text else "")
    return Way(_("Poser la question"), url, _("Une réponse vient dans les trois jours ouvrables."))
