from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

app_name = "practices"


def _later(request, **kwargs):
    return HttpResponse("")


urlpatterns = [
    path(_("pratiques/"), _later, name="list"),
    path(_("pratiques/<slug:slug>/"), _later, name="sheet"),
]
