"""The home page, at the root of each language."""

from django.urls import path

from . import views

urlpatterns = [path("", views.home, name="home")]
