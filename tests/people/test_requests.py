"""Requests: who answers whom, what each answer opens, and that nothing happens twice."""

import pytest
from django.core.exceptions import PermissionDenied

from agora.people import actions, permissions
from agora.people.models import Member
from agora.people.querysets import UNDO_DAYS
from agora.people.roles import ADMINISTRATOR, MODERATOR, RELAY, ROLES

from .factories import FOREST, JETTE, UCCLE, address_of

REASON = "Personne ne connaît ce nom au service du personnel."


@pytest.fixture
def other_relay(make_member):
    """The relay of Jette."""
    return make_member(roles=[RELAY], cpas=JETTE, first_name="Relais de Jette")


def shown(client) -> list[Member]:
    return list(client.get(address_of("people:requests")).context["page"])


class TestTheList:
    def test_shows_a_relay_the_people_of_her_cpas_only(
        self, client_of, relay, other_relay, pending, make_member
    ):
        make_member(status="refused")
        elsewhere = make_member(status="pending", cpas=JETTE)
        assert shown(client_of(relay)) == [pending]
        assert shown(client_of(other_relay)) == [elsewhere]

    @pytest.mark.parametrize("role", [MODERATOR, ADMINISTRATOR])
    def test_shows_the_region_those_whose_cpas_has_no_relay(
        self, client_of, make_member, relay, pending, role
    ):
        regional = make_member(roles=[role], cpas=None)
        orphan = make_member(status="pending", cpas=UCCLE)
        homeless = make_member(status="pending", cpas=None)
        assert shown(client_of(regional)) == [orphan, homeless]

    def test_leaves_out_whoever_did_not_prove_the_address(self, client_of, relay, pending):
        pending.emailaddress_set.update(verified=False)
        assert shown(client_of(relay)) == []

    @pytest.mark.parametrize("role", [None, *sorted(set(ROLES) - {RELAY, MODERATOR, ADMINISTRATOR})])
    def test_is_not_there_for_the_others(self, client_of, make_member, role):
        person = make_member(roles=[role] if role else [])
        assert client_of(person).get(address_of("people:requests")).status_code == 404

    def test_is_not_there_for_a_relay_who_is_suspended(self, client_of, relay):
        Member.objects.filter(pk=relay.pk).update(status="suspended")
        assert client_of(relay).get(address_of("people:requests")).status_code == 403

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_says_so_when_nobody_waits(self, client_of, relay, language):
        response = client_of(relay).get(address_of("people:requests", language))
        assert response.status_code == 200
        assert 'class="empty' in response.content.decode()

    @pytest.mark.parametrize("page", ["2", "99999", "-1", "x", "\x00", "9" * 5000])
    def test_any_page_number_shows_a_page(self, client_of, relay, pending, page):
        assert client_of(relay).get(address_of("people:requests"), {"page": page}).status_code == 200

    def test_costs_the_same_for_one_and_for_thirty(
        self, client_of, relay, pending, make_member, django_assert_num_queries
    ):
        client = client_of(relay)
        client.get(address_of("people:requests"))  # warms what is kept in memory
        with django_assert_num_queries(QUERIES):
            client.get(address_of("people:requests"))
        for _ in range(29):
            make_member(status="pending")
        for person in [make_member(status="pending") for _ in range(5)]:
            actions.validate_member(person, by=relay)
        with django_assert_num_queries(QUERIES):
            assert len(shown(client)) == 20


QUERIES = 6  # session, user, roles, count, people, answers


class TestAccepting:
    def post(self, client, person):
        return client.post(address_of("people:accept", pk=person.pk), follow=True)

    def test_opens_everything_and_says_so_by_mail(self, client_of, relay, pending, mailoutbox, on_commit):
        theirs = client_of(pending)
        assert theirs.get(address_of("people:member", pk=relay.pk)).status_code == 403
        with on_commit():
            page = self.post(client_of(relay), pending).content.decode()
        pending.refresh_from_db()
        assert pending.is_validated
        assert (pending.validated_by, bool(pending.validated_at)) == (relay, True)
        assert pending.get_full_name() in page
        assert theirs.get(address_of("people:member", pk=relay.pk)).status_code == 200
        assert [mail.to for mail in mailoutbox] == [[pending.email]]

    def test_twice_is_once(self, client_of, relay, pending, mailoutbox, on_commit):
        client = client_of(relay)
        with on_commit():
            self.post(client, pending)
            assert "déjà" in self.post(client, pending).content.decode()
        assert len(mailoutbox) == 1

    def test_a_link_accepts_nobody(self, client_of, relay, pending):
        assert client_of(relay).get(address_of("people:accept", pk=pending.pk)).status_code == 405
        pending.refresh_from_db()
        assert pending.status == "pending"

    @pytest.mark.parametrize("act", ["accept", "refuse", "reopen"])
    def test_is_not_for_the_relay_of_another_cpas(self, client_of, other_relay, relay, pending, act):
        response = client_of(other_relay).post(address_of(f"people:{act}", pk=pending.pk), {"reason": REASON})
        assert response.status_code == 404
        pending.refresh_from_db()
        assert pending.status == "pending"

    @pytest.mark.parametrize("act", ["accept", "refuse", "reopen"])
    def test_is_not_for_a_colleague_nor_for_oneself(self, client_of, member, pending, act):
        for person, status in ((member, 404), (pending, 403)):
            answer = client_of(person).post(address_of(f"people:{act}", pk=pending.pk), {"reason": REASON})
            assert answer.status_code == status
        pending.refresh_from_db()
        assert pending.status == "pending"

    def test_an_unknown_number_is_not_there(self, client_of, relay):
        for pk in (0, 999, 10**30):
            assert client_of(relay).post(address_of("people:accept", pk=pk)).status_code == 404


class TestRefusing:
    def post(self, client, person, reason=REASON):
        return client.post(address_of("people:refuse", pk=person.pk), {"reason": reason})

    def test_tells_the_reason_on_agora_and_not_by_mail(
        self, client_of, relay, pending, mailoutbox, on_commit
    ):
        assert client_of(relay).get(address_of("people:refuse", pk=pending.pk)).status_code == 200
        with on_commit():
            assert self.post(client_of(relay), pending).status_code == 302
        pending.refresh_from_db()
        assert (pending.status, pending.answer_reason) == ("refused", REASON)
        (mail,) = mailoutbox
        assert mail.to == [pending.email]
        assert REASON not in mail.body
        assert REASON in client_of(pending).get(address_of("people:waiting")).content.decode()

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 501, "x" * 10_000, "avec\x00zéro"])
    def test_needs_a_reason_that_can_be_read(self, client_of, relay, pending, reason):
        response = self.post(client_of(relay), pending, reason)
        assert response.context["form"].errors["reason"]
        pending.refresh_from_db()
        assert pending.status == "pending"

    def test_the_reason_is_shown_as_it_was_typed(self, client_of, relay, pending):
        self.post(client_of(relay), pending, "<script>alert(1)</script> & co")
        page = client_of(pending).get(address_of("people:waiting")).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;" in page

    def test_can_be_taken_back(self, client_of, relay, pending):
        client = client_of(relay)
        self.post(client, pending)
        assert pending in client.get(address_of("people:requests")).context["answers"]
        assert client.post(address_of("people:reopen", pk=pending.pk)).status_code == 302
        pending.refresh_from_db()
        assert (pending.status, pending.answer_reason, pending.validated_by) == ("pending", "", None)
        assert shown(client) == [pending]

    def test_cannot_be_taken_back_for_ever(self, client_of, relay, pending):
        self.post(client_of(relay), pending)
        pending.refresh_from_db()
        old = pending.validated_at.replace(year=pending.validated_at.year - 1)
        Member.objects.filter(pk=pending.pk).update(validated_at=old)
        assert UNDO_DAYS < 365
        assert client_of(relay).post(address_of("people:reopen", pk=pending.pk)).status_code == 404


class TestSuspending:
    def post(self, client, person, reason=REASON):
        return client.post(address_of("people:suspend", pk=person.pk), {"reason": reason})

    def test_ends_the_session_at_once_and_can_be_undone(
        self, client_of, relay, member, mailoutbox, on_commit
    ):
        theirs, hers = client_of(member), client_of(relay)
        assert hers.get(address_of("people:suspend", pk=member.pk)).status_code == 200
        assert theirs.get(address_of("people:profile")).status_code == 200
        with on_commit():
            self.post(hers, member)
        assert theirs.get(address_of("people:profile")).status_code == 302
        assert [mail.to for mail in mailoutbox] == [[member.email]]
        assert REASON not in mailoutbox[0].body
        hers.post(address_of("people:reopen", pk=member.pk))
        member.refresh_from_db()
        assert (member.status, member.is_active) == ("pending", True)

    def test_by_the_region_is_not_undone_by_the_relay(self, client_of, moderator, relay, member):
        self.post(client_of(moderator), member)
        assert client_of(relay).post(address_of("people:reopen", pk=member.pk)).status_code == 404
        assert client_of(moderator).post(address_of("people:reopen", pk=member.pk)).status_code == 302

    def test_is_not_for_everybody(self, client_of, relay, other_relay, colleague, member, make_member):
        regional = make_member(roles=[MODERATOR])  # works at Forest, and for the whole region
        for by, whom in (
            (colleague, member),
            (other_relay, member),
            (member, member),
            (relay, relay),
            (relay, regional),
        ):
            assert self.post(client_of(by), whom).status_code == 404
            whom.refresh_from_db()
            assert whom.is_validated

    @pytest.mark.parametrize("reason", ["", "x" * 501, "\x00"])
    def test_needs_a_reason(self, client_of, relay, member, reason):
        assert self.post(client_of(relay), member, reason).context["form"].errors["reason"]


class TestTheActs:
    def test_check_by_themselves(self, colleague, pending, member, relay):
        for act in (
            lambda: actions.validate_member(pending, by=colleague),
            lambda: actions.validate_member(pending, by=pending),
            lambda: actions.refuse_member(pending, by=colleague, reason="x"),
            lambda: actions.suspend_member(member, by=colleague, reason="x"),
            lambda: actions.suspend_member(relay, by=relay, reason="x"),
            lambda: actions.reopen_request(member, by=colleague),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_look_at_the_row_and_not_at_what_the_caller_holds(self, relay, pending):
        stale = Member.objects.get(pk=pending.pk)
        Member.objects.filter(pk=pending.pk).update(cpas=JETTE)
        with pytest.raises(PermissionDenied):
            actions.validate_member(stale, by=relay)

    def test_refuse_to_go_without_a_reason(self, relay, pending, member):
        with pytest.raises(ValueError, match="reason"):
            actions.refuse_member(pending, by=relay, reason=" ")
        with pytest.raises(ValueError, match="reason"):
            actions.suspend_member(member, by=relay, reason="")

    def test_write_no_name_in_the_log(self, relay, pending, caplog):
        caplog.set_level("INFO", logger="agora.people")
        actions.refuse_member(pending, by=relay, reason=REASON)
        assert f"member={pending.pk}" in caplog.text
        for secret in (pending.last_name, pending.email, REASON):
            assert secret not in caplog.text

    def test_survive_a_dead_mail_server(self, relay, pending, monkeypatch, caplog, on_commit):
        def dead(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", dead)
        with on_commit():
            actions.validate_member(pending, by=relay)
        pending.refresh_from_db()
        assert pending.is_validated
        assert "accepted" in caplog.text and pending.email not in caplog.text

    def test_enrolling_vouches_for_the_address(self, client, db):
        person = actions.enrol_member(
            email="Nouveau@cpas.example",
            password="une phrase de passe",
            roles=[RELAY],
            first_name="N",
            last_name="Ouveau",
            status="active",
            cpas_id=FOREST,
        )
        data = {"login": person.email, "password": "une phrase de passe"}
        assert client.post(address_of("account_login"), data)["Location"] == "/fr/"
        assert permissions.can_see_requests(person)


def test_the_list_and_the_single_question_agree(make_member):
    """`answerable_by` and `can_validate`, over roles, places and states."""
    make_member(roles=[RELAY], cpas=FOREST)
    askers = [
        make_member(roles=roles, cpas=cpas, status=status)
        for roles in ([], [RELAY], [MODERATOR], [ADMINISTRATOR], [RELAY, MODERATOR])
        for cpas in (FOREST, JETTE, None)
        for status in ("active", "suspended")
    ]
    asked = [
        make_member(cpas=cpas, status=status)
        for cpas in (FOREST, UCCLE, None)
        for status in Member.Status.values
    ]
    for asker in askers:
        listed = set(Member.objects.answerable_by(asker).values_list("pk", flat=True))
        for person in [*asked, *askers]:
            assert (person.pk in listed) == permissions.can_validate(asker, person), (asker.pk, person.pk)
