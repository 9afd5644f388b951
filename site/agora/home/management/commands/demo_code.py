"""Play the phone of a demo account that has a second login step."""

from django.core.management.base import BaseCommand, CommandError

from agora.home.demo import second_step_code


class Command(BaseCommand):
    """`manage.py demo_code admin@agora.example`: the six digits to type at the second step."""

    help = "Print the present second-step code of a demo account."

    def add_arguments(self, parser) -> None:
        """One e-mail address."""
        parser.add_argument("email")

    def handle(self, *args, **options) -> None:
        """Print the code."""
        try:
            self.stdout.write(second_step_code(options["email"]))
        except LookupError as error:
            raise CommandError(f"{options['email']} has no second step.") from error
