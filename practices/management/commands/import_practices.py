"""Import sheets from a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from agora.people.models import Member
from practices.import_files import FileRefused
from practices.importing import Outcome, Report, import_file

SIGNS = {Outcome.CREATED: "+", Outcome.CHANGED: "~", Outcome.UNCHANGED: "=", Outcome.REFUSED: "!"}


class Command(BaseCommand):
    """`manage.py import_practices FILE [--dry-run] [--as EMAIL]`; see docs/import.md."""

    help = "Importe des fiches depuis un fichier JSON Lines ou CSV (voir docs/import.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the dry run and who signs."""
        parser.add_argument("file", type=Path, help="fichier .jsonl ou .csv, en UTF-8")
        parser.add_argument("--dry-run", action="store_true", help="tout vérifier, ne rien écrire")
        parser.add_argument("--as", dest="email", default="", help="qui signe ce qui n’a pas d’auteur")

    def handle(self, *args, file: Path, dry_run: bool, email: str, **options) -> None:
        """Import, print one line per row that needs a word, and fail when a row was refused."""
        with translation.override("fr"):
            try:
                report = import_file(file, as_member=self._member(email), dry_run=dry_run)
            except FileRefused as refusal:
                raise CommandError(f"{file} : {refusal}") from refusal
            self._tell(report, dry_run=dry_run, chatty=options["verbosity"] > 1)
        if report.refused:
            raise CommandError(_("Des lignes ont été refusées ; les autres ont été traitées."))

    def _member(self, email: str) -> Member | None:
        if not email:
            return None
        member = Member.objects.filter(email__iexact=email).first()
        if member is None or not member.is_validated:
            raise CommandError(_("« %(email)s » n’est pas un membre validé.") % {"email": email})
        return member

    def _tell(self, report: Report, *, dry_run: bool, chatty: bool) -> None:
        for verdict in report.verdicts:
            if verdict.reasons or chatty:
                self.stdout.write(f"{SIGNS[verdict.outcome]} {verdict.number:>5} {verdict.external_id}")
                for reason in verdict.reasons:
                    self.stdout.write(f"        {reason}")
        if dry_run:
            self.stdout.write(_("Essai : rien n’a été écrit."))
        self.stdout.write(str(report).splitlines()[0])
