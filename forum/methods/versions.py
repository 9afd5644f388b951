"""From a method as editors write it to a frozen version, and back: shipping, freezing, copying."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from . import definition

TEXTS = ("stage", "name", "says", "coach", "opening")
PLAIN = ("kind", "is_sealed", "once", "signing", "days", "minutes", "limit")


def document_of(method) -> dict[str, Any]:
    """Return a method as the document that rooms follow; it is not checked here."""
    return {
        "slug": method.slug,
        "names": {"fr": method.name_fr, "nl": method.name_nl},
        "purpose": {"fr": method.purpose_fr, "nl": method.purpose_nl},
        "people": [method.fewest, method.most],
        "is_fictional": method.is_fictional,
        "cards": method.cards,
        "phases": [
            {"key": phase.key, "writers": sorted(phase.writers)}
            | {name: getattr(phase, name) for name in PLAIN}
            | {text: {lang: getattr(phase, f"{text}_{lang}") for lang in ("fr", "nl")} for text in TEXTS}
            for phase in method.phases.all()
        ],
    }


def phase_fields(phase: Mapping[str, Any]) -> dict[str, Any]:
    """Return one phase of a document as the columns of a MethodPhase."""
    known = {"once": False, "is_sealed": False, "signing": "name"} | {
        name: phase[name] for name in PLAIN if name in phase
    }
    texts = {f"{text}_{lang}": phase[text][lang] for text in TEXTS for lang in ("fr", "nl")}
    return {"key": phase["key"], "writers": sorted(phase["writers"])} | known | texts


def method_fields(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the head of a document as the columns of a Method."""
    return {
        "name_fr": document["names"]["fr"],
        "name_nl": document["names"]["nl"],
        "purpose_fr": document["purpose"]["fr"],
        "purpose_nl": document["purpose"]["nl"],
        "fewest": document["people"][0],
        "most": document["people"][1],
        "is_fictional": bool(document.get("is_fictional")),
        "cards": document["cards"],
    }


@transaction.atomic
def freeze(method, *, by=None):
    """Make a method as it stands today what new rooms will follow; return its version.

    The same text as the latest version gives that version again. ValidationError, with the phase where it
    stumbles, when the engine could not run it.
    """
    document = document_of(method)
    definition.parse(document)
    latest = method.versions.order_by("-number").first()
    if latest is not None and latest.document == document:
        return latest
    number = (method.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return method.versions.create(number=number, document=document, frozen_by=by)


@transaction.atomic
def copy(method, *, slug: str, name_fr: str, name_nl: str):
    """Return a new method that begins as a copy of another one; it is not offered until it is frozen."""
    document = document_of(method)
    made = type(method).objects.create(
        slug=slug,
        based_on=method,
        is_offered=False,
        **(method_fields(document) | {"name_fr": name_fr, "name_nl": name_nl}),
    )
    for order, phase in enumerate(document["phases"]):
        made.phases.model.objects.create(method=made, sort_order=order, **phase_fields(phase))
    return made
