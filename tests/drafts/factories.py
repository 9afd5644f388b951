"""Drafts of the form for practices, sent as a browser sends them."""

import uuid

from agora.drafts.forms import owner_mark


def sent(owner, *, pk=None, step: int = 1, known: int = 0, **fields) -> dict:
    """What the form of one step sends: its hidden fields, and the given ones (lists for several words)."""
    envelope = {
        "draft_id": str(pk or uuid.uuid4()),
        "draft_target": "",
        "draft_base": "",
        "draft_language": "fr",
        "draft_sequence": str(known),
        "draft_window": "",
        "draft_number": "0",
        "draft_owner": owner_mark(owner),
        "step": str(step),
    }
    return envelope | fields
