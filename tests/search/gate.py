"""A gate before a server: TLS with a certificate of its own, and a name and password, or a key, to be let in.

The bare servers of the checks have neither; this is what our side of both is tried with.
"""

import http.client
import ssl
import threading
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


def make_certificate(folder: Path, name: str = "gate") -> tuple[Path, Path]:
    """Write a certificate for 127.0.0.1 that nobody signed, and its key; return both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / f"{name}.pem", folder / f"{name}.key"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_file, key_file


class Gate:
    """A port that lets in whoever says the right thing, over TLS, and passes on what they ask."""

    def __init__(
        self, address: str, folder: Path, *, user: str = "", secret: str = "", key: str = ""
    ) -> None:
        """`address`: elasticsearch://host:port of the server behind it."""
        self._behind = urlsplit(address)
        self.certificate, key_file = make_certificate(folder)
        self._expected = (
            f"ApiKey {key}" if key else f"Basic {b64encode(f'{user}:{secret}'.encode()).decode()}"
        )
        gate = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                gate._pass(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _pass

            def log_message(self, *args) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key_file)
        # A client that does not trust us goes away during the handshake: in the thread of that client.
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._server.handle_error = lambda *args: None
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def address(self, login: str = "", path: str = "", **options: str) -> str:
        """Return the address to give instead, with what is said to be let in."""
        query = "&".join(f"{name}={value}" for name, value in options.items())
        port = self._server.server_address[1]
        return f"{self._behind.scheme}+https://{login}127.0.0.1:{port}/{path}?{query}"

    def close(self) -> None:
        """Take the gate away."""
        self._server.shutdown()
        self._server.server_close()

    def _pass(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        if asked.headers.get("Authorization") != self._expected:
            refusal = b'{"error": {"type": "security_exception", "reason": "who are you?"}, "status": 401}'
            self._answer(asked, 401, {"Content-Type": "application/json"}, refusal)
            return
        behind = http.client.HTTPConnection(self._behind.hostname, self._behind.port, timeout=60)
        kept = {
            name: value for name, value in asked.headers.items() if name.lower() in ("accept", "content-type")
        }
        behind.request(asked.command, asked.path, body or None, kept)
        answer = behind.getresponse()
        framing = ("content-length", "transfer-encoding")
        told = {name: value for name, value in answer.getheaders() if name.lower() not in framing}
        self._answer(asked, answer.status, told, answer.read())
        behind.close()

    @staticmethod
    def _answer(asked: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        if asked.command != "HEAD":
            asked.wfile.write(body)
