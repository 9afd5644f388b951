"""The acts on sheets that are asked for: ask, withdraw, ask again, answer."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agora.people.audience import MEMBERS, tokens_of
from agora.people.notices import send_to

from ..models import SheetRequest

UNDO = "sheet_request"
MOST_WAITING = 20  # of one member, without an answer
State = SheetRequest.State


def ask_for_sheet(user, words: str, *, why: str = "", language: str = "fr") -> tuple[SheetRequest, bool]:
    """Ask editors that something be told; return the request, and whether it is a new one.

    PermissionDenied for whoever is no member; ValidationError without words, or when many wait already.
    """
    if MEMBERS not in tokens_of(user):
        raise PermissionDenied
    if not words:
        raise ValidationError(_("Écrivez en quelques mots ce que la fiche devrait raconter."))
    waiting = SheetRequest.objects.filter(author=user, state=State.WAITING)
    if found := waiting.filter(words=words).first():
        return found, False
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Vingt de vos demandes attendent déjà une réponse. Retirez-en une d’abord."))
    return SheetRequest.objects.create(author=user, words=words, why=why, language=language), True


def withdraw_request(wanted: SheetRequest) -> dict:
    """Take a request back; return what `ask_again` needs."""
    data = {"words": wanted.words, "why": wanted.why, "language": wanted.language}
    wanted.delete()
    return data


def ask_again(user, data: dict) -> SheetRequest:
    """Ask again for what was just withdrawn. Errors as `ask_for_sheet`."""
    return ask_for_sheet(user, data["words"], why=data["why"], language=data["language"])[0]


def tell_answer(wanted: SheetRequest) -> None:
    """Note that editors answered, and tell whoever asked, once; the text of the answer stays on Agora."""
    if wanted.state == State.WAITING or wanted.answered_at:
        return
    wanted.answered_at = timezone.now()
    wanted.save(update_fields=["answered_at"])
    if wanted.author and wanted.author.is_validated:
        transaction.on_commit(lambda: send_to(wanted.author, "sheet_request"), robust=True)
