"""Filters for the pages of the rooms."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agora.attachments.rows import kind_said, size_said
from agora.richtext import quotes
from agora.richtext.numbers import in_letters
from practices.wording import since

from ..rooms.words import moment as said_moment
from ..talk.names import name_under

register = template.Library()


@register.filter
def moment(when: datetime) -> str:
    """Say a moment: « jeudi 26 mars à 18 h »."""
    return said_moment(when)


@register.filter
def lines(text: str) -> SafeString:
    """Show plain text as it was typed: escaped, in paragraphs, its quotes set apart."""
    return quotes.drawn(text)


@register.filter
def own_words(text: str) -> str:
    """Return the words of a text without what it quotes, for an extract."""
    return quotes.own_words(text)


@register.filter
def in_words(number: int) -> str:
    """Say a small number in letters."""
    return in_letters(number)


@register.filter
def time_until(when: datetime) -> str:
    """Say how far off a day is, roundly: « six mois »."""
    return since(timezone.localdate(), timezone.localdate(when))


@register.filter
def people_for(method) -> str:
    """Say for how many people a method is: « De quatre à douze personnes. »."""
    return _("De %(fewest)s à %(most)s personnes.") % {
        "fewest": in_letters(method.fewest),
        "most": in_letters(method.most),
    }


@register.filter
def by(text) -> str:
    """Say under what name a text is read."""
    return name_under(text)


@register.filter
def called(person) -> str:
    """Say who somebody is in a room, by name; « un membre » once they left Agora."""
    return person.signature if person is not None and person.is_validated else _("Un membre")


@register.filter
def heavy(file) -> str:
    """Say what a file of a room is and how much it weighs: « PDF, 340 ko »."""
    return f"{kind_said(file.kind)}, {size_said(file.size)}"
