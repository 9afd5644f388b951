"""Addresses of the two languages of a practice."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

urlpatterns = [
    path(_("pratiques/<slug:slug>/traduire/"), views.translate, name="translate"),
    path(_("pratiques/<slug:slug>/autre-langue/"), views.other_language, name="other_language"),
]
