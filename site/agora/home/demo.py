"""The fictional people, sheets and conversations that a new installation starts with.

Everything goes through the same doors as real content: the import of practices, the act of posting a
comment. No person, sheet or message in it is real.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from agora.discussion.actions import import_comment
from agora.people.models import Member
from agora.people.roles import ADMINISTRATOR, EDITOR, MODERATOR, TRAINER, grant
from agora.vocabulary.models import Cpas, Function, Service, Theme
from practices.actions import publish_version
from practices.adoption.actions import describe
from practices.adoption.adapting import tie
from practices.adoption.functions import told
from practices.fields import PracticeFields
from practices.importing import import_file
from practices.models import CpasContext, Lineage, PracticePage, RevisionNote
from search.models import Situation, SituationText
from search.outbox import enqueue

from .demo_files import load_files
from .demo_questions import load_questions
from .demo_rooms import load_rooms

FOLDER = settings.ROOT / "demo"
PASSWORD = "agora-demo-2026"
# The four accounts that open Wagtail's admin have a second step; `manage.py demo_code` plays their phone.
TOTP_SECRET = "JBSWY3DPEHPK3PXPAGORADEMOCPASOCMW"[:32]
WITH_SECOND_STEP = {ADMINISTRATOR, EDITOR, MODERATOR, TRAINER}
PRACTICE_FILES = (
    *(f"practices-fr-{number}.jsonl" for number in range(1, 7)),
    "practices-nl.jsonl",
    "practices-nl-2.jsonl",
    "practices-nl-3.jsonl",
)
COMMENT_FILES = ("comments.jsonl", "comments-2.jsonl", "comments-3.jsonl")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was there after loading."""

    members: int
    practices: int
    comments: int


def load_demo(say: Callable[[str], None] = lambda line: None) -> Loaded:
    """Load the demo content; run again, it changes nothing that is there already.

    `say` receives one line of progress at a time. Raises ValueError when a demo file is refused.
    """
    say("People…")
    members = load_members(FOLDER / "members.json")
    for name in PRACTICE_FILES:
        say(f"Practices from {name}…")
        report = import_file(FOLDER / name)
        if report.refused:
            raise ValueError(f"{name}: {report}")
    say("What each CPAS is like, who adapted what…")
    load_contexts(FOLDER / "contexts.json")
    load_adaptations(FOLDER / "adaptations.jsonl")
    choose_texts(FOLDER / "situations.json")
    say("Files…")
    load_files(FOLDER / "files")
    say("Corrections…")
    load_edits(FOLDER / "edits.jsonl")
    say("Rooms…")
    load_rooms(FOLDER / "rooms.json")
    say("Questions and debates…")
    load_questions(FOLDER / "questions.json")
    say("Conversations…")
    comments = sum(load_comments(FOLDER / name) for name in COMMENT_FILES)
    return Loaded(members, PracticePage.objects.live().count(), comments)


@transaction.atomic
def load_members(path: Path) -> int:
    """Create the fictional members who are missing; returns how many there are in the file."""
    people = json.loads(path.read_text("utf-8"))
    password = make_password(PASSWORD)  # hashed once: the same pass phrase for all of them
    cpas = Cpas.objects.in_bulk()
    functions, services, themes = (
        {term.slug: term for term in model.objects.all()} for model in (Function, Service, Theme)
    )
    for person in people:
        member, created = Member.objects.get_or_create(
            email=person["email"],
            defaults={
                "password": password,
                "first_name": person["first_name"],
                "last_name": person["last_name"],
                "language": person["language"],
                "cpas": cpas.get(person["cpas"]),
                "function": functions.get(person["function"]),
                "service": services.get(person["service"]),
                "seniority": person["seniority"],
                "spoken": person.get("spoken", [person["language"]]),
                "status": person.get("status", "active"),
                "validated_at": None if person.get("status") == "pending" else timezone.now(),
            },
        )
        if not created:
            continue
        member.themes.set([themes[slug] for slug in person["themes"]])
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        grant(member, *person.get("roles", []))
        if ADMINISTRATOR in person.get("roles", []):
            Member.objects.filter(pk=member.pk).update(is_superuser=True, is_staff=True)
        if WITH_SECOND_STEP & set(person.get("roles", [])):
            TOTP.activate(member, TOTP_SECRET)
    return len(people)


def second_step_code(email: str) -> str:
    """Return the code that the phone of a demo account would show now; LookupError if it has none."""
    found = Authenticator.objects.filter(user__email=email, type=Authenticator.Type.TOTP).first()
    if found is None:
        raise LookupError(email)
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(TOTP_SECRET, counter))


@transaction.atomic
def load_contexts(path: Path) -> None:
    """Describe the fictional likeness of each CPAS that nobody has described."""
    said = {code: words for code, words in json.loads(path.read_text("utf-8")).items() if code != "note"}
    known = set(CpasContext.objects.values_list("pk", flat=True))
    members = Member.objects.filter(status=Member.Status.ACTIVE, cpas__in=said.keys() - known)
    for member in {member.cpas_id: member for member in members}.values():
        describe(member.cpas_id, said[member.cpas_id], by=member)


@transaction.atomic
def load_adaptations(path: Path) -> None:
    """Tie the fictional variants to the sheets that they adapt, each on its day."""
    pages = {page.external_id: page for page in PracticePage.objects.filter(external_id__isnull=False)}
    authors = {member.email: member for member in Member.objects.all()}
    known = set(Lineage.objects.values_list("variant__external_id", flat=True))
    for line in _lines(path):
        if line["variant"] in known:
            continue
        made = tie(
            pages[line["variant"]], pages[line["origin"]], told(line["functions"]), by=authors[line["by"]]
        )
        Lineage.objects.filter(pk=made.pk).update(created_at=datetime.fromisoformat(line["at"]))


def choose_texts(path: Path) -> None:
    """Put the fictional sheets that open each situation in their place, where nothing was chosen."""
    pages = {page.external_id: page for page in PracticePage.objects.filter(external_id__isnull=False)}
    chosen = json.loads(path.read_text("utf-8"))
    for situation in Situation.objects.filter(slug__in=chosen, texts=None):
        for place, name in enumerate(chosen[situation.slug]):
            if name in pages:
                SituationText.objects.create(situation=situation, page=pages[name], sort_order=place)


def load_edits(path: Path) -> None:
    """Make the fictional corrections of colleagues that are missing, each on its day."""
    with transaction.atomic():
        _make_edits(path)


def _make_edits(path: Path) -> None:
    authors = {member.email: member for member in Member.objects.all()}
    for line in _lines(path):
        practice = PracticePage.objects.get(external_id=line["practice"])
        fields = PracticeFields.of(practice)
        text = getattr(fields, line["section"])
        if line["find"] not in text or line["replace"] in text:
            continue
        moment = datetime.fromisoformat(line["at"])
        changed = publish_version(
            practice,
            replace(fields, **{line["section"]: text.replace(line["find"], line["replace"])}),
            by=authors[line["author"]],
            significance=line["significance"],
            reason=line["reason"],
            based_on=practice.live_revision_id,
        )
        Revision.objects.filter(pk=changed.live_revision_id).update(created_at=moment)
        RevisionNote.objects.filter(revision=changed.live_revision_id).update(published_at=moment)
        PracticePage.objects.filter(pk=changed.pk).update(last_published_at=moment)
        enqueue(f"practice:{changed.pk}")  # an update() tells nobody


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def load_comments(path: Path) -> int:
    """Post the fictional messages that are missing; returns how many there are in the file."""
    lines = _lines(path)
    pages = {page.external_id: page for page in PracticePage.objects.filter(external_id__isnull=False)}
    authors = {member.email: member for member in Member.objects.select_related("cpas")}
    posted: dict[str, object] = {}
    with transaction.atomic():
        for line in lines:
            if line["practice"] not in pages:
                raise ValueError(f"comments: unknown practice {line['practice']}")
            posted[line["key"]] = import_comment(
                by=authors[line["author"]],
                target=pages[line["practice"]],
                text=line["text"],
                parent=posted.get(line["parent"]),
                posted_at=datetime.fromisoformat(line["posted"]),
            )
    return len(lines)
