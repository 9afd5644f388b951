"""Addresses of proposals, in the language of whoever reads; before those of sheets, whose slugs they bar."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

urlpatterns = [
    path(_("pratiques/propositions/"), views.proposals, name="proposals"),
    path(_("pratiques/propositions/<int:pk>/"), views.proposal, name="proposal"),
    path(_("pratiques/propositions/<int:pk>/accepter/"), views.accept, name="proposal_accept"),
    path(_("pratiques/propositions/<int:pk>/retoucher/"), views.amend, name="proposal_amend"),
    path(_("pratiques/propositions/<int:pk>/decliner/"), views.decline, name="proposal_decline"),
    path(_("pratiques/propositions/<int:pk>/changer/"), views.change, name="proposal_change"),
    path(_("pratiques/propositions/<int:pk>/retirer/"), views.withdraw, name="proposal_withdraw"),
    path(_("pratiques/propositions/<int:pk>/lue/"), views.seen, name="proposal_seen"),
]
