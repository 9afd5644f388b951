"""Who reads a file, and how it leaves the house."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from agora.attachments.actions import receive, withdraw
from agora.attachments.models import Attachment
from agora.attachments.permissions import can_read, get_attachment_for

from . import samples
from .conftest import upload

pytestmark = pytest.mark.django_db


def address(attachment, act: str = "") -> str:
    return f"/fr/fichiers/{attachment.pk}/{act}"


class TestRule:
    @pytest.fixture
    def people(self, member, colleague, pending, moderator):
        return [member, colleague, pending, moderator, AnonymousUser()]

    def test_alone_with_its_sender_until_something_carries_it(self, cupboard, stored, people, member):
        assert [can_read(one, stored) for one in people] == [one == member for one in people]

    def test_the_rule_for_one_and_the_rule_for_many_agree(self, cupboard, stored, people, colleague):
        others = receive(upload(), colleague)
        cupboard.show(stored, colleague, None)
        cupboard.show(others, people[0])
        for person in people:
            seen = set(Attachment.objects.visible_to(person))
            for attachment in (stored, others):
                assert can_read(person, attachment) == (attachment in seen)
                if attachment not in seen:
                    with pytest.raises(Http404):
                        get_attachment_for(person, attachment.pk)

    def test_a_sender_whose_membership_ended_reads_nothing_more(self, cupboard, stored, member):
        member.status = "suspended"
        assert not can_read(member, stored)


class TestFile:
    def test_a_pdf_opens_in_place_and_may_do_nothing(self, cupboard, client_of, stored, member):
        answer = client_of(member).get(address(stored))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'inline; filename="grille.pdf"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert "script" not in answer["Content-Security-Policy"]
        assert answer.streaming
        assert len(b"".join(answer.streaming_content)) == stored.size == int(answer["Content-Length"])

    @pytest.mark.parametrize(
        ("kind", "how"), [("jpg", "inline"), ("docx", "attachment"), ("odt", "attachment")]
    )
    def test_only_pictures_and_pdf_do(self, cupboard, client_of, member, kind, how):
        content = {"jpg": samples.picture(), "docx": samples.office(), "odt": samples.odf()}[kind]
        kept = receive(upload(content, "Été à Forest.xyz"), member)
        answer = client_of(member).get(address(kept))
        assert answer["Content-Disposition"] == (
            f"{how}; filename*=utf-8''%C3%89t%C3%A9%20%C3%A0%20Forest.{kind}"
        )
        assert answer["Content-Security-Policy"].endswith("sandbox")
        answer.close()

    @pytest.mark.parametrize("who", ["visitor", "colleague", "pending"])
    def test_nobody_else_learns_that_it_exists(self, cupboard, client_of, stored, who, request):
        person = None if who == "visitor" else request.getfixturevalue(who)
        assert client_of(person).get(address(stored)).status_code == 404

    def test_visitors_read_what_a_room_opened_to_them(self, cupboard, client_of, stored):
        cupboard.show(stored, None)
        answer = client_of().get(address(stored))
        assert answer.status_code == 200
        answer.close()

    def test_not_sent_again_to_who_has_it_but_asked_again(
        self, cupboard, client_of, stored, member, colleague
    ):
        etag = client_of(member).head(address(stored))["ETag"]
        assert client_of(member).get(address(stored), headers={"If-None-Match": etag}).status_code == 304
        assert client_of(colleague).get(address(stored), headers={"If-None-Match": etag}).status_code == 404

    def test_a_withdrawn_one_says_so(self, cupboard, client_of, stored, member):
        withdraw(stored, member, "Un nom était lisible.")
        answer = client_of(member).get(address(stored))
        assert answer.status_code == 410
        assert "Ce fichier a été retiré" in answer.content.decode()
        assert "grille" not in answer.content.decode()


class TestScript:
    def test_a_file_is_answered_with_its_line(self, cupboard, client_of, member):
        answer = client_of(member).post("/fr/fichiers/envoyer/", {"file": upload()})
        assert answer.status_code == 201
        kept = Attachment.objects.get()
        assert f'name="attachments" value="{kept.pk}"' in answer.json()["html"]
        assert "PDF, 2 pages, 1\u00a0ko" in answer.json()["html"]

    def test_a_closed_session_is_said(self, client_of, tree):
        answer = client_of().post("/nl/bestanden/verzenden/", {"file": upload()})
        assert answer.status_code == 401
        assert "sessie" in answer.json()["error"]

    def test_a_refusal_names_the_file(self, cupboard, client_of, member):
        answer = client_of(member).post(
            "/fr/fichiers/envoyer/", {"file": upload(b"<html>", "<b>piège\u202e.pdf")}
        )
        assert answer.status_code == 422
        assert answer.json()["error"].startswith("«\u00a0b piège.pdf\u00a0»")

    @pytest.mark.parametrize("sent", [{}, {"file": "not a file"}])
    def test_nothing_came(self, cupboard, client_of, member, sent):
        assert client_of(member).post("/fr/fichiers/envoyer/", sent).status_code == 400


class TestWithdrawalPage:
    def test_it_says_what_happens_and_asks_why(self, cupboard, client_of, stored, member):
        browser = client_of(member)
        page = browser.get(address(stored, "effacer/")).content.decode()
        assert "Effacer «\u00a0grille.pdf\u00a0» pour de bon" in page
        assert "ne pourra plus revenir" in page
        again = browser.post(address(stored, "effacer/"), {"reason": " "})
        assert again.status_code == 422
        assert "pourquoi" in again.content.decode()
        assert not Attachment.objects.get().withdrawn_at
        assert browser.post(address(stored, "effacer/"), {"reason": "Un nom."}).status_code == 302
        assert Attachment.objects.get().withdrawn_at

    def test_others_may_not(self, cupboard, client_of, stored, colleague):
        assert client_of(colleague).get(address(stored, "effacer/")).status_code == 404
        cupboard.show(stored, colleague)
        assert client_of(colleague).get(address(stored, "effacer/")).status_code == 403
        assert client_of(colleague).post(address(stored, "effacer/"), {"reason": "x"}).status_code == 403
