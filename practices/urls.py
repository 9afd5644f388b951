"""Addresses of the catalogue; a sheet lives under the prefix of the language it is written in."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views, writing
from .adoption import urls as adoption
from .history import urls as history
from .keeping.urls import urlpatterns as keeping
from .languages import urls as languages
from .paper import views as paper
from .review.urls import urlpatterns as proposals
from .shelf import urls as shelf
from .word import urls as word

app_name = "practices"
# A sheet, which is what people open most, is compared first: after what a sheet's name could be taken for.
FIRST = ("proposals", "write", "overdue", "keeping", "unkept", "sheet", "list")
urlpatterns = [
    *proposals,
    *word.urlpatterns,
    *keeping,
    path(_("pratiques/ecrire/"), writing.write, name="write"),
    path(_("pratiques/ecrire/semblables/"), writing.similar, name="similar"),
    path(_("pratiques/ecrire/<uuid:pk>/<int:step>/"), writing.write_step, name="write_step"),
    path(_("pratiques/ecrire/<uuid:pk>/deux-textes/"), writing.conflict, name="conflict"),
    path(_("pratiques/ecrire/<uuid:pk>/reunir/"), writing.decide, name="decide"),
    path(_("pratiques/<slug:slug>/modifier/"), writing.edit, name="edit"),
    path(_("pratiques/<slug:slug>/en-fiche/"), writing.grow_tip, name="grow"),
    *adoption.urlpatterns,
    *languages.urlpatterns,
    *shelf.urlpatterns,
    path(_("pratiques/"), views.practice_list, name="list"),
    path(_("pratiques/<slug:slug>/"), views.sheet, name="sheet"),
    path(_("pratiques/<slug:slug>/autour/"), views.around, name="around"),
    path(_("pratiques/<slug:slug>/pdf/"), paper.pdf, name="pdf"),
    *history.urlpatterns,
]
urlpatterns.sort(key=lambda each: FIRST.index(each.name) if each.name in FIRST else len(FIRST))
