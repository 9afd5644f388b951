"""A debate as its page shows it, in four queries whatever its length.

A name of its own beside views.py: it prepares what the template prints.
"""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.wording import in_letters

from ..models import Argument, Debate, Position


@dataclass(frozen=True, slots=True)
class Side:
    """A position with its arguments, and the best ones against it by those who hold it."""

    row: Position
    arguments: tuple[Argument, ...]
    against: tuple[Argument, ...]


def sides_of(debate: Debate) -> list[Side]:
    """Return what stands in a debate (two queries)."""
    standing = Argument.objects.filter(removed_at__isnull=True)
    positions = debate.positions.filter(removed_at__isnull=True).prefetch_related(
        Prefetch("arguments", standing, to_attr="standing")
    )
    return [
        Side(
            position,
            tuple(each for each in position.standing if not each.is_against),
            tuple(each for each in position.standing if each.is_against),
        )
        for position in positions
    ]


def size_of(positions: int) -> str:
    """Say how many positions a debate has."""
    if not positions:
        return _("aucune position")
    said = ngettext("%(n)s position", "%(n)s positions", positions)
    return said % {"n": in_letters(positions, feminine=True)}
