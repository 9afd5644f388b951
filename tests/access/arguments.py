"""What stands in the addresses of the matrix, and what is posted to them. A label is « name/case »."""

from types import SimpleNamespace

NOBODY = "00000000-0000-4000-8000-000000000000"
KEY = "zz-unknown"


def arguments(label: str, things: SimpleNamespace) -> dict | tuple:
    """Return the arguments of one address of the matrix: by name, or by position where it has no names."""
    sheets = {
        "closed": things.sheet.slug,
        "showcase": things.showcase.slug,
        "archived": things.archived.slug,
        "unknown": "rien-de-tel",
    }
    name, _, case = label.partition("/")
    if name in ("practices:sheet", "practices:history", "practices:edit", "practices:adopt"):
        return {"slug": sheets[case]}
    if name == "practices:version":
        return {"slug": sheets[case], "number": 1}
    if name in ("discussion:write", "discussion:useful"):
        return {"kind": "practice", "pk": {"closed": things.sheet, "showcase": things.showcase}[case].pk}
    if name.startswith("discussion:") and name != "discussion:reports":
        return {"pk": things.comment.pk}
    if name.startswith("people:") and case:
        return {"pk": getattr(things, case).pk}
    if name == "drafts:autosave":
        return {"kind": "practice"}
    if name.startswith("drafts:") and case:
        return {"pk": getattr(things, case).pk}
    return FIXED.get(label, {})


FIXED = {
    "wagtailadmin_password_reset": {"rest": ""},
    "wagtail_serve/help": ("aide/",),
    "wagtail_serve/catalogue": ("pratiques/",),
    "wagtail_serve/unknown": ("rien/de-tel/",),
    "wagtaildocs_serve": (1, "rien.pdf"),
    "wagtaildocs_authenticate_with_password": {"restriction_id": 1},
    "account_confirm_email": {"key": KEY},
    "account_reset_password_from_key": {"uidb36": "1", "key": KEY},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}


def posted(label: str, things: SimpleNamespace) -> dict:
    """Return what is posted to one address: enough for an act to happen where it may."""
    return {
        "discussion:write/closed": {"text": "Merci pour le tableau."},
        "discussion:write/showcase": {"text": "Merci pour le tableau."},
        "discussion:reply": {"text": "Chez nous aussi."},
        "discussion:edit": {"text": "Le tableau est au mur depuis mai."},
        "discussion:useful/closed": {"message": things.comment.pk},
        "people:refuse/newcomer": {"reason": "Personne ne vous connaît ici."},
        "people:suspend/colleague": {"reason": "Parti en juin."},
    }.get(label, {})
