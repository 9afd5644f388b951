"""One feed of the catalogue as an Atom document (RFC 4287).

A name of its own: it is a document, not a page. It says titles and summaries, what everybody sees of a
sheet in the list, and nobody's name: the author of each entry is Agora.
"""

import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from ...addresses import sheet_url
from ...facets import Card

MIME = "application/atom+xml; charset=utf-8"
LONG_AGO = datetime(2012, 1, 1, tzinfo=UTC)  # of an empty feed: the year of the first note
_IDS = uuid.UUID("5d4f7f0a-4b65-5d6b-9a55-0d6a3ac3a2a1")  # the space of our names, whatever the host


class Feed(Atom1Feed):
    """A feed whose dates come from its entries alone, so that the same entries give the same document."""

    def latest_post_date(self) -> datetime:
        """Return when the last entry changed."""
        return max((item["updateddate"] for item in self.items), default=LONG_AGO)


def feed_of(cards: list[Card], *, title: str, query: str, language: str, url: str, page: str) -> Feed:
    """Return the feed of these sheets. `query`: the filters, in one order; `url`, `page`: its own absolute
    address and that of the list it follows.
    """
    feed = Feed(
        title=title,
        link=page,
        description=_("Titres et résumés ; le reste se lit sur Agora."),
        language=language,
        author_name="Agora CPAS·OCMW",
        feed_url=url,
        feed_guid=uuid.uuid5(_IDS, f"feed:{language}:{query}").urn,
    )
    for card in cards:
        published = card.published_at or LONG_AGO
        feed.add_item(
            title=card.title,
            link=settings.SITE_URL + sheet_url(card.slug, card.language),
            description=card.summary,
            unique_id=uuid.uuid5(_IDS, f"practice:{card.pk}").urn,
            pubdate=published,
            updateddate=max(card.changed_at or published, published),
            author_name="Agora CPAS·OCMW",
        )
    return feed
