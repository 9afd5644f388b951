"""Addresses of this concern, included among those of the catalogue."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import family_views, views

urlpatterns = [
    path(_("pratiques/famille/<int:pk>/"), family_views.family, name="family"),
    path(_("pratiques/contexte/<str:cpas>/"), views.context, name="context"),
    path(_("pratiques/<slug:slug>/chez-nous/"), views.adopt, name="adopt"),
    path(_("pratiques/<slug:slug>/essayee-ailleurs/"), views.advance, name="advance"),
    path(_("pratiques/<slug:slug>/adapter/"), family_views.adapt, name="adapt"),
    path(_("pratiques/<slug:slug>/miroir/"), views.mirror, name="mirror"),
]
