"""What happens when allauth says that somebody proved an address."""

from .actions import announce_request


def address_proved(sender, request, email_address, **kwargs) -> None:
    """Tell those who answer that a request has arrived, once the person has proved the address."""
    announce_request(email_address.user)
