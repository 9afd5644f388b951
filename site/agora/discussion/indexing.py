"""What search knows of a message: its own words, those of what it hangs under, and the readers of that.

Its author is not indexed: a name would find what somebody said after they left Agora. What stands above it
counts for little, so that « merci » comes last where the sheet is first.
"""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from agora.people.audience import MEMBERS, PUBLIC, tokens_of
from agora.richtext.quotes import own_words
from search import documents, outbox
from search.contract import ContributionDoc
from search.languages import guessed

from . import targets

KIND = "comment"
WEIGHT = 0.85  # of a message beside a sheet (1.0): talk comes after what was written to last


def register() -> None:
    """Tell search that messages can be found."""
    documents.register(SOURCE)


def indexed() -> models.QuerySet[XtdComment]:
    """Return every message that stands, with what it hangs under and all that `build` reads."""
    return _standing().prefetch_related(_targets(for_search=True))


def build(comment: XtdComment) -> ContributionDoc | None:
    """Return a message as the index knows it; None when what it hangs under is read by nobody now."""
    target = comment.content_object
    audience = audience_of(target) if target is not None else frozenset()
    if not audience:
        return None
    findable = targets.target_of(target).findable
    return ContributionDoc(
        uid=SOURCE.uid(comment.pk),
        language=guessed(comment.comment, findable.language(target)),
        title="",
        body=own_words(comment.comment),
        above=findable.words(target),
        above_language=findable.language(target),
        audience=audience,
        updated=comment.submit_date,
        facets=findable.facets(target),
        weight=WEIGHT,
    )


def audience_of(target: models.Model) -> frozenset[str]:
    """Return who reads the messages under an object: its readers but visitors (see permissions.can_read)."""
    readers = targets.target_of(target).findable.audience(target)
    return frozenset(MEMBERS if token == PUBLIC else token for token in readers)


def words_of(comment: XtdComment) -> documents.Text | None:
    """Return the words of a message, under the title of what it hangs under; no query."""
    target = comment.content_object
    if target is None:
        return None
    language = targets.target_of(target).findable.language(target)
    return documents.Text(
        guessed(comment.comment, language),
        str(target),
        body=own_words(comment.comment),
        updated=comment.submit_date,
    )


def visible(user) -> models.QuerySet[XtdComment]:
    """Return the messages that a user may read, with all that a row of results prints."""
    if MEMBERS not in tokens_of(user):
        return XtdComment.norel_objects.none()
    readable = Q(pk__in=[])
    for target in targets.findable_targets():
        # The key of a target is an integer (targets.register); a message keeps it as text.
        key = Cast(OuterRef("object_pk"), models.BigIntegerField())
        readable |= Q(Exists(target.findable.visible(user).filter(pk=key)), content_type=_type_of(target))
    return (
        _standing()
        .filter(readable)
        .select_related("user__cpas", "user__function", "standing")
        .prefetch_related(_targets(for_search=False))
    )


def follow(target: models.Model, *, narrowed: bool = False) -> None:
    """Tell search that the readers or the subjects of an object changed: its messages go with it.

    Call it in the transaction of the change; `narrowed`: fewer people may read it than before.
    """
    place = {"content_type": ContentType.objects.get_for_model(target), "object_pk": str(target.pk)}
    messages = XtdComment.norel_objects.filter(**place, is_public=True, is_removed=False)
    uids = [SOURCE.uid(pk) for pk in messages.values_list("pk", flat=True)]
    (outbox.narrow if narrowed else outbox.enqueue)(*uids)


def address_of(comment: XtdComment) -> str:
    """Return where a message stands in its thread."""
    return f"{comment.content_object.get_absolute_url()}#c{comment.pk}"


def _standing() -> models.QuerySet[XtdComment]:
    types = [_type_of(target).pk for target in targets.findable_targets()]
    return XtdComment.norel_objects.filter(content_type__in=types, is_public=True, is_removed=False)


def _targets(*, for_search: bool) -> GenericPrefetch:
    """Bring the targets of a slice of messages along: some queries for each model, whatever the number."""
    return GenericPrefetch(
        "content_object",
        [
            target.model._default_manager.prefetch_related(
                *(target.findable.related if for_search else target.related)
            )
            for target in targets.findable_targets()
        ],
    )


def _type_of(target: targets.Target) -> ContentType:
    return ContentType.objects.get_for_model(target.model)


SOURCE = documents.Source(
    kind=KIND,
    label=_("Messages"),
    one=_("Message"),
    queryset=indexed,
    build=build,
    visible=visible,
    template="discussion/search_hit.html",
    text=words_of,
    fallback_fields=("comment",),
    url=address_of,
    about=lambda comment: documents.uid_of(comment.content_object),
)
