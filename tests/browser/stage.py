"""Sets the stage on which the browser tests play; runs in a `manage.py shell` of the site being prepared.

Leaves `stage.json` beside the database: an open session for each demo account (a test of something else
need not sign in again), the numbers and addresses of what the tests visit, and the answers that a
visitor only meets when something breaks. Everything is made through the acts of the rooms.
"""

import json
import time
import uuid
from importlib import import_module
from unittest import mock

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from django_comments_xtd.models import XtdComment

from agora.attachments.actions import receive
from agora.attachments.models import Attachment
from agora.discussion.actions import report_comment
from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from agora.home.models import StandardPage
from agora.home.tree import STANDARD_PAGES
from agora.people.feed_keys import renew_key
from agora.people.models import Member
from agora.vocabulary.models import Theme
from forum.models import Debate, Question
from forum.questions.actions import ask
from forum.questions.moderating import decide
from practices.actions import change_practice, publish_version
from practices.fields import PracticeFields
from practices.keeping.filters.actions import keep_filter
from practices.keeping.lists.actions import create_list, keep
from practices.keeping.useful.actions import say_useful
from practices.languages.standing import sister_of
from practices.languages.translating import begin
from practices.models import PracticePage, RevisionNote
from practices.review.actions import propose
from practices.word.actions import begin_from_document
from search.following.actions import follow_search
from search.wanted.actions import ask_for_sheet
from tests.attachments.samples import pdf
from tests.browser.stage_of_rooms import crowd, rooms_of
from tests.practices.word_samples import full_document

TOMORROW = time.time() + 86_400  # a password typed « tomorrow » is recent throughout the tests
WRITERS = {"fr": "nadia.v@cpas-auderghem.example", "nl": "joris.v@ocmw-koekelberg.example"}
COLLEAGUES = {"fr": "samira.b@cpas-forest.example", "nl": "lies.p@ocmw-jette.example"}
CONTESTED = {
    "fr": "lire-une-facture-annuelle-denergie-a-plusieurs",
    "nl": "meterstanden-noteren-in-groep-elke-eerste-maandag",
}
TOLD_ANEW = {
    "fr": {
        "title": "Le classeur de l’équipe, relu chaque lundi",
        "summary": "Ce que le service sait tient dans un classeur. On y cherche, on y écrit, on le relit.",
        "problem": "Chacun avait ses notes dans son tiroir. Quand une collègue partait :\n\n"
        "- les bonnes adresses partaient avec elle,\n- la suivante recommençait à zéro.",
    },
    "nl": {
        "title": "De map van het team, elke maandag herlezen",
        "summary": "Wat de dienst weet, zit in één map. We zoeken erin, schrijven erin, herlezen ze.",
        "problem": "Ieder had zijn nota’s in zijn eigen lade. Als een collega vertrok:\n\n"
        "- vertrokken de goede adressen mee,\n- begon de volgende van nul.",
    },
}
FILES = {"fr": "Grille d’entretien à imprimer.pdf", "nl": "Gespreksrooster om af te drukken.pdf"}
TITLES = {"fr": "Pour la réunion du mardi", "nl": "Voor de vergadering van dinsdag"}
REMOVED = {"fr": "Qui connaît la dame du mardi ?", "nl": "Wie kent de dame van dinsdag?"}
OTHER_SUMMARY = {
    "fr": ("La facture lue à plusieurs, avec un lexique.", "La facture lue ensemble, crayon en main."),
    "nl": ("Meterstanden samen noteren, met een lijst.", "Samen noteren, met het potlood in de hand."),
}


def sessions(since: float) -> dict[str, str]:
    """Open a session for each demo account, its password typed at `since`; return their keys by e-mail."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = {}
    for member in Member.objects.all():
        session = store()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session["account_authentication_methods"] = [
            {"method": "password", "at": since, "email": member.email, "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(member.pk)
        session.create()
        keys[member.email] = session.session_key
    return keys


def sheets(language: str) -> dict[str, str]:
    """Return the slugs of the sheets that the tests visit in one language."""
    ours = PracticePage.objects.live().filter(locale__language_code=language)
    talked = max(ours, key=lambda sheet: sheet.comments.count())
    return {
        "sheet": talked.slug,
        "tip": ours.filter(kind="tip").first().slug,
        "abandoned": ours.filter(maturity="abandoned").first().slug,
        "showcase": ours.filter(is_showcase=True).first().slug,
        "version": RevisionNote.objects.filter(revision__object_id=talked.pk).last().revision_id,
        "contested": CONTESTED[language],
        "adapted": ours.filter(variants__isnull=False).first().slug,
        "variant": ours.filter(lineage__isnull=False).first().slug,
        "family": ours.filter(lineage__isnull=False).first().pk,
        "comment": XtdComment.objects.filter(object_pk=talked.pk).order_by("pk").first().pk,
    }


def drafts(language: str) -> dict[str, str]:
    """Begin a new sheet, and a change of a sheet that a colleague then changes too; return their numbers."""
    writer, colleague = (Member.objects.get(email=who[language]) for who in (WRITERS, COLLEAGUES))
    model = PracticePage.objects.filter(locale__language_code=language, kind="sheet").first()
    file = receive(SimpleUploadedFile(FILES[language], pdf(pages=3)), writer)
    _publish_with(file, language, writer)
    data = PracticeFields.of(model).as_data() | TOLD_ANEW[language] | {"attachments": [str(file.pk)]}
    new = save_draft(writer, pk=uuid.uuid4(), kind="practice", language=language, data=data).draft
    standoff = _standoff(language, writer, colleague)
    versions = RevisionNote.objects.filter(revision__object_id=standoff.target).order_by("published_at", "pk")
    word = begin_from_document(writer, full_document(language), name="note.docx", language=language)
    return {
        "draft": str(new.pk),
        "word": str(word.pk),
        "file": str(file.pk),
        "standoff": str(standoff.pk),
        "first": versions[0].revision_id,
    }


def _publish_with(file: Attachment, language: str, writer: Member) -> None:
    """Put a file on the sheet of a practice that was stopped."""
    ours = PracticePage.objects.live().filter(locale__language_code=language)
    page = ours.filter(maturity="abandoned").first()
    fields = PracticeFields.of(page).with_data({"attachments": [str(file.pk)]})
    publish_version(page, fields, by=writer, significance="medium", based_on=page.live_revision_id)


def languages(language: str) -> dict[str, str]:
    """Let a sheet lag behind its sister, and begin the translation of one that has none."""
    ours = (
        PracticePage.objects.live().filter(locale__language_code=language).exclude(slug=CONTESTED[language])
    )
    paired = {sheet.translation_key: sheet for sheet in ours.order_by("pk") if sister_of(sheet)}
    pairs = list(paired.values())  # another one for each language, where there are two
    stale = pairs[{"fr": -1, "nl": -2}[language] % len(pairs)]
    sister = sister_of(stale)
    fields = PracticeFields.of(sister).with_data({"means": f"{sister.means}\n\nUn local. Een lokaal."})
    version = sister.live_revision_id
    change_practice(sister, fields, by=sister.owner, significance="major", based_on=version)
    lone = next(sheet for sheet in ours.order_by("pk") if sheet.translation_key not in paired)
    translation = begin(lone, by=Member.objects.get(email=WRITERS[language]))
    return {"stale": stale.slug, "translation": str(translation.pk)}


def _standoff(language: str, writer: Member, colleague: Member) -> Draft:
    page = PracticePage.objects.get(slug=CONTESTED[language])
    mine, theirs = OTHER_SUMMARY[language]
    fields = PracticeFields.of(page)
    draft = save_draft(
        writer,
        pk=uuid.uuid4(),
        kind="practice",
        language=language,
        data=fields.as_data() | {"summary": mine, "significance": "minor"},
        target=str(page.pk),
        base=str(page.live_revision_id),
    ).draft
    theirs = fields.with_data({"summary": theirs})
    publish_version(page, theirs, by=colleague, significance="medium", based_on=page.live_revision_id)
    return draft


def proposed(language: str) -> dict[str, str]:
    """Let the writer propose a change of somebody else's sheet; return its number, and that sheet."""
    writer = Member.objects.get(email=WRITERS[language])
    ours = PracticePage.objects.live().filter(locale__language_code=language).exclude(owner=writer)
    page = ours.exclude(slug=CONTESTED[language]).order_by("pk").last()
    fields = PracticeFields.of(page)
    told = TOLD_ANEW[language]
    fields = fields.with_data({"problem": told["problem"], "summary": told["summary"]})
    base, reason = page.live_revision, told["title"]
    proposal = propose(page, fields, by=writer, base=base, significance="medium", reason=reason)
    return {"proposal": proposal.pk, "proposed": page.slug}


def keeping(language: str) -> dict[str, int]:
    """Have the writer keep sheets and filters, share a list, and receive a word; return the list's number."""
    writer, colleague = (Member.objects.get(email=who[language]) for who in (WRITERS, COLLEAGUES))
    ours = PracticePage.objects.live().filter(locale__language_code=language)
    said = TOLD_ANEW[language]
    reading_list = create_list(writer, TITLES[language], note=said["summary"], audience="members")
    for sheet in ours.order_by("pk")[:4]:
        keep(writer, sheet, reading_list, said["title"])
    keep_filter(writer, "theme=bilan&essayee=21007", TITLES[language])
    follow_search(writer, "q=accueil")
    ask_for_sheet(writer, TITLES[language], language=language)
    renew_key(writer)
    own = ours.filter(owner=writer).first()
    if own:
        say_useful(colleague, own, said["summary"])
    return {"reading_list": reading_list.pk}


def questions(language: str) -> dict[str, int]:
    """Return the numbers of a question that waits, one that helped, one that was removed, and a debate."""
    asked = Question.objects.filter(language=language)
    found = {
        "waiting": asked.unanswered().first().pk,
        "helped": asked.filter(helped__gt=0).first().pk,
        "debate": Debate.objects.filter(language=language).first().pk,
    }
    writer, themes = Member.objects.get(email=WRITERS[language]), Theme.objects.order_by("pk")[:1]
    removed = ask(writer, REMOVED[language], "", themes=themes, language=language)
    decide(Member.objects.get(email="moderation@agora.example"), removed, "removed", TITLES[language])
    return found | {"removed_question": removed.pk}


def texts(language: str) -> dict[str, str]:
    """Return the addresses of the texts of the house."""
    pages = StandardPage.objects.filter(locale__language_code=language)
    slugs = {key: slugs[language] for key, slugs in STANDARD_PAGES.items()}
    return {key: pages.get(slug=slug).get_url() for key, slug in slugs.items()}


def breakdowns(language: str) -> dict[str, str]:
    """Return the pages that answer a breakdown: what no test could provoke from outside."""
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    answers = {}
    for name, error in (("500", RuntimeError), ("400", SuspiciousOperation)):
        with mock.patch("agora.home.views.newest_for", side_effect=error("on purpose")):
            answers[name] = client.get(f"/{language}/")
    with override(language):
        address = reverse("account_signup")
    for _ in range(25):
        answers["429"] = client.post(address, {})
    cache.clear()
    assert [answer.status_code for answer in answers.values()] == [500, 400, 429], answers
    return {name: answer.content.decode() for name, answer in answers.items()}


def set_stage() -> None:
    """Make everything, and write down what the tests need to know of it."""
    reported = XtdComment.objects.order_by("pk")[2]
    reporter = Member.objects.exclude(pk=reported.user_id).filter(status="active").first()
    report_comment(reporter, reported, "person", "Le prénom de l’enfant et sa classe.")
    stage = {
        "sessions": sessions(TOMORROW),
        "old_sessions": sessions(0),
        "members": {member.email: member.pk for member in Member.objects.all()},
        "writers": WRITERS,
        "colleagues": COLLEAGUES,
        "reported": reported.pk,
        "crowd": crowd(),
        **{
            language: sheets(language)
            | drafts(language)
            | proposed(language)
            | languages(language)
            | keeping(language)
            | questions(language)
            | texts(language)
            | rooms_of(language)
            | breakdowns(language)
            for language in ("fr", "nl")
        },
    }
    (settings.VAR / "stage.json").write_text(json.dumps(stage, ensure_ascii=False, indent=1), "utf-8")
