"""Where sessions are kept: Django's table, read by a query that is written once (see agora.prepared).

A name of its own: it is what SESSION_ENGINE names. Every page of a signed-in person begins here.
"""

from functools import cache

from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils import timezone

from agora.prepared import Prepared

BLANKS = {"key": "\ue000 key"}


class SessionStore(InDatabase):
    """Django's sessions in the database."""

    def load(self) -> dict[str, object]:
        """Return what a session holds; nothing, and a new key, when there is none or it has expired."""
        row = next(iter(_query().rows(key=self.session_key)), None) if self.session_key else None
        if row is None or row[1] <= timezone.now():
            self._session_key = None
            return {}
        return self.decode(row[0])


@cache
def _query() -> Prepared:
    found = SessionStore.get_model_class().objects.filter(session_key=BLANKS["key"])
    return Prepared(found.values_list("session_data", "expire_date"), BLANKS)
