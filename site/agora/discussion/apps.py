from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DiscussionConfig(AppConfig):
    """Comments under any page: storage by django-comments-xtd, everything that people meet is ours."""

    name = "agora.discussion"
    label = "discussion"

    def ready(self):
        """Shut the library's own door, and give its messages our address."""
        from django_comments.signals import comment_will_be_posted

        comment_will_be_posted.connect(_refuse_stock_posting, dispatch_uid="agora.discussion")
        post_migrate.connect(_name_the_site, dispatch_uid="agora.discussion")


def _refuse_stock_posting(sender, **kwargs) -> bool:
    """Refuse whatever the library's posting view accepted: actions.post_comment is the only way in."""
    return False


def _name_the_site(sender, using, **kwargs) -> None:
    """Keep Django's Site (which comments and mails point to) equal to SITE_URL.

    Each message has a foreign key to it; Django would call it « example.com ».
    """
    if sender.label != "sites":
        return
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.contrib.sites.models import Site

    Site.objects.using(using).update_or_create(
        pk=settings.SITE_ID,
        defaults={"domain": urlsplit(settings.SITE_URL).netloc, "name": settings.WAGTAIL_SITE_NAME[:50]},
    )
