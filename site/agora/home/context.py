"""What the frame of every page needs."""

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict[str, object]:
    """Give templates the names used by the header and the footer; no database query."""
    return {}
