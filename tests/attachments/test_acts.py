"""A file comes in, is withdrawn, is cleared away; and the gate of everything that is sent."""

import hashlib
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from agora.attachments import actions
from agora.attachments.actions import purge_attachments, receive, sweep, withdraw
from agora.attachments.forms import take
from agora.attachments.kinds import MOST_BYTES, MOST_FILES
from agora.attachments.models import Attachment, private_storage
from agora.attachments.rows import names_of, rows_of
from agora.attachments.uploads import Bounded

from . import samples
from .conftest import upload

pytestmark = pytest.mark.django_db


def stored_files() -> int:
    storage = private_storage()
    return sum(len(storage.listdir(folder)[1]) for folder in storage.listdir("")[0])


def grow_old(attachment, days: int = 8) -> None:
    Attachment.objects.filter(pk=attachment.pk).update(uploaded_at=timezone.now() - timedelta(days=days))


class TestReceive:
    def test_what_is_kept_is_the_clean_file_under_a_name_that_tells_nothing(self, member):
        kept = receive(upload(name="Grille d’entretien.PDF"), member)
        assert (kept.name, kept.kind, kept.pages, kept.notes) == ("Grille d’entretien.pdf", "pdf", 2, [])
        with kept.file.open("rb") as file:
            content = file.read()
        assert samples.SECRET.encode() not in content
        assert (kept.size, kept.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert "grille" not in kept.file.name.lower()
        assert kept.uploaded_by == member

    def test_a_name_that_lies_is_put_right_and_said(self, member):
        kept = receive(upload(samples.picture("png"), "lettre.pdf"), member)
        assert (kept.name, kept.notes) == ("lettre.png", ["renamed"])
        assert "corrigé" in rows_of([kept])[0].notes[0]

    def test_a_refused_file_leaves_nothing_behind(self, member):
        before = stored_files()
        with pytest.raises(ValidationError) as refused:
            receive(upload(samples.bomb(), "plan.docx"), member)
        assert refused.value.code == "bomb"
        assert "démesuré" in refused.value.messages[0]
        assert (stored_files(), Attachment.objects.count()) == (before, 0)

    def test_a_row_that_cannot_be_written_leaves_nothing_behind(self, member, monkeypatch):
        def fail(**values):
            raise IntegrityError

        before = stored_files()
        monkeypatch.setattr(Attachment.objects, "create", fail)
        with pytest.raises(IntegrityError):
            receive(upload(), member)
        assert stored_files() == before

    def test_only_members_send_files(self, pending):
        with pytest.raises(PermissionDenied):
            receive(upload(), pending)

    def test_nobody_fills_the_disk(self, member, colleague, monkeypatch):
        monkeypatch.setattr(actions, "MOST_A_DAY", 1)
        first = receive(upload(), member)
        with pytest.raises(ValidationError, match="aujourd’hui"):
            receive(upload(), member)
        receive(upload(), colleague)
        grow_old(first, days=2)
        receive(upload(), member)


class TestTake:
    def test_each_file_stands_or_falls_alone(self, member):
        sent = [upload(), upload(b"MZ" + bytes(99), "jeu.exe"), upload(samples.office(), "lettre.docx")]
        taken = take(sent, member, already=0)
        assert [one.name for one in taken.kept] == ["grille.pdf", "lettre.docx"]
        (said,) = taken.refusals
        assert said.startswith("«\u00a0jeu.exe\u00a0»")
        assert "programme" in said

    def test_no_more_than_a_sheet_carries(self, member):
        taken = take([upload(), upload(), upload()], member, already=MOST_FILES - 1)
        assert len(taken.kept) == 1
        assert "8 fichiers au plus" in taken.refusals[0]


class TestWithdraw:
    def test_bytes_and_name_go_and_the_row_stays(
        self, cupboard, stored, member, django_capture_on_commit_callbacks
    ):
        storage, path = private_storage(), stored.file.name
        with django_capture_on_commit_callbacks(execute=True):
            withdraw(stored, member, "Une adresse  était lisible.\n")
        assert not storage.exists(path)
        gone = Attachment.objects.get()
        assert (gone.name, gone.sha256, gone.file.name) == ("", "", "")
        assert (gone.withdrawn_by, gone.withdrawal_reason) == (member, "Une adresse était lisible.")
        (row,) = rows_of([gone])
        assert row.is_withdrawn
        assert not row.url
        assert names_of([str(gone.pk)])[0].startswith("Fichier retiré le")
        assert names_of(["rien de tel"]) == ["Fichier retiré"]

    def test_who_may(self, cupboard, stored, member, colleague, moderator):
        with pytest.raises(PermissionDenied):
            withdraw(stored, colleague, "x")
        cupboard.keepers.add(moderator.pk)
        withdraw(stored, moderator, "Un nom.")
        with pytest.raises(PermissionDenied):
            withdraw(stored, member, "Encore.")

    @pytest.mark.parametrize("reason", ["", " \n", "x" * 301])
    def test_a_reason_is_asked(self, cupboard, stored, member, reason):
        with pytest.raises(ValidationError):
            withdraw(stored, member, reason)
        assert not Attachment.objects.get().withdrawn_at


class TestPurge:
    def test_after_a_week_what_nothing_refers_to_goes(
        self, cupboard, stored, django_capture_on_commit_callbacks
    ):
        path = stored.file.name
        grow_old(stored)
        with django_capture_on_commit_callbacks(execute=True):
            assert purge_attachments() == 1
        assert not private_storage().exists(path)
        assert not Attachment.objects.exists()

    def test_not_before(self, cupboard, stored):
        grow_old(stored, days=6)
        assert purge_attachments() == 0

    def test_not_while_a_draft_holds_it(self, cupboard, stored):
        grow_old(stored)
        cupboard.held.add(stored.pk)
        assert purge_attachments() == 0

    def test_the_command_says_what_went(self, cupboard, stored):
        grow_old(stored)
        said = io.StringIO()
        call_command("purge_attachments", stdout=said)
        assert said.getvalue().startswith("1 attachments purged")

    def test_bytes_without_a_row_are_swept_up_the_next_day(self, stored, monkeypatch):
        shelf = int(stored.file.name[:2], 16)
        with monkeypatch.context() as later:  # what other tests left on this shelf
            later.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(days=2))
            sweep(shelf)
        lost = private_storage().save(f"{stored.file.name[:2]}/lost", upload())
        assert sweep(shelf) == 0, "its row may be under way"
        monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(days=2))
        assert sweep(shelf) == 1
        assert not private_storage().exists(lost)
        assert private_storage().exists(stored.file.name)


class TestGate:
    """agora.attachments.uploads: what every request passes before a view sees it."""

    def test_a_file_is_cut_a_little_after_its_limit(self):
        gate, passed, piece = Bounded(), 0, bytes(64 * 1024)
        gate.new_file("files", "gros.pdf", "application/pdf", None, None)
        for _number in range(2000):  # 125 MB
            passed += len(gate.receive_data_chunk(piece, 0) or b"")
        assert MOST_BYTES < passed <= MOST_BYTES + 2 * len(piece)

    def test_many_files_at_once_are_bounded_together(self):
        gate, passed, piece = Bounded(), 0, bytes(1024 * 1024)
        for _file in range(100):
            gate.new_file("files", "gros.pdf", "application/pdf", None, None)
            for _number in range(9):
                passed += len(gate.receive_data_chunk(piece, 0) or b"")
        assert passed <= MOST_FILES * MOST_BYTES + 2 * len(piece)

    def test_the_rest_of_the_form_comes_through(self, client_of, tree, member):
        browser = client_of(member)
        heavy = upload(bytes(MOST_BYTES + 400_000), "gros.pdf")
        answer = browser.post("/fr/fichiers/envoyer/", {"file": heavy, "after": "still here"})
        assert answer.status_code == 422
        assert "dépasse 10 Mo" in answer.json()["error"]
        assert answer.wsgi_request.POST["after"] == "still here"
        assert answer.wsgi_request.FILES["file"].size < MOST_BYTES + 200_000
