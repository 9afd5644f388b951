"""Addresses of the rooms. They hold drawn identifiers only: no title, no number that counts."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .board import views as board
from .cards import views as cards
from .doors import views as doors
from .finding import views as finding
from .outcome import views as outcome
from .phases import views as phases
from .rooms import views as rooms
from .talk import views as talk

app_name = "forum"
urlpatterns = [
    path(_("salles/"), rooms.rooms, name="rooms"),
    path(_("salles/ouvrir/"), rooms.open_room, name="open_room"),
    path(_("salles/cles/"), doors.demands, name="demands"),
    path(_("salles/cles/<int:access_pk>/"), doors.key, name="key"),
    path(_("salles/<uuid:pk>/lecture/"), doors.visit, name="visit"),
    path(_("salles/chercher/"), finding.search, name="search"),
    path(_("salles/<uuid:pk>/"), rooms.room, name="room"),
    path(_("salles/<uuid:pk>/porte/"), rooms.door, name="door"),
    path(_("salles/<uuid:pk>/personnes/"), rooms.people_page, name="people"),
    path(_("salles/<uuid:pk>/personnes/<int:seat_pk>/"), rooms.role, name="role"),
    path(_("salles/<uuid:pk>/commencer/"), rooms.start, name="start"),
    path(_("salles/<uuid:pk>/phase/"), phases.move, name="move"),
    path(_("salles/<uuid:pk>/battement/"), phases.beat, name="beat"),
    path(_("salles/<uuid:pk>/ecrire/"), talk.write, name="write"),
    path(_("salles/<uuid:pk>/brouillon/"), talk.draft, name="draft"),
    path(_("salles/<uuid:pk>/textes/<uuid:text_pk>/"), talk.text, name="text"),
    path(_("salles/<uuid:pk>/cartes/"), cards.deal, name="deal"),
    path(_("salles/<uuid:pk>/tableau/"), board.board, name="board"),
    path(_("salles/<uuid:pk>/tableau/<int:card_pk>/"), board.card, name="card"),
    path(_("salles/<uuid:pk>/tableau/cote/<int:side_pk>/"), board.side, name="side"),
    path(_("salles/<uuid:pk>/perspectives/"), outcome.perspectives, name="perspectives"),
    path(_("salles/<uuid:pk>/perspectives/<int:plan_pk>/"), outcome.perspective, name="perspective"),
    path(_("salles/<uuid:pk>/synthese/"), outcome.synthesis, name="synthesis"),
    path(_("salles/<uuid:pk>/synthese/decider/"), outcome.decide, name="decide"),
    path(_("salles/<uuid:pk>/regarder/<int:vouch_pk>/"), talk.looked, name="looked"),
    path(_("salles/<uuid:pk>/journal/"), rooms.journal, name="journal"),
    path(_("salles/<uuid:pk>/quitter/"), rooms.leave, name="leave"),
    path(_("salles/<uuid:pk>/fermer/"), rooms.close, name="close"),
]
