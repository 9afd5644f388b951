"""What the editors do to many sheets at once. Each sheet is one act, one transaction and one version.

A sheet that changed meanwhile, is locked or archived is left as it is and counted: nothing stops halfway.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from agora.people.models import Member
from agora.vocabulary.models import Term

from ..actions import StaleEdit, publish_version, set_showcase
from ..fields import LISTS, PracticeFields
from ..models import PracticePage, RevisionNote
from ..shelf.actions import hand_over
from .permissions import can_curate, can_refile

AT_ONCE = 100  # sheets: some seconds; beyond, the editor is told how many are left


@dataclass(slots=True)
class Outcome:
    """What became of the sheets: how many changed, how many needed nothing, which ones could not."""

    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)
    left: int = 0


def refile_practices(practices: Iterable[PracticePage], word: Term, *, on: bool, by, reason: str) -> Outcome:
    """Add a word of a closed list to sheets (`on`), or take it off, with the reason in their history.

    PermissionDenied for who is no editor, ValidationError for a word that is of no list of the sheets.
    """
    name = _list_of(word)

    def refile(practice: PracticePage) -> bool:
        fields = PracticeFields.of(practice)
        slugs = set(getattr(fields, name))
        slugs = slugs | {word.slug} if on else slugs - {word.slug}
        return _change(practice, replace(fields, **{name: tuple(slugs)}), by, reason)

    return _each(practices, refile, by)


def replace_word(old: Term, new: Term, *, by, reason: str = "") -> Outcome:
    """Put one word of a closed list in the place of another on all published sheets and in all profiles.

    The old word is no longer offered; it stays where only history shows it (archived sheets, old versions),
    so no row loses its meaning. Works through AT_ONCE sheets at a time: `Outcome.left` says how many are
    left, and the old word is only hidden once there are none. PermissionDenied for who is no editor,
    ValidationError unless both words are of the same list.
    """
    if not can_curate(by):
        raise PermissionDenied(_("Changer les mots partout revient à l’équipe d’édition."))
    if type(old) is not type(new) or old.pk == new.pk:
        raise ValidationError(_("Choisissez un autre mot de la même liste."))
    name = _list_of(old) if type(old) in _lists_by_model() else ""
    outcome = Outcome()
    if name:

        def put(practice: PracticePage) -> bool:
            fields = PracticeFields.of(practice)
            slugs = set(getattr(fields, name)) - {old.slug} | {new.slug}
            with translation.override(practice.locale.language_code):
                said = _("« %(old)s » devient « %(new)s ».") % {"old": old.name, "new": new.name}
            return _change(practice, replace(fields, **{name: tuple(slugs)}), by, reason or said)

        filed = PracticePage.objects.filter(live=True, **{name: old}).select_related("locale").order_by("pk")
        outcome = _each(filed, put, by)
    if not outcome.left and not outcome.refused:
        _move_the_rest(old, new)
    return outcome


def open_practices(practices: Iterable[PracticePage], *, on: bool, by) -> Outcome:
    """Open sheets to people without an account, or close them again (see practices.actions.set_showcase)."""

    def opened(practice: PracticePage) -> bool:
        changes = practice.is_showcase != on
        set_showcase(practice, on, by)
        return changes

    return _each(practices, opened, by)


def give_practices(practices: Iterable[PracticePage], keeper: Member, *, by) -> Outcome:
    """Give sheets to somebody who keeps them from now on (see practices.shelf.actions.hand_over)."""

    def given(practice: PracticePage) -> bool:
        changes = practice.owner_id != keeper.pk
        hand_over(practice, keeper, by)
        return changes

    return _each(practices, given, by)


def _each(practices: Iterable[PracticePage], act: Callable[[PracticePage], bool], by) -> Outcome:
    """Do something to each sheet, at most AT_ONCE of them; `act` says whether it changed anything."""
    if not can_curate(by):
        raise PermissionDenied(_("Changer plusieurs fiches à la fois revient à l’équipe d’édition."))
    practices, outcome = list(practices), Outcome()
    outcome.left = max(len(practices) - AT_ONCE, 0)
    for practice in practices[:AT_ONCE]:
        try:
            with transaction.atomic():
                # Read again: others write while a hundred sheets go by.
                done = act(PracticePage.objects.select_related("locale").get(pk=practice.pk))
        except (PermissionDenied, StaleEdit, ValidationError, PracticePage.DoesNotExist):
            outcome.refused.append(practice.title)
            continue
        outcome.changed += done
        outcome.unchanged += not done
    return outcome


def _change(practice: PracticePage, fields: PracticeFields, by, reason: str) -> bool:
    if not can_refile(by, practice):
        raise PermissionDenied
    if fields == PracticeFields.of(practice):
        return False
    minor = RevisionNote.Significance.MINOR
    based_on = practice.live_revision_id
    publish_version(practice, fields, by=by, significance=minor, reason=reason, based_on=based_on)
    return True


@transaction.atomic
def _move_the_rest(old: Term, new: Term) -> None:
    """Put the new word wherever else the old one stands (profiles, contexts), and offer it no more."""
    relations = (f for f in old._meta.get_fields(include_hidden=True) if f.auto_created and not f.concrete)
    for relation in relations:
        model, name = relation.related_model, relation.field.name
        if model is PracticePage or model._meta.auto_created:
            continue  # sheets have versions of their own; rows of links follow their model
        rows = model._base_manager.filter(**{name: old})
        if relation.one_to_many or relation.one_to_one:
            for row in rows:  # one by one: search hears of each profile that it changes
                setattr(row, name, new)
                row.save(update_fields=[name])
        elif relation.many_to_many:
            for row in rows:
                getattr(row, name).add(new)
                getattr(row, name).remove(old)
    hidden = type(old)._default_manager.get(pk=old.pk)  # `old` may be a row that all requests share
    hidden.is_active = False
    hidden.save(update_fields=["is_active"])


def _lists_by_model() -> dict[type[Term], str]:
    return {PracticePage._meta.get_field(name).related_model: name for name in LISTS}


def _list_of(word: Term) -> str:
    """Return the field of a sheet that holds words of this kind."""
    try:
        return _lists_by_model()[type(word)]
    except KeyError:
        raise ValidationError(_("Les fiches ne sont pas classées avec ce mot.")) from None
