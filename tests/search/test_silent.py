"""Silent needs: counted without knowing who, shown from five people on, gone in time."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from search import generations
from search.models import NeedVoice, SilentNeed
from search.silent import actions, permissions, seasons
from search.silent.actions import THRESHOLD, count
from search.silent.telling import canonical, may_tell_of_somebody

pytestmark = pytest.mark.django_db
PAGE = "/fr/recherche/"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    """Keys of seasons in a folder of the test; nothing opened yet."""
    settings.VAR = tmp_path / "var"
    return settings.VAR / "needs"


@pytest.fixture
def index(shelf):
    """One text that « accueil » finds."""
    shelf.put(1, "Accueil")
    generations.rebuild()
    return shelf


def ask(client, text: str, *, after: str | None = None, **query):
    """Search, from the results of another search or from elsewhere."""
    before = {"HTTP_REFERER": f"http://testserver{PAGE}?q={after}"} if after is not None else {}
    response = client.get(PAGE, {"q": text} | query, **before)
    assert response.status_code == 200


def counted() -> list[tuple[int, int]]:
    return list(SilentNeed.objects.order_by("pk").values_list("people", "empty"))


def everything_kept(folder: Path) -> bytes:
    """Return all that the database and the folder of keys hold about searches, as bytes."""
    rows = []
    with connection.cursor() as cursor:
        for model in (SilentNeed, NeedVoice):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            rows += cursor.fetchall()
    return repr(rows).encode() + b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# --- What is counted --------------------------------------------------------------------------------


def test_a_search_without_result_is_counted_once_per_person(index, client_of, member, colleague):
    for person in (member, member, colleague):
        ask(client_of(person), "colocation solidaire")
    ask(client_of(colleague), "Solidaire, la COLOCATION")  # the same words
    assert counted() == [(2, 2)]
    ask(client_of(member), "autre besoin")
    assert counted() == [(2, 2), (1, 1)]


def test_what_finds_something_is_not_counted(index, client_of, member):
    ask(client_of(member), "accueil")
    ask(client_of(member), "")
    ask(client_of(member), "le la les")
    assert counted() == []


def test_a_filter_that_empties_is_no_need(index, client_of, member):
    ask(client_of(member), "accueil", theme="bilan")
    assert counted() == []


def test_visitors_and_newcomers_search_in_a_part_only_and_are_not_counted(index, client, client_of, pending):
    ask(client, "colocation")
    ask(client_of(pending), "colocation")
    assert counted() == []


def test_a_search_left_for_another_is_counted_and_one_that_led_somewhere_is_not(
    index, client_of, member, colleague, tree
):
    ask(client_of(member), "accueil autrement", after="accueil")
    assert counted() == [(1, 0)]
    other = client_of(colleague)
    other.get(reverse("practices:list"), HTTP_REFERER=f"http://testserver{PAGE}?q=accueil")
    ask(other, "accueil autrement", after="accueil")
    assert (1, 0) in counted() and (2, 0) not in counted()


@pytest.mark.parametrize(
    "referer",
    ["http://elsewhere.example/fr/recherche/?q=accueil", "http://testserver/fr/?q=accueil", "http://[",
     "x" * 9999, "http://testserver/fr/recherche/?q=%00%ff", "http://testserver/fr/recherche/"],
)  # fmt: skip
def test_what_comes_from_elsewhere_leaves_nothing(index, client_of, member, referer):
    client_of(member).get(PAGE, {"q": "accueil"}, HTTP_REFERER=referer)
    assert counted() == []


def test_the_same_words_again_or_another_page_are_no_departure(index, client_of, member):
    ask(client_of(member), "accueil", after="accueil")
    ask(client_of(member), "accueil", after="l’accueil", theme="bilan")
    assert counted() == []


def test_what_a_script_asks_opens_nothing(index, client_of, member, tree):
    client = client_of(member)
    client.get(
        reverse("practices:list"),
        HTTP_REFERER=f"http://testserver{PAGE}?q=accueil",
        HTTP_SEC_FETCH_DEST="empty",
    )
    ask(client, "accueil autrement", after="accueil")
    assert (1, 0) in counted()


def test_counting_that_fails_does_not_keep_anybody_from_searching(
    index, client_of, member, monkeypatch, caplog
):
    def fails(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(actions, "count", fails)
    ask(client_of(member), "colocation")
    assert "not counted" in caplog.text and "colocation" not in caplog.text


# --- Nothing about anybody ----------------------------------------------------------------------------


def test_below_five_the_words_stand_nowhere_and_from_five_on_editors_read_them(
    make_member, editor, client_of, own_keys, django_user_model
):
    people = [make_member() for _ in range(THRESHOLD)]
    for person in people[:-1]:
        count(person, "Zanzibarette", "fr", empty=True)
        count(person, "Zanzibarette", "fr", empty=True)
    kept = everything_kept(own_keys)
    assert b"anzibarette" not in kept
    assert counted() == [(THRESHOLD - 1, THRESHOLD - 1)]
    report = client_of(editor).get(reverse("silent_needs:index"))
    assert "anzibarette" not in report.content.decode()
    count(people[-1], "zanzibarette", "fr", empty=False)
    page = client_of(editor).get(reverse("silent_needs:index")).content.decode()
    assert "zanzibarette" in page
    assert counted() == [(THRESHOLD, THRESHOLD - 1)]


def test_no_row_tells_who_or_when_within_the_week(member, own_keys):
    count(member, "colocation", "fr", empty=True)
    (need,) = SilentNeed.objects.all()
    assert {need.first_week.weekday(), need.last_week.weekday()} == {0}
    fields = {f.name for model in (SilentNeed, NeedVoice) for f in model._meta.get_fields()}
    assert not fields & {"member", "user", "author", "ip", "created_at", "asked_at"}
    assert str(member.email).encode() not in everything_kept(own_keys)


def test_a_copy_of_the_database_cannot_be_tried_out_without_the_key_of_the_season(member, own_keys):
    count(member, "colocation", "fr", empty=True)
    first = SilentNeed.objects.get().digest
    SilentNeed.objects.all().delete()
    NeedVoice.objects.all().delete()
    for path in own_keys.iterdir():
        path.unlink()
    count(member, "colocation", "fr", empty=True)
    assert SilentNeed.objects.get().digest != first


def test_the_key_of_a_season_is_made_once_for_its_owner_only(own_keys):
    season = date(2026, 10, 1)
    key = seasons.key_of(season)
    assert len(key) == 32 and seasons.key_of(season) == key
    (path,) = own_keys.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert seasons.key_of(date(2027, 1, 1)) != key


@pytest.mark.parametrize(
    "text",
    ["dupont@cpas.example", "0475 12 34 56", "85.07.30-000.00", "30/07/1985", "BE00 0961 2345 6769",
     "1-ABC-123", "Madame Peeters", "dossier de monsieur lambert", "mevrouw janssens loket",
     "adresse de Zoubida Benhaddou", "Jean Dupont", "jean dupont", "fatima el amrani logement",
     "samira", "rue neuve 12", "https://x.example", "dossier 2026/12345"],
)  # fmt: skip
def test_what_may_tell_of_somebody_is_not_counted_at_all(member, text):
    assert may_tell_of_somebody(text)
    assert canonical(text) == ""
    count(member, text, "fr", empty=True)
    assert counted() == []


@pytest.mark.parametrize(
    "text",
    ["colocation", "Colocation étudiants", "article 60 §7", "RIS étudiant", "plan 2026",
     "adresse de référence Ixelles", "OCMW huisbezoek", "aide médicale urgente", "leefloon student",
     "garantie locative", "loi du 26 mai"],
)  # fmt: skip
def test_ordinary_needs_are_counted(member, text):
    assert not may_tell_of_somebody(text)
    count(member, text, "fr", empty=True)
    assert counted() == [(1, 1)]


def test_a_story_is_no_need(member):
    count(member, " ".join(f"mot{chr(97 + n)}" for n in range(12)), "fr", empty=True)
    assert counted() == []


# --- In hand, forgotten --------------------------------------------------------------------------------


def told(make_member, text="colocation", people=THRESHOLD) -> SilentNeed:
    for _ in range(people):
        count(make_member(), text, "fr", empty=True)
    return SilentNeed.objects.latest("pk")


@pytest.mark.parametrize("role", [None, "relay", "mentor", "trainer", "editor", "moderator", "administrator"])
def test_the_team_reads_what_five_people_told_and_nobody_reads_less(make_member, role):
    person = make_member(roles=[role] if role else [])
    shown, hidden = told(make_member), told(make_member, "colportage", THRESHOLD - 1)
    in_team = role in ("editor", "moderator", "administrator")
    for need in (shown, hidden):
        reads = permissions.can_read(person, need)
        assert reads == (need in permissions.visible_to(person)) == (in_team and need == shown)


def test_an_editor_takes_a_need_in_hand_and_opens_it_again(make_member, client_of, editor):
    need, client = told(make_member), client_of(editor)
    address = reverse("silent_needs:handle", args=[need.pk])
    assert "5 personnes" in client.get(address).content.decode()
    client.post(address, {"state": "asked", "note": "À Nadia"})
    need.refresh_from_db()
    assert (need.state, need.note, need.handled_by) == ("asked", "À Nadia", editor)
    client.post(address, {"state": "open", "note": ""})
    need.refresh_from_db()
    assert (need.state, need.handled_by, need.handled_on) == ("open", None, None)
    assert client.post(address, {"state": "nonsense"}).status_code == 200


def test_only_the_team_takes_in_hand_and_only_what_is_shown(make_member, client_of, editor, member):
    need, below = told(make_member), told(make_member, "colportage", THRESHOLD - 1)
    with pytest.raises(PermissionDenied):
        actions.handle(need, "asked", "", by=member)
    with pytest.raises(ValueError, match="nonsense"):
        actions.handle(need, "nonsense", "", by=editor)
    hidden = reverse("silent_needs:handle", args=[below.pk])
    assert client_of(editor).get(hidden, follow=True).status_code == 404


def test_what_was_said_of_a_need_holds_in_the_next_season(make_member, editor, monkeypatch):
    actions.handle(told(make_member), "dismissed", "Une marque de fauteuils.", by=editor)
    later = timezone.localdate() + timedelta(days=100)
    monkeypatch.setattr(actions.timezone, "localdate", lambda *args: later)
    again = told(make_member)
    again.refresh_from_db()
    assert (again.state, again.note) == ("dismissed", "Une marque de fauteuils.")
    assert SilentNeed.objects.count() == 2


def test_filters_of_the_report(make_member, client_of, editor):
    need = told(make_member)
    client, address = client_of(editor), reverse("silent_needs:index")
    for query, seen in (
        ({"language": "fr"}, True),
        ({"language": "nl"}, False),
        ({"season": need.season.isoformat()}, True),
        ({"season": "1999-01-01"}, True),  # unknown: said in the form, nothing filtered
        ({"state": "open"}, True),
        ({"state": "written"}, False),
    ):
        response = client.get(address, query)
        assert response.status_code == 200
        assert ("colocation" in response.content.decode()) == seen, query


def test_the_past_is_forgotten(make_member, own_keys, monkeypatch):
    today = timezone.localdate()
    kept, below = told(make_member), told(make_member, "colportage", 2)
    call_command("purge_needs", stdout=io.StringIO())
    assert SilentNeed.objects.count() == 2 and NeedVoice.objects.count() == THRESHOLD + 2
    monkeypatch.setattr(actions.timezone, "localdate", lambda *args: today + timedelta(days=100))
    out = io.StringIO()
    call_command("purge_needs", stdout=out)
    assert list(SilentNeed.objects.all()) == [kept] and not NeedVoice.objects.exists()
    assert "forgotten" in out.getvalue() and not list(own_keys.iterdir())
    monkeypatch.setattr(actions.timezone, "localdate", lambda *args: today + timedelta(days=380))
    actions.forget_the_past()
    assert not SilentNeed.objects.exists() and below


@pytest.mark.parametrize("rows", [1, 30])
def test_the_report_costs_the_same_for_one_and_thirty(
    make_member, client_of, editor, rows, django_assert_num_queries
):
    today = date(2026, 10, 5)
    for number in range(rows):
        SilentNeed.objects.create(
            digest=str(number), season=seasons.season_of(timezone.localdate()), language="fr",
            text=f"besoin {number}", people=5, first_week=today, last_week=today,
        )  # fmt: skip
    client = client_of(editor)
    client.get(reverse("silent_needs:index"))
    with django_assert_num_queries(13):
        client.get(reverse("silent_needs:index"))


@pytest.mark.parametrize("text", ["a\x00b", "😀", '"', "-", "é" * 9999, "\udcff"])
def test_strange_words_are_counted_or_left_and_never_an_error(member, text):
    count(member, text, "fr", empty=True)
    assert len(counted()) <= 1
