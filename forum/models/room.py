"""A room, the people who sit in it, its calendar, and what happened in it."""

import uuid
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import keys
from ..fields import SealedTextField
from ..methods.definition import Definition, Phase
from ..rooms.querysets import RoomQuerySet, SeatQuerySet
from .method import MethodVersion


class Room(models.Model):
    """A closed group of four to twelve colleagues who think about a real situation by a method.

    Only those who hold a seat in it know that it exists and read it: neither chiefs, nor moderators, nor
    administrators; anything else takes two keys (OutsideAccess). Its narrative is purged some months after
    it closes (`purge_at`); what the narrator lets out (the synthesis) stays.
    """

    class State(models.TextChoices):
        GATHERING = "gathering", _("on s’y retrouve")
        OPEN = "open", _("en cours")
        CLOSED = "closed", _("fermée")
        PURGED = "purged", _("récits effacés")

    class Pace(models.TextChoices):
        DISTANCE = "distance", _("à distance")
        LIVE = "live", _("en direct")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = SealedTextField(_("titre"))
    secret = SealedTextField(_("secret de la salle"), default=keys.fresh_secret, editable=False)
    version = models.ForeignKey(
        MethodVersion, verbose_name=_("méthode suivie"), on_delete=models.PROTECT, related_name="rooms"
    )
    language = models.CharField(_("langue"), max_length=2, choices=[("fr", "Français"), ("nl", "Nederlands")])
    pace = models.CharField(_("rythme"), max_length=8, choices=Pace.choices, default=Pace.DISTANCE)
    state = models.CharField(
        _("état"), max_length=9, choices=State.choices, default=State.GATHERING, db_index=True
    )
    step = models.PositiveSmallIntegerField(_("phase en cours, depuis 0"), default=0)
    # Goes up at each change that a page should show: what the live mode looks at.
    beat = models.PositiveIntegerField(_("numéro du dernier changement"), default=0)
    months_kept = models.PositiveSmallIntegerField(_("mois avant l’effacement"), default=6)
    created_at = models.DateTimeField(_("ouverte le"), default=timezone.now)
    started_at = models.DateTimeField(_("commencée le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
    purge_at = models.DateTimeField(_("récits effacés le"), null=True, blank=True, db_index=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("salle d’intervision")
        verbose_name_plural = _("salles d’intervision")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.pk)  # never the title: this text reaches logs and admin screens

    @cached_property
    def method(self) -> Definition:
        """The method that the room follows, as it stood when the room began."""
        return self.version.definition

    @property
    def phase(self) -> Phase:
        """The phase under way (the first one before the start)."""
        return self.method.phases[self.step]

    @property
    def is_last_step(self) -> bool:
        """Whether no phase follows."""
        return self.step + 1 == len(self.method.phases)

    def mark_of(self, member_id: int) -> str:
        """Return the mark of a member in this room (see keys.mark_of)."""
        return keys.mark_of(self.secret, member_id)


class Seat(models.Model):
    """One member's place in a room: invited, seated, or gone, and the role held there.

    All who sit in the room see who else does, and who arrived when. `pseudonym` was drawn for this room
    alone: its holder reads it, the others see it under texts and cannot tell whose it is.
    """

    class Role(models.TextChoices):
        NARRATOR = "narrator", _("narrateur")
        ANIMATEUR = "animateur", _("animateur")
        RAPPORTEUR = "rapporteur", _("rapporteur")
        PARTICIPANT = "participant", _("participant")
        SUBSTITUTE = "substitute", _("animateur suppléant")

    class State(models.TextChoices):
        INVITED = "invited", _("invité")
        SEATED = "seated", _("présent")
        DECLINED = "declined", _("a décliné")
        LEFT = "left", _("parti")

    room = models.ForeignKey(Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("membre"), on_delete=models.CASCADE, related_name="seats"
    )
    role = models.CharField(_("rôle"), max_length=11, choices=Role.choices, default=Role.PARTICIPANT)
    state = models.CharField(_("état"), max_length=8, choices=State.choices, default=State.INVITED)
    pseudonym = SealedTextField(_("pseudonyme"), blank=True, default="")
    card = SealedTextField(_("carte de rôle"), blank=True, default="")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invité par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    invited_at = models.DateTimeField(_("invité le"), default=timezone.now)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    charter = models.CharField(_("charte acceptée"), max_length=12, blank=True, default="")
    left_at = models.DateTimeField(_("parti le"), null=True, blank=True)
    nudged_step = models.SmallIntegerField(_("phase du dernier rappel"), default=-1)
    seen_beat = models.PositiveIntegerField(_("dernier changement lu"), default=0)
    # One letter until its reader comes to look, however much happens meanwhile.
    told_beat = models.PositiveIntegerField(_("dernier changement annoncé"), default=0)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("place dans une salle")
        verbose_name_plural = _("places dans une salle")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["room", "member"], name="one_seat_per_room")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.role}"

    @property
    def is_seated(self) -> bool:
        """Whether the charter is accepted and the person is still there."""
        return self.state == self.State.SEATED

    @cached_property
    def mark(self) -> str:
        """How the room recognises what this person writes."""
        return self.room.mark_of(self.member_id)


class PhaseRun(models.Model):
    """One phase of one room in its calendar: planned until when, opened, closed or skipped, and why.

    All who sit in the room see it. `unsealed_at`: since when the texts of a blind phase can be read.
    """

    room = models.ForeignKey(Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveSmallIntegerField(_("numéro, depuis 0"))
    is_sealed = models.BooleanField(_("à l’aveugle"), default=False)
    due_at = models.DateTimeField(_("jusqu’au"))
    opened_at = models.DateTimeField(_("ouverte le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("close le"), null=True, blank=True)
    unsealed_at = models.DateTimeField(_("descellée le"), null=True, blank=True)
    skipped_because = SealedTextField(_("passée parce que"), blank=True, default="")

    class Meta:
        verbose_name = _("phase d’une salle")
        verbose_name_plural = _("phases d’une salle")
        ordering = ["room", "number"]
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="phase_once_per_room")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.number + 1}"

    def is_late(self, now: datetime) -> bool:
        """Whether its date has passed while it is open."""
        return self.closed_at is None and self.opened_at is not None and self.due_at < now


class RoomEvent(models.Model):
    """Something that happened to a room: somebody came or left, a phase moved, a key was turned.

    Read by those who sit there, never by anybody else; it holds a code and who acted, no text of a room
    except the reason that was given. It dies with the room.
    """

    room = models.ForeignKey(Room, verbose_name=_("salle"), on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("le"), default=timezone.now, db_index=True)
    code = models.CharField(_("ce qui s’est passé"), max_length=24)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("par"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("au sujet de"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    step = models.SmallIntegerField(_("phase"), default=-1)
    reason = SealedTextField(_("raison"), blank=True, default="")

    class Meta:
        verbose_name = _("événement d’une salle")
        verbose_name_plural = _("événements d’une salle")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.room_id} {self.code}"
