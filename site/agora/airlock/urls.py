"""The address of those who look after vouched numbers."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "airlock"
urlpatterns = [path(_("moderation/numeros/"), views.vouched, name="vouched")]
