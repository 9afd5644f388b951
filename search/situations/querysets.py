"""Which situations are shown."""

from django.db.models import QuerySet

from ..models import Situation


def shown_situations() -> QuerySet[Situation]:
    """Return the situations that editors show, in their order."""
    return Situation.objects.filter(is_active=True)
