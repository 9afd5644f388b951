"""How the account behind a session is found: allauth's backend, with a query written once (agora.prepared).

A name of its own: it is what AUTHENTICATION_BACKENDS names.
"""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend

from agora.prepared import Prepared

from .models import Member

BLANK = -1_000_003
NAMES = tuple(field.attname for field in Member._meta.concrete_fields)


class Backend(AuthenticationBackend):
    """Sign people in by e-mail address."""

    def get_user(self, user_id: int) -> Member | None:
        """Return the account with this number (one query), or None when it may not sign in any more."""
        row = next(iter(_query().rows(member=user_id)), None)
        member = Member.from_db(Member.objects.db, NAMES, row) if row else None
        return member if member is not None and self.user_can_authenticate(member) else None


@cache
def _query() -> Prepared:
    return Prepared(Member.objects.filter(pk=BLANK).order_by().values_list(*NAMES), {"member": BLANK})
