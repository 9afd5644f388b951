"""The import of sheets: what comes in, what is left alone, what is refused and why; each row alone."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from practices.actions import change_practice
from practices.fields import PracticeFields
from practices.models import Adoption, PracticePage, RevisionNote
from search.models import PendingChange

from .import_samples import ADOPTION, as_csv, outcomes, reasons, row

pytestmark = pytest.mark.django_db


class TestCreate:
    @pytest.mark.parametrize("name", ["fiches.jsonl", "fiches.csv"])
    def test_everything_of_a_row_arrives(self, load, author, name):
        report = load(row(), name=name)
        assert (report.created, report.refused) == (1, 0)
        sheet = PracticePage.objects.get(external_id="essai-1")
        assert sheet.live
        assert sheet.owner == author
        assert sheet.is_showcase
        assert sheet.reviewed_on == date(2026, 3, 4)
        assert sheet.first_published_at.date() == date(2024, 3, 14)
        assert {term.slug for term in sheet.themes.all()} == {"accueil-flux", "bilan"}
        assert (sheet.origin_id, sheet.maturity, sheet.problem) == ("21007", "tried", "Texte de problem.")
        note = RevisionNote.objects.get()
        assert (note.author, note.significance) == (author, "created")
        assert note.published_at.date() == note.revision.created_at.date() == date(2024, 3, 14)
        adoption = sheet.adoptions.get()
        assert (adoption.cpas_id, adoption.state, adoption.since) == ("21010", "adapted", date(2024, 9, 1))
        assert adoption.note == "À deux."

    def test_little_is_needed(self, load):
        needed = {"external_id": "a", "language": "nl", "title": "Onthaal", "author": "AUTEUR@cpas.example"}
        assert load(needed).created == 1
        sheet = PracticePage.objects.get(external_id="a")
        assert (sheet.kind, sheet.maturity, sheet.is_showcase) == ("sheet", "told", False)
        assert sheet.locale.language_code == "nl"

    def test_as_signs_rows_without_author(self, load, member):
        assert load(row(author=None), as_member=member).created == 1
        assert PracticePage.objects.get().owner == member

    @pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-8")])
    def test_what_spreadsheets_write(self, load, separator, encoding):
        texts = row(title="Un, deux ; trois", problem='Avec « guillemets », "droits"\n\net deux lignes.')
        assert load(as_csv([texts], separator, encoding), name="f.csv").created == 1
        sheet = PracticePage.objects.get()
        assert sheet.title == "Un, deux ; trois"
        assert sheet.problem == 'Avec « guillemets », "droits"\n\net deux lignes.'

    def test_translations_are_linked_wherever_they_stand_in_the_file(self, load):
        report = load(
            row(external_id="fr-1", translation_of="nl-1"),
            row(external_id="nl-1", language="nl"),
            row(external_id="fr-2"),
            row(external_id="nl-2", language="nl", translation_of="fr-2"),
            row(external_id="fr-3", translation_of="nl-3"),
            row(external_id="nl-3", language="nl", translation_of="fr-3"),
        )
        assert outcomes(report) == ["created"] * 6
        keys = dict(PracticePage.objects.values_list("external_id", "translation_key"))
        for number in "123":
            assert keys[f"fr-{number}"] == keys[f"nl-{number}"]
        assert len(set(keys.values())) == 3
        assert load(row(external_id="fr-1", translation_of="nl-1")).unchanged == 1

    def test_a_translation_that_never_comes_is_said(self, load):
        report = load(row(translation_of="nulle-part"))
        assert outcomes(report) == ["created"]
        assert "nulle-part" in reasons(report)


class TestAgain:
    def test_the_same_file_changes_nothing(self, load):
        load(row(), row(external_id="b", title="Autre"))
        versions = RevisionNote.objects.count()
        report = load(row(), row(external_id="b", title="Autre"))
        assert report.unchanged == 2
        assert RevisionNote.objects.count() == versions

    def test_the_same_content_in_the_other_format_changes_nothing(self, load):
        load(row())
        assert load(row(), name="f.csv").unchanged == 1

    def test_new_content_is_a_new_version(self, load, author):
        load(row())
        report = load(row(problem="Un autre texte."))
        assert report.changed == 1
        sheet = PracticePage.objects.get()
        assert sheet.problem == "Un autre texte."
        newest = RevisionNote.objects.first()
        assert (newest.author, newest.significance) == (author, "medium")
        assert sheet.first_published_at.date() == date(2024, 3, 14)

    def test_as_signs_the_changes(self, load, member):
        load(row())
        load(row(problem="Un autre texte."), as_member=member)
        assert RevisionNote.objects.first().author == member

    def test_what_somebody_corrected_on_the_site_stays(self, load, member):
        load(row())
        sheet = PracticePage.objects.get()
        corrected = PracticeFields.of(sheet).with_data({"title": "Corrigé"})
        change_practice(sheet, corrected, by=member, significance="minor", based_on=sheet.live_revision_id)
        report = load(row())
        assert report.unchanged == 1
        assert "la version du site reste" in reasons(report)
        assert PracticePage.objects.get().title == "Corrigé"
        assert load(row(title="Encore autre chose")).changed == 1

    def test_adoptions_follow_the_file_but_not_over_what_a_member_declared(self, load, member):
        load(row(adoptions=[ADOPTION, ADOPTION | {"cpas": "21011"}]))
        Adoption.objects.filter(cpas="21011").update(state="stopped", declared_by=member)
        newer = [ADOPTION | {"state": "stopped"}, ADOPTION | {"cpas": "21011"}, ADOPTION | {"cpas": "21012"}]
        assert load(row(adoptions=newer)).changed == 1
        states = dict(Adoption.objects.values_list("cpas", "state"))
        assert states == {"21010": "stopped", "21011": "stopped", "21012": "adapted"}
        assert load(row(adoptions=newer)).unchanged == 1

    def test_the_day_of_reading_only_moves_forward(self, load):
        load(row())
        assert load(row(reviewed="2025-01-01")).unchanged == 1
        assert load(row(reviewed="2026-06-01")).changed == 1
        sheet = PracticePage.objects.get()
        assert sheet.reviewed_on == date(2026, 6, 1)
        assert sheet.get_latest_revision_as_object().reviewed_on == date(2026, 6, 1)

    def test_opening_to_all_needs_the_right_to(self, load, editor):
        load(row(showcase=False))
        refused = load(row(showcase=True))
        assert outcomes(refused) == ["refused"]
        assert not PracticePage.objects.get().is_showcase
        assert load(row(showcase=True), as_member=editor).changed == 1
        assert PracticePage.objects.get().is_showcase

    def test_the_language_of_a_sheet_does_not_change(self, load):
        load(row())
        assert "autre langue" in reasons(load(row(language="nl")))


class TestDryRun:
    def test_everything_is_checked_and_nothing_written(self, load):
        report = load(
            row(translation_of="nl"),
            row(external_id="nl", language="nl"),
            row(external_id="c", origin="1"),
            dry_run=True,
        )
        assert outcomes(report) == ["created", "created", "refused"]
        assert not PracticePage.objects.exists()
        assert not Adoption.objects.exists()


class TestCommand:
    def run(self, capsys, *arguments) -> str:
        call_command("import_practices", *map(str, arguments))
        return capsys.readouterr().out

    @pytest.fixture
    def file(self, tmp_path, author):
        path = tmp_path / "fiches.jsonl"
        path.write_text(json.dumps(row()), "utf-8")
        return path

    def test_it_tells_what_it_did(self, file, capsys):
        assert "Créées : 1. Changées : 0. Sans changement : 0. Refusées : 0." in self.run(capsys, file)
        assert "Créées : 0. Changées : 0. Sans changement : 1." in self.run(capsys, file)

    def test_dry_run(self, file, capsys):
        said = self.run(capsys, file, "--dry-run")
        assert "rien n’a été écrit" in said
        assert not PracticePage.objects.exists()

    def test_it_fails_when_a_row_was_refused_and_keeps_the_others(self, file, capsys):
        lines = [row(), row(external_id="b", language="de")]
        file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
        with pytest.raises(CommandError):
            self.run(capsys, file)
        said = capsys.readouterr().out.replace("\u00a0", " ")
        assert "!     2 b" in said
        assert "language : valeur attendue : fr, nl." in said
        assert PracticePage.objects.count() == 1

    def test_it_fails_on_what_is_no_file(self, tmp_path, tree):
        with pytest.raises(CommandError, match="ne s’ouvre pas"):
            call_command("import_practices", str(tmp_path / "nulle-part.jsonl"))

    def test_as_must_be_a_member(self, file, pending):
        for email in ("personne@cpas.example", pending.email):
            with pytest.raises(CommandError, match="membre validé"):
                call_command("import_practices", str(file), "--as", email)

    def test_as(self, file, member, capsys):
        file.write_text(json.dumps(row(author=None)), "utf-8")
        self.run(capsys, file, "--as", member.email)
        assert PracticePage.objects.get().owner == member


def test_an_import_is_found_by_search_like_any_sheet(load):
    load(row())
    sheet = PracticePage.objects.get()
    assert PendingChange.objects.filter(uid=f"practice:{sheet.pk}").exists()
