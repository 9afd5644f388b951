"""Addresses of the history of a sheet, part of those of the catalogue."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

urlpatterns = [
    path(_("pratiques/<slug:slug>/historique/"), views.history, name="history"),
    path(_("pratiques/<slug:slug>/historique/comparer/"), views.compare, name="compare"),
    path(_("pratiques/<slug:slug>/version/<int:number>/"), views.version, name="version"),
    path(_("pratiques/<slug:slug>/version/<int:number>/retablir/"), views.restore, name="restore"),
]
