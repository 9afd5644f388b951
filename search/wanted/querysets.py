"""The sheets that somebody asked for, each with the text that answers as far as they may read it."""

from .. import documents
from ..answers import Hit
from ..models import SheetRequest
from ..service import search_service


def requests_of(user) -> list[tuple[SheetRequest, Hit | None]]:
    """Return one's requests, the last one first; a text that answers is asked again of its room."""
    own = list(SheetRequest.objects.filter(author=user.pk))
    pages = {wanted.page_id for wanted in own if wanted.page_id}
    texts = search_service().shown(documents.uids_of_pages(pages), user, "") if pages else ()
    by_page = {text.obj.pk: text for text in texts}
    return [(wanted, by_page.get(wanted.page_id)) for wanted in own]
