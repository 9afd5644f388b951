"""What the tests of the vocabularies make."""

from agora.vocabulary.models import Concept, Theme


def make_theme(slug: str = "essai", **fields) -> Theme:
    """A theme that no seed has."""
    fields = {"name_fr": "Thème d’essai", "name_nl": "Proefthema", "position": 99} | fields
    return Theme.objects.create(slug=slug, **fields)


def concept(**fields) -> Concept:
    """An unsaved concept whose words no seed has."""
    return Concept(**{"label_fr": "girouette", "label_nl": "windwijzer"} | fields)
