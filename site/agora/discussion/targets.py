"""What can be discussed: the rooms above register their models here, in AppConfig.ready().

The discussion knows nothing of what it hangs under but these answers, and asks for them on every
route: a message is never more visible than its target.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import prefetch_related_objects

Question = Callable[[object, models.Model], bool]


@dataclass(frozen=True, slots=True)
class Target:
    """A model whose objects have a discussion, and who may read it and write in it."""

    model: type[models.Model]
    can_read: Question
    can_comment: Question
    related: tuple[str, ...] = ()

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


def register(model: type[models.Model], *, can_read: Question, can_comment: Question, related=()) -> None:
    """Open a discussion under every object of a model.

    Args:
        model: a concrete model with `get_absolute_url()`, an integer key, and a GenericRelation to
            XtdComment (so that its messages die with it). For a Wagtail page, the specific class.
        can_read: `(user, obj) -> bool`, whether somebody sees the object at all.
        can_comment: `(user, obj) -> bool`, whether they may write under it.
        related: names of relations to load with the objects (what `get_absolute_url` needs).
    """
    _targets[model._meta.label_lower] = Target(model, can_read, can_comment, tuple(related))


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
