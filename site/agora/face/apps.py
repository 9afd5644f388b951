from django.apps import AppConfig


class FaceConfig(AppConfig):
    """The design language in templates: the parts that every room's pages are made of."""

    name = "agora.face"
    label = "face"
