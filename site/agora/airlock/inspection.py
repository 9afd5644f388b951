"""The one entry of the gate: a text goes in, a report comes out. Nothing is stored, nothing is logged.

A name of its own: it puts together what numbers.py, names.py, places.py, days.py and mixtures.py find.
"""

import re
from collections.abc import Iterator

from . import days, mixtures, names, numbers, places
from .findings import CONTACTS, Kind, Report, settled
from .flat import flatten

_NAME_MARKS = re.compile(r"[_+]|\.(?=\w)|(?<=\D)-|-(?=\D)|(?<=[a-zà-ÿ])(?=[A-Z])")


def inspect(text: str, language: str = "fr", *, public_contacts: bool = False) -> Report:
    """Find what could tell who somebody is.

    Args:
        text: what was typed, of any length; French, Dutch or both.
        language: "fr" or "nl", of the text. Both are looked for: people mix them, a name has no language.
        public_contacts: where services say how they are reached (a sheet): telephones and addresses of mail
            then call for a look instead of blocking.
    """
    soft = CONTACTS if public_contacts else frozenset()
    return settled(text, _places_in(text), soft)


def _places_in(text: str) -> Iterator[tuple[int, int, Kind]]:
    flat = flatten(text)
    streets = list(places.find(flat.text))
    for start, end, kind in (*numbers.find(flat.text), *days.find(flat.text), *streets):
        yield *flat.place(start, end), kind
    # A name inside « rue Victor Hugo » is the street's; a combination holds what it likes.
    taken = bytearray(len(flat.text))
    for start, end, _kind in streets:
        taken[start:end] = b"\x01" * (end - start)
    for start, end, kind in names.find(flat.text):
        if not any(taken[start:end]):
            yield *flat.place(start, end), kind
    for start, end, kind in mixtures.find(flat.text):
        yield *flat.place(start, end), kind


def inspect_file(name: str, text: str = "", language: str = "fr") -> tuple[Report, Report]:
    """Inspect a file: its name (« Benali_Fatima-850101.docx »), and its text when it could be read.

    Returns:
        The report of the name, whose places are places in the name, and the report of the text.
    """
    spaced = _NAME_MARKS.sub(lambda mark: " " * len(mark[0]), name)
    both = (*_places_in(name), *(_places_in(spaced) if spaced != name else ()))
    return settled(name, both, frozenset()), inspect(text, language)
