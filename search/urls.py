"""Addresses of search. Pages that are one's own stand beside the results, not inside them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views
from .following import feed
from .following import views as following
from .situations import views as situations
from .wanted import views as wanted

app_name = "search"

urlpatterns = [
    path(_("recherche/"), views.results, name="results"),
    path(_("recherche.atom"), feed.feed, name="feed"),
    path(_("recherche/suggestions/"), views.suggestions, name="suggestions"),
    path(_("recherche/demander-une-fiche/"), wanted.request_sheet, name="request_sheet"),
    path(_("recherche/suivre/"), following.follow, name="follow"),
    path(_("recherche/situations/<slug:slug>/"), situations.situation, name="situation"),
    path(_("mes-recherches/"), following.followed, name="followed"),
    path(_("mes-recherches/rythme/"), following.pace, name="pace"),
    path(_("mes-recherches/cle/"), following.key, name="followed_key"),
    path(_("mes-recherches/remettre/"), following.restore, name="restore"),
    path(_("mes-recherches/<int:pk>/"), following.look, name="look"),
    path(_("mes-recherches/<int:pk>/arreter/"), following.stop, name="stop_following"),
    path(_("mes-recherches/demandes/<int:pk>/retirer/"), wanted.withdraw, name="withdraw_request"),
]
