"""Addresses of what readers keep. Pages that are one's own stand beside the catalogue, not inside it: a sheet
may have any name.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .feed import views as feed
from .filters import views as filters
from .lists import views as lists
from .useful import views as useful

urlpatterns = [
    path(_("pratiques.atom"), feed.feed, name="feed"),
    path(_("mes-filtres/"), filters.filters, name="filters"),
    path(_("mes-filtres/garder/"), filters.keep, name="keep_filter"),
    path(_("mes-filtres/cle/"), feed.key, name="feed_key"),
    path(_("mes-filtres/<int:pk>/"), filters.look, name="look_filter"),
    path(_("mes-filtres/<int:pk>/nommer/"), filters.rename, name="rename_filter"),
    path(_("mes-filtres/<int:pk>/retirer/"), filters.remove, name="remove_filter"),
    path(_("mes-listes/"), lists.lists, name="lists"),
    path(_("mes-listes/remettre/"), lists.restore, name="put_back"),
    path(_("listes-partagees/"), lists.shared, name="shared_lists"),
    path(_("listes/<int:pk>/"), lists.reading_list, name="reading_list"),
    path(_("listes/<int:pk>/modifier/"), lists.change, name="change_list"),
    path(_("listes/<int:pk>/retirer/"), lists.delete, name="delete_list"),
    path(_("listes/<int:pk>/fiches/<int:item_pk>/"), lists.item, name="list_item"),
    path(_("mots-recus/"), useful.words, name="words"),
    path(_("pratiques/<slug:slug>/garder/"), lists.keep, name="keep_for_later"),
    path(_("pratiques/<slug:slug>/utile/"), useful.useful, name="useful"),
    path(_("pratiques/<slug:slug>/utile/reprendre/"), useful.take_back, name="take_back"),
]
