"""The people and things that the matrix of addresses is tried on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from agora.airlock.models import Vouch
from agora.api.actions import make_token
from agora.attachments.models import Attachment, FileText
from agora.discussion.actions import post_comment, withdraw_comment
from agora.drafts.models import Draft
from agora.people.audience import user_token
from agora.people.roles import ADMINISTRATOR, EDITOR, MENTOR, MODERATOR, RELAY
from agora.vocabulary.models import Public
from forum.models import (
    CardReport,
    Method,
    OutsideAccess,
    Perspective,
    RoomFile,
    Seat,
    SecondReading,
    Side,
    Statement,
)
from forum.reports.actions import decide as decide_text
from forum.reports.actions import report as report_text
from forum.rooms import actions as rooms
from forum.talk.actions import write
from practices.actions import change_practice, create_practice
from practices.fields import PracticeFields
from practices.keeping.lists.actions import create_list, keep
from practices.keeping.useful.actions import say_useful
from practices.models import PracticePage, Proposal, SavedFilter, SheetFile
from practices.review.actions import propose
from search.models import FollowedSearch, SheetRequest, SilentNeed
from tests.attachments.factories import stored
from tests.practices.factories import fields_of, make_practice

from . import world_of_questions
from .canaries import word

ROLES = (
    "visitor",
    "pending",
    "member",
    "colleague",
    "relay",
    "mentor",
    "editor",
    "moderator",
    "administrator",
)


@dataclass
class World:
    """Everybody, and one thing of each kind; `member` wrote all of it, `relay` is of the same CPAS."""

    people: dict[str, object]
    things: SimpleNamespace = field(default_factory=SimpleNamespace)


def people(make_member: Callable) -> dict[str, object]:
    """One person for each role; None is the visitor."""
    regional = {"cpas": None}
    return {
        "visitor": None,
        "pending": make_member(status="pending"),
        "member": make_member(),
        "colleague": make_member(cpas="21010"),
        "relay": make_member(roles=[RELAY]),
        "mentor": make_member(cpas="21012", roles=[MENTOR]),
        "editor": make_member(roles=[EDITOR], **regional),
        "moderator": make_member(roles=[MODERATOR], **regional),
        "administrator": make_member(roles=[ADMINISTRATOR], is_superuser=True, is_staff=True, **regional),
    }


def build(make_member: Callable) -> World:
    """Make everybody and everything (needs the fixture `tree`)."""
    world = World(people(make_member))
    author, colleague, relay = (world.people[role] for role in ("member", "colleague", "relay"))
    things = world.things
    sheets(things, author)
    talk(things, author, colleague)
    world_of_questions.build(things, world.people, make_member)
    things.worker = make_member()
    things.newcomer = make_member(
        status="pending", first_name="Autre", last_name=word("name of somebody who waits")
    )
    make_member(status="suspended", is_active=False, last_name=word("name of somebody suspended"))
    things.accepted = make_member(validated_by=relay, validated_at=timezone.now())
    drafts(things, author)
    things.hidden = Public.objects.create(slug="cache", name_fr="Caché", name_nl="Verborgen", is_active=False)
    things.files = files(things, author, colleague)
    kept(things, author)
    room(things, world.people, make_member)
    return world


def sheets(things: SimpleNamespace, author) -> None:
    """Sheets in every state, all by `member`."""
    things.sheet = make_practice(
        by=author,
        summary=f"Au mur, {word('summary of a sheet for members')}.",
        problem=f"On cherche {word('text of a sheet for members')}.",
    )
    things.titled = make_practice(
        by=author,
        title=f"Le {word('title of a sheet for members')} du mur",
        summary=f"Le {word('summary of a sheet for members')} aussi.",
    )
    things.showcase = make_practice(by=author, is_showcase=True)
    things.archived = make_practice(by=author, problem=f"On {word('text of an archived sheet')} encore.")
    things.archived_too = make_practice(by=author, title=f"Le {word('title of an archived sheet')} du mur")
    for sheet in (things.archived, things.archived_too):
        sheet.unpublish()
    things.rewritten = make_practice(by=author, problem=f"Avant, {word('former text of a sheet')}.")
    things.first_version = things.rewritten.live_revision_id
    things.rewritten = change_practice(
        things.rewritten,
        fields_of(title="Un autre titre"),
        by=author,
        significance="minor",
        based_on=things.first_version,
    )
    things.sister = create_practice(fields_of(), by=author, language="nl", translation_of=things.showcase)


def room(things: SimpleNamespace, people: dict, make_member: Callable) -> None:
    """A room that `member` leads and where `colleague` sits; `mentor` is invited, an administrator asks."""
    lead, guest = people["member"], people["colleague"]
    others = [make_member(cpas=code) for code in ("21004", "21015")]
    seat = rooms.open_room(
        lead, Method.objects.get(slug="mag"), f"Groupe {word('title of a room')}", language="fr"
    )
    for invited in rooms.invite(seat, [guest, *others]):
        rooms.accept(invited)
    rooms.give_role(seat, seat.room.seats.get(member=others[0]), "rapporteur")
    rooms.start(seat)
    seat = seat.room.seats.select_related("room__version__method", "member").get(member=lead)
    room_reports(things, seat, guest, *others)
    things.text = write(seat, f"Un jour, {word('text of a room')} au guichet.", step=0)
    things.room_file = RoomFile(text=things.text, number=1, kind="png", pages=None)
    things.room_file.keep(word("file of a room").encode())
    things.room_file.save()
    rooms.invite(seat, [people["mentor"]])
    things.room, things.seat = seat.room, seat.room.seats.get(member=others[1])
    things.card = Statement.objects.create(
        room=seat.room, kind="divergence", words=f"Faut-il {word('card of a room')} ?"
    )
    things.side = Side.objects.create(statement=things.card, place=0, claim="Oui")
    card_reports(things, seat)
    things.plan = Perspective.objects.create(
        room=seat.room, words=f"Essayer {word('perspective of a room')}", level="practice", carried_by="Nous"
    )
    around(things, seat, guest, people["administrator"])


def card_reports(things: SimpleNamespace, seat: Seat) -> None:
    """A card that somebody reported, and one that `member` took off the board after a report."""
    CardReport.objects.create(card=things.card, mark="x" * 40, reason="hurtful")
    things.removed_card = Statement.objects.create(
        room=seat.room,
        kind="convergence",
        words=word("card taken off a board"),
        removed_at=timezone.now(),
        removal_reason="Le ton.",
    )
    CardReport.objects.create(
        card=things.removed_card,
        mark="x" * 40,
        reason="hurtful",
        outcome="removed",
        decided_mark=seat.mark,
        decided_on=timezone.localdate(),
    )


def around(things: SimpleNamespace, seat: Seat, reader, asking) -> None:
    """What hangs from a room: a second reading, a number to look at, a demand to read it from outside."""
    things.reading = SecondReading.objects.create(
        room=seat.room,
        text=things.text,
        asked_by=seat.member,
        reader=reader,
        to_blur=word("what should be blurred"),
    )
    things.vouch = Vouch.objects.create(
        judges=user_token(seat.member_id), address=f"/fr/salles/{seat.room_id}/", reason="La permanence"
    )
    things.access = OutsideAccess.objects.create(
        room=seat.room, asked_by=asking, motive=word("motive to read a room")
    )


def room_reports(things: SimpleNamespace, seat, guest, memory, other) -> None:
    """A text of `member` that the room removed, and one of somebody else that `colleague` reported."""
    seats = seat.room.seats.select_related("room__version__method", "member")
    sitting, judge, writing = (seats.get(member=person) for person in (guest, memory, other))
    things.removed_text = write(seat, f"Trop dit : {word('text that a room removed')}.", step=0)
    report_text(sitting, things.removed_text, "person")
    decide_text(judge, things.removed_text, "removed", "On reconnaît la personne.")
    things.reported = write(writing, f"Une fois, {word('text of a room')} aussi.", step=0)
    report_text(sitting, things.reported, "hurtful", f"Voyez {word('report in a room')}.")


def talk(things: SimpleNamespace, author, colleague) -> None:
    """Messages, thanks, a proposal."""
    things.comment = post_comment(
        author, things.sheet, f"Chez nous, {word('message under a sheet for members')} est au mur."
    )
    withdrawn = post_comment(author, things.sheet, f"Chez nous, {word('message that was withdrawn')} non.")
    withdraw_comment(author, withdrawn)
    say_useful(colleague, things.sheet, f"Merci, {word('word of thanks')}.")
    things.proposal = propose(
        things.showcase,
        PracticeFields.of(things.showcase).with_data({"means": f"Une heure {word('text of a proposal')}."}),
        by=colleague,
        base=things.showcase.live_revision,
        significance="medium",
    )


def drafts(things: SimpleNamespace, author) -> None:
    """What `member` is writing."""
    things.draft = Draft.objects.create(
        owner=author,
        kind="practice",
        language="fr",
        title=f"En cours {word('title of a draft')}",
        data={"problem": f"Le texte {word('text of a draft')}."},
    )
    nothing = {"found": [], "under": [], "dropped": {}, "notes": [], "tables": 0, "tracked": False}
    things.word = Draft.objects.create(
        owner=author, kind="practice", language="fr", title="Venu de Word", data={"_word": nothing}
    )
    things.discarded = Draft.objects.create(
        owner=author, kind="practice", language="fr", title="Écarté", discarded_at=timezone.now()
    )
    things.change = Draft.objects.create(
        owner=author,
        kind="practice",
        language="fr",
        title=things.showcase.title,
        target=str(things.showcase.pk),
        base=str(things.showcase.live_revision_id),
    )


def kept(things: SimpleNamespace, author) -> None:
    """What `member` keeps, and what the team reads of searches."""
    things.filter = SavedFilter.objects.create(
        owner=author,
        name=f"Le bilan {word('name of kept filters')}",
        query="theme=emploi",
        seen_at=timezone.now(),
    )
    things.token, _secret = make_token(author, word("name of a token"), ["search:read"])
    things.followed = FollowedSearch.objects.create(owner=author, query="q=accueil", seen_at=timezone.now())
    things.wanted = SheetRequest.objects.create(
        author=author, words=f"Une fiche {word('words of a sheet request')}"
    )
    things.needs = {
        case: SilentNeed.objects.create(
            digest=case,
            season=date(2026, 10, 1),
            language="fr",
            text=text,
            people=people,
            first_week=date(2026, 10, 5),
            last_week=date(2026, 10, 5),
        )
        for case, text, people in (("told", word("silent need"), 5), ("below", "", 4))
    }
    things.lists = {
        case: create_list(author, f"À lire {word(place)}", audience=audience)
        for case, audience, place in (
            ("own", "self", "reading list of one's own"),
            ("cpas", "cpas", "reading list of a CPAS"),
            ("members", "members", "reading list for members"),
        )
    }
    for reading_list in things.lists.values():
        keep(author, things.sheet, reading_list)


def files(things: SimpleNamespace, author, colleague) -> dict[str, Attachment]:
    """One file in each place where a file can hang, all sent by `member` but the proposed one."""
    names = ("closed", "showcase", "past", "archived", "drafted", "proposed")
    called = {
        "closed": word("name of a file of a sheet for members"),
        "drafted": word("name of a file of a draft"),
    }
    found = {
        name: stored(colleague if name == "proposed" else author, f"{called.get(name, name)}.pdf")
        for name in names
    }
    for name, sheet in (("closed", things.sheet), ("showcase", things.showcase), ("past", things.showcase)):
        SheetFile.objects.create(practice=sheet, attachment=found[name])
    SheetFile.objects.create(practice=things.archived, attachment=found["archived"])
    PracticePage.attachments.through.objects.create(practicepage=things.sheet, attachment=found["closed"])
    pages = ["Une page.", f"On y lit {word('text of a file of a sheet for members')}."]
    FileText.objects.create(attachment=found["closed"], pages=pages)
    PracticePage.attachments.through.objects.create(
        practicepage=things.showcase, attachment=found["showcase"]
    )
    Proposal.objects.create(
        practice=things.sheet,
        author=colleague,
        data={"attachments": [str(found["proposed"].pk)]},
        significance="medium",
        sent_at=timezone.now(),
        changed_at=timezone.now(),
    )
    return found
