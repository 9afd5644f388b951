from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files that members add to what they write, kept apart from Wagtail's library."""

    name = "agora.attachments"
    label = "attachments"
