"""The one address of the editor."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "richtext"

urlpatterns = [path(_("editeur/coller/"), views.paste, name="paste")]
