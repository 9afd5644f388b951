"""Files of rooms: read with their text and by nobody else, named neutrally, sealed, gone with the text."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from agora.attachments import workshop
from agora.attachments.cleaning import clean
from agora.attachments.models import Attachment
from agora.attachments.texts import pages_of
from forum.files import actions as files
from forum.keeping.actions import purge
from forum.models import Contribution, OutsideAccess, PhaseRun, RoomFile
from forum.phases import actions as phases
from forum.rooms import actions as rooms
from forum.talk import actions as talk
from tests.attachments.word_samples import pdf_saying


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    """Clean and read files as always, but without a process for each (tests/attachments has those)."""
    monkeypatch.setattr(workshop, "work", clean)
    monkeypatch.setattr(workshop, "words", pages_of)


def upload(name: str = "grille.pdf", says: str = "Une grille vide.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf_saying(says))


def door(table, file: RoomFile) -> str:
    return reverse("forum:file", args=[table.room.pk, file.pk])


@pytest.fixture
def proposed(table):
    """A text of person 2 with a file, in a phase that all read."""
    text = table.write(2, "Un jour, au guichet.")
    return table, text, files.attach(table.seat(2), text, upload("scan.pdf"), {})


@pytest.fixture
def blind(table):
    """The same by person 3, in the blind round."""
    table.go_to("first-round")
    text = table.write(3, "Je comprends autrement.")
    return table, text, files.attach(table.seat(3), text, upload("scan.pdf"), {})


def test_those_who_read_the_text_read_the_file_and_nobody_else(proposed, client_of, moderator, editor):
    table, _text, file = proposed
    for person in table.people:
        answer = client_of(person).get(door(table, file))
        assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"] == 'inline; filename="document-1.pdf"'
        assert (
            "no-store" in answer["Cache-Control"]
            and "default-src 'none'" in answer["Content-Security-Policy"]
        )
    for person in (moderator, editor):
        assert client_of(person).get(door(table, file)).status_code == 404


def test_two_keys_open_no_file(proposed, client_of, moderator):
    table, _text, file = proposed
    OutsideAccess.objects.create(
        room=table.room,
        asked_by=moderator,
        motive="essai",
        until=timezone.now() + timezone.timedelta(hours=1),
    )
    browser = client_of(moderator)
    assert browser.get(reverse("forum:visit", args=[table.room.pk])).status_code == 200
    assert browser.get(door(table, file)).status_code == 404


def test_in_a_blind_phase_its_author_alone_reads_it_until_the_seal_breaks(blind, client_of):
    table, text, file = blind
    read = [client_of(person).get(door(table, file)).status_code for person in table.people]
    assert read == [404, 404, 404, 200, 404]
    before = table.refreshed().beat
    files.attach(table.seat(3), text, upload("autre.pdf"), {})
    assert table.refreshed().beat == before
    PhaseRun.objects.filter(pk=text.run_id).update(unsealed_at=timezone.now())
    assert {client_of(person).get(door(table, file)).status_code for person in table.people} == {200}


def test_nothing_ties_it_to_a_person_or_shows_it_in_the_clear(proposed):
    table, _text, file = proposed
    assert not Attachment.objects.exists()  # no row of the site's files, so no sender, no search, no words
    row = RoomFile.objects.filter(pk=file.pk).values_list()[0]
    names = [field.name for field in RoomFile._meta.get_fields()]
    assert not {"author", "uploaded_by", "uploaded_at", "sha256"} & set(names)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM forum_roomfile")
        kept = cursor.fetchone()[0]
    assert kept.startswith("gAAAA") and "JVBER" not in kept  # neither the words nor « %PDF »
    assert not any("scan" in str(value) for value in row[:-1])


@pytest.mark.parametrize("name", ["850730-033-28.pdf", "Fatima Benali.pdf"])
def test_the_gate_reads_the_name_it_came_with(table, name):
    text = table.write(2, "Un jour, au guichet.")
    with pytest.raises(files.ShowsSomebody) as shown:
        files.attach(table.seat(2), text, upload(name), {})
    assert not RoomFile.objects.exists()
    gate = shown.value.gate
    if not gate.blocks:
        assert files.attach(table.seat(2), text, upload(name), {"looked": gate.mark}).name == "document-1.pdf"


def test_the_gate_reads_the_words_inside_and_nobody_vouches_for_them(table, client_of):
    text = table.write(2, "Un jour, au guichet.")
    address = reverse("forum:files", args=[table.room.pk, text.pk])
    said = {"vouched": "La permanence", "file": upload("lettre.pdf", "Appelez le 0470 12 34 56")}
    answer = client_of(table.people[2]).post(address, said)
    assert answer.status_code == 422 and "0470 12 34 56" in answer.content.decode()
    assert "Ce n’est pas le numéro" not in answer.content.decode()
    assert not RoomFile.objects.exists()


def test_it_goes_when_the_text_is_withdrawn(proposed):
    table, text, _file = proposed
    talk.withdraw(table.seat(2), text)
    assert not RoomFile.objects.exists()


def test_it_goes_with_who_leaves_and_takes_the_texts_along(proposed):
    table, _text, _file = proposed
    rooms.leave(table.seat(2), withdraw_texts=True)
    assert not RoomFile.objects.exists()


def test_it_goes_with_the_purge(proposed):
    table, _text, _file = proposed
    rooms.close(table.lead)
    assert RoomFile.objects.count() == 1
    purge(table.refreshed())
    assert not RoomFile.objects.exists()
    assert Contribution.objects.filter(room=table.room).exists()


def test_only_its_author_adds_and_takes_off_while_the_phase_lasts(proposed):
    table, text, file = proposed
    with pytest.raises(PermissionDenied):
        files.attach(table.seat(1), text, upload(), {})
    with pytest.raises(PermissionDenied):
        files.take_off(table.seat(1), file)
    files.take_off(table.seat(2), file)
    assert not RoomFile.objects.exists()
    phases.advance(table.lead, from_step=0)
    with pytest.raises(PermissionDenied):
        files.attach(table.seat(2), text, upload(), {})


def test_three_for_a_text_and_numbers_that_do_not_come_back_while_others_stand(proposed):
    table, text, first = proposed
    for name in ("un.pdf", "deux.pdf"):
        files.attach(table.seat(2), text, upload(name), {})
    with pytest.raises(ValidationError, match="trois fichiers"):
        files.attach(table.seat(2), text, upload("trois.pdf"), {})
    files.take_off(table.seat(2), first)
    assert [file.name for file in text.files.all()] == ["document-2.pdf", "document-3.pdf"]


@pytest.mark.parametrize("sent", [{}, {"off": "rien"}, {"off": "00000000-0000-0000-0000-000000000000"}])
def test_bad_input_is_answered(proposed, client_of, sent):
    table, text, _file = proposed
    answer = client_of(table.people[2]).post(reverse("forum:files", args=[table.room.pk, text.pk]), sent)
    assert answer.status_code == (404 if sent else 422)


def test_the_page_lists_it_under_its_text(proposed, client_of):
    table, _text, file = proposed
    page = client_of(table.people[4]).get(reverse("forum:room", args=[table.room.pk])).content.decode()
    assert door(table, file) in page and "document-1.pdf" in page
    browser = client_of(table.people[2])
    address = reverse("forum:files", args=[table.room.pk, proposed[1].pk])
    assert address in browser.get(reverse("forum:room", args=[table.room.pk])).content.decode()
    assert "document-1.pdf" in browser.get(address).content.decode()
