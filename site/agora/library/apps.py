from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "agora.library"
    label = "library"
