"""Messages for the tests, posted through the same act as real ones, then moved back in time if asked."""

from datetime import timedelta

from django.utils import timezone
from django_comments_xtd.models import XtdComment

from agora.discussion.actions import post_comment

SECRET = "Le mot de passe du frigo est pamplemousse"


def make_message(under, by, text: str = SECRET, parent=None, minutes_ago: float = 0) -> XtdComment:
    """Post a message under a sheet, as if some minutes ago."""
    message = post_comment(by, under, text, parent)
    if minutes_ago:
        at = timezone.now() - timedelta(minutes=minutes_ago)
        XtdComment.norel_objects.filter(pk=message.pk).update(submit_date=at)
        message.submit_date = at
    return message
