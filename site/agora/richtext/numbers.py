"""Numbers as a sentence says them. On the lowest floor because sentences are made on every one."""

from django.utils.translation import get_language

_FRENCH = """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
dix-sept dix-huit dix-neuf vingt"""
_DUTCH = """nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien
zeventien achttien negentien twintig"""
_IN_LETTERS = {"fr": _FRENCH.split(), "nl": _DUTCH.split()}


def interface_language() -> str:
    """Return "fr" or "nl", whichever the page is being written in."""
    return "nl" if (get_language() or "fr").startswith("nl") else "fr"


def in_letters(number: int, *, feminine: bool = False) -> str:
    """Return a number as a sentence says it: in letters up to twenty, else in figures (face, §6)."""
    words = _IN_LETTERS[interface_language()]
    if not 0 <= number < len(words):
        return str(number)
    return "une" if feminine and words[number] == "un" else words[number]


def capitalised(text: str) -> str:
    """Return a text with its first letter in capital, the rest as it is."""
    if text.startswith("één"):  # a Dutch capital drops this accent, which only tells the number from « een »
        return "E" + text[1:]
    return text[:1].upper() + text[1:]
