"""Addresses of the directory: its front page, and a page for each word of each list."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views
from .models import WordPage

app_name = "directory"

Listing = WordPage.Listing
urlpatterns = [
    path(_("repertoire/"), views.directory, name="front"),
    path(_("repertoire/themes/<slug:key>/"), views.word, {"listing": Listing.THEME}, name="word"),
    path(_("repertoire/publics/<slug:key>/"), views.word, {"listing": Listing.PUBLIC}, name="word"),
    path(_("repertoire/metiers/<slug:key>/"), views.word, {"listing": Listing.FUNCTION}, name="word"),
    path(_("repertoire/services/<slug:key>/"), views.word, {"listing": Listing.SERVICE}, name="word"),
    path(_("repertoire/cpas/<slug:key>/"), views.word, {"listing": Listing.CPAS}, name="word"),
]
