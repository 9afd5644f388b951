"""Fills a catalogue with many sheets, for benchmarks/pages.py.

The demo sheets come in through the import; what is missing to the wanted number are copies of them, written
row by row into the tables, because ten thousand publications would take ten minutes.
"""

import uuid
from datetime import timedelta

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from agora.discussion.actions import import_comment
from agora.home.demo import load_demo
from agora.home.tree import build_tree
from agora.people.models import Member
from agora.people.sessions import SessionStore
from practices.models import Adoption, CatalogueStamp, PracticePage

READER = "lies.p@ocmw-jette.example"
SHEET = "demo-fr-001"  # a followed sheet with eight adoptions and a translation
COMMENTS = 50
COMMENT = "Chez nous, l’accusé de réception remis tout de suite a calmé la file. Message numéro {}."
WORD_LISTS = ("themes", "publics", "functions", "services", "missions")


def fill(size: int) -> dict[str, str]:
    """Make a catalogue of `size` sheets; return the addresses to measure and a signed-in session."""
    build_tree()
    load_demo()
    with transaction.atomic():
        _copies(size - PracticePage.objects.count())
        CatalogueStamp.renew()
    sheet = PracticePage.objects.get(external_id=SHEET)
    _talk(sheet)
    return {
        "session": _session(Member.objects.get(email=READER)),
        "sheet": sheet.get_absolute_url(),
        "list": "/fr/pratiques/?theme=accueil-flux&service=ssg&service=accueil",
        "search": "/fr/recherche/?q=premier+accueil",
    }


def _talk(sheet: PracticePage) -> None:
    """Bring the discussion to fifty messages, half of them answers."""
    members = list(Member.objects.filter(status=Member.Status.ACTIVE, cpas__isnull=False)[:12])
    start, root = timezone.now() - timedelta(days=60), None
    for number in range(COMMENTS - sheet.comments.count()):
        said = import_comment(
            by=members[number % len(members)],
            target=sheet,
            text=COMMENT.format(number),
            parent=root if number % 2 else None,
            posted_at=start + timedelta(hours=number),
        )
        root = root if number % 2 else said


def _session(member: Member) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = "agora.people.backends.Backend"
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key


def _copies(count: int) -> None:
    """Copy sheets, with their words and adoptions, `count` times in all."""
    originals = list(PracticePage.objects.filter(live=True).order_by("pk"))
    parents = {page.pk: page.get_parent() for page in originals}
    page_rows, sheet_rows = _rows("wagtailcore_page", "id"), _rows("practices_practicepage", "page_ptr_id")
    last_pk = max(_rows("wagtailcore_page", "id"))
    children = {parent.pk: parent.numchild for parent in parents.values()}
    pages, sheets, copies = [], [], []
    for number in range(count):
        original = originals[number % len(originals)]
        parent, pk = parents[original.pk], last_pk + 1 + number
        children[parent.pk] += 1
        title = f"{original.title} ({number})"
        path = PracticePage._get_path(parent.path, parent.depth + 1, children[parent.pk])
        own = {"path": path, "slug": f"copie-{number}", "title": title, "draft_title": title}
        links = {"live_revision_id": None, "latest_revision_id": None, "translation_key": uuid.uuid4().hex}
        pages.append(page_rows[original.pk] | own | links | {"id": pk, "url_path": f"/copie-{number}/"})
        sheets.append(sheet_rows[original.pk] | {"page_ptr_id": pk, "external_id": None})
        copies.append((original.pk, pk))
    _write("wagtailcore_page", pages)
    _write("practices_practicepage", sheets)
    for pk, number in children.items():
        Page.objects.filter(pk=pk).update(numchild=number)
    _copy_words(copies)


def _copy_words(copies: list[tuple[int, int]]) -> None:
    for name in WORD_LISTS:
        through = PracticePage._meta.get_field(name).remote_field.through
        word = through._meta.get_fields()[-1].attname
        carried: dict[int, list[int]] = {}
        for pk, term in through.objects.values_list("practicepage_id", word):
            carried.setdefault(pk, []).append(term)
        through.objects.bulk_create(
            through(**{"practicepage_id": new, word: term})
            for old, new in copies
            for term in carried.get(old, ())
        )
    adopted: dict[int, list[Adoption]] = {}
    for adoption in Adoption.objects.all():
        adopted.setdefault(adoption.practice_id, []).append(adoption)
    Adoption.objects.bulk_create(
        Adoption(practice_id=new, cpas_id=a.cpas_id, state=a.state, since=a.since, note=a.note)
        for old, new in copies
        for a in adopted.get(old, ())
    )


def _rows(table: str, key: str) -> dict[int, dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return {row[names.index(key)]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def _write(table: str, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in rows[0])
    places = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})", [[*row.values()] for row in rows]
        )
