"""The family of a sheet: what it adapts, what adapts it, and what became of the key functions.

A name of its own: it only reads. A tie shows to whoever may read both of its ends, and leads no further:
an archived sheet, or one kept to members, is not even hinted at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..models import Lineage, PracticePage
from ..wording import interface_language, month
from . import functions as keys
from .functions import Function


@dataclass(frozen=True, slots=True)
class Relative:
    """One sheet of a family, as pages show it."""

    pk: int
    title: str
    url: str
    language: str
    cpas: str
    is_foreign: bool
    maturity: str


@dataclass(slots=True)
class Branch:
    """A sheet, how it became different from its origin (empty for the first one), and who adapts it."""

    sheet: Relative
    said: str = ""
    counted: str = ""
    functions: list[Function] = field(default_factory=list)
    variants: list["Branch"] = field(default_factory=list)

    def walk(self) -> Iterator["Branch"]:
        """Yield this branch and all those above it."""
        yield self
        for variant in self.variants:
            yield from variant.walk()


@dataclass(frozen=True, slots=True)
class Ties:
    """What a sheet says of its family: the sheet it adapts and how, the sheets that adapt it."""

    origin: Branch | None
    variants: list[Branch]


def ties_of(practice: PracticePage, *, member: bool) -> Ties:
    """Return the nearest relatives of a sheet that members, or visitors, may read (two queries)."""
    lineage = Lineage.objects.filter(variant=practice).first()
    variants = list(Lineage.objects.filter(origin=practice))
    numbers = [*([lineage.origin_id] if lineage else []), *(each.variant_id for each in variants)]
    known = _relatives(numbers, member=member) if numbers else {}
    origin = known.get(lineage.origin_id) if lineage else None
    return Ties(
        origin=_branch(origin, lineage) if origin else None,
        variants=[_branch(known[each.variant_id], each) for each in variants if each.variant_id in known],
    )


def family_numbers(practice: PracticePage, *, member: bool) -> set[int]:
    """Return the numbers of all the sheets of a family that may be read, this one left out."""
    return _readable_component(practice, member) - {practice.pk}


def tree_of(practice: PracticePage, *, member: bool) -> Branch:
    """Return the whole family of a sheet, from the one that all others come from (four queries)."""
    numbers = _readable_component(practice, member) | {practice.pk}
    known = _relatives(numbers, member=member)
    lineages = {each.variant_id: each for each in Lineage.objects.filter(variant__in=numbers)}
    branches = {pk: _branch(relative, lineages.get(pk)) for pk, relative in known.items()}
    roots = []
    for pk, branch in branches.items():
        origin = branches.get(lineages[pk].origin_id) if pk in lineages else None
        if origin is None:
            branch.said, branch.counted, branch.functions = (
                "",
                "",
                [],
            )  # whatever it comes from, this reader may not know
            roots.append(branch)
        else:
            origin.variants.append(branch)
    for branch in branches.values():
        branch.variants.sort(key=lambda one: (one.sheet.cpas, one.sheet.title))
    return roots[0]


def _readable_component(practice: PracticePage, member: bool) -> set[int]:
    # Adaptations are few beside sheets: all of them, in one short query, whatever the depth of a family.
    edges = list(Lineage.objects.order_by().values_list("variant_id", "origin_id"))
    numbers = {pk for edge in edges for pk in edge}
    readable = set(_sheets(numbers, member).order_by().values_list("pk", flat=True)) if numbers else set()
    return _component(practice.pk, edges, readable)


def _sheets(numbers: Iterable[int], member: bool):
    sheets = PracticePage.objects.filter(pk__in=numbers, live=True)
    return sheets if member else sheets.filter(is_showcase=True)


def _component(start: int, edges: list[tuple[int, int]], readable: set[int]) -> set[int]:
    beside: dict[int, set[int]] = {}
    for one, other in edges:
        if one in readable and other in readable:
            beside.setdefault(one, set()).add(other)
            beside.setdefault(other, set()).add(one)
    found, waiting = set(), [start] if start in beside else []
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += beside[pk]
    return found


def _relatives(numbers: Iterable[int], *, member: bool) -> dict[int, Relative]:
    sheets = _sheets(numbers, member).select_related("origin", "locale").order_by("title", "pk")
    return {sheet.pk: _relative(sheet) for sheet in sheets}


def _relative(sheet: PracticePage) -> Relative:
    language = sheet.locale.language_code
    return Relative(
        pk=sheet.pk,
        title=sheet.title,
        url=sheet.get_absolute_url(),
        language=language,
        cpas=sheet.origin.name if sheet.origin else "",
        is_foreign=language != interface_language(),
        maturity=str(sheet.get_maturity_display()),
    )


def _branch(relative: Relative, lineage: Lineage | None) -> Branch:
    if lineage is None:
        return Branch(relative)
    functions = keys.told(lineage.functions)
    when = _("adaptée en %(month)s") % {"month": month(lineage.created_at)}
    counted = keys.counted(functions)
    said = _("%(when)s : %(counted)s") % {"when": when, "counted": counted} if counted else when
    return Branch(relative, said, counted, functions)


@dataclass(slots=True)
class Row:
    """One key function of one sheet, and what it became in each variant: (branch, function, word)."""

    text: str
    fates: list[tuple[Branch, Function, str]] = field(default_factory=list)


def table_of(branch: Branch) -> list[Row]:
    """Return the key functions that the variants of a sheet spoke of, in the order they were first told."""
    rows: dict[str, Row] = {}
    for variant in branch.variants:
        for function in variant.functions:
            row = rows.setdefault(function.text, Row(function.text))
            row.fates.append((variant, function, keys.fate_word(function.fate)))
    return list(rows.values())
