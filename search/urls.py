"""Addresses of search."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "search"

urlpatterns = [path(_("recherche/"), views.results, name="results")]
