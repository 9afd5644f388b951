"""Fewer people read it from the next request on: with the drain stopped, the engine ill, during a rebuild.

Each act of the rooms that takes readers away, on what each room lets be found. Looked at through the service
that the page and the API ask, as somebody who could read before and may not any more.
"""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from agora.attachments.actions import withdraw
from agora.attachments.models import FileText
from agora.discussion.actions import moderate_comment, post_comment, withdraw_comment
from agora.discussion.models import Decision
from agora.people.actions import change_cpas, suspend_member
from agora.people.roles import EDITOR, MODERATOR
from agora.vocabulary.models import Cpas
from practices.actions import archive_practice, set_showcase
from practices.models import PracticePage, SheetFile
from search import generations, outbox, spelling
from search.contract import SearchUnavailable
from search.engines import engine
from search.models import PendingChange, Tombstone
from search.service import search_service
from tests.attachments.factories import stored
from tests.practices.factories import make_practice

pytestmark = pytest.mark.django_db
WORD = "zqxwapitique"


@dataclass
class Case:
    """A thing that holds the word, who watches, and the act that takes it away from them."""

    watcher: object
    act: object


@pytest.fixture
def case(request, tree, make_member) -> Case:
    """The thing and the act that a test asks for by name, everything indexed beforehand."""
    author, watcher = make_member(first_name="Autrice"), make_member(cpas="21010")
    moderator = make_member(roles=[MODERATOR], cpas=None)
    editor = make_member(roles=[EDITOR], cpas=None)
    make_practice(by=author, is_showcase=True)

    def sheet(**fields):
        return make_practice(by=author, problem=f"On cherche {WORD}.", **fields)

    def message():
        return post_comment(author, make_practice(by=author), f"Chez nous, {WORD}.")

    def person(**fields):
        return make_member(last_name=WORD.title(), cpas="21012", **fields)

    def file():
        sheet, attachment = make_practice(by=author), stored(author)
        PracticePage.attachments.through.objects.create(practicepage=sheet, attachment=attachment)
        SheetFile.objects.create(practice=sheet, attachment=attachment)
        FileText.objects.create(attachment=attachment, pages=["Une page.", f"On y lit {WORD}."])
        return attachment

    def unfindable(member):
        member.is_findable = False
        member.save()

    makers = {
        "archived": (sheet, lambda it: archive_practice(it, author)),
        "deleted": (sheet, lambda it: it.delete()),
        "closed to visitors": (lambda: sheet(is_showcase=True), lambda it: set_showcase(it, False, editor)),
        "message withdrawn": (message, lambda it: withdraw_comment(author, it)),
        "message removed": (
            message,
            lambda it: moderate_comment(moderator, it, Decision.Outcome.REMOVED, "Un nom."),
        ),
        "sheet of a message archived": (
            message,
            lambda it: archive_practice(it.content_object, author),
        ),
        "file withdrawn": (file, lambda it: withdraw(it, author, "Un nom était lisible.")),
        "sheet of a file archived": (file, lambda it: archive_practice(it.practices.get(), author)),
        "person suspended": (person, lambda it: suspend_member(it, by=moderator, reason="Partie.")),
        "person who moves": (person, lambda it: change_cpas(it, Cpas.objects.get(pk="21001"))),
        "person who hides": (person, unfindable),
        "person who left": (person, lambda it: it.delete()),
    }
    make, act = makers[request.param]
    thing = make()
    PendingChange.objects.all().delete()
    Tombstone.objects.all().delete()
    assert generations.rebuild().promoted
    spelling.forget()
    by = AnonymousUser() if request.param == "closed to visitors" else watcher
    found = seen_by(by)
    assert found["total"] == 1 and found["counts"], "the watcher finds it beforehand"
    return Case(by, lambda: act(thing))


ACTS = (
    "archived", "deleted", "closed to visitors", "message withdrawn", "message removed",
    "sheet of a message archived", "file withdrawn", "sheet of a file archived",
    "person suspended", "person who moves", "person who hides", "person who left",
)  # fmt: skip
every_act = pytest.mark.parametrize("case", ACTS, indirect=True)


def seen_by(user) -> dict:
    """Return all that somebody is told about the word."""
    answer = search_service().search(WORD, user)
    prefixed = search_service().titles(WORD[:6], user, 8)
    return {
        "total": answer.all_total,
        "hits": [hit.uid for hit in (*answer.hits, *answer.others)],
        "counts": {name: values for name, values in answer.facets.facets.items() if values},
        "titles": [words.title for _source, _obj, words in prefixed],
        "correction": answer.correction,
    }


def assert_gone(user) -> None:
    found = seen_by(user)
    assert found == {"total": 0, "hits": [], "counts": {}, "titles": [], "correction": None}


@every_act
def test_with_the_drain_stopped(case):
    before = {stored.uid for stored in engine().scan()}
    case.act()
    assert {stored.uid for stored in engine().scan()} == before  # the index has not heard of it
    assert_gone(case.watcher)
    outbox.drain()
    assert_gone(case.watcher)
    assert not Tombstone.objects.exists()
    call_command("search_check", verbosity=0)


@pytest.mark.parametrize("case", ("archived", "closed to visitors", "message withdrawn"), indirect=True)
def test_on_a_server_too(server_url, case):
    case.act()
    assert_gone(case.watcher)
    outbox.drain()
    assert_gone(case.watcher)
    assert not Tombstone.objects.exists()
    call_command("search_check", verbosity=0)


@every_act
def test_with_an_engine_that_cannot_be_written(case, monkeypatch):
    def down(self, *args):
        raise SearchUnavailable("down")

    case.act()
    monkeypatch.setattr(type(engine()), "apply", down)
    assert outbox.drain().unavailable
    assert_gone(case.watcher)
    monkeypatch.undo()
    outbox.drain()
    assert_gone(case.watcher)


@every_act
def test_with_no_engine_at_all(case, monkeypatch):
    def down(self, *args):
        raise SearchUnavailable("down")

    case.act()
    monkeypatch.setattr(type(engine()), "search", down)
    answer = search_service().search(WORD, case.watcher)
    assert answer.is_simplified
    assert (answer.all_total, answer.hits, answer.others) == (0, (), ())


@every_act
def test_during_a_rebuild_and_after_it(case, monkeypatch):
    real, looked = generations._fill, []

    def fill(*args):
        written = real(*args)  # the new index has read the thing as it was
        case.act()
        outbox.drain()
        assert_gone(case.watcher)
        looked.append(written)
        return written

    monkeypatch.setattr(generations, "_fill", fill)
    assert generations.rebuild().promoted
    assert looked
    assert_gone(case.watcher)
    outbox.drain()
    assert_gone(case.watcher)
    assert not Tombstone.objects.exists()


def test_somebody_who_loses_the_membership_reads_as_a_visitor_at_once(tree, make_member, moderator):
    author, leaving = make_member(), make_member(cpas="21010")
    make_practice(by=author, problem=f"On cherche {WORD}.")
    generations.rebuild()
    assert seen_by(leaving)["total"] == 1
    suspend_member(leaving, by=moderator, reason="Partie.")
    leaving.refresh_from_db()
    assert_gone(leaving)
