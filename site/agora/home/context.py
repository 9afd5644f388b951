"""What the frame of every page needs: the header's sections, the footer's names. No database query.

(One a minute, for « Propositions »: see practices.review.awaiting.)
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agora.people.roles import ADMINISTRATOR, MODERATOR, RELAY, roles_of
from agora.vocabulary import lists
from practices.permissions import can_write
from practices.review.awaiting import has_to_answer

from .tree import STANDARD_PAGES

SECTIONS = {
    "practices": "practices",
    "drafts": "drafts",
    "people": "profile",
    "forum": "rooms",
    "api": "profile",
}
# Questions and debates share a room with the rooms, and have their own place in the menu.
ASKING = ("forum.questions", "forum.debates")


@dataclass
class Chrome:
    """The frame around a page, computed only where the template asks."""

    request: HttpRequest

    @cached_property
    def language(self) -> str:
        """The interface's language, "fr" or "nl"."""
        return "nl" if (get_language() or "fr").startswith("nl") else "fr"

    @cached_property
    def member(self):
        """The person signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def is_member(self) -> bool:
        """Whether somebody is signed in."""
        return self.member is not None

    @cached_property
    def can_write(self) -> bool:
        """Whether « Écrire » is shown."""
        return bool(self.member) and can_write(self.member)

    @cached_property
    def can_validate(self) -> bool:
        """Whether « Demandes d’accès » is shown."""
        return bool(self.member) and bool(roles_of(self.member) & {RELAY, MODERATOR, ADMINISTRATOR})

    @cached_property
    def can_answer(self) -> bool:
        """Whether « Propositions » is shown: only to those who have one to answer."""
        return self.can_write and has_to_answer(self.member)

    @cached_property
    def can_moderate(self) -> bool:
        """Whether « Signalements » is shown."""
        return bool(self.member) and MODERATOR in roles_of(self.member)

    @cached_property
    def query(self) -> str:
        """What stands in the search box: the text of the present search, if any."""
        return self.request.GET.get("q", "")[:200].replace("\x00", "")

    @cached_property
    def section(self) -> str:
        """The section of the header where this page lives; empty when none."""
        match = self.request.resolver_match
        if match is None:
            return ""
        if match.view_name in ("people:requests", "discussion:reports"):
            return match.url_name
        if match.namespace == "forum" and match.func.__module__.startswith(ASKING):
            return "questions"
        if match.view_name.startswith("practices:proposal"):
            return "proposals"
        if match.view_name == "wagtail_serve":
            slug = self.request.path.strip("/").split("/")[-1]
            return "help" if slug == STANDARD_PAGES["help"][self.language] else ""
        return SECTIONS.get(match.namespace, "")

    @property
    def help_url(self) -> str:
        """Address of the help page in this language."""
        return self._address("help")

    @property
    def charter_url(self) -> str:
        """Address of the charter in this language."""
        return self._address("charter")

    @property
    def foot(self) -> "Foot":
        """What the footer prints, in the reader's language."""
        return _foot(lists.stamp(), self.language)

    @property
    def only_in(self) -> str:
        """Language code of a text that has no sister here, when the language switch led to a list instead."""
        code = self.request.GET.get("only_in", "")
        return code if code in ("fr", "nl") and code != self.language else ""

    def _address(self, key: str) -> str:
        return _page(key, self.language)


class Link(NamedTuple):
    """One link of the footer."""

    url: str
    label: str


@dataclass(frozen=True)
class Foot:
    """The nineteen names; the words under which all is filed, then the texts of the house."""

    names: tuple[str, ...]
    links: tuple[Link, ...]


def _page(key: str, language: str) -> str:
    return f"/{language}/{STANDARD_PAGES[key][language]}/"


@lru_cache(maxsize=8)
def _foot(_stamp: object, language: str) -> Foot:
    labels = {
        "help": _("Aide"),
        "charter": _("Charte"),
        "privacy": _("Vie privée"),
        "accessibility": _("Accessibilité"),
        "about": _("Qui tient Agora"),
        "problem": _("Signaler un problème"),
    }
    texts = (Link(_page(key, language), label) for key, label in labels.items())
    links = (Link(reverse("directory:front"), _("Répertoire")), *texts)
    return Foot(tuple(cpas.name for cpas in lists.cpas_list()), links)


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Give every template `chrome`."""
    return {"chrome": Chrome(request)}
