"""What search knows of a file: the words of its pages, and the readers of the sheets that carry it now.

A file that only an older version carries, that is proposed or that waits in a draft, is not found.
"""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agora.attachments.models import Attachment
from agora.attachments.rows import SLIDES
from agora.people.audience import PUBLIC
from search import documents, outbox
from search.contract import ContributionDoc
from search.languages import guessed

from ..indexing import WORDS, facets_of, gist
from ..models import PracticePage, SheetFile

KIND = "file"
WEIGHT = 0.85  # of a file beside a sheet (1.0), which says what the file is for


def register() -> None:
    """Tell search that the files of sheets can be found."""
    documents.register(SOURCE)


def indexed() -> QuerySet[Attachment]:
    """Return the files that published sheets carry, with all that `build` reads."""
    sheets = PracticePage.objects.filter(live=True).select_related("locale").prefetch_related(*WORDS)
    return _carried().prefetch_related(Prefetch("practices", sheets.order_by("pk")))


def build(attachment: Attachment) -> ContributionDoc | None:
    """Return a file as the index knows it; None when no published sheet carries it."""
    sheets = list(attachment.practices.all())
    if not sheets:
        return None
    words = words_of(attachment)
    audience = frozenset().union(*(sheet.audience for sheet in sheets))
    # Of several sheets, one that all readers of the file read: by no other may they find it.
    above = next((each for each in sheets if PUBLIC in each.audience or each.audience >= audience), None)
    return ContributionDoc(
        uid=SOURCE.uid(attachment.pk),
        language=words.language,
        title=words.title,
        body=words.body,
        above=gist(above) if above else "",
        above_language=above.locale.language_code if above else None,
        audience=audience,
        updated=attachment.uploaded_at,
        facets=_facets(sheets),
        weight=WEIGHT,
    )


def words_of(attachment: Attachment) -> documents.Text | None:
    """Return the words of a file, and where each of its pages begins; no query."""
    sheets = list(attachment.practices.all())
    if not sheets:
        return None
    text = getattr(attachment, "text", None)
    pages = text.pages if text else []
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    body = "\n".join(pages)
    return documents.Text(
        language=guessed(body, sheets[0].locale.language_code),
        title=attachment.name,
        body=body,
        updated=attachment.uploaded_at,
        # A text of Word has no pages before it is printed; one page needs no number.
        pages=tuple(starts) if len(pages) > 1 else (),
        page_address="#page=%d" if attachment.kind == "pdf" else "",
    )


def visible(user) -> QuerySet[Attachment]:
    """Return the files that a user may find, each with the sheets that the same user reads."""
    sheets = PracticePage.objects.visible_to(user).select_related("locale").order_by("pk")
    readable = PracticePage.attachments.through.objects.filter(practicepage__in=sheets.order_by())
    return (
        _carried()
        .filter(pk__in=Attachment.objects.visible_to(user).values("pk"))
        .filter(pk__in=readable.values("attachment"))
        .prefetch_related(Prefetch("practices", sheets))
    )


def follow(practice: PracticePage, *, narrowed: bool = False) -> None:
    """Tell search of the files of a sheet that was published, hidden or deleted, in the same transaction.

    Files that it carried before and does not any more are hidden until the index knows.
    """
    through = PracticePage.attachments.through.objects.filter(practicepage=practice)
    now = set(through.values_list("attachment", flat=True))
    before = set(SheetFile.objects.filter(practice=practice).values_list("attachment", flat=True))
    outbox.narrow(*uids(before | now if narrowed else before - now))
    if not narrowed:
        outbox.enqueue(*uids(now))


def uids(keys: Iterable[object]) -> list[str]:
    """Return the names under which search knows files."""
    return [SOURCE.uid(key) for key in keys]


def address_of(attachment: Attachment) -> str:
    """Return where a file is opened."""
    return reverse("attachments:file", kwargs={"pk": attachment.pk})


def is_of_slides(attachment: Attachment) -> bool:
    """Whether its pages are called slides."""
    return attachment.kind in SLIDES


def _carried() -> QuerySet[Attachment]:
    carried = PracticePage.attachments.through.objects.filter(practicepage__live=True)
    named = Q(pk__in=carried.values("attachment"), withdrawn_at=None)
    return Attachment.objects.filter(named).select_related("text")


def _facets(sheets: list[PracticePage]) -> dict[str, tuple[str, ...]]:
    facets: dict[str, dict[str, None]] = {}
    for sheet in sheets:
        for name, values in facets_of(sheet).items():
            facets.setdefault(name, {}).update(dict.fromkeys(values))
    return {name: tuple(values) for name, values in facets.items()}


SOURCE = documents.Source(
    kind=KIND,
    label=_("Fichiers"),
    queryset=indexed,
    build=build,
    visible=visible,
    template="practices/attached/search_hit.html",
    text=words_of,
    fallback_fields=("name",),
    url=address_of,
)
