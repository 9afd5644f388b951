from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    """Comments under any page: storage by django-comments-xtd, everything that people meet is ours."""

    name = "agora.discussion"
    label = "discussion"

    def ready(self):
        """Shut the library's own door; tell search that messages can be found."""
        from django_comments.signals import comment_will_be_posted

        from agora.people import notices

        from . import appeals, calling, drafts, indexing, signals  # noqa: F401

        appeals.register()
        notices.register(calling.LETTERS, {})
        indexing.register()
        drafts.register_handler()
        comment_will_be_posted.connect(_refuse_stock_posting, dispatch_uid="agora.discussion")


def _refuse_stock_posting(sender, **kwargs) -> bool:
    """Refuse whatever the library's posting view accepted: actions.post_comment is the only way in."""
    return False
