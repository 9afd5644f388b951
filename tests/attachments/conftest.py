"""A room of our own that carries files, so that the rules of this one are tried without any other."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from agora.attachments import holders
from agora.attachments.actions import receive

from . import samples


@dataclass
class Cupboard:
    """What a room above says: who reads which file, who may withdraw, what is still referred to."""

    readers: dict[int | None, set[UUID]] = field(default_factory=dict)
    keepers: set[int] = field(default_factory=set)
    held: set[UUID] = field(default_factory=set)

    def show(self, attachment, *people) -> None:
        """Let these people (None: visitors) read a file."""
        for person in people:
            self.readers.setdefault(person.pk if person else None, set()).add(attachment.pk)


@pytest.fixture
def cupboard(monkeypatch):
    """The only room that carries files during a test."""
    ours = Cupboard()
    holder = holders.Holder(
        name="cupboard",
        readable=lambda user: Q(pk__in=ours.readers.get(user.pk, set())),
        may_withdraw=lambda user, attachment: user.pk in ours.keepers,
        kept=lambda: Q(pk__in=[]),
        held=lambda attachments: {one.pk for one in attachments} & ours.held,
        place=lambda user, attachment: None,
    )
    monkeypatch.setattr(holders, "_holders", {"cupboard": holder})
    return ours


def upload(content: bytes | None = None, name: str = "grille.pdf") -> SimpleUploadedFile:
    """Return a file as a form brings it, with a media type that means nothing."""
    return SimpleUploadedFile(name, samples.pdf() if content is None else content, "text/html")


@pytest.fixture
def stored(member):
    """A PDF of two pages that `member` sent."""
    return receive(upload(), member)
