"""A room as its page shows it to one person: where it stands, what may be read, what may be written.

A name of its own: it is what the page says. Texts come from `Contribution.objects.readable_by` and from
nowhere else; what stands here about a blind phase is what anybody there may know.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.airlock.models import Vouch
from agora.people.audience import user_token
from agora.people.models import Member
from agora.richtext.numbers import in_letters

from ..cards.reading import own_card, turned_cards
from ..methods.definition import NARRATOR, Card, Phase
from ..models import Contribution, OutsideAccess, PhaseRun, Room, RoomFile, Seat
from ..phases.actions import is_lived
from ..reports import permissions as reports
from ..rereading.permissions import is_needed
from ..rereading.reading import ReadingShown, of_narrative
from ..talk import permissions as talk
from ..talk.names import name_under
from . import composition
from .earlier import Earlier
from .permissions import can_lead
from .shown import Leaf, Stage, Step, Text
from .words import counted_cpas, deadline, role_name
from .writing import Writing

Kind = Contribution.Kind


class RoomPage(Writing, Earlier):
    """What one seat sees of its room."""

    def __init__(self, seat: Seat, asked: Mapping[str, str] = MappingProxyType({})) -> None:
        """`asked`: the address, which may name a leaf of a long list (`page`) or a text to find (`texte`)."""
        self.seat, self.room, self.now = seat, seat.room, timezone.now()
        self._asked = asked
        self.leaf: Leaf | None = None  # of the long list that the page shows, once it was drawn

    # --- The people ------------------------------------------------------------------------------
    @cached_property
    def seats(self) -> list[Seat]:
        """Who sits there now, the roles first."""
        order = {NARRATOR: 0, "animateur": 1, "rapporteur": 2, "substitute": 3, "participant": 4}
        people = self.room.seats.present().select_related("member__cpas", "member__function")
        return sorted(people, key=lambda seat: (order[seat.role], seat.pk))

    @property
    def people_said(self) -> str:
        """« huit personnes, sept CPAS »."""
        people, cpas = len(self.seats), len({s.member.cpas_id for s in self.seats if s.member.cpas_id})
        said = ngettext("%(n)s personne", "%(n)s personnes", people) % {
            "n": in_letters(people, feminine=True)
        }
        return f"{said}, {counted_cpas(cpas)}"

    @property
    def lacking(self) -> list[str]:
        """What is missing before the method can begin."""
        return composition.lacking(self.room.method, self.seats)

    @property
    def readers_said(self) -> str:
        """The answer to « Qui peut lire ceci ? »."""
        people = len(self.seats)
        if opened := [access for access in self.outside if access.until]:
            names = ", ".join(access.asked_by.signature for access in opened)
            return _("Les personnes de cette salle ; %(names)s aussi, de l’extérieur.") % {"names": names}
        if self.room.phase.kind == "narrative" and is_needed(self.room):
            return _("Une seule personne d’abord, qui relit ; puis les %(n)s de cette salle.") % {
                "n": in_letters(people)
            }
        return ngettext(
            "Vous seul·e, pour l’instant.",
            "Les %(n)s personnes de cette salle. Personne d’autre.",
            people,
        ) % {"n": in_letters(people)}

    @cached_property
    def outside(self) -> list[OutsideAccess]:
        """Who asks to read the room from outside, or does: whoever sits there sees it as they come in."""
        standing = self.room.outside_accesses.filter(ended_at__isnull=True, refused_by__isnull=True)
        still = Q(until__isnull=True) | Q(until__gt=self.now)
        return list(standing.filter(still).select_related("asked_by").order_by("pk"))

    @cached_property
    def role(self) -> str:
        """The role of who looks, in words."""
        return role_name(self.seat.role)

    @property
    def leads(self) -> bool:
        """Whether who looks moves the phases."""
        return can_lead(self.seat)

    @property
    def template(self) -> str:
        """The page of the phase under way."""
        return f"forum/kinds/{self.room.phase.kind}.html"

    @cached_property
    def card(self) -> Card | None:
        """The role card that who looks holds."""
        return own_card(self.seat)

    @cached_property
    def turned_cards(self) -> list[tuple[Seat, Card]]:
        """All cards, once the play is over."""
        return turned_cards(self.room, self.seats)

    @property
    def places(self) -> list[tuple[str, str]]:
        """The pages of their own that the room has reached: board, perspectives, synthesis."""
        known = {
            "board": ("forum:board", _("Le tableau")),
            "perspectives": ("forum:perspectives", _("Les perspectives")),
            "synthesis": ("forum:synthesis", _("La synthèse")),
        }
        phases = self.room.method.phases
        reached = phases if self.room.state != Room.State.OPEN else phases[: self.room.step + 1]
        return [known[phase.kind] for phase in reached if phase.kind in known]

    @cached_property
    def vouched(self) -> list[Vouch]:
        """Numbers that somebody says are nobody's, for whoever leads to look at."""
        if not self.leads:
            return []
        mine = Vouch.objects.filter(judges=user_token(self.seat.member_id)).waiting()
        return list(mine.filter(address__contains=str(self.room.pk)))

    # --- The phases ------------------------------------------------------------------------------
    @cached_property
    def runs(self) -> dict[int, PhaseRun]:
        """The calendar; empty before the start."""
        return {run.number: run for run in self.room.runs.all()}

    @cached_property
    def run(self) -> PhaseRun | None:
        """The phase under way in the calendar."""
        return self.runs.get(self.room.step) if self.room.state == Room.State.OPEN else None

    @property
    def number(self) -> int:
        """The place of the phase under way, from 1."""
        return self.room.step + 1

    @property
    def total(self) -> int:
        """How many phases the method has."""
        return len(self.room.method.phases)

    @property
    def tile_states(self) -> str:
        """The tiles of the phase bar."""
        return "".join(step.tile for stage in self.stages for step in stage.steps)

    @cached_property
    def stages(self) -> list[Stage]:
        """All phases by stage, for the side column."""
        found: list[tuple[str, list[Step]]] = []
        for number, phase in enumerate(self.room.method.phases):
            name = str(phase.stage)
            if not found or found[-1][0] != name:
                found.append((name, []))
            found[-1][1].append(self._step(number, phase))
        return [Stage(name, tuple(steps)) for name, steps in found]

    def _step(self, number: int, phase: Phase) -> Step:
        run = self.runs.get(number)
        if run is None or self.room.state == Room.State.GATHERING:
            return Step(phase, run, "later", "")
        if run.skipped_because:
            return Step(phase, run, "skipped", _("passée"))
        if number < self.room.step or self.room.state != Room.State.OPEN:
            return Step(phase, run, "done" if run.opened_at else "skipped", "")
        if number == self.room.step:
            return Step(phase, run, "now", deadline(run.due_at))
        return Step(phase, run, "later", deadline(run.due_at))

    @property
    def until(self) -> datetime | None:
        """Until when the phase under way lasts."""
        return self.run.due_at if self.run else None

    @cached_property
    def is_lived(self) -> bool:
        """Whether the phase under way was lived: then nobody is asked why one goes on."""
        return self.run is not None and is_lived(self.room, self.run)

    # --- The texts -------------------------------------------------------------------------------
    @cached_property
    def texts(self) -> list[Contribution]:
        """Every text that who looks may read, in reading order (two queries).

        Twelve people and ten phases stand behind five hundred texts: each of them is made once.
        """
        rows = list(Contribution.objects.readable_by(self.seat).in_reading_order().select_related(None))
        authors = Member.objects.select_related("cpas").in_bulk({row.author_id for row in rows} - {None})
        runs = {run.pk: run for run in self.runs.values()}
        for row in rows:
            row.run, row.author = runs[row.run_id], authors.get(row.author_id)
        return rows

    @cached_property
    def _files(self) -> dict[object, list[RoomFile]]:
        """The lines of the files of the room, by text; only those of texts that are shown come to a page."""
        found: dict[object, list[RoomFile]] = {}
        for file in RoomFile.objects.defer("content").filter(text__room=self.room.pk):
            found.setdefault(file.text_id, []).append(file)
        return found

    def _text(self, row: Contribution) -> Text:
        seat = self.seat
        return Text(
            row=row,
            by=name_under(row),
            is_own=row.mark == seat.mark,
            can_edit=talk.can_edit(seat, row),
            can_withdraw=talk.can_withdraw(seat, row),
            can_move=talk.can_move(seat, row),
            can_report=reports.can_report(seat, row),
            is_reported=row.pk in self._reported,
            can_quote=self.can_quote and not row.is_gone,
            draft=self.drafts[str(row.pk)].text if str(row.pk) in self.drafts else "",
            files=self._files.get(row.pk, []),
        )

    def _rows(self, *kinds: str) -> list[Contribution]:
        """Return the texts of some kinds that answer no other."""
        return [
            row
            for row in self.texts
            if row.kind in kinds and (not row.parent_id or row.kind == Kind.PREFERENCE)
        ]

    def _of(self, *kinds: str) -> list[Text]:
        """Return the texts of some kinds, replies under what they answer; withdrawn ones only as a line."""
        return self._told(self._rows(*kinds))

    def _told(self, rows: list[Contribution]) -> list[Text]:
        found = []
        for row in rows:
            text = self._text(row)
            text.replies = [self._text(reply) for reply in self._replies.get(row.pk, ())]
            found.append(text)
        return found

    @cached_property
    def _replies(self) -> dict[object, list[Contribution]]:
        replies: dict[object, list[Contribution]] = {}
        for row in self.texts:
            if row.parent_id and row.kind != Kind.PREFERENCE:
                replies.setdefault(row.parent_id, []).append(row)
        return replies

    def _leaf_of(self, rows: list[Contribution]) -> list[Text]:
        """Return one leaf of the long list of the phase, and keep which one it is."""
        shown, self.leaf = self._cut(rows)
        return self._told(shown)

    @cached_property
    def proposals(self) -> list[Text]:
        """The stories proposed."""
        return self._of(Kind.PROPOSAL)

    @cached_property
    def preferences(self) -> dict[object, list[Text]]:
        """Who would choose which story, and why."""
        found: dict[object, list[Text]] = {}
        for text in self._of(Kind.PREFERENCE):
            found.setdefault(text.row.parent_id, []).append(text)
        return found

    @cached_property
    def proposals_with_preferences(self) -> list[tuple[Text, list[Text]]]:
        """Each story with what was said for it."""
        return [(text, self.preferences.get(text.row.pk, [])) for text in self.proposals]

    @cached_property
    def narrative(self) -> Text | None:
        """The story that the group analyses."""
        found = [text for text in self._of(Kind.NARRATIVE) if not text.row.is_gone]
        return found[-1] if found else None

    @cached_property
    def reading(self) -> ReadingShown | None:
        """Where the second reading of the narrative stands, while one tells it."""
        return of_narrative(self.seat, self.seats) if self.room.phase.kind == "narrative" else None

    @cached_property
    def questions(self) -> list[Text]:
        """The questions, each with its answers; those set aside come after."""
        return self._leaf_of(sorted(self._rows(Kind.QUESTION), key=lambda row: row.moved_at is not None))

    @cached_property
    def rounds(self) -> list[tuple[Phase, list[Text]]]:
        """The interpretations, round by round, as far as they are open."""
        by_number: dict[int, list[Text]] = {}
        for text in self._of(Kind.INTERPRETATION):
            by_number.setdefault(text.row.run.number, []).append(text)
        phases = self.room.method.phases
        return [
            (phases[number], texts)
            for number, texts in sorted(by_number.items())
            if number != self.room.step or not self.is_blind
        ]

    @cached_property
    def answers(self) -> list[Text]:
        """What the narrator answered."""
        return self._of(Kind.ANSWER)

    def words_of(self, number: int) -> list[Text]:
        """Return what was said in an open exchange."""
        return self._leaf_of([row for row in self._rows(Kind.WORD) if row.run.number == number])

    @cached_property
    def words(self) -> list[Text]:
        """What was said in the phase under way."""
        return self.words_of(self.room.step)

    # --- The seals -------------------------------------------------------------------------------
    @property
    def is_blind(self) -> bool:
        """Whether the phase under way is still sealed."""
        return self.run is not None and self.run.is_sealed and self.run.unsealed_at is None

    @cached_property
    def expected(self) -> int:
        """How many people write in the phase under way."""
        return sum(seat.role in self.room.phase.writers for seat in self.seats)

    @cached_property
    def sealed_yesterday(self) -> int:
        """How many texts of the blind phase lay there when the day began: today's are not counted, so that
        nobody can tell by the hour who has just written.
        """
        if self.run is None:
            return 0
        midnight = timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.run.contributions.filter(withdrawn_at__isnull=True, written_at__lt=midnight).count()

    @property
    def seals(self) -> list[bool]:
        """One tile for each text that is expected: whether it lay there when the day began."""
        return [number < self.sealed_yesterday for number in range(self.expected)]
