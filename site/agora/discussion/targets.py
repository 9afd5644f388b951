"""What can be discussed: the rooms above register their models here, in AppConfig.ready().

The discussion knows nothing of what it hangs under but these answers, and asks for them on every
route: a message is never more visible than its target.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import prefetch_related_objects

Question = Callable[[object, models.Model], bool]


@dataclass(frozen=True, slots=True)
class Findable:
    """What search needs to know of the objects of a model, for the messages under them.

    visible: `(user) -> QuerySet`, the objects that somebody reads: `can_read` as a query (a test proves it).
    audience: `(obj) -> tokens`, who reads one object; empty: its messages are not indexed (now).
    facets: `(obj) -> values`, the words of closed lists by which its messages can be filtered too.
    language: `(obj) -> "fr" or "nl"`, for messages too short to tell their own.
    words: `(obj) -> text`, what its messages are about: they are found by it too, for less than by their own
        words. Whoever reads the messages reads it; a change of it needs `indexing.follow`.
    related: relations that these read, beside those of the target.
    """

    visible: Callable[[Any], models.QuerySet]
    audience: Callable[[Any], frozenset[str]]
    facets: Callable[[Any], Mapping[str, tuple[str, ...]]]
    language: Callable[[Any], str]
    words: Callable[[Any], str] = str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """What differs where the messages under an object answer it.

    template: draws the section; it gets what `discussion/thread.html` gets.
    changed: `(obj) -> None`, called in the transaction in which a message came, went or came back.
    helped: `(obj) -> keys` of the messages that helped whoever asked.
    can_say: `(user, obj) -> bool`, whether somebody says so; the page holds a form « aide » that the
        buttons send (`yes` or `no`: the key of a message).
    """

    template: str
    changed: Callable[[models.Model], None]
    helped: Callable[[models.Model], frozenset[int]]
    can_say: Question


@dataclass(frozen=True, slots=True)
class Target:
    """A model whose objects have a discussion, and who may read it and write in it."""

    model: type[models.Model]
    can_read: Question
    can_comment: Question
    related: tuple[str, ...] = ()
    findable: Findable | None = None
    answers: Answers | None = None

    @property
    def key(self) -> str:
        """The name of the model in addresses: « practices.practicepage »."""
        return self.model._meta.label_lower

    def fetch(self, pks: Iterable[object]) -> dict[str, models.Model]:
        """Return the existing objects by primary key (as text, as comments keep it), in a few queries."""
        found = list(self.model._default_manager.filter(pk__in=list(pks)))
        prefetch_related_objects(found, *self.related)
        return {str(each.pk): each for each in found}


_targets: dict[str, Target] = {}


def register(
    model: type[models.Model],
    *,
    can_read: Question,
    can_comment: Question,
    related=(),
    findable: Findable | None = None,
    answers: Answers | None = None,
) -> None:
    """Open a discussion under every object of a model.

    Args:
        model: a concrete model with `get_absolute_url()`, an integer key, and a GenericRelation to
            XtdComment (so that its messages die with it). For a Wagtail page, the specific class.
        can_read: `(user, obj) -> bool`, whether somebody sees the object at all.
        can_comment: `(user, obj) -> bool`, whether they may write under it.
        related: names of relations to load with the objects (what `get_absolute_url` needs).
        findable: what search needs; without it, no search ever finds these messages. The room calls
            `indexing.follow` when an object is published, hidden, renamed, or filed otherwise.
        answers: where the messages answer a question.
    """
    _targets[model._meta.label_lower] = Target(
        model, can_read, can_comment, tuple(related), findable, answers
    )


def findable_targets() -> list[Target]:
    """Return the targets whose messages can be found."""
    return [target for target in _targets.values() if target.findable]


def by_key(key: str) -> Target | None:
    """Return the target registered under a name, None when there is none."""
    return _targets.get(key)


def target_of(obj: models.Model) -> Target:
    """Return the target of an object; LookupError when its model was not registered."""
    try:
        return _targets[obj._meta.label_lower]
    except KeyError as error:
        raise LookupError(
            f"No discussion under {obj._meta.label}: register it in AppConfig.ready()."
        ) from error


def target_of_comment(comment) -> Target | None:
    """Return the target of a comment's content type, None when its model has no discussion (any more)."""
    model = ContentType.objects.get_for_id(comment.content_type_id).model_class()
    return _targets.get(model._meta.label_lower) if model else None
