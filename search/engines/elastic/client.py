"""From SEARCH_URL to a connection.

    elasticsearch://host:9200/agora                     one server; what we make there begins with « agora »
    elasticsearch://one:9200,two:9200,three:9200/agora  nodes of one cluster: a dead one is passed over
    opensearch+https://<user>:<password>@host:9200/agora?ca=/etc/ssl/ours.pem&replicas=1
    elasticsearch+https://host:9200/agora?api_key=<encoded key>

`replicas`: copies of each index beside the first (none unless said). `ca`: a file with the certificates to
trust, instead of those that Python trusts. `api_key`: instead of a name and password, as Elasticsearch gives
it (« encoded »); OpenSearch knows none. Signs that mean something in an address (@ : / ? & %) are written %40
and so on. Whatever is secret stays out of messages and logs.
"""

import os
import ssl
from base64 import b64encode
from dataclasses import dataclass, field
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elastic_transport import ConnectionTimeout, TlsError, TransportError, Urllib3HttpNode
from elasticsearch import ApiError, Elasticsearch

from ...contract import SearchUnavailable
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
    api_key: str = field(default="", repr=False)

    @property
    def login(self) -> dict[str, str]:
        """The header that says who asks. Made here: the client takes no password with an accent."""
        if self.api_key:
            return {"authorization": f"ApiKey {self.api_key}"}
        if not self.user:
            return {}
        return {"authorization": f"Basic {b64encode(f'{self.user}:{self.secret}'.encode()).decode()}"}

    @property
    def is_in_the_clear(self) -> bool:
        """True when a secret would go over a network as it is: without TLS, to another machine."""
        return bool(self.secret or self.api_key) and any(_is_far(host) for host in self.hosts)


def _is_far(host: str) -> bool:
    parts = urlsplit(host)
    name = parts.hostname or ""
    try:
        is_near = ip_address(name).is_loopback
    except ValueError:
        is_near = name == "localhost"
    return parts.scheme == "http" and not is_near


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
    api_key = options.get("api_key", "").replace(" ", "+")  # a key has no blank, and may have a plus
    if api_key and (user or flavour == "opensearch" or not api_key.isascii()):
        raise ImproperlyConfigured("SEARCH_URL: « api_key » is for Elasticsearch, without name nor password")
    return Address(
        hosts, prefix, flavour == "opensearch", int(replicas), unquote(user), unquote(secret),
        options.get("ca", ""), api_key,
    )  # fmt: skip


def status_of(error: Exception) -> int | None:
    """Return the status with which a server refused; one of several searches tells its own."""
    if not isinstance(error, ApiError):
        return None
    told = error.body.get("status") if isinstance(error.body, dict) else None
    return told if isinstance(told, int) else error.status_code


def said(error: ApiError | TransportError) -> str:
    """Say why a server did not answer, for whoever keeps the site. Nothing secret is in it."""
    if isinstance(error, TlsError):
        return (
            f"no trusted connection, SEARCH_URL names the certificates to trust with ?ca= ({error.message})"
        )
    if isinstance(error, ConnectionTimeout):
        return "it takes too long"
    status = status_of(error)
    if status == HTTPStatus.UNAUTHORIZED:
        return "it refuses the name and password, or the key, of SEARCH_URL (401)"
    if status == HTTPStatus.FORBIDDEN:
        return "it does not let the account of SEARCH_URL do this (403)"
    return f"{status} {error.error}" if isinstance(error, ApiError) else str(error)


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
        return Elasticsearch(
            list(address.hosts),
            node_class=OpenSearchNode if address.is_opensearch else Urllib3HttpNode,
            # A server that refuses the connection is passed over at once; a slow one is not asked twice.
            max_retries=len(address.hosts) - 1,
            retry_on_timeout=False,
            retry_on_status=(),
            headers=address.login,
            **_trusting(address.authority),
        )


def _trusting(authority: str) -> dict[str, ssl.SSLContext]:
    """Return what makes the client trust the certificates in a file, and no others."""
    if not authority:
        return {}
    try:
        return {"ssl_context": ssl.create_default_context(cafile=authority)}
    except OSError as error:
        raise SearchUnavailable(
            f"the certificates in {authority} cannot be read ({error.strerror})"
        ) from error
