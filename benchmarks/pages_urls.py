"""Agora's addresses, and the empty view."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from agora.urls import urlpatterns as agora_urls

urlpatterns = [path("empty/", login_not_required(lambda request: HttpResponse("ok"))), *agora_urls]
