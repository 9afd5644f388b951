"""The files of a step: taken in together with its text, before anything is saved."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from agora.attachments.forms import take
from agora.attachments.permissions import can_upload

FIELD, INPUT = "attachments", "files"
WITHOUT = "without:"
STAY = "files"  # what the button « Joindre » asks for: this same step again


@dataclass(frozen=True, slots=True)
class Sent:
    """A step as it was sent, with the numbers of the files that came with it among its fields.

    `refusals`: a sentence for each file that may not come in. `stays`: whether the person asked for
    nothing but a file to be added or left out, and so stays at this step.
    """

    post: QueryDict
    refusals: tuple[str, ...] = ()
    stays: bool = False


def sent_with_files(request: HttpRequest) -> Sent:
    """Return what was sent; the same form when it has no files and leaves none out."""
    post, uploads = request.POST, request.FILES.getlist(INPUT)
    go = post.get("go", "")
    if not uploads and not go.startswith(WITHOUT):
        return Sent(post, stays=go == STAY)
    if not can_upload(request.user):
        raise PermissionDenied
    numbers = [number for number in post.getlist(FIELD) if number and number != go.removeprefix(WITHOUT)]
    taken = take(uploads, request.user, already=len(numbers))
    post = post.copy()
    post.setlist(FIELD, ["", *numbers, *(str(file.pk) for file in taken.kept)])
    return Sent(post, taken.refusals, stays=go == STAY or go.startswith(WITHOUT))
