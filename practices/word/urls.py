"""Addresses of the beginning from a Word document; they stand before those of sheets."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

urlpatterns = [
    path(_("pratiques/ecrire/depuis-word/"), views.import_word, name="import_word"),
    path(_("pratiques/ecrire/<uuid:pk>/depuis-word/"), views.word_report, name="word_report"),
]
