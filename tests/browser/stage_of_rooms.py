"""Sets the rooms of the stage: one in each kind of phase, in each language, led by the writer.

A file of its own because a room is a story. People: the writer leads, the colleague is the rapporteur, the
third one tells; the last one is only invited, in the room where people gather.
"""

from datetime import timedelta

from django.utils import timezone

from agora.home.demo_rooms import Story
from agora.people.models import Member
from agora.people.notices import silence
from forum.board.actions import converge
from forum.card_reports import actions as cards_reported
from forum.cards.actions import deal
from forum.models import Contribution, Method, OutsideAccess, Room, RoomFile, Seat
from forum.outcome import actions as outcome
from forum.phases.actions import advance
from forum.reports.actions import decide, report
from forum.rooms import actions as rooms
from forum.talk.actions import write
from tests.attachments.samples import pdf

PEOPLE = {
    "fr": [
        "nadia.v@cpas-auderghem",
        "samira.b@cpas-forest",
        "karim.d@cpas-molenbeek",
        "joris.v@ocmw-koekelberg",
    ],
    "nl": [
        "joris.v@ocmw-koekelberg",
        "lies.p@ocmw-jette",
        "karim.d@cpas-molenbeek",
        "nadia.v@cpas-auderghem",
    ],
}
LAST = "claire.m@cpas-ixelles"
TELLERS = {language: f"{people[2]}.example" for language, people in PEOPLE.items()}
TEXTS = {
    "fr": (
        "Elle accepte tout, sauf la visite à domicile. J’ai écrit « refus de collaborer ».",
        "Nous écrivons tous ce mot, « refus », sans le penser.",
        "Elle vient chaque fois au bureau, à l’heure, souriante. Le soir, je n’étais pas sûr d’avoir écrit "
        "ce que j’avais vu.\n\nAlors je vous le raconte, avec mes doutes.",
        "Que savait-elle de ce qu’on regarde pendant une visite ?",
        "Rien, je crois. Je ne le lui ai jamais dit.",
        "Je comprends que la visite n’est pas refusée à nous, mais à ce que quelqu’un pourrait voir.",
        "Vous m’avez rendu une question que je ne me posais plus.",
        "Faut-il écrire le doute dans le rapport social ?",
        "Oui, il protège la personne.",
        "Non, il sera relu comme une preuve.",
    ),
    "nl": (
        "Ze aanvaardt alles, behalve het huisbezoek. Ik schreef ‘weigert mee te werken’.",
        "We schrijven dat woord allemaal, zonder het te menen.",
        "Ze komt elke keer op tijd, met een glimlach. Die avond wist ik niet of ik had opgeschreven wat ik "
        "zag.\n\nDaarom vertel ik het, met mijn twijfels.",
        "Wat wist ze over wat we bekijken tijdens een bezoek?",
        "Niets, denk ik. Ik heb het haar nooit gezegd.",
        "Ik begrijp dat het bezoek niet aan ons geweigerd wordt, maar aan wat iemand zou kunnen zien.",
        "Jullie gaven me een vraag terug die ik me niet meer stelde.",
        "Moet de twijfel in het sociaal verslag staan?",
        "Ja, hij beschermt de persoon.",
        "Nee, hij wordt gelezen als bewijs.",
    ),
}  # fmt: skip
CROWD = [
    f"{name}.example"
    for name in (
        "nadia.v@cpas-auderghem", "lies.p@ocmw-jette", "karim.d@cpas-molenbeek", "joris.v@ocmw-koekelberg",
        "claire.m@cpas-ixelles", "amadou.s@cpas-schaerbeek", "fatima.e@cpas-anderlecht",
        "pieter.j@ocmw-brussel", "helene.r@cpas-uccle", "yasmine.t@cpas-saint-gilles", "inge.w@ocmw-evere",
        "bruno.c@cpas-ganshoren",
    )
]  # fmt: skip
GROUPS = {"fr": "Groupe du mardi", "nl": "Groep van dinsdag"}


def _mag(language: str) -> dict[str, list]:
    """Return what is lived in each phase of the method, in order."""
    short, why, story, question, reply, understood, answer, divides, yes, no = TEXTS[language]
    return {
        "proposals": [["write", 2, short]],
        "choice": [["prefer", 1, 0, why], ["choose", 0]],
        "narrative": [["write", 2, story]],
        "questions": [["write", 0, question], ["reply", 2, 3, reply]],
        "first-round": [["write", 1, understood]],
        "answer": [["write", 2, answer]],
        "second-round": [["write", 1, understood]],
        "board": [["converge", 1, understood], ["diverge", 1, divides, [yes, why], [no, short]]],
        "perspectives": [],
    }


class _Rooms:
    """The rooms of one language, as they are set."""

    def __init__(self, language: str) -> None:
        known = {
            member.email: member for member in Member.objects.select_related("function", "service", "cpas")
        }
        self.language = language
        self.people = [known[f"{name}.example"] for name in (*PEOPLE[language], LAST)]

    def told(self, acts: list, method: str = "mag", *, pace: str = "distance") -> Room:
        """Live a room, and return it."""
        title = f"{GROUPS[self.language]} ({method})"
        told = {"method": method, "title": title, "language": self.language, "rapporteur": 1, "acts": acts}
        story = Story(told, self.people)
        if pace != "distance":
            Room.objects.filter(pk=story.room.pk).update(pace=pace)
        return story.room

    def at(self, phase: str) -> Room:
        """Live the method up to this phase, and this phase too."""
        acts: list = []
        for key, lived in _mag(self.language).items():
            acts += lived
            if key == phase:
                break
            acts.append(["advance"])
        return self.told(acts)

    def seat(self, room: Room, number: int) -> Seat:
        """Return somebody's seat as it is now."""
        seats = Seat.objects.select_related("room__version__method", "member")
        return seats.get(room=room.pk, member=self.people[number].pk)

    def gathering(self) -> Room:
        """A room where some sit, and one has not answered."""
        method = Method.objects.get(slug="balint")
        lead = rooms.open_room(self.people[0], method, GROUPS[self.language], language=self.language)
        for seat in rooms.invite(lead, self.people[1:])[:-1]:
            rooms.accept(seat)
        return lead.room


def rooms_of(language: str) -> dict[str, dict]:
    """Set the rooms of one language; return their numbers, and those of what lies in them."""
    with silence():
        made = _Rooms(language)
        phases = ("proposals", "choice", "narrative", "questions", "first-round", "board", "perspectives")
        found = {key: made.at(key) for key in phases}
        found["gathering"] = made.gathering()
        _conclude(made, found)
        _play(made, found)
        found["live"] = made.told([], pace="live")
        found["journey"] = made.told([])
        reading = _wait(made, found)
        reported = _report(made, found) | _report_cards(made, found["board"])
    side = found["board"].statements.get(kind="divergence").sides.first()
    plan = found["perspectives"].perspectives.first()
    text = found["proposals"].contributions.get()
    keys = {key: str(room.pk) for key, room in found.items()}
    return {
        "rooms": keys,
        "side": side.pk,
        "plan": plan.pk,
        "text": str(text.pk),
        **reported,
        "teller": TELLERS[language],
        "last": f"{LAST}.example",
        "read": reading,
    }


def _wait(made: _Rooms, found: dict[str, Room]) -> int:
    """A narrative that its second reader has not read yet: whoever leads is asked; return the reading."""
    acts = [*_mag(made.language)["proposals"], ["advance"], *_mag(made.language)["choice"], ["advance"]]
    room = found["waiting"] = made.told(acts)
    seat = made.seat(room, 2)
    return write(seat, TEXTS[made.language][2], step=seat.room.step).readings.get().pk


def crowd() -> dict:
    """A room of twelve who talk, for what must hold while all of them write at once."""
    with silence():
        people = [Member.objects.get(email=email) for email in CROWD]
        method = Method.objects.get(slug="atelier-trois-temps")
        lead = rooms.open_room(people[0], method, GROUPS["fr"], language="fr")
        for seat in rooms.invite(lead, people[1:]):
            rooms.accept(seat)
        rooms.give_role(lead, lead.room.seats.get(member=people[1]), "rapporteur")
        rooms.start(lead)
        lead = lead.room.seats.select_related("room__version__method", "member").get(member=people[0])
        text = write(lead, TEXTS["fr"][0], step=0)
    return {"room": str(lead.room_id), "text": str(text.pk), "people": CROWD}


def _conclude(made: _Rooms, found: dict[str, Room]) -> None:
    """A perspective, a synthesis that waits for signatures, a room that is closed and read by two keys."""
    words = TEXTS[made.language]
    outcome.plan(
        made.seat(found["perspectives"], 0),
        words[3],
        level="practice",
        carried_by=GROUPS[made.language],
        horizon=None,
    )
    for key in ("synthesis", "closed"):
        room = found[key] = made.at("perspectives")
        outcome.plan(
            made.seat(room, 0), words[3], level="organisation", carried_by=GROUPS[made.language], horizon=None
        )
        seat = made.seat(room, 0)
        advance(seat, from_step=seat.room.step)
        outcome.draft_synthesis(made.seat(room, 1), words[5], seen=1, submit=True)
    story = found["closed"].contributions.get(kind=Contribution.Kind.NARRATIVE)
    file = RoomFile(text=story, number=1, kind="pdf", pages=1)
    file.keep(pdf(pages=1))
    file.save()
    rooms.close(made.seat(found["closed"], 0))
    OutsideAccess.objects.create(
        room=found["closed"],
        asked_by=Member.objects.get(email="moderation@agora.example"),
        motive=words[1],
        with_outcome=True,
        with_files=True,
        until=timezone.now() + timedelta(days=2),
    )


def _report_cards(made: _Rooms, room: Room) -> dict[str, int]:
    """A card of the board that somebody reported, and one that the rapporteur took off after a report."""
    words = TEXTS[made.language]
    reported = room.statements.get(kind="divergence")
    gone = converge(made.seat(room, 2), words[6])
    for card in (reported, gone):
        cards_reported.report(made.seat(room, 3), card, "hurtful", words[8])
    cards_reported.decide(made.seat(room, 1), gone, "removed", words[9])
    return {"card_reported": reported.pk, "card_gone": gone.pk}


def _report(made: _Rooms, found: dict[str, Room]) -> dict[str, str]:
    """A second round where a text of the rapporteur is reported, and one of the writer was removed."""
    words, room = TEXTS[made.language], made.at("answer")
    seat = made.seat(room, 0)
    advance(seat, from_step=seat.room.step)
    step = made.seat(room, 0).room.step
    texts = [write(made.seat(room, n), words[n + 5 if n else 8], step=step) for n in (0, 1, 3)]
    report(made.seat(room, 3), texts[1], "hurtful", words[8])
    report(made.seat(room, 3), texts[0], "person")
    decide(made.seat(room, 1), texts[0], "removed", words[9])
    found["reported"] = Room.objects.get(pk=room.pk)
    return {name: str(text.pk) for name, text in zip(("removed", "reported", "other"), texts, strict=True)}


def _play(made: _Rooms, found: dict[str, Room]) -> None:
    """A committee for play: the cards are dealt, then the hearing goes on."""
    story = TEXTS[made.language][2]
    found["cards"] = made.told([["write", 0, story], ["advance"]], "comite-a-blanc")
    deal(made.seat(found["cards"], 0))
    found["hearing"] = made.told([["write", 0, story], ["advance"]], "comite-a-blanc")
    deal(made.seat(found["hearing"], 0))
    advance(made.seat(found["hearing"], 0), from_step=1)
