"""One feed of the catalogue as an Atom document (RFC 4287).

A name of its own: it is a document, not a page. It says titles and summaries, what everybody sees of a
sheet in the list, and nobody's name: the author of each entry is Agora.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from agora.people.feeds import AUTHOR, LONG_AGO, Feed, name_of

from ...addresses import sheet_url
from ...facets import Card


def feed_of(cards: list[Card], *, title: str, query: str, language: str, url: str, page: str) -> Feed:
    """Return the feed of these sheets. `query`: the filters, in one order; `url`, `page`: its own absolute
    address and that of the list it follows.
    """
    feed = Feed(
        title=title,
        link=page,
        description=_("Titres et résumés ; le reste se lit sur Agora."),
        language=language,
        author_name=AUTHOR,
        feed_url=url,
        feed_guid=name_of(f"feed:{language}:{query}"),
    )
    for card in cards:
        published = card.published_at or LONG_AGO
        feed.add_item(
            title=card.title,
            link=settings.SITE_URL + sheet_url(card.slug, card.language),
            description=card.summary,
            unique_id=name_of(f"practice:{card.pk}"),
            pubdate=published,
            updateddate=max(card.changed_at or published, published),
            author_name=AUTHOR,
        )
    return feed
