"""What the room of drafts asks about the forms of debates: nothing typed there is lost.

A name of its own: neither a form nor a view. The target says which form: « new », « 12:wording »,
« 12:position » (one more), « 12:reword:5 », « 12:argument:5 » (one more), « 12:against:5 », « 12:correct:7 ».
`base` is the edition that its writer saw: a draft taken up later never overwrites newer words unseen.
"""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from agora.drafts.handlers import Handler, register
from agora.drafts.models import Draft

from ..models import Debate
from . import permissions

KIND, NEW = "debate", "new"
FIELDS = (
    *("question", "agreement", "claim_0", "claim_1", "language"),
    *("claim", "detail", "text", "source", "source_url"),
)
PAGES = {
    "wording": ("forum:debate_wording", ()),
    "position": ("forum:add_position", ()),
    "reword": ("forum:debate_position", ("position_pk",)),
    "argument": ("forum:add_argument", ("position_pk",)),
    "against": ("forum:add_against", ("position_pk",)),
    "correct": ("forum:debate_argument", ("argument_pk",)),
}


def target_of(debate: Debate, form: str, pk: int | None = None) -> str:
    """Return the target of a draft."""
    return f"{debate.pk}:{form}" + (f":{pk}" if pk else "")


def _parts(target: str) -> tuple[int, str, int] | None:
    number, form, pk = [*target.split(":"), "", ""][:3]
    if form not in PAGES or bool(pk) != bool(PAGES[form][1]):
        return None
    if not all(each.isascii() and each.isdecimal() and len(each) < 10 for each in (number, pk or "0")):
        return None
    return int(number), form, int(pk or 0)


def _may_write(user, target: str) -> bool:
    if target == NEW:
        return permissions.can_open(user)
    parts = _parts(target)
    found = Debate.objects.visible_to(user).filter(pk=parts[0]).first() if parts else None
    return found is not None and permissions.can_change(user, found)


def read(post: QueryDict) -> dict[str, Any]:
    """Return the fields of the forms found in what was sent."""
    sent = {name: post[name] for name in FIELDS if name in post}
    return sent | ({"themes": post.getlist("themes")} if "claim_0" in post else {})


def _title(draft: Draft) -> str:
    said = (draft.data.get(name) for name in ("question", "claim", "text"))
    return next((text[:120] for text in said if text), "")


def _url(draft: Draft) -> str:
    parts = _parts(draft.target)
    if parts is None:
        return reverse("forum:open_debate")
    number, form, pk = parts
    name, more = PAGES[form]
    return reverse(name, kwargs={"pk": number} | dict.fromkeys(more, pk))


def register_handler() -> None:
    """Tell the room of drafts about the forms (from AppConfig.ready)."""
    register(
        Handler(
            kind=KIND,
            may_write=_may_write,
            read=read,
            title=_title,
            what=lambda draft: _("Débat à ouvrir") if draft.target == NEW else _("Passage d’un débat"),
            place=lambda draft: _("Les débats"),
            url=_url,
            news=lambda drafts: {},
        )
    )
