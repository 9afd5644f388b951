"""The pages around the rooms: the door of each language, and the texts that explain Agora."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "hr"]


class HomePage(Page):
    """The root of one language's tree. Everybody may open it; what it shows depends on who looks."""

    max_count = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.StandardPage", "practices.PracticeIndexPage"]
    template = "home/home.html"
    is_public = True

    class Meta:
        verbose_name = _("page d’accueil")
        verbose_name_plural = _("pages d’accueil")


class StandardPage(Page):
    """A help, charter or legal text, written by editors. Everybody may read it, even without an account."""

    introduction = models.TextField(_("chapeau"), blank=True, default="")
    body = RichTextField(_("texte"), features=TEXT_FEATURES, blank=True, default="")

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard.html"
    is_public = True

    def get_context(self, request, *args, **kwargs):
        """Add the address of the same text in the other language."""
        context = super().get_context(request, *args, **kwargs)
        sisters = StandardPage.objects.live().filter(translation_key=self.translation_key)
        context["alternates"] = {
            page.locale.language_code: page.get_url(request) for page in sisters.select_related("locale")
        }
        return context

    class Meta:
        verbose_name = _("page de texte")
        verbose_name_plural = _("pages de texte")
