"""From SEARCH_URL to a connection.

    elasticsearch://host:9200/agora                     one server; what we make there begins with « agora »
    elasticsearch://one:9200,two:9200,three:9200/agora  nodes of one cluster: a dead one is passed over
    opensearch+https://<user>:<password>@host:9200/agora?ca=/etc/ssl/ours.pem&replicas=1

`replicas`: copies of each index beside the first (none unless said). `ca`: the certificates to trust.
"""

import os
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elastic_transport import Urllib3HttpNode
from elasticsearch import Elasticsearch

from .nodes import OpenSearchNode

SCHEMES = ("elasticsearch", "elasticsearch+https", "opensearch", "opensearch+https")
SEARCH_TIMEOUT = 2.0  # seconds; the page then answers without the engine
WRITE_TIMEOUT = 10.0  # a batch of the outbox, perhaps at the end of somebody's request
LONG_TIMEOUT = 60.0  # a batch of a rebuild, a whole reading
PORT = 9200


@dataclass(frozen=True, slots=True)
class Address:
    """Where the servers are and under which name we write there."""

    hosts: tuple[str, ...]
    prefix: str
    is_opensearch: bool
    replicas: int = 0
    user: str = ""
    secret: str = field(default="", repr=False)
    authority: str = ""


def read_address(url: str) -> Address:
    """Read a SEARCH_URL; ImproperlyConfigured for one that cannot be understood."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(f"SEARCH_URL: no engine for {parts.scheme!r}://")
    login, _, servers = parts.netloc.rpartition("@")
    flavour, _, tls = parts.scheme.partition("+")
    hosts = tuple(
        f"{tls or 'http'}://{host if host.rpartition(':')[2].isdigit() else f'{host}:{PORT}'}"
        for host in servers.split(",")
        if host
    )
    prefix = parts.path.strip("/") or "agora"
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    if not hosts or prefix != prefix.lower() or not prefix.replace("-", "").isalnum():
        raise ImproperlyConfigured("SEARCH_URL: expected elasticsearch://host:port/prefix, in small letters")
    user, _, secret = login.partition(":")
    replicas = options.get("replicas", "0")
    if not replicas.isdigit():
        raise ImproperlyConfigured("SEARCH_URL: « replicas » is a number")
    return Address(
        hosts, prefix, flavour == "opensearch", int(replicas), unquote(user), unquote(secret),
        options.get("ca", ""),
    )  # fmt: skip


class Connection:
    """A client per process: what is opened before a fork must not be used after it."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._opened: tuple[int, Elasticsearch] | None = None

    def __call__(self, timeout: float | None = None) -> Elasticsearch:
        """Return the client of this process, which gives up after `timeout` seconds (SEARCH_TIMEOUT)."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), self._client())
        return self._opened[1].options(request_timeout=timeout or SEARCH_TIMEOUT)

    def _client(self) -> Elasticsearch:
        address = self._address
        options = {"basic_auth": (address.user, address.secret)} if address.user else {}
        if address.authority:
            options["ca_certs"] = address.authority
        return Elasticsearch(
            list(address.hosts),
            node_class=OpenSearchNode if address.is_opensearch else Urllib3HttpNode,
            # A server that refuses the connection is passed over at once; a slow one is not asked twice.
            max_retries=len(address.hosts) - 1,
            retry_on_timeout=False,
            retry_on_status=(),
            **options,
        )
