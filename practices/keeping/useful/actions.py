"""The acts around « utile »: say it, take it back, read the words received."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from agora.richtext.plain import one_line

from ...models import PracticePage, Useful
from .permissions import can_say_useful

logger = logging.getLogger(__name__)


def say_useful(user, practice: PracticePage, word: str = "") -> Useful:
    """Say that a sheet served, with a word or without; saying it again replaces the word.

    PermissionDenied for whoever may not. An empty word leaves the one that was sent before.
    """
    if not can_say_useful(user, practice):
        raise PermissionDenied
    word = one_line(word)
    with transaction.atomic():
        said, created = Useful.objects.get_or_create(practice=practice, member=user, defaults={"word": word})
        if word and word != said.word:
            said.word, said.read_at = word, None
            said.save(update_fields=["word", "read_at"])
    if created:
        logger.info("useful: practice=%s", practice.pk)
    return said


def take_back(user, practice: PracticePage) -> bool:
    """Take one's « utile » back, and its word with it; False when there was none."""
    return bool(Useful.objects.filter(practice=practice, member=user.pk).delete()[0])


def mark_read(user, words: list[Useful]) -> None:
    """Remember that a keeper has read these words."""
    fresh = [said.pk for said in words if said.read_at is None]
    if fresh:
        Useful.objects.visible_to(user).filter(pk__in=fresh).update(read_at=timezone.now())
