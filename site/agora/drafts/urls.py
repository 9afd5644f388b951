"""The list of what one is writing, and the address to which forms save themselves."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "drafts"

urlpatterns = [
    path(_("brouillons/"), views.draft_list, name="list"),
    path(_("brouillons/enregistrer/<slug:kind>/"), views.autosave, name="autosave"),
    path(_("brouillons/<uuid:pk>/ecarter/"), views.discard, name="discard"),
    path(_("brouillons/<uuid:pk>/reprendre/"), views.restore, name="restore"),
]
