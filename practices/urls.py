"""Addresses of the catalogue; a sheet lives under the prefix of the language it is written in."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "practices"
urlpatterns = [
    path(_("pratiques/"), views.practice_list, name="list"),
    path(_("pratiques/<slug:slug>/"), views.sheet, name="sheet"),
    path(_("pratiques/<slug:slug>/historique/"), views.history, name="history"),
    path(_("pratiques/<slug:slug>/version/<int:number>/"), views.version, name="version"),
]
