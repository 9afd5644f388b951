"""One's own profile, and what others see of it."""

import pytest

from agora.people.models import Member
from agora.people.permissions import can_read
from agora.people.roles import RELAY, roles_of
from agora.vocabulary.models import Cpas, Function, Theme
from practices.models import PracticePage
from tests.practices.factories import make_practice

from .factories import FOREST, JETTE, UCCLE, address_of


def profile_data(**changes):
    return {
        "first_name": "Samira",
        "last_name": "Bastiaens",
        "function": Function.objects.get(slug="facilitateur").pk,
        "service": "",
        "seniority": "6-15",
        "themes": [Theme.objects.first().pk],
        "language": "fr",
    } | changes


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    "name", ["people:profile", "people:edit_profile", "people:change_cpas", "account_email"]
)
def test_the_pages_open_in_both_languages(client_of, member, name, language):
    response = client_of(member).get(address_of(name, language))
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


def test_the_profile_says_what_is_known_and_who_reads_it(client_of, member):
    page = client_of(member).get(address_of("people:profile")).content.decode()
    assert member.email in page
    assert page.count('class="who"') == 2


class TestEditing:
    def test_keeps_what_was_written(self, client_of, member):
        response = client_of(member).post(address_of("people:edit_profile"), profile_data())
        assert response["Location"] == address_of("people:profile")
        member.refresh_from_db()
        assert (member.function.slug, member.seniority, member.themes.count()) == ("facilitateur", "6-15", 1)
        assert member.status == "active"

    def test_another_language_is_spoken_at_once(self, client_of, member):
        response = client_of(member).post(address_of("people:edit_profile"), profile_data(language="nl"))
        assert response["Location"] == address_of("people:profile", "nl")

    def test_gives_no_power(self, client_of, member):
        data = profile_data(status="active", cpas=JETTE, is_superuser="on", email="x@y.example", groups=["1"])
        client_of(member).post(address_of("people:edit_profile"), data)
        changed = Member.objects.get(pk=member.pk)
        assert (changed.cpas_id, changed.is_superuser, changed.email) == (FOREST, False, member.email)
        assert not changed.groups.exists()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("first_name", ""),
            ("first_name", "x" * 61),
            ("last_name", "a\x00b"),
            ("last_name", "http://x.example"),
            ("function", "x"),
            ("function", "9" * 40),
            ("seniority", "100"),
            ("themes", ["\x00"]),
            ("themes", ["99999"]),
            ("language", "de"),
            ("language", ""),
        ],
    )
    def test_what_cannot_be_comes_back_with_a_reason(self, client_of, member, field, value):
        response = client_of(member).post(address_of("people:edit_profile"), profile_data(**{field: value}))
        assert response.context["form"].errors[field]
        page = response.content.decode()
        assert ">Samira<" in page, "the header keeps the name that is true"

    def test_a_word_no_longer_proposed_stays_where_it_stands(self, client_of, member):
        word = Function.objects.get(slug="juriste")
        Member.objects.filter(pk=member.pk).update(function=word)
        Function.objects.filter(pk=word.pk).update(is_active=False)
        response = client_of(member).post(address_of("people:edit_profile"), profile_data(function=word.pk))
        assert response.status_code == 302
        form = client_of(member).get(address_of("account_signup"))
        assert form.status_code == 302


class TestChangingCpas:
    def post(self, client, cpas):
        return client.post(address_of("people:change_cpas"), {"cpas": cpas})

    def test_asks_the_new_relay_and_closes_until_the_answer(
        self, client_of, make_member, member, mailoutbox, on_commit
    ):
        new_relay = make_member(roles=[RELAY], cpas=JETTE)
        client = client_of(member)
        assert "jusqu’à la réponse" in client.get(address_of("people:change_cpas")).content.decode()
        with on_commit():
            assert self.post(client, JETTE)["Location"] == address_of("people:waiting")
        member.refresh_from_db()
        assert (member.cpas_id, member.status) == (JETTE, "pending")
        assert client.get(address_of("people:member", pk=new_relay.pk)).status_code == 403
        assert "CPAS de Jette" in client.get(address_of("people:waiting")).content.decode()
        assert [mail.to for mail in mailoutbox] == [[new_relay.email]]

    def test_leaves_the_role_of_relay_behind(self, client_of, relay):
        self.post(client_of(relay), JETTE)
        relay.refresh_from_db()
        relay.status = "active"
        assert RELAY not in roles_of(Member.objects.get(pk=relay.pk)) and not relay.groups.exists()

    def test_to_the_same_changes_nothing(self, client_of, member):
        assert self.post(client_of(member), FOREST).context["form"].errors["cpas"]
        member.refresh_from_db()
        assert member.status == "active"

    def test_where_the_address_does_not_fit_says_so(self, client_of, member):
        Cpas.objects.filter(pk=JETTE).update(email_domains="cpas-jette.example")
        response = self.post(client_of(member), JETTE)
        assert "@cpas-jette.example" in response.context["form"].errors["cpas"][0]

    @pytest.mark.parametrize("value", ["", "99999", "\x00", "x" * 10_000])
    def test_strange_input_comes_back(self, client_of, member, value):
        assert self.post(client_of(member), value).context["form"].errors["cpas"]

    def test_lets_somebody_who_was_refused_ask_elsewhere(self, client_of, make_member):
        person = make_member(status="refused", answer_reason="Inconnu ici.")
        self.post(client_of(person), UCCLE)
        person.refresh_from_db()
        assert (person.status, person.answer_reason) == ("pending", "")

    def test_is_closed_to_somebody_suspended(self, client_of, make_member):
        person = make_member(status="suspended")
        assert self.post(client_of(person), UCCLE).status_code == 403


class TestAnotherMember:
    def test_is_shown_without_the_address(self, client_of, member, colleague):
        page = client_of(member).get(address_of("people:member", pk=colleague.pk)).content.decode()
        assert "Lies Pauwels" in page
        assert "CPAS de Jette" in page
        assert colleague.email not in page

    @pytest.mark.parametrize("status", ["pending", "refused", "suspended", "left"])
    def test_who_is_not_a_member_is_not_there(self, client_of, member, make_member, status):
        person = make_member(status=status)
        assert client_of(member).get(address_of("people:member", pk=person.pk)).status_code == 404

    @pytest.mark.parametrize("status", ["pending", "refused", "suspended", "left"])
    def test_is_not_shown_to_who_is_not_a_member(self, client_of, member, make_member, status):
        client = client_of(make_member(status=status))
        assert client.get(address_of("people:member", pk=member.pk)).status_code == 403

    def test_is_not_shown_to_a_visitor(self, client, member):
        address = address_of("people:member", pk=member.pk)
        assert client.get(address)["Location"] == f"{address_of('account_login')}?next={address}"

    def test_the_list_and_the_single_question_agree(self, make_member):
        people = [
            make_member(status=status, is_active=is_active)
            for status in Member.Status.values
            for is_active in (True, False)
        ]
        for viewer in people:
            visible = set(Member.objects.visible_to(viewer))
            assert visible == {person for person in people if can_read(viewer, person)}


class TestThePageAboutSomebody:
    def page_of(self, client_of, reader, person, language="fr"):
        return client_of(reader).get(address_of("people:member", language, pk=person.pk))

    def test_lists_what_they_keep_and_told_as_far_as_one_may_read_it(
        self, tree, client_of, member, colleague
    ):
        kept = make_practice(by=colleague, title="Gardée")
        told = make_practice(by=colleague, title="Racontée")
        PracticePage.objects.filter(pk=told.pk).update(owner=member)
        archived = make_practice(by=colleague, title="Archivée")
        archived.unpublish()
        page = self.page_of(client_of, member, colleague).content.decode()
        assert page.index("S’occupe de ces fiches") < page.index(kept.get_absolute_url())
        assert page.index("A raconté ces fiches") < page.index(told.get_absolute_url())
        assert page.count(kept.get_absolute_url()) == 1
        assert "Archivée" not in page

    def test_says_nothing_where_there_is_nothing(self, client_of, member, colleague):
        page = self.page_of(client_of, member, colleague).content.decode()
        assert "S’occupe de ces fiches" not in page

    def test_tells_the_languages_but_never_the_address(self, client_of, member, make_member):
        person = make_member(spoken=["tr", "xx"])
        page = self.page_of(client_of, member, person, "nl").content.decode()
        assert "Turks" in page
        assert person.email not in page

    @pytest.mark.parametrize("count", [1, 30])
    def test_costs_the_same_whatever_they_did(
        self, tree, client_of, member, colleague, count, django_assert_num_queries
    ):
        for _number in range(count):
            make_practice(by=colleague)
            given = make_practice(by=colleague)
            PracticePage.objects.filter(pk=given.pk).update(owner=member)
        browser = client_of(member)
        browser.get("/fr/")
        with django_assert_num_queries(8):
            browser.get(address_of("people:member", pk=colleague.pk))

    def test_says_to_its_owner_whether_it_is_found(self, client_of, make_member):
        found, hidden = make_member(), make_member(is_findable=False)
        assert "Les membres vous trouvent" in self.page_of(client_of, found, found).content.decode()
        assert "vous l’avez choisi" in self.page_of(client_of, hidden, hidden).content.decode()
