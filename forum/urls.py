"""Addresses of the rooms, of questions and of debates.

Those of rooms hold drawn identifiers only: no title, no number that counts.
"""

from collections.abc import Callable

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from .board import views as board
from .card_reports import views as card_reports
from .cards import views as cards
from .debates import views as debates
from .doors import views as doors
from .files import views as files
from .finding import views as finding
from .outcome import views as outcome
from .phases import views as phases
from .questions import moderation
from .questions import views as questions
from .reports import views as reports
from .rereading import views as rereading
from .rooms import views as rooms
from .talk import views as talk
from .unfinished import views as unfinished

app_name = "forum"


def closed(route: str, view: Callable, name: str) -> URLPattern:
    """Return the address of a page of the rooms: no browser and no proxy keeps its answer, whatever it is."""
    return path(route, never_cache(view), name=name)


urlpatterns = [
    closed(_("salles/"), rooms.rooms, name="rooms"),
    closed(_("salles/ouvrir/"), rooms.open_room, name="open_room"),
    closed(_("salles/cles/"), doors.demands, name="demands"),
    closed(_("salles/cles/<int:access_pk>/"), doors.key, name="key"),
    closed(_("salles/<uuid:pk>/lecture/"), doors.visit, name="visit"),
    closed(_("salles/chercher/"), finding.search, name="search"),
    closed(_("salles/<uuid:pk>/"), rooms.room, name="room"),
    closed(_("salles/<uuid:pk>/porte/"), rooms.door, name="door"),
    closed(_("salles/<uuid:pk>/personnes/"), rooms.people_page, name="people"),
    closed(_("salles/<uuid:pk>/personnes/<int:seat_pk>/"), rooms.role, name="role"),
    closed(_("salles/<uuid:pk>/commencer/"), rooms.start, name="start"),
    closed(_("salles/<uuid:pk>/phase/"), phases.move, name="move"),
    closed(_("salles/<uuid:pk>/battement/"), phases.beat, name="beat"),
    closed(_("salles/<uuid:pk>/ecrire/"), talk.write, name="write"),
    closed(_("salles/<uuid:pk>/brouillon/"), talk.draft, name="draft"),
    closed(_("salles/<uuid:pk>/brouillon/formulaire/"), unfinished.keep, name="keep_form"),
    closed(_("salles/<uuid:pk>/textes/<uuid:text_pk>/"), talk.text, name="text"),
    closed(_("salles/<uuid:pk>/textes/<uuid:text_pk>/fichiers/"), files.files, name="files"),
    closed(_("salles/<uuid:pk>/textes/<uuid:text_pk>/signaler/"), reports.report, name="report_text"),
    closed(_("salles/<uuid:pk>/textes/<uuid:text_pk>/recours/"), reports.appeal, name="appeal_text"),
    closed(_("salles/<uuid:pk>/textes/<uuid:text_pk>/decider/"), reports.decide, name="decide_text"),
    closed(_("salles/<uuid:pk>/signalements/"), reports.reports, name="reports"),
    closed(_("salles/<uuid:pk>/fichiers/<uuid:file_pk>/"), files.file, name="file"),
    closed(_("salles/<uuid:pk>/cartes/"), cards.deal, name="deal"),
    closed(_("salles/<uuid:pk>/tableau/"), board.board, name="board"),
    closed(_("salles/<uuid:pk>/tableau/<int:card_pk>/"), board.card, name="card"),
    closed(_("salles/<uuid:pk>/tableau/<int:card_pk>/signaler/"), card_reports.report, name="report_card"),
    closed(_("salles/<uuid:pk>/tableau/<int:card_pk>/recours/"), card_reports.appeal, name="appeal_card"),
    closed(_("salles/<uuid:pk>/tableau/<int:card_pk>/decider/"), card_reports.decide, name="decide_card"),
    closed(_("salles/<uuid:pk>/tableau/cote/<int:side_pk>/"), board.side, name="side"),
    closed(_("salles/<uuid:pk>/perspectives/"), outcome.perspectives, name="perspectives"),
    closed(_("salles/<uuid:pk>/perspectives/<int:plan_pk>/"), outcome.perspective, name="perspective"),
    closed(_("salles/<uuid:pk>/synthese/"), outcome.synthesis, name="synthesis"),
    closed(_("salles/<uuid:pk>/synthese/decider/"), outcome.decide, name="decide"),
    closed(_("salles/<uuid:pk>/regarder/<int:vouch_pk>/"), talk.looked, name="looked"),
    closed(_("salles/<uuid:pk>/relecture/<int:reading_pk>/"), rereading.reading, name="reading"),
    closed(_("salles/<uuid:pk>/relecture/<int:reading_pk>/decider/"), rereading.reread, name="reread"),
    closed(_("salles/<uuid:pk>/journal/"), rooms.journal, name="journal"),
    closed(_("salles/<uuid:pk>/quitter/"), rooms.leave, name="leave"),
    closed(_("salles/<uuid:pk>/fermer/"), rooms.close, name="close"),
    path(_("questions/"), questions.questions, name="questions"),
    path(_("questions/poser/"), questions.ask, name="ask"),
    path(_("questions/poser/semblables/"), questions.similar, name="similar"),
    path(_("questions/sans-reponse/"), questions.unanswered, name="unanswered"),
    path(_("questions/miennes/"), questions.mine, name="my_questions"),
    path(_("questions/<int:pk>/"), questions.question, name="question"),
    path(_("questions/<int:pk>/modifier/"), questions.edit, name="edit_question"),
    path(_("questions/<int:pk>/faire/"), questions.act, name="question_act"),
    path(_("questions/<int:pk>/retirer/"), questions.withdraw, name="withdraw_question"),
    path(_("questions/<int:pk>/signaler/"), moderation.report, name="report_question"),
    path(_("questions/<int:pk>/recours/"), moderation.appeal, name="appeal"),
    path(_("questions/<int:pk>/moderer/"), moderation.moderate, name="moderate_question"),
    path(_("debats/"), debates.debates, name="debates"),
    path(_("debats/ouvrir/"), debates.open_debate, name="open_debate"),
    path(_("debats/<int:pk>/"), debates.debate, name="debate"),
    path(_("debats/<int:pk>/histoire/"), debates.history, name="debate_history"),
    path(_("debats/<int:pk>/etat/"), debates.state, name="debate_state"),
    path(_("debats/<int:pk>/mots/"), debates.wording, name="debate_wording"),
    path(_("debats/<int:pk>/position/"), debates.add_position, name="add_position"),
    path(_("debats/<int:pk>/position/<int:position_pk>/"), debates.position, name="debate_position"),
    path(
        _("debats/<int:pk>/position/<int:position_pk>/argument/"), debates.add_argument, name="add_argument"
    ),
    path(
        _("debats/<int:pk>/position/<int:position_pk>/contre/"),
        debates.add_argument,
        {"is_against": True},
        name="add_against",
    ),
    path(_("debats/<int:pk>/argument/<int:argument_pk>/"), debates.argument, name="debate_argument"),
]
