from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "agora.drafts"
    label = "drafts"
