"""Passwords, keys and certificates between us and a server: with the wrong ones the engine is « away »."""

import io
import logging
import os
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from search import generations
from search.checks import password_in_the_clear
from search.contract import SearchUnavailable
from search.engines import engine, nameable, seats
from search.engines.elastic.client import read_address
from search.service import search_service
from tests.search.factories import ask
from tests.search.gate import Gate, make_certificate

USER, SECRET = "agora", "s3cret: p@ss/wörd?&%"  # every sign that means something in an address
LOGIN = f"{USER}:{quote(SECRET, safe='')}@"
KEY = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw+/=="


# --- Reading an address ----------------------------------------------------------------------------
def test_an_address_says_who_asks_and_whom_to_trust():
    address = read_address(f"opensearch+https://{LOGIN}one:9200,two/agora?ca=/etc/ssl/ours.pem&replicas=1")
    assert address.hosts == ("https://one:9200", "https://two:9200")
    assert (address.user, address.secret, address.authority) == (USER, SECRET, "/etc/ssl/ours.pem")
    assert SECRET not in repr(address)


@pytest.mark.parametrize("written", [KEY, quote(KEY, safe="")])
def test_an_address_may_hold_a_key_instead(written):
    address = read_address(f"elasticsearch+https://host/agora?api_key={written}")
    assert (address.api_key, address.user) == (KEY, "")
    assert KEY not in repr(address)


@pytest.mark.parametrize(
    "url",
    [f"opensearch+https://host/agora?api_key={KEY}", f"elasticsearch+https://{LOGIN}h/agora?api_key={KEY}"],
)
def test_a_key_is_for_elasticsearch_and_alone(url):
    with pytest.raises(ImproperlyConfigured) as error:
        read_address(url)
    assert KEY not in str(error.value)


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        (f"elasticsearch://{LOGIN}10.0.0.7:9200/agora", True),
        (f"elasticsearch://host:9200/agora?api_key={KEY}", True),
        (f"elasticsearch+https://{LOGIN}10.0.0.7:9200/agora", False),
        (f"opensearch://{LOGIN}127.0.0.1:9200/agora", False),
        (f"opensearch://{LOGIN}localhost/agora", False),
        ("elasticsearch://10.0.0.7:9200/agora", False),
        ("tantivy:///var/lib/agora/search", False),
    ],
)
def test_a_password_over_the_network_without_tls_is_warned_of(settings, url, warned):
    settings.SEARCH_URL = url
    found = password_in_the_clear(None)
    assert [each.id for each in found] == (["search.W002"] if warned else [])
    assert SECRET not in str(found) and KEY not in str(found)


def test_an_address_is_named_without_its_secrets():
    assert nameable(f"elasticsearch+https://{LOGIN}host:9200/agora?api_key={KEY}") == (
        "elasticsearch+https://host:9200/agora"
    )
    assert nameable("embedded") == "embedded"


# --- On servers ------------------------------------------------------------------------------------
@pytest.fixture
def gate(server_url, tmp_path, request):
    """A gate before the server, and the name under which the server has an empty index."""
    server, _, name = server_url.rpartition("/")
    gate = Gate(server, tmp_path, user=USER, secret=SECRET)
    request.addfinalizer(gate.close)
    gate.name = name
    return gate


def check() -> str:
    out = io.StringIO()
    call_command("search_check", stdout=OutputWrapper(out))
    return out.getvalue()


@pytest.mark.django_db
def test_with_the_password_and_the_certificate_all_works(shelf, gate, settings, make_member):
    settings.SEARCH_URL = gate.address(LOGIN, gate.name, ca=str(gate.certificate))
    shelf.put(1, "Accueil")
    assert generations.rebuild(seats()[0]).promoted
    assert [hit.obj.title for hit in search_service().search("accueil", make_member()).hits] == ["Accueil"]
    assert "database says" in check()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("login", "trusted", "said"),
    [
        (f"{USER}:wrong-and-secret@", True, "401"),
        ("", True, "401"),
        (LOGIN, False, "?ca="),
    ],
)
def test_who_is_not_let_in_or_does_not_trust_finds_the_engine_away(
    shelf, gate, settings, make_member, caplog, login, trusted, said, tmp_path
):
    stranger, _key = make_certificate(tmp_path, "stranger")
    shelf.put(1, "Accueil")
    assert generations.rebuild(seats()[0]).promoted  # as somebody who is let in
    settings.SEARCH_URL = gate.address(login, gate.name, ca=str(gate.certificate if trusted else stranger))
    with caplog.at_level(logging.DEBUG):
        answer = search_service().search("accueil", make_member())
        assert answer.is_simplified and [hit.obj.title for hit in answer.hits] == ["Accueil"]
        with pytest.raises(SearchUnavailable) as error:
            engine().search(ask("accueil"))
        with pytest.raises(CommandError) as failure:
            check()
    assert said in str(error.value) and said in str(failure.value)
    for told in (caplog.text, str(error.value), str(failure.value)):
        assert SECRET not in told and quote(SECRET, safe="") not in told and "wrong-and-secret" not in told
    assert said in caplog.text


@pytest.mark.django_db
def test_certificates_that_cannot_be_read_leave_the_engine_away(gate, settings, tmp_path):
    (tmp_path / "empty.pem").write_text("nothing")
    for name in ("nowhere.pem", "empty.pem"):
        settings.SEARCH_URL = gate.address(LOGIN, gate.name, ca=str(tmp_path / name))
        with pytest.raises(SearchUnavailable, match=name):
            engine().search(ask("accueil"))
        with pytest.raises(CommandError, match=name):
            check()


@pytest.mark.engines
def test_a_key_opens_too(shelf, tmp_path, request, settings):
    server = os.environ.get("SEARCH_TEST_ELASTICSEARCH")
    if not server:
        pytest.skip("elasticsearch: no server (SEARCH_TEST_ELASTICSEARCH)")
    gate = Gate(server, tmp_path, key=KEY)
    request.addfinalizer(gate.close)
    settings.SEARCH_URL = gate.address(path="agora-test-key", api_key=KEY, ca=str(gate.certificate))
    assert engine().health().trouble == ""
    settings.SEARCH_URL = gate.address(path="agora-test-key", api_key="wrong", ca=str(gate.certificate))
    assert "401" in engine().health().trouble
