"""From a sheet to the draft of its variant, and from that draft to two sheets that know each other.

A name of its own: what practices.beginnings asks of an adaptation. The draft carries, in `_adapts`, the
sheet it comes from and what becomes of each key function; no form sends that field.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agora.drafts.actions import rebase_draft, save_draft
from agora.drafts.models import Draft
from agora.drafts.permissions import drafts_of
from agora.people.notices import send_to
from agora.vocabulary import lists

from ..beginnings import Beginning, register
from ..drafting import KIND
from ..fields import PracticeFields
from ..models import Lineage, PracticePage
from ..permissions import can_read, keepers_of
from . import functions as keys
from .actions import declare_adapted
from .functions import Fate, Function
from .permissions import can_adapt

MARK = "_adapts"
# What is true at the origin only: its effects, whom to ask there, how old the practice is.
THEIRS = {"effects": "", "contacts": "", "maturity": PracticePage.Maturity.TOLD}


def draft_adapting(practice: PracticePage, user) -> Draft | None:
    """Return the draft in which somebody adapts a sheet already, if any."""
    mine = drafts_of(user).filter(kind=KIND, target="")
    return next((d for d in mine if _origin_number(d) == practice.pk), None)


@transaction.atomic
def begin(practice: PracticePage, functions: Iterable[Function], *, by) -> Draft:
    """Begin the draft of a variant from the texts of a sheet, and return it; the same one when begun already.

    `functions`: what becomes of each key function. Those that are left go out of the text.
    Raises PermissionDenied for who may not adapt it.
    """
    if not can_adapt(by, practice):
        raise PermissionDenied(_("Adapter une fiche se fait pour son propre CPAS."))
    functions = list(functions)
    mark = {"origin": practice.pk, "functions": [function.as_data() for function in functions]}
    if (draft := draft_adapting(practice, by)) is not None:
        return rebase_draft(draft, data={MARK: mark}, base="")
    language = practice.locale.language_code
    with override(language):
        home = lists.cpas_by_ins()[by.cpas_id].name
        title = _("%(title)s, à %(place)s") % {"title": practice.title, "place": home}
    going_on = [function.text for function in functions if function.fate != Fate.DROPPED]
    texts = {"title": title[:255], "origin": by.cpas_id}
    if functions:
        texts["key_functions"] = "\n".join(f"- {text}" for text in going_on)
    data = PracticeFields.of(practice).as_data() | THEIRS | texts | {MARK: mark, "_step": 1}
    return save_draft(by, pk=uuid.uuid4(), kind=KIND, language=language, data=data).draft


def tie(variant: PracticePage, origin: PracticePage, functions: Iterable[Function], *, by) -> Lineage:
    """Say that one sheet adapts another; whoever calls has checked who may. IntegrityError when it does."""
    told = [function.as_data() for function in functions]
    return Lineage.objects.create(variant=variant, origin=origin, functions=told, declared_by=by)


def _origin_number(draft: Draft) -> int | None:
    mark = draft.data.get(MARK)
    number = mark.get("origin") if isinstance(mark, dict) else None
    return number if isinstance(number, int) else None


def _origin_of(draft: Draft) -> PracticePage | None:
    found = PracticePage.objects.filter(pk=_origin_number(draft))
    return found.select_related("owner", "fallback_owner", "locale", "origin").first()


def _finish(draft: Draft, variant: PracticePage, by) -> None:
    """Tie the new sheet to its origin, declare « adapté » there, and tell who keeps it."""
    origin = _origin_of(draft)
    if origin is None:  # gone for good meanwhile: the variant stands on its own
        return
    tie(variant, origin, keys.told(draft.data[MARK].get("functions")), by=by)
    if not can_read(by, origin):  # withdrawn meanwhile: the tie is kept, nobody declares on a hidden sheet
        return
    if by.cpas_id and by.cpas_id != origin.origin_id:
        declare_adapted(origin, by.cpas_id, timezone.localdate().replace(day=1), by=by)
    for keeper in keepers_of(origin):
        if keeper.pk != by.pk:
            transaction.on_commit(lambda to=keeper: _tell(to, origin.pk))


def _tell(keeper, pk: int) -> None:
    with override(keeper.language):
        address = settings.SITE_URL + reverse("practices:family", kwargs={"pk": pk})
    send_to(keeper, "adapted", family_url=address)


def _beside(draft: Draft, user) -> dict[str, Any]:
    """Return what stands above the form: the origin, when its reader may see it, and what was kept."""
    origin = _origin_of(draft)
    readable = origin is not None and can_read(user, origin)
    functions = keys.told(draft.data[MARK].get("functions"))
    return {
        "adapts": origin if readable else None,
        "adapts_functions": [(f, keys.fate_word(f.fate)) for f in functions],
        "adapts_said": keys.counted(functions),
    }


def register_beginning() -> None:
    """Tell the writing of sheets about adaptations (from AppConfig.ready)."""
    beside = "practices/adoption/beside.html"
    register(Beginning(mark=MARK, finish=_finish, beside=beside, context=_beside))
