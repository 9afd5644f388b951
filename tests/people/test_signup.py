"""Signing up: who may ask, what is asked, and what nobody learns."""

import pytest
from allauth.account.models import EmailAddress

from agora.people.account_forms import SignupForm
from agora.people.models import Member
from agora.vocabulary.models import Cpas

from .factories import FOREST, UCCLE, address_of, link_in, sign_up_data

SENT = "account_email_verification_sent"


def sign_up(client, **changes):
    return client.post(address_of("account_signup"), sign_up_data(**changes))


def error_of(response, field) -> str:
    assert response.status_code == 200, "the form comes back"
    return " ".join(response.context["form"].errors.get(field, []))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_form_opens_to_everybody_and_says_who_will_read_it(client, db, language):
    response = client.get(address_of("account_signup", language))
    assert response.status_code == 200
    page = response.content.decode()
    assert f'lang="{language}"' in page
    assert page.count("<option") >= 19
    assert 'class="who"' in page
    assert 'name="charter"' in page


def test_a_request_waits_for_the_address_and_then_for_the_relay(client, relay, mailoutbox, on_commit):
    response = sign_up(client)
    assert response["Location"] == address_of(SENT)
    member = Member.objects.get(email="ines@cpas-forest.example")
    assert (member.status, member.cpas_id, member.language) == ("pending", FOREST, "fr")
    assert member.function.slug == "assistant-social"
    assert member.check_password("un vélo rouge à Forest")
    assert client.get(address_of("people:profile")).status_code == 302, "nobody is signed in yet"
    assert not Member.objects.waiting().exists(), "the relay is not asked about an address nobody proved"

    (mail,) = mailoutbox
    assert mail.to == ["ines@cpas-forest.example"]
    link = link_in(mail)
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get(user=member).verified, "opening a link confirms nothing"
    with on_commit():
        response = client.post(link)
    assert response["Location"] == address_of("people:waiting"), "the browser that signed up is signed in"
    assert EmailAddress.objects.get(user=member).verified
    assert list(Member.objects.waiting()) == [member]
    assert [mail.to for mail in mailoutbox[1:]] == [[relay.email]]
    assert "Inès" not in mailoutbox[1].body and "Nollevaux" not in mailoutbox[1].body
    page = client.get(address_of("people:waiting")).content.decode()
    assert "relais du CPAS de Forest" in page


def test_without_a_relay_the_region_is_told(client, moderator, colleague, mailoutbox, on_commit):
    sign_up(client)
    with on_commit():
        client.post(link_in(mailoutbox[0]))
    assert [mail.to for mail in mailoutbox[1:]] == [[moderator.email]]


def test_another_browser_confirms_the_address_but_is_not_signed_in(client, client_of, db, mailoutbox):
    sign_up(client)
    other = client_of(None)
    response = other.post(link_in(mailoutbox[0]))
    assert response["Location"] == address_of("account_login")
    assert other.get(address_of("people:profile")).status_code == 302


class TestTheAddress:
    @pytest.fixture(autouse=True)
    def forest_registered_its_domain(self, db):
        Cpas.objects.filter(pk=FOREST).update(email_domains="cpas-forest.example\n@ocmw-vorst.example")

    @pytest.mark.parametrize(
        "address",
        [
            "a@cpas-forest.example",
            "A@CPAS-Forest.example",
            "a@ocmw-vorst.example",
            "a@ssg.cpas-forest.example",
        ],
    )
    def test_in_a_registered_domain_is_taken(self, client, address):
        assert sign_up(client, email=address)["Location"] == address_of(SENT)

    @pytest.mark.parametrize(
        "address", ["a@gmail.com", "a@autre.example", "a@fauxcpas-forest.example", "a@example"]
    )
    def test_elsewhere_is_refused_with_the_way_out(self, client, address):
        response = sign_up(client, email=address)
        assert error_of(response, "email")
        assert "Nollevaux" in response.content.decode(), "what was typed comes back"
        assert not Member.objects.exists()

    def test_the_message_names_the_domains(self, client):
        assert "@cpas-forest.example" in error_of(sign_up(client, email="a@gmail.com"), "email")

    def test_where_none_is_registered_any_but_a_consumers_is_taken(self, client):
        assert sign_up(client, email="a@uccle.example", cpas=UCCLE)["Location"] == address_of(SENT)

    @pytest.mark.parametrize(
        "domain", ["gmail.com", "hotmail.be", "outlook.com", "skynet.be", "yahoo.fr", "icloud.com"]
    )
    def test_a_consumers_address_proves_nothing(self, client, domain):
        assert domain in error_of(sign_up(client, email=f"a@{domain}", cpas=UCCLE), "email")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("charter", None),
        ("cpas", ""),
        ("cpas", "99999"),
        ("cpas", "\x00"),
        ("function", "99999999999999999999999"),
        ("function", ""),
        ("service", "x"),
        ("language", "de"),
        ("first_name", ""),
        ("first_name", "x" * 10_000),
        ("first_name", "http://gagnez.example"),
        ("last_name", "<b>gras</b>"),
        ("last_name", "Nolle\x00vaux"),
        ("email", "pas une adresse"),
        ("email", "a\x00@cpas-forest.example"),
        ("email", "a" * 10_000 + "@cpas-forest.example"),
        ("password1", "court"),
        ("password1", "motdepasse\x00long"),
        ("password1", "x" * 10_000),
        ("password1", "0123456789"[:9]),
    ],
)
def test_what_cannot_be_is_said_at_its_field(client, db, field, value):
    assert error_of(sign_up(client, **{field: value}), field)
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "name", ["Marie-Ange D’Hondt", "O'Neill", "Şükrü", "Nguyễn", "de la Tour (Van den Bossche)"]
)
def test_real_names_are_taken(client, db, name):
    assert sign_up(client, last_name=name)["Location"] == address_of(SENT)
    assert Member.objects.get().last_name == name


def test_an_unknown_address_to_prefill_is_ignored(client, db):
    assert client.get(address_of("account_signup") + "?email=%00%22%3E").status_code == 200


class TestNobodyLearnsWhoHasAnAccount:
    def test_by_signing_up(self, client_of, make_member, mailoutbox):
        make_member(email="taken@cpas-forest.example")
        answers = {}
        for address in ("taken@cpas-forest.example", "free@cpas-forest.example"):
            browser = client_of(None)
            response = sign_up(browser, email=address)
            page = browser.get(response["Location"])
            answers[address] = (response.status_code, response["Location"], page.content)
        first, second = answers.values()
        assert first == second
        assert [mail.to[0] for mail in mailoutbox] == list(answers)  # each is told where only they read
        assert "inscription" not in mailoutbox[0].body and "mot de passe" in mailoutbox[0].body
        assert Member.objects.count() == 2

    def test_by_signing_up_with_a_wrong_domain(self, client, make_member):
        Cpas.objects.filter(pk=FOREST).update(email_domains="cpas-forest.example")
        make_member(email="taken@autre.example")
        taken = error_of(sign_up(client, email="taken@autre.example"), "email")
        assert taken == error_of(sign_up(client, email="free@autre.example"), "email")

    def test_both_ways_hash_the_password(self, client, make_member, monkeypatch):
        hashed = []
        monkeypatch.setattr("agora.people.account_forms.make_password", hashed.append)
        make_member(email="taken@cpas-forest.example")
        sign_up(client, email="taken@cpas-forest.example")
        assert hashed == ["un vélo rouge à Forest"]


def test_sending_twice_makes_one_account_and_one_letter(client_of, db, mailoutbox):
    answers = [sign_up(client_of(None))["Location"] for _ in range(2)]
    assert answers == [address_of(SENT)] * 2
    assert Member.objects.count() == 1
    assert len(mailoutbox) == 1


def test_two_posts_at_the_same_moment_are_one(rf, db, make_member, monkeypatch):
    """The second one passed its checks before the first was saved."""
    form = SignupForm(sign_up_data())
    assert form.is_valid(), form.errors
    make_member(email="ines@cpas-forest.example")
    monkeypatch.setattr(
        "allauth.account.forms.flows.signup.prevent_enumeration", lambda *a, **k: "as if sent"
    )
    request = rf.post("/")
    request.session = {}
    assert form.try_save(request) == (None, "as if sent")
    assert Member.objects.count() == 1


def test_too_many_requests_from_one_place_wait(client, db):
    for _ in range(20):
        sign_up(client, charter=None)
    response = sign_up(client, charter=None)
    assert response.status_code == 429
    assert "<h1>" in response.content.decode()
