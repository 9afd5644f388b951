"""Name the demo accounts that can sign in, one for each role."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def demo_accounts() -> list[tuple[str, str]]:
    """Return (what they are, e-mail) of the demo accounts in the database; empty without demo content."""
    from agora.people.models import Member

    people = json.loads((ROOT / "demo" / "members.json").read_text("utf-8"))
    known = set(Member.objects.filter(email__in=[p["email"] for p in people]).values_list("email", flat=True))
    active = [p for p in people if p["email"] in known and p["status"] == "active"]
    active.sort(key=lambda person: len(person["roles"]))
    wanted = {
        "member": (p for p in active if not p["roles"]),
        "relay of a CPAS": (p for p in active if "relay" in p["roles"]),
        "relay, in Dutch": (p for p in active if "relay" in p["roles"] and p["language"] == "nl"),
        "mentor": (p for p in active if "mentor" in p["roles"]),
        "editor *": (p for p in active if "editor" in p["roles"]),
        "moderator *": (p for p in active if "moderator" in p["roles"]),
        "administrator *": (p for p in active if "administrator" in p["roles"]),
        "not validated yet": (p for p in people if p["email"] in known and p["status"] == "pending"),
    }
    first = {label: next(found, None) for label, found in wanted.items()}
    return [(label, person["email"]) for label, person in first.items() if person]


def as_text() -> str:
    """Return the lines that script/server prints; empty without demo content."""
    accounts = demo_accounts()
    if not accounts:
        return ""
    from agora.home.demo import PASSWORD

    lines = [f"Demo accounts (the same pass phrase for all: {PASSWORD})"]
    lines += [f"  {label:<20} {email}" for label, email in accounts]
    lines += [
        "  * asks for a second step; its code of the minute: .venv/bin/python manage.py demo_code E-MAIL"
    ]
    return "\n".join(lines) + "\n"
