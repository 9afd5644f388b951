"""What makes the Elasticsearch client speak with OpenSearch.

The client asks for vendor media types that OpenSearch refuses, and expects an answer signed by Elastic. Not
something that Elastic supports: it is used only where SEARCH_URL says `opensearch://`.
"""

import re
from dataclasses import replace

from elastic_transport import HttpHeaders, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT

_VENDOR = re.compile(r"application/vnd\.elasticsearch\+(json|x-ndjson)\s*;\s*compatible-with=\d+")


class OpenSearchNode(Urllib3HttpNode):
    """One OpenSearch server, as the client of Elasticsearch 8 expects it."""

    def perform_request(self, method, target, body=None, headers=None, request_timeout=DEFAULT):
        """Send a request with plain media types, and sign what comes back well."""
        sent = HttpHeaders(headers or {})
        for name in ("accept", "content-type"):
            if name in sent:
                sent[name] = _VENDOR.sub(r"application/\1", sent[name])
        response = super().perform_request(method, target, body, sent, request_timeout)
        received = HttpHeaders(response.meta.headers)
        if 200 <= response.meta.status < 300:
            received["x-elastic-product"] = "Elasticsearch"
        return response._replace(meta=replace(response.meta, headers=received.freeze()))
