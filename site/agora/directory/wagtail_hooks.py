"""The texts of the pages of words, in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from agora.vocabulary.permissions import FixedListPolicy

from .models import WordPage

# Pages come and go with their words: only their text is written here.
register_permission_policy(WordPage, FixedListPolicy(WordPage))


class WordPageViewSet(SnippetViewSet):
    """One page per word and language: what the word means, in a sentence or two."""

    model = WordPage
    icon = "doc-full"
    list_display = ["title", "language", "listing", "is_live"]
    list_filter = ["listing", "language", "is_live"]
    search_backend_name = None
    search_fields = ["title", "also", "text"]
    ordering = ["listing", "title"]
    list_per_page = 50
    copy_view_enabled = False
    panels = [
        FieldPanel("title", read_only=True, help_text=_("Se change dans la liste des mots.")),
        FieldPanel("text", help_text=_("Se lit en tête de la page, et se trouve par la recherche.")),
    ]


register_snippet(WordPageViewSet)
