from django.apps import AppConfig


class AirlockConfig(AppConfig):
    name = "agora.airlock"
    label = "airlock"
