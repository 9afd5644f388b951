"""The addresses of a discussion: ours only. The library's urls.py, with its API, is never included.

Each view asks for the rights of the page that the message hangs under (permissions.get_comment_for).
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import moderation, views

app_name = "discussion"

urlpatterns = [
    path(_("discussion/<str:kind>/<int:pk>/"), views.write, name="write"),
    path(_("discussion/<str:kind>/<int:pk>/utile/"), views.useful, name="useful"),
    path(_("discussion/<str:kind>/<int:pk>/qui/"), views.people, name="people"),
    path(_("discussion/qui/"), views.people, name="everybody"),
    path(_("messages/<int:pk>/repondre/"), views.reply, name="reply"),
    path(_("messages/<int:pk>/modifier/"), views.edit, name="edit"),
    path(_("messages/<int:pk>/retirer/"), views.withdraw, name="withdraw"),
    path(_("messages/<int:pk>/signaler/"), views.report, name="report"),
    path(_("messages/<int:pk>/recours/"), views.appeal, name="appeal"),
    path(_("messages/<int:pk>/moderer/"), moderation.moderate, name="moderate"),
    path(_("moderation/messages/"), moderation.reports, name="reports"),
]
