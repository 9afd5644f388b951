"""Files on sheets: in the form, on the page, in history; who opens them; what keeps them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agora.attachments.actions import purge_attachments, withdraw
from agora.attachments.models import Attachment
from agora.attachments.permissions import can_read, can_withdraw
from agora.drafts.models import Draft
from practices.actions import archive_practice, publish_version
from practices.comparison import changes_between
from practices.drafting import fields_of, page_of
from practices.fields import PracticeFields
from practices.models import PracticePage, Proposal, SheetFile
from practices.review.extent import why_not_minor
from tests.attachments import samples
from tests.attachments.factories import stored
from tests.drafts.factories import sent

from .factories import fields_of as some_fields
from .factories import make_practice, publish_practice

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def pdf(name: str = "grille.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf(), "application/pdf")


def bad(name: str = "jeu.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"MZ" + bytes(200), "application/pdf")


def with_files(*files, by, **options) -> PracticePage:
    return publish_practice(by=by, attachments=tuple(str(file.pk) for file in files), **options)


def change(practice, by, **fields) -> PracticePage:
    whole = PracticeFields.of(practice).with_data(fields)
    based_on = practice.live_revision_id
    return publish_version(practice, whole, by=by, significance="medium", based_on=based_on)


def page_of_sheet(browser, practice) -> str:
    return browser.get(practice.get_absolute_url()).content.decode()


class TestForm:
    """Step 2 without any script: the file comes with the text."""

    @pytest.fixture
    def browser(self, client_of, tree, member):
        browser = client_of(member)
        browser.post("/fr/pratiques/ecrire/", sent(member, title="Un tableau"))
        return browser

    @pytest.fixture
    def send(self, browser, member):
        def sending(*files, go: str = "files", keep=(), **fields):
            draft = Draft.objects.get()
            form = sent(member, pk=draft.pk, step=2, known=draft.sequence, go=go, steps="1. Tracer", **fields)
            form |= {"attachments": ["", *map(str, keep)], "files": list(files)}
            return browser.post(f"/fr/pratiques/ecrire/{draft.pk}/2/", form)

        return sending

    def test_limit_and_readers_are_said_before(self, browser):
        page = browser.get(f"/fr/pratiques/ecrire/{Draft.objects.get().pk}/2/").content.decode()
        assert "Huit fichiers au plus, de 10\u00a0Mo chacun" in page.replace("10 Mo", "10\u00a0Mo")
        assert "Qui peut lire ces fichiers" in page
        assert 'enctype="multipart/form-data"' in page

    def test_a_file_comes_with_the_text_and_one_stays_at_the_step(self, browser, send):
        answer = send(pdf(), pdf("autre.pdf"))
        assert answer.url.endswith("/2/#attachments")
        draft, files = Draft.objects.get(), Attachment.objects.all()
        assert draft.data["attachments"] == sorted(str(file.pk) for file in files)
        assert draft.data["steps"] == "1. Tracer"
        page = browser.get(answer.url).content.decode()
        assert "grille.pdf" in page
        assert "PDF, 2 pages" in page

    def test_going_on_takes_the_file_along(self, send):
        assert send(pdf(), go="next").url.endswith("/3/")
        assert len(Draft.objects.get().data["attachments"]) == 1

    def test_a_refused_file_loses_neither_the_text_nor_the_others(self, send):
        answer = send(bad(), pdf(), go="next")
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "jeu.pdf\u00a0» : Ce fichier contient un programme" in page.replace("\u00a0:", " :")
        assert "1. Tracer" in page
        draft = Draft.objects.get()
        assert draft.data["steps"] == "1. Tracer"
        assert draft.data["attachments"] == [str(Attachment.objects.get().pk)]

    def test_one_is_left_out_again(self, send):
        send(pdf(), pdf("autre.pdf"))
        first, second = Draft.objects.get().data["attachments"]
        answer = send(go=f"without:{first}", keep=[first, second])
        assert answer.url.endswith("/2/#attachments")
        assert Draft.objects.get().data["attachments"] == [second]

    def test_a_ninth_is_refused(self, send, member):
        eight = [stored(member, f"{number}.pdf").pk for number in range(8)]
        answer = send(pdf(), keep=eight)
        assert answer.status_code == 422
        assert "8 fichiers au plus" in answer.content.decode()
        assert len(Draft.objects.get().data["attachments"]) == 8

    @pytest.mark.parametrize("number", ["x\x00", "9" * 400, "00000000-0000-4000-8000-000000000000"])
    def test_numbers_of_no_file_are_said_and_nothing_breaks(self, browser, send, number):
        send(keep=[number], go="next")
        page = browser.get(f"/fr/pratiques/ecrire/{Draft.objects.get().pk}/2/").content.decode()
        assert "Un des fichiers joints n’existe plus" in page

    def test_a_step_sent_by_an_older_page_leaves_the_files_alone(self, send, browser, member):
        send(pdf())
        draft = Draft.objects.get()
        form = sent(member, pk=draft.pk, step=2, known=draft.sequence, steps="2. Relire")
        browser.post(f"/fr/pratiques/ecrire/{draft.pk}/2/", form)
        assert len(Draft.objects.get().data["attachments"]) == 1

    def test_a_script_saves_the_list_with_the_rest(self, browser, member):
        draft, file = Draft.objects.get(), stored(member)
        form = sent(member, pk=draft.pk, step=2, known=draft.sequence) | {"attachments": ["", str(file.pk)]}
        assert browser.post("/fr/brouillons/enregistrer/practice/", form).status_code == 200
        assert Draft.objects.get().data["attachments"] == [str(file.pk)]

    def test_files_appear_before_publishing_and_are_published(self, browser, send, member):
        send(pdf())
        draft = Draft.objects.get()
        page = browser.get(f"/fr/pratiques/ecrire/{draft.pk}/5/").content.decode()
        assert "À télécharger" in page
        assert "grille.pdf" in page
        assert [str(one) for one in fields_of(draft, page_of(draft)).attachments] == draft.data["attachments"]


class TestSheet:
    def test_a_part_of_its_own_under_the_tools(self, client_of, tree, member):
        file = stored(member, "Grille d’entretien.pdf")
        sheet = with_files(file, by=member, tools="Une grille.", contacts="Accueil")
        page = page_of_sheet(client_of(member), sheet)
        assert page.index("Outils") < page.index("À télécharger") < page.index("À qui demander")
        assert f'href="/fr/fichiers/{file.pk}/"' in page
        assert "PDF, 2 pages, 1\u00a0ko" in page

    def test_a_tip_has_them_too(self, client_of, tree, member):
        sheet = with_files(stored(member), by=member, kind="tip", problem="En trois lignes.", steps="")
        assert "grille.pdf" in page_of_sheet(client_of(member), sheet)

    def test_no_files_no_part(self, client_of, tree, member):
        assert "À télécharger" not in page_of_sheet(client_of(member), make_practice(by=member))

    def test_an_old_version_shows_its_own(self, client_of, tree, member, colleague):
        sheet = with_files(stored(member, "ancienne.pdf"), by=member)
        first = sheet.live_revision_id
        sheet = change(sheet, colleague, attachments=[str(stored(colleague, "neuve.pdf").pk)])
        browser = client_of(colleague)
        assert "neuve.pdf" in page_of_sheet(browser, sheet)
        assert "ancienne.pdf" not in page_of_sheet(browser, sheet)
        old = browser.get(f"{sheet.get_absolute_url()}version/{first}/").content.decode()
        assert "ancienne.pdf" in old

    def test_after_a_withdrawal_all_versions_say_so(self, client_of, tree, member):
        file = stored(member, "Madame-Untel.pdf")
        sheet = with_files(file, by=member)
        browser = client_of(member)
        assert "Untel" in page_of_sheet(browser, sheet)
        withdraw(file, member, "Un nom était lisible.")
        for address in (
            sheet.get_absolute_url(),
            f"{sheet.get_absolute_url()}version/{sheet.live_revision_id}/",
        ):
            page = browser.get(address).content.decode()
            assert "Fichier retiré le" in page
            assert "Untel" not in page

    def test_a_change_of_files_is_told_by_their_names(self, tree, member):
        old = some_fields(attachments=(str(stored(member, "ancienne.pdf").pk),))
        new = old.with_data({"attachments": [str(stored(member, "neuve.pdf").pk)]})
        (told,) = changes_between(old, new)
        assert (told.label, told.added, told.removed) == ("Pièces jointes", ("neuve.pdf",), ("ancienne.pdf",))

    def test_a_file_more_is_no_small_correction(self, tree, member):
        before = some_fields(title="Un tableau")
        after = before.with_data({"attachments": [str(stored(member).pk)]})
        assert "fichier" in why_not_minor(before, after)

    def test_two_people_who_add_files_both_keep_theirs(self, client_of, tree, member, colleague):
        sheet = with_files(stored(member, "a.pdf"), by=member)
        base = PracticeFields.of(sheet).attachments
        mine, theirs = stored(member, "b.pdf"), stored(colleague, "c.pdf")
        draft = Draft.objects.create(
            owner=member,
            kind="practice",
            language="fr",
            target=str(sheet.pk),
            base=str(sheet.live_revision_id),
            data={"attachments": [*base, str(mine.pk)], "significance": "medium"},
        )
        change(sheet, colleague, attachments=[*base, str(theirs.pk)])
        form = sent(member, pk=draft.pk, step=5, go="publish", significance="medium")
        form |= {"draft_target": draft.target, "draft_base": draft.base}
        client_of(member).post(f"/fr/pratiques/ecrire/{draft.pk}/5/", form)
        assert {file.name for file in PracticePage.objects.get().attachments.all()} == {
            "a.pdf",
            "b.pdf",
            "c.pdf",
        }


class TestReaders:
    @pytest.fixture
    def file(self, member):
        return stored(member)

    def test_a_published_file_is_read_by_members_and_in_the_showcase_by_all(
        self, tree, member, colleague, file
    ):
        sheet = with_files(file, by=member)
        assert can_read(colleague, file)
        assert not can_read(VISITOR, file)
        PracticePage.objects.filter(pk=sheet.pk).update(is_showcase=True)
        assert can_read(VISITOR, file)

    def test_what_left_the_sheet_stays_for_members_only(self, tree, member, colleague, file):
        sheet = with_files(file, by=member, is_showcase=True)
        change(sheet, member, attachments=[])
        assert can_read(colleague, file)
        assert not can_read(VISITOR, file)

    def test_an_archived_sheet_takes_its_files_along(self, tree, member, colleague, file):
        sheet = with_files(file, by=member, is_showcase=True)
        archive_practice(sheet, member)
        assert not can_read(colleague, file)
        assert not can_read(VISITOR, file)

    def test_who_answers_a_proposal_reads_what_its_author_sent_and_nothing_else(
        self, tree, member, colleague, moderator, relay, file
    ):
        sheet, theirs = make_practice(by=relay), stored(colleague)
        Proposal.objects.create(
            practice=sheet,
            author=colleague,
            data={"attachments": [str(theirs.pk), str(file.pk)]},
            significance="medium",
            sent_at=timezone.now(),
            changed_at=timezone.now(),
        )
        assert can_read(relay, theirs)
        assert can_read(moderator, theirs)
        assert not can_read(member, theirs)
        # The number of somebody's file, put in one's own text, opens it to nobody.
        assert not can_read(relay, file)
        assert not can_read(colleague, file)

    def test_somebody_s_file_cannot_be_published_by_its_number(self, tree, member, colleague, file):
        with pytest.raises(ValidationError) as refused:
            with_files(file, by=colleague)
        assert "attachments" in refused.value.message_dict
        sheet = make_practice(by=colleague)
        with pytest.raises(ValidationError):
            change(sheet, colleague, attachments=[str(file.pk)])

    def test_a_colleague_takes_a_published_file_over_in_another_sheet(self, tree, member, colleague, file):
        with_files(file, by=member)
        sheet = with_files(file, by=colleague)
        assert sheet.attachments.get() == file

    def test_who_keeps_the_sheet_and_moderators_withdraw(self, tree, member, colleague, moderator, relay):
        file = stored(colleague)
        sheet = make_practice(by=relay)
        change(sheet, colleague, attachments=[str(file.pk)])
        people = (relay, moderator, colleague, member, VISITOR)
        assert [can_withdraw(one, file) for one in people] == [True, True, True, False, False]


class TestKeeping:
    @pytest.fixture
    def old(self, member):
        file = stored(member)
        Attachment.objects.filter(pk=file.pk).update(uploaded_at=timezone.now() - timedelta(days=30))
        return file

    def test_nobody_refers_to_it(self, tree, old):
        assert purge_attachments() == 1

    @pytest.mark.parametrize("discarded", [None, timezone.now()])
    def test_a_draft_does(self, tree, member, old, discarded):
        Draft.objects.create(
            owner=member,
            kind="practice",
            language="fr",
            data={"attachments": [str(old.pk)]},
            discarded_at=discarded,
        )
        assert purge_attachments() == 0

    def test_a_past_version_does(self, tree, member, old):
        change(with_files(old, by=member), member, attachments=[])
        assert purge_attachments() == 0

    def test_a_waiting_proposal_does(self, tree, member, colleague, old):
        Proposal.objects.create(
            practice=make_practice(by=colleague),
            author=member,
            data={"attachments": [str(old.pk)]},
            significance="medium",
            sent_at=timezone.now(),
            changed_at=timezone.now(),
        )
        assert purge_attachments() == 0

    def test_a_sheet_that_is_deleted_lets_it_go(self, tree, member, old):
        with_files(old, by=member).delete()
        assert not SheetFile.objects.exists()
        assert purge_attachments() == 1
