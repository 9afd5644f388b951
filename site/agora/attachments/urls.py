"""Addresses of files: one to read, one to send, one to withdraw."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "attachments"

urlpatterns = [
    path(_("fichiers/envoyer/"), views.receive, name="receive"),
    path(_("fichiers/<uuid:pk>/"), views.file, name="file"),
    path(_("fichiers/<uuid:pk>/effacer/"), views.withdraw, name="withdraw"),
]
