"""Addresses for programs, the same in every language."""

from django.urls import path

from . import importing, openapi, searching, views
from .endpoints import nowhere

app_name = "api_v1"

urlpatterns = [
    path("", views.door, name="door"),
    path("v1/openapi.json", openapi.description, name="openapi"),
    path("v1/search", searching.search, name="search"),
    path("v1/practices/import", importing.import_practices, name="import"),
    path("<path:rest>", nowhere, name="nowhere"),
]
