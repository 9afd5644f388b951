"""Files as pages list them: the name, what it is and how heavy, what one should know before opening it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.face.days import first_of_month

from .models import Attachment
from .permissions import numbers_among

SLIDES = ("pptx", "odp")


@dataclass(frozen=True, slots=True)
class Row:
    """One file in a list; a withdrawn one has no address, and says that it is gone."""

    pk: str
    name: str
    said: str
    url: str
    notes: tuple[str, ...]
    is_withdrawn: bool


def rows_of(attachments: Iterable[Attachment]) -> list[Row]:
    """Return the lines of these files, in the order given; no query."""
    return [_row(attachment) for attachment in attachments]


def attachments_among(texts: Iterable[str]) -> list[Attachment]:
    """Return the files that exist among some numbers as text, by name; at most one query."""
    numbers = numbers_among(texts)
    return list(Attachment.objects.filter(pk__in=numbers)) if numbers else []


def names_of(texts: Iterable[str]) -> list[str]:
    """Return the name of each of these files, for a sentence; one that is gone altogether is said so."""
    texts = set(texts)
    names = [row.name for row in rows_of(attachments_among(texts))]
    return names + [_("Fichier retiré")] * (len(texts) - len(names))


def _row(attachment: Attachment) -> Row:
    if attachment.withdrawn_at:
        day = first_of_month(date_format(timezone.localtime(attachment.withdrawn_at), "j F Y"))
        gone = _("Fichier retiré le %(day)s") % {"day": day}
        return Row(str(attachment.pk), gone, kind_said(attachment.kind), "", (), True)
    said = (kind_said(attachment.kind), _pages(attachment), size_said(attachment.size))
    return Row(
        pk=str(attachment.pk),
        name=attachment.name,
        said=", ".join(filter(None, said)),
        url=reverse("attachments:file", kwargs={"pk": attachment.pk}),
        notes=notes_said(attachment.notes),
        is_withdrawn=False,
    )


def kind_said(kind: str) -> str:
    """Return what a file is, in the word that people use for it."""
    return {
        "pdf": "PDF",
        "docx": "Word",
        "xlsx": "Excel",
        "pptx": "PowerPoint",
        "odt": _("texte OpenDocument"),
        "ods": _("tableur OpenDocument"),
        "odp": _("présentation OpenDocument"),
    }.get(kind) or _("image")


def _pages(attachment: Attachment) -> str:
    count = attachment.pages
    if not count:
        return ""
    if attachment.kind in SLIDES:
        return ngettext("%(n)s diapositive", "%(n)s diapositives", count) % {"n": count}
    return ngettext("%(n)s page", "%(n)s pages", count) % {"n": count}


def size_said(size: int) -> str:
    """Return « 340 ko » or « 2,4 Mo »."""
    kilobytes = max(round(size / 1024), 1)
    if kilobytes < 1000:
        return _("%(n)s ko") % {"n": kilobytes}
    return _("%(n)s Mo") % {"n": number_format(size / 1024 / 1024, 1)}


def notes_said(notes: Iterable[str]) -> tuple[str, ...]:
    """Return what somebody should know of a file they attach, as sentences."""
    sentences = {
        "remarks": _(
            "Il contient des commentaires ou des modifications suivies, avec le nom de leurs auteurs. "
            "Pour les enlever, acceptez-les et supprimez-les dans le document, puis joignez-le à nouveau."
        ),
        "properties": _(
            "Ses propriétés (auteur, titre) n’ont pas pu être enlevées : il est signé, ou construit "
            "d’une façon que nous ne réécrivons pas sans risque."
        ),
        "renamed": _("Son nom annonçait autre chose que son contenu : nous avons corrigé la fin du nom."),
    }
    return tuple(sentences[note] for note in notes if note in sentences)
