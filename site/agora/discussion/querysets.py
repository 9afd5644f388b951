"""What waits for the moderators, and what they decided: never more than they may read themselves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Min, Q
from django_comments_xtd.models import XtdComment

from . import permissions
from .models import Decision, Report
from .targets import by_key

Place = tuple[int, str]  # content type, primary key as text


@dataclass(slots=True)
class Case:
    """A message that somebody reported: the message, what it hangs under, and the reports to decide upon."""

    comment: XtdComment
    target: models.Model
    reports: list[Report] = field(default_factory=list)


def readable_targets(user, places: Iterable[Place]) -> dict[Place, models.Model]:
    """Return, of the objects at these places, those whose discussion a person may read."""
    by_type: dict[int, set[str]] = defaultdict(set)
    for content_type_id, pk in places:
        by_type[content_type_id].add(pk)
    readable = {}
    for content_type_id, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        target = by_key(model._meta.label_lower) if model else None
        for pk, obj in (target.fetch(pks) if target else {}).items():
            if permissions.can_read(user, obj):
                readable[content_type_id, pk] = obj
    return readable


def reported_to(user) -> tuple[models.QuerySet[XtdComment], dict[Place, models.Model]]:
    """Return the reported messages that a moderator may read, oldest report first, and their targets.

    A message under a page that was unpublished is read by nobody: it waits without being listed.
    """
    waiting = Report.objects.filter(decision=None)
    places = waiting.values_list("flag__comment__content_type_id", "flag__comment__object_pk").distinct()
    targets = readable_targets(user, places)
    where = Q(pk__in=[])
    for content_type_id, pk in targets:
        where |= Q(content_type_id=content_type_id, object_pk=pk)
    comments = (
        XtdComment.norel_objects.filter(where, flags__report__in=waiting)
        .select_related("user__cpas", "standing")
        .annotate(reported_at=Min("flags__flag_date"))
        .order_by("reported_at", "pk")
    )
    return comments, targets


def cases_of(comments: Iterable[XtdComment], targets: dict[Place, models.Model]) -> list[Case]:
    """Put the open reports beside their messages (one query)."""
    cases = {c.pk: Case(c, targets[c.content_type_id, c.object_pk]) for c in comments}
    reports = Report.objects.filter(decision=None, flag__comment_id__in=cases).select_related("flag__user")
    for report in reports.order_by("flag__flag_date", "pk"):
        cases[report.flag.comment_id].reports.append(report)
    return list(cases.values())


def last_decisions(user, number: int) -> list[tuple[Decision, models.Model]]:
    """Return the last decisions on messages that this person may read, with what the message hangs under."""
    decisions = list(Decision.objects.select_related("by", "comment__user")[:number])
    places = {d.pk: (d.comment.content_type_id, d.comment.object_pk) for d in decisions}
    targets = readable_targets(user, places.values())
    return [(d, targets[places[d.pk]]) for d in decisions if places[d.pk] in targets]
