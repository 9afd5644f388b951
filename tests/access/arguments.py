"""What stands in the addresses of the matrix, and what is posted to them. A label is « name/case »."""

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.attachments.samples import picture

from . import world_of_questions

# Addresses that hold the slug of a sheet and nothing else.
OF_A_SHEET = {
    f"practices:{name}"
    for name in (
        *("sheet", "pdf", "history", "compare", "edit", "grow", "adopt", "advance", "adapt", "mirror"),
        *("keep", "confirm", "take_over", "archive", "translate", "other_language"),
        *("keep_for_later", "useful", "take_back", "around"),
    )
}
A_DRAFT = "00000000-0000-4000-8000-000000000000"
KEY = "zz-unknown"


def arguments(label: str, things: SimpleNamespace) -> dict | tuple:
    """Return the arguments of one address of the matrix: by name, or by position where it has no names."""
    sheets = {
        "closed": things.sheet.slug,
        "showcase": things.showcase.slug,
        "archived": things.archived.slug,
        "rewritten": things.rewritten.slug,
        "sister": things.showcase.slug,
        "unknown": "rien-de-tel",
    }
    name, _, case = label.partition("/")
    if name in OF_A_SHEET:
        return {"slug": sheets[case]}
    if name in ("practices:version", "practices:restore"):
        versions = {
            "closed": things.sheet.latest_revision_id,
            "archived": things.archived.latest_revision_id,
            "rewritten": things.first_version,
        }
        return {"slug": sheets[case], "number": versions[case]}
    if name == "practices:list_item":
        return {"pk": things.lists[case].pk, "item_pk": things.lists[case].items.get().pk}
    if name in ("practices:reading_list", "practices:change_list", "practices:delete_list"):
        return {"pk": things.lists[case].pk}
    if name.startswith("forum:") and case in world_of_questions.CASES:
        return world_of_questions.arguments(name, case, things)
    if label == "discussion:write/quiet":
        return {"kind": "forum.question", "pk": things.questions["quiet"].pk}
    if name in ("discussion:write", "discussion:useful", "discussion:people"):
        under = {"closed": things.sheet, "showcase": things.showcase, "archived": things.archived}
        return {"kind": SHEET, "pk": under[case].pk}
    if name.startswith("discussion:") and name not in ("discussion:reports", "discussion:everybody"):
        return {"pk": things.comment.pk}
    if name == "wagtailadmin_pages:edit":
        return (things.sheet.pk,)
    if name.startswith("people:") and case:
        return {"pk": getattr(things, case).pk}
    if name.startswith("forum:") and case:
        return _of_a_room(name, things)
    if name == "silent_needs:handle":
        return {"pk": things.needs[case].pk}
    if name == "api:revoke_token":
        return {"pk": things.token.pk}
    if name in ("attachments:file", "attachments:withdraw"):
        return {"pk": things.files[case].pk}
    if name == "drafts:autosave":
        return {"kind": "practice"}
    if name == "practices:write_step":
        return {"pk": getattr(things, case).pk, "step": 1}
    if name == "practices:family":
        return {"pk": {"closed": things.sheet, "showcase": things.showcase}.get(case, things.archived).pk}
    if name == "practices:context":
        return {"cpas": {"forest": "21007", "unknown": "21999"}[case]}
    if name == "search:situation":
        return {"slug": {"shown": "premiere-demande", "unknown": "rien-de-tel"}[case]}
    if name.startswith(("drafts:", "practices:", "search:")) and case:
        return {"pk": getattr(things, case).pk}
    return FIXED.get(label, {})


def _of_a_room(name: str, things: SimpleNamespace) -> dict:
    of_room = {
        "forum:key": {"access_pk": things.access.pk},
        "forum:role": {"seat_pk": things.seat.pk},
        "forum:looked": {"vouch_pk": things.vouch.pk},
        "forum:text": {"text_pk": things.text.pk},
        "forum:files": {"text_pk": things.text.pk},
        "forum:report_text": {"text_pk": things.text.pk},
        "forum:appeal_text": {"text_pk": things.removed_text.pk},
        "forum:decide_text": {"text_pk": things.reported.pk},
        "forum:file": {"file_pk": things.room_file.pk},
        "forum:reading": {"reading_pk": things.reading.pk},
        "forum:reread": {"reading_pk": things.reading.pk},
        "forum:card": {"card_pk": things.card.pk},
        "forum:report_card": {"card_pk": things.card.pk},
        "forum:decide_card": {"card_pk": things.card.pk},
        "forum:appeal_card": {"card_pk": things.removed_card.pk},
        "forum:side": {"side_pk": things.side.pk},
        "forum:perspective": {"plan_pk": things.plan.pk},
    }.get(name, {})
    return of_room if name == "forum:key" else {"pk": things.room.pk} | of_room


SHEET = "practices.practicepage"
DECLARED = {"state": "trying", "month": "3", "year": "2024"}
WRITTEN = {"draft_id": A_DRAFT, "draft_language": "fr", "title": "Un tableau au mur", "step": 1}
FIXED = {
    "directory:word/theme": {"listing": "theme", "key": "accueil-flux"},
    "directory:word/cpas": {"listing": "cpas", "key": "21007"},
    "directory:word/unknown": {"listing": "service", "key": "rien-de-tel"},
    "directory:word/hidden": {"listing": "public", "key": "cache"},
    "replace_word/theme": {"kind": "theme", "slug": "accueil-flux"},
    "wagtail_bulk_action/add_word": ("practices", "practicepage", "add_word"),
    "wagtail_serve/help": ("aide/",),
    "wagtail_serve/catalogue": ("pratiques/",),
    "wagtail_serve/unknown": ("rien/de-tel/",),
    "wagtaildocs_serve": (1, "rien.pdf"),
    "wagtaildocs_authenticate_with_password": {"restriction_id": 1},
    "account_confirm_email": {"key": KEY},
    "account_reset_password_from_key": {"uidb36": "1", "key": KEY},
    "api_v1:nowhere": {"rest": "v2/search"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
    "wagtailadmin_explore": (1,),
    "wagtailusers_groups:edit": (1,),
}
ROOM_POSTS = {
    "forum:key/access": {"act": "turn"},
    "forum:door/room": {"act": "decline"},
    "forum:role/seat": {"role": "participant"},
    "forum:move/room": {"act": "nudge"},
    "forum:write/room": {"step": "0", "text": "Un jour, au guichet."},
    "forum:draft/room": {"step": "0", "text": "Un jour"},
    "forum:reread/reading": {"act": "pass", "motive": "Le temps presse."},
    "forum:keep_form/room": {"form": "plan", "words": "Un café."},
    "forum:report_text/text": {"reason": "hurtful"},
    "forum:appeal_text/text": {"words": "Personne ne peut y être reconnu."},
    "forum:decide_text/text": {"outcome": "removed", "reason": "Le ton."},
    "forum:report_card/card": {"reason": "hurtful"},
    "forum:appeal_card/card": {"words": "Nous en avons parlé."},
    "forum:decide_card/card": {"outcome": "removed", "reason": "Le ton."},
    "forum:text/text": {"act": "edit", "text": "Un jour, à la porte."},
}
# Patterns without a name have an address all the same.
UNNAMED = {r"^admin/password_reset/(?P<rest>.*)$": "/admin/password_reset/"}


def posted(label: str, things: SimpleNamespace) -> dict:
    """Return what is posted to one address: enough for an act to happen where it may."""
    tried = (
        ROOM_POSTS
        | world_of_questions.posted(things)
        | {
            "discussion:write/closed": {"text": "Merci pour le tableau."},
            "discussion:write/showcase": {"text": "Merci pour le tableau."},
            "discussion:reply": {"text": "Chez nous aussi."},
            "discussion:edit": {"text": "Le tableau est au mur depuis mai."},
            "discussion:useful/closed": {"message": things.comment.pk},
            "attachments:receive": {"file": SimpleUploadedFile("affiche.png", picture("png"))},
            "attachments:withdraw/closed": {"reason": "Un nom était lisible."},
            "attachments:withdraw/drafted": {"reason": "Un nom était lisible."},
            "practices:proposal_decline/proposal": {"formula": "said", "seen": "1-0"},
            "drafts:autosave": WRITTEN,
            "silent_needs:handle/told": {"state": "asked", "note": "À Nadia"},
            "practices:keep_filter": {"theme": "bilan"},
            "practices:feed_key": {"act": "renew"},
            "search:followed_key": {"act": "renew"},
            "search:follow": {"q": "accueil"},
            "search:pace": {"pace": "day"},
            "search:request_sheet": {"words": "Une fiche sur les colocations"},
            "practices:rename_filter/filter": {"name": "Le bilan"},
            "practices:lists": {"title": "Pour lundi", "audience": "self"},
            "practices:change_list/members": {"title": "Pour mardi", "audience": "cpas"},
            "practices:list_item/members": {"act": "remove"},
            "practices:keep_for_later/closed": {"act": "usual"},
            "practices:useful/closed": {"word": "Merci, le tableau est au mur."},
            "practices:write": WRITTEN,
            "practices:edit/closed": WRITTEN,
            "practices:adopt/closed": DECLARED,
            "practices:adopt/showcase": DECLARED,
            "practices:context/forest": {"sites": "un-seul-site"},
            "practices:restore/rewritten": {"how": "draft", "based_on": things.rewritten.live_revision_id},
            "people:refuse/newcomer": {"reason": "Personne ne vous connaît ici."},
            "practices:write_step/draft": WRITTEN | {"draft_id": things.draft.pk},
            "practices:write_step/change": WRITTEN | {"draft_id": things.change.pk},
            "practices:keep/closed": {"act": "interval", "months": "12"},
            "practices:keep/archived": {"act": "bring_back"},
            "people:suspend/worker": {"reason": "Parti en juin."},
        }
    )
    return tried.get(label, {})
