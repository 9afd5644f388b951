"""Calling a colleague in a text that members read (« @Lies Peeters »): who can be, and how they hear of it.

A name of its own: messages, questions and debates ask here; rooms have their own rule (forum/talk/calling).

Only those who may read the text can be called, and only those whom searching for a name shows: whoever chose
not to be found is not found here either, and no answer tells them from somebody who does not exist. The name
stays in the text as its writer typed it; nothing of the call is stored, so nothing is left to erase.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy, override

from agora.people import notices
from agora.people.models import Member
from agora.richtext import quotes

MOST_CALLED, MOST_FOUND, MOST_WORDS = 5, 8, 6
LETTERS = {
    "discussion/called": notices.Letter(
        gettext_lazy("On s’adresse à vous"),
        (gettext_lazy("Un collègue s’adresse à vous sur Agora. Cela se lit ici :\n%(called_url)s"),),
    ),
}

Reads = Callable[[Member], bool]


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who can be called, and what one types for it: the CPAS tells two people of one name apart."""

    member: Member
    handle: str


def everybody(member: Member) -> bool:
    """The readers of what all members read."""
    return member.is_validated


def find(user, words: str, reads: Reads = everybody) -> list[Called]:
    """Return colleagues who match some words (name, function, CPAS) and who may read the text."""
    typed = words.replace("\x00", "").split()[:MOST_WORDS]
    if not typed:
        return []
    people, suffix = _callable(user), "nl" if (get_language() or "fr").startswith("nl") else "fr"
    for word in typed:
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(**{f"cpas__name_{suffix}__icontains": word})
            | Q(**{f"function__name_{suffix}__icontains": word})
        )
    found = [member for member in people[:MOST_FOUND] if reads(member)]
    return [called for called in _with_handles(user, found) if called.member in found]


def called_in(user, text: str, reads: Reads = everybody) -> list[Called]:
    """Return the colleagues whom a text calls and who may read it, five at most; two queries."""
    said = quotes.calls_in(text)[: 2 * MOST_CALLED]
    if not said:
        return []
    firsts = {" ".join(words[:n]) for each in said if (words := each.split()) for n in (1, 2, 3)}
    people = [member for member in _callable(user).filter(first_name__in=firsts) if member.last_name]
    by_handle = {each.handle: each for each in _with_handles(user, people)}
    names = quotes.called(text, by_handle)
    return [by_handle[name] for name in names if reads(by_handle[name].member)][:MOST_CALLED]


def tell(people: Iterable[Called], url_of: Callable[[], str]) -> None:
    """Write to whom a text calls, once the transaction holds; `url_of` is asked in the language of each."""
    for called in people:
        with override(called.member.language):
            url = url_of()
        transaction.on_commit(
            lambda to=called.member, url=url: notices.send_to(to, "discussion/called", called_url=url),
            robust=True,
        )


def _callable(user):
    people = Member.objects.visible_to(user).filter(is_findable=True).exclude(pk=user.pk)
    return people.select_related("cpas", "function")


def _with_handles(user, people: list[Member]) -> list[Called]:
    """Give each their name; those who share one, also their CPAS (and those who share both, nothing)."""
    if not people:
        return []
    alike = _callable(user).filter(
        first_name__in={member.first_name for member in people},
        last_name__in={member.last_name for member in people},
    )
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in alike:
        by_name[member.get_full_name()].append(member)
    found: dict[str, list[Member]] = defaultdict(list)
    for name, members in by_name.items():
        for member in members:
            found[name if len(members) == 1 else f"{name} ({member.cpas or ''})"].append(member)
    return [Called(members[0], handle) for handle, members in found.items() if len(members) == 1]
