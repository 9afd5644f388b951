"""Addresses of members, profiles and requests."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views
from .access import members_only

app_name = "people"

urlpatterns = [
    path(_("profil/"), views.profile, name="profile"),
    path(_("profil/modifier/"), views.edit_profile, name="edit_profile"),
    path(_("profil/cpas/"), views.change_cpas, name="change_cpas"),
    path(_("profil/attente/"), views.waiting, name="waiting"),
    path(_("membres/<int:pk>/"), members_only(views.member), name="member"),
    path(_("membres/<int:pk>/suspendre/"), members_only(views.suspend), name="suspend"),
    path(_("demandes/"), members_only(views.requests), name="requests"),
    path(_("demandes/<int:pk>/accepter/"), members_only(views.accept), name="accept"),
    path(_("demandes/<int:pk>/refuser/"), members_only(views.refuse), name="refuse"),
    path(_("demandes/<int:pk>/rouvrir/"), members_only(views.reopen), name="reopen"),
]
