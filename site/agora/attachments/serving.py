"""What every answer that sends a file says to the browser.

A name of its own: two doors send files, ours and the one of closed rooms above.
"""

from django.http import HttpResponseBase

# A file may not run, frame, send or fetch anything. The reader of PDF inside a browser is a page of its own
# that does not start in a sandbox: it gets the same policy without that word, and its own styles.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SEALED = f"{POLICY}; sandbox"
FOR_PDF = f"{POLICY}; style-src 'unsafe-inline'; object-src 'self'"


def guarded(response: HttpResponseBase, kind: str) -> HttpResponseBase:
    """Return the answer with what keeps a file of this kind from doing anything but being read."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = FOR_PDF if kind == "pdf" else SEALED
    return response
