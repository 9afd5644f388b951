"""The rows of the list, drawn here and not by a template: a page has twenty, and each is kept."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agora.face.templatetags.face import tiles
from agora.vocabulary import lists
from agora.vocabulary.templatetags.agora_map import mini_map

from ..addresses import sheet_url
from ..facets import Card
from ..life import tiles_of
from ..models import PracticePage
from ..models.practice import due_after
from ..wording import interface_language, language_name, month, since


def rows_of(cards: Iterable[Card]) -> SafeString:
    """Return the rows of these sheets, in this order."""
    key = (interface_language(), timezone.localdate(), lists.stamp())
    return mark_safe("".join(_row(card, *key) for card in cards))  # noqa: S308 (escaped in _parts)


def row_parts(card: Card) -> tuple[SafeString, SafeString]:
    """Return the small map of a sheet and what stands beside it: for other lists of sheets than this one."""
    drawn = _parts(card, interface_language(), timezone.localdate(), lists.stamp())
    return mark_safe(drawn[0]), mark_safe(drawn[1])  # noqa: S308 (escaped in _parts)


def _row(card: Card, *key: object) -> str:
    small_map, words = _parts(card, *key)
    return f"<li>{small_map}<div>{words}</div></li>\n"


@lru_cache(maxsize=1024)
def _parts(card: Card, language: str, today: date, _names: object) -> tuple[str, str]:
    """Draw one row, in the language and with the names of the vocabularies that the arguments stand for."""
    is_foreign, is_tip = card.language != language, card.kind == PracticePage.Kind.TIP
    foreign = f' lang="{card.language}"' if is_foreign else ""
    hreflang = f' hreflang="{card.language}"' if is_foreign else ""
    tag = f'<span class="tag">{escape(_("Astuce"))}</span> ' if is_tip else ""
    summary = f"<p>{tag}<span{foreign}>{escape(card.summary)}</span></p>" if card.summary or tag else ""
    words = "".join(f"<span>{escape(word)}</span>" for word in _meta(card, today) if word)
    url = sheet_url(card.slug, card.language)
    tried_elsewhere = any(cpas != card.origin for cpas in card.tried_by)
    return mini_map(card.tried_by), (
        f'<h3><a href="{url}"{foreign}{hreflang}>{escape(card.title)}</a></h3>'
        f'{summary}<p class="meta"><span>{tiles(tiles_of(card.maturity, tried_elsewhere))}'
        f"{escape(PracticePage.Maturity(card.maturity).label)}</span>{words}</p>"
    )


def _meta(card: Card, today: date) -> Iterable[str]:
    """Yield what the last line of a row says, in words."""
    yield lists.cpas_by_ins()[card.origin].name if card.origin else ""
    if count := len(card.tried_by):
        yield ngettext("%(count)d CPAS", "%(count)d CPAS", count) % {"count": count}
    yield freshness(card, today)
    if card.language != interface_language():
        yield language_name(card.language)


def freshness(card: Card, today: date) -> str:
    """Say when a sheet was last read again, or written, or since when it should have been read again."""
    if card.is_due(today):
        due = due_after(card.reviewed_on, card.review_months)
        return _("à relire depuis %(duration)s") % {"duration": since(due, today)}
    written = timezone.localtime(card.published_at).date() if card.published_at else None
    if card.reviewed_on and (written is None or card.reviewed_on > written):
        return _("relue en %(month)s") % {"month": month(card.reviewed_on)}
    return _("écrite en %(month)s") % {"month": month(written)} if written else ""
