"""Addresses of the pages about programs; those for programs stand in program_urls.py."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "api"

urlpatterns = [
    path(_("profil/jetons/"), views.tokens, name="tokens"),
    path(_("profil/jetons/nouveau/"), views.new_token, name="new_token"),
    path(_("profil/jetons/<int:pk>/revoquer/"), views.revoke, name="revoke_token"),
    path(_("programmes/api/"), views.guide, name="guide"),
]
