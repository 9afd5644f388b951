"""« Utile » as the page of a sheet says it.

A name of its own: it is a place of that page, like the files of practices.sheet.
"""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.prepared import Prepared

from ...models import PracticePage, Useful
from ...permissions import keepers_of
from ...wording import in_letters
from .permissions import can_say_useful
from .querysets import counts

BLANKS = {"practice": -1, "member": -2}


@cache
def _query() -> Prepared:
    sheet = Useful.objects.filter(practice=BLANKS["practice"]).order_by().values("practice")
    return Prepared(sheet.annotate(**counts(BLANKS["member"])).values_list("cpas", "mine"), BLANKS)


def useful_of(user, practice: PracticePage) -> dict[str, object]:
    """Return what « utile » says under a sheet to whoever reads it, visitors too (one query)."""
    cpas, mine = next(iter(_query().rows(practice=practice.pk, member=user.pk or 0)), (0, 0))
    return {
        "useful_said": said(cpas),
        "said_useful": bool(mine),
        "can_say_useful": can_say_useful(user, practice),
        "useful_readers": readers(practice),
    }


def said(count: int) -> str:
    """Return « Utile à sept CPAS »; empty while none said so."""
    if not count:
        return ""
    return ngettext("Utile à %(n)s CPAS", "Utile à %(n)s CPAS", count) % {"n": in_letters(count)}


def readers(practice: PracticePage) -> str:
    """Return who will read the word, by name; empty when nobody keeps the sheet."""
    names = [keeper.signature for keeper in keepers_of(practice)]
    return _(" et ").join(names)
