"""What a CPAS says of a practice: who may, what is refused, what comes back, who reads what."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from agora.drafts.models import Draft
from agora.people.roles import MODERATOR
from practices.adoption.actions import advance, declare, declare_imported, withdraw
from practices.adoption.fields import Declaration
from practices.models import Adoption, PracticePage
from practices.permissions import get_practice_for

from .factories import make_practice
from .samples import declare as declared

pytestmark = pytest.mark.django_db
FOREST, JETTE = "21007", "21010"
SAID = {"state": "adapted", "month": "3", "year": "2024", "note": "À deux.", "changed": "Le mardi."}


def said(cpas=JETTE, **changes) -> Declaration:
    """What Jette says, with some of it replaced."""
    return Declaration(**({"cpas": cpas, "state": "adopted", "since": date(2024, 3, 1)} | changes))


@pytest.fixture
def sheet(tree, member):
    return make_practice(by=member, origin=FOREST)


@pytest.fixture
def url(sheet):
    return reverse("practices:adopt", kwargs={"slug": sheet.slug})


class TestTheAct:
    @pytest.fixture
    def people(self, make_member):
        return {
            "colleague": make_member(cpas=JETTE),
            "somebody else": make_member(cpas="21012"),
            "pending": make_member(cpas=JETTE, status="pending"),
            "moderator": make_member(cpas=None, roles=[MODERATOR]),
            "regional": make_member(cpas=None),
        }

    @pytest.mark.parametrize(
        ("who", "may"),
        [
            ("colleague", True), ("somebody else", False), ("pending", False), ("moderator", True),
            ("regional", False),
        ],
    )  # fmt: skip
    def test_one_speaks_for_one_s_own_cpas(self, sheet, people, who, may):
        if may:
            assert declare(sheet, said(), by=people[who]).declared_by == people[who]
        else:
            with pytest.raises(PermissionDenied):
                declare(sheet, said(), by=people[who])
        assert Adoption.objects.filter(practice=sheet).exists() is may

    def test_a_colleague_corrects_and_the_log_tells_both(self, sheet, colleague, make_member, client_of, url):
        other = make_member(cpas=JETTE, first_name="Karima", last_name="Zaki")
        declare(sheet, said(), by=colleague)
        declare(sheet, said(state="stopped", stop_reason="Trop peu de monde."), by=other)
        assert Adoption.objects.get(practice=sheet).state == "stopped"
        html = client_of(colleague).get(url).content.decode()
        assert "déclaré par Karima Z." in html
        assert "déclaré par Lies P." in html

    def test_an_archived_sheet_takes_no_declaration(self, sheet, colleague):
        sheet.unpublish()
        with pytest.raises(PermissionDenied):
            declare(PracticePage.objects.get(pk=sheet.pk), said(), by=colleague)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("state", "vu"), ("note", "x" * 301), ("changed", "x" * 601), ("stop_reason", "x" * 601),
            ("contact", "x" * 121), ("contact", "Accueil, 02 123 45 67"), ("contact", "accueil@cpas.example"),
            ("since", date(2999, 1, 1)),
        ],
    )  # fmt: skip
    def test_what_cannot_stand_is_refused_by_field(self, sheet, colleague, field, value):
        with pytest.raises(ValidationError) as refused:
            declare(sheet, said(**{field: value}), by=colleague)
        assert list(refused.value.message_dict) == [field]
        assert not Adoption.objects.exists()

    def test_a_room_or_a_floor_is_no_telephone(self, sheet, colleague):
        assert declare(sheet, said(contact="Antenne 12, 3e étage, bureau 304"), by=colleague).pk

    def test_the_import_uses_the_same_row_and_leaves_what_members_said(self, sheet, colleague):
        assert declare_imported(sheet, [said(note="Du fichier.", contact="Accueil, AS")])
        assert not declare_imported(sheet, [said(note="Du fichier.", contact="Accueil, AS")])
        declare(sheet, said(note="De nous."), by=colleague)
        assert not declare_imported(sheet, [said(note="Du fichier.")])
        assert Adoption.objects.get(practice=sheet).note == "De nous."

    def test_taking_back_returns_what_puts_it_back(self, sheet, colleague):
        declare(sheet, said(changed="Le mardi."), by=colleague)
        gone = withdraw(sheet, JETTE, by=colleague)
        assert not Adoption.objects.exists()
        declare(sheet, Declaration.from_data(gone.as_data()), by=colleague)
        assert Declaration.of(Adoption.objects.get()) == gone
        assert withdraw(make_practice(by=colleague), JETTE, by=colleague) is None


class TestTheForm:
    def test_what_is_sent_stands_on_the_sheet(self, sheet, colleague, client_of, url):
        browser = client_of(colleague)
        sent = SAID | {"stop_reason": "Rien.", "contact": "Service jeunes, AS"}
        answer = browser.post(url, sent)
        assert answer.status_code == 302
        html = " ".join(browser.get(answer["Location"]).content.decode().split())
        for words in ("<b>Adapté</b> depuis mars 2024. À deux.", "Le mardi.", "Service jeunes, AS"):
            assert words in html
        assert "Rien." not in html  # it has not stopped
        assert "Jette : déclaré par Lies P." in html.replace("\u00a0", " ")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": ""}, {"state": "vu\x00"}, {"month": "13"}, {"year": "x"}, {"contact": "0470 12 34 56"},
            {"changed": "x" * 5_000}, {"month": ""},
        ],
    )  # fmt: skip
    def test_a_refusal_keeps_every_text(self, sheet, colleague, client_of, url, wrong):
        page = client_of(colleague).post(
            url, SAID | {"note": "Gardez-moi.", "stop_reason": "Et moi."} | wrong
        )
        html = page.content.decode()
        assert page.status_code == 200
        assert "Gardez-moi." in html
        assert "Et moi." in html
        assert "bad-msg" in html
        assert not Adoption.objects.exists()

    def test_a_month_to_come_is_refused_kindly(self, sheet, colleague, client_of, url, monkeypatch):
        monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2026, 3, 31))
        page = client_of(colleague).post(url, SAID | {"month": "4", "year": "2026"})
        assert "Ce mois n’est pas encore là." in page.content.decode()
        assert client_of(colleague).post(url, SAID | {"month": "3", "year": "2026"}).status_code == 302

    def test_taken_back_then_put_back(self, sheet, colleague, client_of, url):
        browser = client_of(colleague)
        browser.post(url, SAID)
        page = browser.post(url, {"go": "withdraw"}, follow=True)
        assert not Adoption.objects.exists()
        assert "La remettre comme elle était" in page.content.decode()
        browser.post(url, {"go": "restore"})
        assert Adoption.objects.get().changed == "Le mardi."
        assert "La remettre" not in browser.get(url).content.decode()

    def test_a_moderator_chooses_for_whom(self, sheet, moderator, client_of, url):
        browser = client_of(moderator)
        assert "Au nom de quel CPAS" in browser.get(url).content.decode()
        assert browser.post(url, SAID | {"cpas": JETTE}).status_code == 302
        assert Adoption.objects.get().cpas_id == JETTE

    def test_nobody_speaks_for_another_cpas_by_its_address(self, sheet, colleague, client_of, url):
        assert client_of(colleague).post(url, SAID | {"cpas": FOREST}).status_code == 403
        assert not Adoption.objects.exists()

    def test_what_one_types_waits_in_a_draft_until_it_is_sent(self, sheet, colleague, client_of, url):
        browser = client_of(colleague)
        kept = {
            "draft_id": "00000000-0000-4000-8000-000000000001",
            "draft_target": f"{sheet.pk}:{JETTE}",
            "draft_language": "fr",
            "changed": "Je tape encore",
        }
        autosave = reverse("drafts:autosave", kwargs={"kind": "adoption"})
        assert browser.post(autosave, kept).json()["url"] == f"{url}?cpas={JETTE}"
        assert "Je tape encore" in browser.get(url).content.decode()
        assert "Je tape encore" not in client_of(None).get(url, follow=True).content.decode()
        browser.post(url, SAID)
        assert not Draft.objects.exists()

    def test_a_draft_for_another_cpas_is_not_taken(self, sheet, colleague, client_of):
        autosave = reverse("drafts:autosave", kwargs={"kind": "adoption"})
        sent = {"draft_id": "00000000-0000-4000-8000-000000000001", "draft_language": "fr"}
        for target in (f"{sheet.pk}:{FOREST}", "x", "999999:21010", f"{sheet.pk}", ""):
            assert client_of(colleague).post(autosave, sent | {"draft_target": target}).status_code == 404

    def test_what_was_sent_too_late_comes_back_after_signing_in(self, sheet, colleague, client_of, url):
        from agora.drafts.forms import owner_mark

        browser = client_of(None)
        browser.post(url, SAID | {"draft_owner": owner_mark(colleague), "changed": "Envoyé trop tard"})
        browser.force_login(colleague)
        assert "Envoyé trop tard" in browser.get(url).content.decode()


class TestWhoReads:
    def test_visitors_read_the_register_without_a_name(self, tree, member, colleague, client_of):
        sheet = make_practice(by=member, is_showcase=True)
        declare(sheet, said(changed="Le mardi."), by=colleague)
        html = client_of(None).get(sheet.get_absolute_url()).content.decode()
        assert "Le mardi." in html
        for hidden in ("Lies", "déclaré par", "chez-nous/", "Et chez vous"):
            assert hidden not in html

    def test_nobody_is_named_any_more_once_they_left(self, sheet, member, colleague, make_member, client_of):
        declare(sheet, said(), by=colleague)
        beside = client_of(make_member(cpas=colleague.cpas_id))
        pages = (sheet.get_absolute_url(), reverse("practices:adopt", kwargs={"slug": sheet.slug}))
        assert all("Lies P." in beside.get(page).content.decode() for page in pages)
        colleague.status = colleague.Status.LEFT
        colleague.save(update_fields=["status"])
        assert not any("Lies" in beside.get(page).content.decode() for page in pages)

    def test_a_name_that_goes_is_gone_at_once(self, sheet, member, colleague, client_of):
        declare(sheet, said(), by=colleague)
        browser = client_of(member)
        assert "déclaré par Lies P." in browser.get(sheet.get_absolute_url()).content.decode()
        colleague.first_name = colleague.last_name = ""
        colleague.save(update_fields=["first_name", "last_name"])
        assert "Lies" not in browser.get(sheet.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("states", "words"),
        [
            (["adopted"], "Un CPAS la fait."),
            (["adopted", "adapted", "trying"], "Deux CPAS la font, un CPAS l’essaie."),
            (["stopped", "stopped"], "Deux CPAS l’ont arrêtée."),
        ],
    )
    def test_the_count_is_in_words(self, sheet, member, client_of, states, words):
        for cpas, state in zip(("21001", "21002", "21003"), states, strict=False):
            declared(sheet, cpas, state)
        assert f"<p>{words}</p>" in client_of(member).get(sheet.get_absolute_url()).content.decode()


class TestTriedElsewhere:
    @pytest.mark.parametrize(
        ("cpas", "state", "asked"),
        [(JETTE, "trying", True), (JETTE, "stopped", False), (FOREST, "adopted", False)],
    )
    def test_the_keeper_is_asked_and_decides(self, sheet, member, client_of, cpas, state, asked):
        declared(sheet, cpas, state)
        assert PracticePage.objects.get(pk=sheet.pk).maturity == "told"  # nothing moves by itself
        browser = client_of(member)
        html = browser.get(sheet.get_absolute_url()).content.decode()
        assert ("a repris cette pratique" in html) is asked
        browser.post(reverse("practices:advance", kwargs={"slug": sheet.slug}))
        now = PracticePage.objects.get(pk=sheet.pk)
        assert now.maturity == ("tried" if asked else "told")
        assert "a repris cette pratique" not in browser.get(sheet.get_absolute_url()).content.decode()

    def test_others_are_neither_asked_nor_heard(self, sheet, colleague, client_of):
        declared(sheet, JETTE, "trying")
        browser = client_of(colleague)
        assert "a repris cette pratique" not in browser.get(sheet.get_absolute_url()).content.decode()
        assert browser.post(reverse("practices:advance", kwargs={"slug": sheet.slug})).status_code == 403
        with pytest.raises(PermissionDenied):
            advance(sheet, by=colleague)


@pytest.mark.parametrize("rows", [1, 19])
def test_the_form_costs_the_same_for_any_register(
    sheet, colleague, client_of, url, rows, django_assert_num_queries
):
    from agora.vocabulary.models import Cpas

    for cpas in Cpas.objects.all()[:rows]:
        declared(sheet, cpas.pk)
    browser = client_of(colleague)
    browser.get(url)
    with django_assert_num_queries(7):  # session, person, roles, sheet, what was said, draft, log
        browser.get(url)
    assert get_practice_for(colleague, slug=sheet.slug, language="fr").pk == sheet.pk
