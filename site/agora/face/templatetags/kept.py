"""`{% kept %}`: a part of a page that the process keeps drawn, and that cannot say what it was not told.

What stands between the tags sees the values that the tag names, the language, and nothing else of the
page; what is kept is found again by exactly these values. So two readers get the same HTML only when all that
it was made of is the same, and nobody ever gets what was drawn from somebody else's page.
"""

import secrets
from collections.abc import Iterable
from dataclasses import is_dataclass
from datetime import date
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST = 500  # drawings kept per place; beyond, all of them are forgotten and drawn again
PLAIN = (str, int, date, type(None))  # bool is an int, datetime a date
TOKEN = "csrf_token"  # noqa: S105 (its name in templates)


class Hole:
    """What stands in the place of a value that is printed at each reading, and never kept.

    It can only be printed: asking whether it is empty is a mistake, said as a TypeError.
    """

    def __init__(self, name: str) -> None:
        # Random, so that nothing which people write can be taken for one.
        self.mark = f"\ue000{name}:{secrets.token_hex(8)}\ue001"

    def __str__(self) -> str:
        return self.mark

    def __bool__(self) -> bool:
        raise TypeError("A hole of {% kept %} is only printed: name the condition among its values.")


class KeptNode(template.Node):
    """One `{% kept %}` of one template, with what was drawn there by this process."""

    # Holds no block that another template could fill: Django need not look for one at each reading.
    child_nodelists = ()

    def __init__(
        self, nodelist: NodeList, values: dict[str, FilterExpression], holes: dict[str, FilterExpression]
    ) -> None:
        self.nodelist, self.values, self.holes = nodelist, values, holes
        self.marks = {name: Hole(name) for name in (*holes, TOKEN)}
        self.drawn: dict[tuple, list[str]] = {}

    def render(self, context: template.Context) -> SafeString:
        """Return the part for these values: drawn before, or drawn now."""
        values = {name: given.resolve(context) for name, given in self.values.items()}
        key = (get_language(), get_script_prefix(), *map(plain, values.values()))
        pieces = self.drawn.get(key)
        if pieces is None:
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            pieces = self.drawn[key] = self.draw(context, values)
        if len(pieces) == 1:
            return SafeString(pieces[0])
        # Every other piece is the name of a hole.
        filled = pieces.copy()
        filled[1::2] = [self.fill(context, name) for name in pieces[1::2]]
        return SafeString("".join(filled))

    def draw(self, context: template.Context, values: dict[str, Any]) -> list[str]:
        """Draw the part with nothing but these values, and cut it at its holes: text, name, text."""
        # Text in the case of the token: its own tag asks whether there is one.
        own = {"LANGUAGE_CODE": get_language(), **self.marks, TOKEN: str(self.marks[TOKEN]), **values}
        pieces = [self.nodelist.render(context.new(own))]
        for name, hole in self.marks.items():
            pieces = list(_cut(pieces, hole.mark, name))
        return pieces

    def fill(self, context: template.Context, name: str) -> str:
        """Return what a hole prints now."""
        value = context[TOKEN] if name == TOKEN else self.holes[name].resolve(context)
        return conditional_escape(value)


def _cut(pieces: list[str], mark: str, name: str) -> Iterable[str]:
    for position, piece in enumerate(pieces):
        if position % 2:
            yield piece
            continue
        first, *others = piece.split(mark)
        yield first
        for other in others:
            yield name
            yield other


def plain(value: object) -> object:
    """Return what tells a value from all others, with its class: safe text is drawn differently.

    TypeError for an object that may change, or that holds more than it shows (a model, a request).
    """
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, PLAIN):
        return value.__class__, value
    if isinstance(value, (tuple, list)):
        return tuple(map(plain, value))
    if is_dataclass(value) and value.__dataclass_params__.frozen:
        return value.__class__, value
    raise TypeError(f"{{% kept %}} takes plain values, not {value.__class__.__name__}.")


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep a part drawn: `{% kept name=value … holes name=value … %}…{% endkept %}`.

    Values: text, numbers, days, lists of them, frozen dataclasses; they may be tested and printed. Holes are
    printed anew each time (a name, an address, text that is already HTML), so they multiply nothing.
    `csrf_token` is always a hole. `LANGUAGE_CODE` is known.
    """
    bits = token.split_contents()[1:]
    cut = bits.index("holes") if "holes" in bits else len(bits)
    given, printed = bits[:cut], bits[cut + 1 :]
    values, holes = token_kwargs(given, parser), token_kwargs(printed, parser)
    if given or printed:
        raise template.TemplateSyntaxError(f"{{% kept %}} takes name=value, not {given or printed}.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, values, holes)
