from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "agora.home"
    label = "home"
