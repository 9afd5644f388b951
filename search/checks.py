"""Said when the site starts: was the index that serves made by the present code? It goes on meanwhile.

A name of its own: Django's system checks. A folder is looked at by every command; a server is asked only with
`check --database default` and by `migrate`, because it may be far or away. An engine that is absent or silent
says nothing here: `search_check` does.
"""

from collections.abc import Callable

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from .engines import Seat, is_in_the_clear, is_local, outdated, seats


def index_in_a_folder(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Warn of an embedded index made by other fields or another analysis."""
    return _warnings(is_local)


def index_on_a_server(app_configs, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """Do the same for an index on a server, where the databases are looked at too."""
    return _warnings(lambda seat: not is_local(seat)) if databases else []


def password_in_the_clear(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """Warn of an address by which a password would go over the network without TLS."""
    try:
        exposed = is_in_the_clear()
    except ImproperlyConfigured:  # said by the checks above
        return []
    if not exposed:
        return []
    return [
        checks.Warning(
            "SEARCH_URL sends a password or a key over the network in the clear.",
            hint="Use elasticsearch+https:// or opensearch+https://, with ?ca= for certificates of your own.",
            id="search.W002",
        )
    ]


def _warnings(concerns: Callable[[Seat], bool]) -> list[checks.CheckMessage]:
    try:
        old = [seat for seat in seats() if concerns(seat) and outdated(seat)]
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="search.E001")]
    return [
        checks.Warning(
            f"The search index{f' « {seat.name} »' if seat.name else ''} was made by other fields or another"
            " analysis; it goes on serving.",
            hint="Run manage.py search_rebuild.",
            id="search.W001",
        )
        for seat in old
    ]
