"""What can be done to the sheets ticked in the listing. Wagtail calls these bulk actions.

Wagtail would run them in one transaction: a hundred versions that stand or fall together. Here each sheet is
one transaction (see actions.py), so the work is done before Wagtail opens its own.
"""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from ..models import PracticePage
from ..permissions import can_give, can_showcase
from .actions import AT_ONCE, Outcome, give_practices, open_practices, refile_practices
from .forms import AnyWordForm, KeeperForm, WordForm
from .listing import chosen_by
from .permissions import can_curate, can_refile

NAMED = 5  # refused sheets that a message names; the others are counted


def tell(request, outcome: Outcome) -> None:
    """Say to the editor what became of the sheets."""
    said = ngettext("%(n)d fiche changée.", "%(n)d fiches changées.", outcome.changed)
    parts = [said % {"n": outcome.changed}]
    if outcome.unchanged:
        said = ngettext("%(n)d n’en avait pas besoin.", "%(n)d n’en avaient pas besoin.", outcome.unchanged)
        parts.append(said % {"n": outcome.unchanged})
    if outcome.left:
        said = ngettext("%(n)d attend : recommencez.", "%(n)d attendent : recommencez.", outcome.left)
        parts.append(said % {"n": outcome.left})
    messages.success(request, " ".join(parts)) if outcome.changed else messages.info(request, " ".join(parts))
    if outcome.refused:
        names = ", ".join(f"« {title} »" for title in outcome.refused[:NAMED])
        said = ngettext(
            "%(n)d fiche n’a pas bougé (verrouillée, archivée ou changée entre-temps) : %(names)s",
            "%(n)d fiches n’ont pas bougé (verrouillées, archivées ou changées entre-temps) : %(names)s",
            len(outcome.refused),
        )
        messages.warning(request, said % {"n": len(outcome.refused), "names": names})


class SheetBulkAction(BulkAction):
    """One act on the ticked sheets, or on all those of the listing with its filters."""

    models = [PracticePage]
    template_name = "practices/admin/bulk.html"
    question = ""

    def dispatch(self, request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close the door to everybody else of the admin."""
        if not can_curate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def check_perm(self, obj: PracticePage) -> bool:
        """Tell whether this person may do this to this sheet."""
        return can_refile(self.request.user, obj)

    def get_all_objects_in_listing_query(self, parent_id) -> Iterable[int]:
        """Take what the listing's own filters hold, as they stand in the address one came from."""
        return chosen_by(urlsplit(self.next_url).query).values_list("pk", flat=True)

    @classmethod
    def get_queryset(cls, model, object_ids) -> list[PracticePage]:
        """Return the sheets of these numbers; what is no number counts for nothing."""
        numbers = [int(each) for each in object_ids if str(each).isdecimal() and len(str(each)) < 19]
        sheets = PracticePage.objects.filter(pk__in=numbers[: 10 * AT_ONCE])
        return list(sheets.select_related("locale", "owner", "fallback_owner").order_by("pk"))

    def prepare_action(self, objects, objects_without_access) -> HttpResponse:
        """Do it, say what was done, and go back to the listing."""
        tell(self.request, self.act(objects))
        return redirect(self.next_url)

    @abstractmethod
    def act(self, practices: list[PracticePage]) -> Outcome:
        """Do it to these sheets."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page its question."""
        said = {"display_name": self.display_name, "question": self.question, "at_once": AT_ONCE}
        return super().get_context_data(**kwargs) | said


class AddWord(SheetBulkAction):
    """File the sheets under one more word."""

    display_name = gettext_lazy("Ajouter un mot")
    aria_label = gettext_lazy("Ajouter un thème, un public, un métier, un service ou une mission")
    action_type = "add_word"
    action_priority = 10
    form_class = WordForm
    question = gettext_lazy("Quel mot ajouter à ces fiches ?")
    on = True

    def act(self, practices: list[PracticePage]) -> Outcome:
        """Refile, with the reason in each history."""
        form, user = self.cleaned_form, self.request.user
        reason = form.cleaned_data["reason"]
        return refile_practices(practices, form.term(), on=self.on, by=user, reason=reason)


class RemoveWord(AddWord):
    """Take a word off the sheets."""

    display_name = gettext_lazy("Retirer un mot")
    aria_label = gettext_lazy("Retirer un thème, un public, un métier, un service ou une mission")
    action_type = "remove_word"
    action_priority = 20
    form_class = AnyWordForm
    question = gettext_lazy("Quel mot retirer de ces fiches ?")
    on = False


class GiveSheets(SheetBulkAction):
    """Give the sheets to somebody who keeps them from now on."""

    display_name = gettext_lazy("Changer qui tient")
    aria_label = gettext_lazy("Confier ces fiches à quelqu’un")
    action_type = "give"
    action_priority = 30
    form_class = KeeperForm
    question = gettext_lazy("À qui confier ces fiches ?")

    def check_perm(self, obj: PracticePage) -> bool:
        """Whoever may give one may give many."""
        return can_give(self.request.user, obj)

    def act(self, practices: list[PracticePage]) -> Outcome:
        """Hand them over."""
        return give_practices(practices, self.cleaned_form.cleaned_data["keeper"], by=self.request.user)


class OpenSheets(SheetBulkAction):
    """Open the sheets to people without an account."""

    display_name = gettext_lazy("Ouvrir à tous")
    aria_label = gettext_lazy("Ouvrir ces fiches à tous, même sans compte")
    action_type = "open"
    action_priority = 40
    form_class = forms.Form
    question = gettext_lazy("Ouvrir ces fiches à tous, même sans compte ?")
    on = True

    def check_perm(self, obj: PracticePage) -> bool:
        """Editors and moderators open sheets; other curators do not."""
        return can_showcase(self.request.user, obj)

    def act(self, practices: list[PracticePage]) -> Outcome:
        """Open or close."""
        return open_practices(practices, on=self.on, by=self.request.user)


class CloseSheets(OpenSheets):
    """Keep the sheets for members again."""

    display_name = gettext_lazy("Réserver aux membres")
    aria_label = gettext_lazy("Réserver ces fiches aux membres")
    action_type = "close"
    action_priority = 50
    question = gettext_lazy("Réserver ces fiches aux membres des 19 CPAS ?")
    on = False


ALL = (AddWord, RemoveWord, GiveSheets, OpenSheets, CloseSheets)
