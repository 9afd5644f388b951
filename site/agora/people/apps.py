from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "agora.people"
    label = "people"

    def ready(self) -> None:
        """Listen to allauth."""
        from allauth.account.signals import email_confirmed

        from .receivers import address_proved

        email_confirmed.connect(address_proved, dispatch_uid="people.address_proved")
