"""Addresses of the shelf life: lists of sheets to read again, and the small page of whoever keeps one."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import lists, views

urlpatterns = [
    path(_("pratiques/a-relire/"), lists.overdue, name="overdue"),
    path(_("pratiques/que-je-tiens/"), lists.keeping, name="keeping"),
    path(_("pratiques/sans-personne/"), lists.unkept, name="unkept"),
    path(_("pratiques/<slug:slug>/tenir/"), views.keep, name="keep"),
    path(_("pratiques/<slug:slug>/valable/"), views.confirm, name="confirm"),
    path(_("pratiques/<slug:slug>/reprendre/"), views.take_over, name="take_over"),
    path(_("pratiques/<slug:slug>/retirer/"), views.archive, name="archive"),
]
