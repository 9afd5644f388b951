from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "agora.discussion"
    label = "discussion"
