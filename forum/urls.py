"""Addresses of the rooms, of questions and of debates.

Those of rooms hold drawn identifiers only: no title, no number that counts.
"""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .board import views as board
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
    path(_("salles/<uuid:pk>/brouillon/formulaire/"), unfinished.keep, name="keep_form"),
    path(_("salles/<uuid:pk>/textes/<uuid:text_pk>/"), talk.text, name="text"),
    path(_("salles/<uuid:pk>/textes/<uuid:text_pk>/fichiers/"), files.files, name="files"),
    path(_("salles/<uuid:pk>/textes/<uuid:text_pk>/signaler/"), reports.report, name="report_text"),
    path(_("salles/<uuid:pk>/textes/<uuid:text_pk>/recours/"), reports.appeal, name="appeal_text"),
    path(_("salles/<uuid:pk>/textes/<uuid:text_pk>/decider/"), reports.decide, name="decide_text"),
    path(_("salles/<uuid:pk>/signalements/"), reports.reports, name="reports"),
    path(_("salles/<uuid:pk>/fichiers/<uuid:file_pk>/"), files.file, name="file"),
    path(_("salles/<uuid:pk>/cartes/"), cards.deal, name="deal"),
    path(_("salles/<uuid:pk>/tableau/"), board.board, name="board"),
    path(_("salles/<uuid:pk>/tableau/<int:card_pk>/"), board.card, name="card"),
    path(_("salles/<uuid:pk>/tableau/cote/<int:side_pk>/"), board.side, name="side"),
    path(_("salles/<uuid:pk>/perspectives/"), outcome.perspectives, name="perspectives"),
    path(_("salles/<uuid:pk>/perspectives/<int:plan_pk>/"), outcome.perspective, name="perspective"),
    path(_("salles/<uuid:pk>/synthese/"), outcome.synthesis, name="synthesis"),
    path(_("salles/<uuid:pk>/synthese/decider/"), outcome.decide, name="decide"),
    path(_("salles/<uuid:pk>/regarder/<int:vouch_pk>/"), talk.looked, name="looked"),
    path(_("salles/<uuid:pk>/relecture/<int:reading_pk>/"), rereading.reading, name="reading"),
    path(_("salles/<uuid:pk>/relecture/<int:reading_pk>/decider/"), rereading.reread, name="reread"),
    path(_("salles/<uuid:pk>/journal/"), rooms.journal, name="journal"),
    path(_("salles/<uuid:pk>/quitter/"), rooms.leave, name="leave"),
    path(_("salles/<uuid:pk>/fermer/"), rooms.close, name="close"),
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
