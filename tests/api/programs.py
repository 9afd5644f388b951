"""What a program does: it sends its token, and reads JSON."""

from dataclasses import dataclass

from django.test import Client

SEARCH, IMPORT, OPENAPI = "/api/v1/search", "/api/v1/practices/import", "/api/v1/openapi.json"


@dataclass
class Program:
    """A client with a token."""

    client: Client
    token: str

    def search(self, spoken: str | None = "fr", **query):
        """Ask for a search."""
        return self.client.get(SEARCH, query, **self._headers(spoken))

    def send(self, body: bytes, media: str = "application/jsonl", *, query: str = "", spoken="fr", **more):
        """Send rows to import."""
        address = IMPORT + (f"?{query}" if query else "")
        return self.client.post(address, body, content_type=media, **self._headers(spoken), **more)

    def _headers(self, spoken: str | None) -> dict:
        language = {"HTTP_ACCEPT_LANGUAGE": spoken} if spoken else {}
        return {"HTTP_AUTHORIZATION": f"Bearer {self.token}"} | language
