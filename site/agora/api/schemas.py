"""The shapes of the answers, as JSON Schema (the dialect of OpenAPI 3.1).

Apart from openapi.py, which says what can be asked. Every object is closed: a member that is not described
here makes the tests fail.
"""

LANGUAGE = {"type": "string", "enum": ["fr", "nl"]}
TEXT = {"type": "string"}
WHOLE = {"type": "integer", "minimum": 0}
TRUTH = {"type": "boolean"}
ADDRESS = {"type": "string", "format": "uri"}


def closed(required: dict, **optional) -> dict:
    """Return the schema of an object with these members and no others."""
    return {
        "type": "object",
        "properties": required | optional,
        "required": list(required),
        "additionalProperties": False,
    }


def listed(of: dict) -> dict:
    """Return the schema of a list."""
    return {"type": "array", "items": of}


def ref(name: str) -> dict:
    """Point to another schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def or_null(of: dict) -> dict:
    """Allow null too."""
    return {"anyOf": [of, {"type": "null"}]}


def schemas() -> dict[str, dict]:
    """Return every schema by name."""
    return {"SearchAnswer": _search_answer(), "Hit": _hit(), "Facet": _facet()} | {
        "ImportReport": _import_report(),
        "Problem": closed(
            {"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT, "code": TEXT},
            errors=listed(TEXT),
        ),
    }


def _search_answer() -> dict:
    # The page shows `ahead` of these results behind the first `behind` of one's own, where they fit better.
    other = closed(
        {
            "language": LANGUAGE,
            "total": WHOLE,
            "at_most": WHOLE,
            "results": listed(ref("Hit")),
            "ahead": WHOLE,
            "behind": WHOLE,
        }
    )
    correction = closed({"q": TEXT, "unknown": listed(TEXT), "count": WHOLE})
    nearest = closed(
        {"without_filters": WHOLE, "plainer": TEXT, "words": listed(TEXT), "results": listed(ref("Hit"))}
    )
    links = closed({"next": or_null(ADDRESS), "previous": or_null(ADDRESS), "html": ADDRESS})
    return closed(
        {
            "q": TEXT,
            "reader_language": LANGUAGE,
            "sort": TEXT,
            "total": WHOLE,
            "page": {"type": "integer", "minimum": 1},
            "pages": WHOLE,
            "per_page": WHOLE,
            "listed_total": WHOLE,
            "results": listed(ref("Hit")),
            "other_language": or_null(other),
            "facets": listed(ref("Facet")),
            "correction": or_null(correction),
            "nearest": or_null(nearest),
            "is_relaxed": TRUTH,
            "is_simplified": TRUTH,
            "links": links,
        }
    )


def _hit() -> dict:
    return closed(
        {
            "uid": {"type": "string", "pattern": "^[a-z_]+:.+$"},
            "kind": TEXT,
            "kind_label": TEXT,
            "language": LANGUAGE,
            "url": ADDRESS,
            "updated": or_null({"type": "string", "format": "date-time"}),
            "title": TEXT,
            "snippet": TEXT,
            "title_html": TEXT,
            "snippet_html": TEXT,
            "found_in_title": TRUTH,
            "found_through": listed(closed({"typed": TEXT, "found": TEXT})),
        }
    )


def _facet() -> dict:
    value = closed(
        {"value": TEXT, "label": TEXT, "count": {"type": "integer", "minimum": 1}, "is_chosen": TRUTH}
    )
    return closed({"name": TEXT, "label": TEXT, "values": listed(value)})


def _import_report() -> dict:
    outcome = {"type": "string", "enum": ["created", "changed", "unchanged", "refused"]}
    row = closed(
        {
            "row": {"type": "integer", "minimum": 1},
            "external_id": TEXT,
            "outcome": outcome,
            "reasons": listed(TEXT),
        }
    )
    return closed(
        {
            "dry_run": TRUTH,
            "created": WHOLE,
            "changed": WHOLE,
            "unchanged": WHOLE,
            "refused": WHOLE,
            "rows": listed(row),
        }
    )
