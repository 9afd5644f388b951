"""The bench: the people and places that every test starts from."""

from collections.abc import Callable, Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from agora.home.models import HomePage
from agora.home.tree import build_tree, standing_tree
from agora.people.models import Member
from agora.people.roles import ADMIN_ROLES, EDITOR, MODERATOR, RELAY, grant
from agora.vocabulary import lists
from practices.review import awaiting
from search.engines import embedded
from search.service import _service_for as search_service

from . import tables

_standing: list[lists.Snapshot] = []
_shipped: list[tuple] = []


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Begin with the tables that were made for all processes, where they were."""
    tables.begin_with_them()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Build the page tree and read the closed lists once: no test waits, or counts queries, for them."""
    with django_db_blocker.unblock():
        build_tree()
        _standing.append(lists.snapshot())
        _shipped.extend(_words_of(_standing[0]))


def _words_of(standing: lists.Snapshot) -> list[tuple]:
    rows = [word for each in standing.terms.values() for word in each.ordered]
    return [(word.slug, word.is_active, word.name_fr, word.name_nl) for word in rows]


@pytest.fixture(scope="session", autouse=True)
def entries_made_once():
    """Cut a text into the words of an index once, however often the tests index it as it stands.

    Half of what rebuilding cost was reading the 160 pages of words and people again. What an entry holds is
    told apart by the digest that search itself goes by.
    """
    made, anew = {}, embedded._document

    def entry(doc):
        key = doc.fingerprint()
        if key not in made:
            if len(made) == 2_000:
                made.clear()
            made[key] = anew(doc)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "_document", entry)
        yield


@pytest.fixture(autouse=True)
def in_french():
    """Speak French outside requests: a request leaves its language active, for the next test too."""
    with translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def lists_as_shipped():
    """Forget the lists as the last test had changed them: what it rolled back may still be in memory.

    A test that changes a row of the lists in memory, which all requests share, fails here and now, and not
    whichever test comes after it.
    """
    if _standing:
        lists.keep(_standing[0])
    yield
    if _standing:
        assert _words_of(_standing[0]) == _shipped, "a row that all requests share was changed"


@pytest.fixture(autouse=True)
def nothing_awaits():
    """Forget who had proposals to answer in the last test, so that no page asks for it by chance."""
    awaiting.keep(())


@pytest.fixture(autouse=True)
def no_tries_counted():
    """Count tries from nought: the limits per address would add up those of all tests of the last minute."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_failures_remembered():
    """Ask the search engine again, however often it did not answer in the tests before."""
    search_service.cache_clear()


@pytest.fixture
def types_known(db):
    """Which number each model has, in memory as in a process that has served a while: no test counts it."""
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def tree(types_known):
    """Both languages' home pages and catalogues, as `manage.py build_tree` makes them.

    Read when a test asks for one of them: most only need them to be there.
    """
    if not HomePage.objects.exists():  # a test that emptied the database may have come before
        build_tree()
    return SimpleLazyObject(standing_tree)


@pytest.fixture
def make_member(types_known) -> Callable[..., Member]:
    """A maker of members: `make_member(status="pending", cpas="21002", roles=["relay"])`."""
    return maker_of_members()


def maker_of_members(called: str = "member") -> Callable[..., Member]:
    """Return a maker of members, whose addresses have their number (fixture `make_member`)."""
    made = []

    def make(*, status: str = "active", cpas: str | None = "21007", roles=(), **fields) -> Member:
        number = len(made) + 1
        fields = {
            "email": f"{called}{number}@cpas.example",
            "first_name": f"Prénom{number}",
            "last_name": f"Nom{number}",
        } | fields
        member = Member.objects.create_user(
            password="une phrase de passe", status=status, cpas_id=cpas, **fields
        )
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
        grant(member, *roles)
        if ADMIN_ROLES & set(roles):  # nothing opens to these before they added a second step
            secret = {"secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"}
            Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data=secret)
        made.append(member)
        return member

    return make


@pytest.fixture(scope="module")
def shared(django_db_setup, django_db_blocker) -> Iterator[Callable]:
    """Rows that all tests of a file begin with, made once: `shared(build)` calls `build(make_member)`.

    They stand in a transaction around those of the tests, each of which undoes what it changes in the
    database. What is returned lives in memory from one test to the next: a fixture around it reads the rows
    anew for each test, unless they are only looked at.
    """
    make_one = maker_of_members("shared")
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    def make(build: Callable) -> object:
        with django_db_blocker.unblock(), translation.override("fr"):
            ContentType.objects.get_for_models(*apps.get_models())
            built = build(make_one)
            connection.run_on_commit.clear()  # else a test that listens to what waits for the end hears this
            return built

    yield make
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def member(make_member) -> Member:
    """A worker of Forest."""
    return make_member(first_name="Samira", last_name="Bastiaens")


@pytest.fixture
def colleague(make_member) -> Member:
    """A worker of Jette, who reads Dutch first."""
    return make_member(first_name="Lies", last_name="Pauwels", cpas="21010", language="nl")


@pytest.fixture
def pending(make_member) -> Member:
    """Somebody of Forest who signed up and whom the relay has not seen yet."""
    return make_member(status="pending", first_name="Nouvelle")


@pytest.fixture
def relay(make_member) -> Member:
    """The relay of Forest."""
    return make_member(roles=[RELAY], first_name="Relais")


@pytest.fixture
def editor(make_member) -> Member:
    """A regional editor, who works in Wagtail's admin."""
    return make_member(roles=[EDITOR], cpas=None, first_name="Éditrice")


@pytest.fixture
def moderator(make_member) -> Member:
    """A regional moderator."""
    return make_member(roles=[MODERATOR], cpas=None, first_name="Modérateur")


@pytest.fixture
def client_of() -> Callable[[Member | None], Client]:
    """A browser signed in as somebody: `client_of(member)`; a visitor's with None."""

    def client(user: Member | None = None) -> Client:
        browser = Client()
        if user is not None:
            browser.force_login(user)
        return browser

    return client
