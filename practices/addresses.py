"""Addresses of the catalogue in a given language, computed once per process instead of once per row."""

from functools import lru_cache

from django.urls import reverse
from django.utils import translation

# What stands in for the variable parts of an address while it is being taken apart.
_SLUG = "a-slug-that-stands-nowhere-else"
_NUMBER = 987_654_321


@lru_cache(maxsize=64)
def _around_slug(name: str, language: str) -> tuple[str, str]:
    has_number = name in ("practices:version", "practices:restore")
    kwargs = {"slug": _SLUG} | ({"number": _NUMBER} if has_number else {})
    with translation.override(language):
        before, _, after = reverse(name, kwargs=kwargs).partition(_SLUG)
    return before, after


def sheet_url(slug: str, language: str) -> str:
    """Return the address of a sheet; `language` ("fr", "nl") is the sheet's own."""
    before, after = _around_slug("practices:sheet", language)
    return f"{before}{slug}{after}"


def history_url(slug: str, language: str) -> str:
    """Return the address of the history of a sheet."""
    before, after = _around_slug("practices:history", language)
    return f"{before}{slug}{after}"


def pdf_url(slug: str, language: str) -> str:
    """Return the address of a sheet on paper (A4, PDF)."""
    before, after = _around_slug("practices:pdf", language)
    return f"{before}{slug}{after}"


def edit_url(slug: str, language: str) -> str:
    """Return the address of the form that changes a sheet."""
    before, after = _around_slug("practices:edit", language)
    return f"{before}{slug}{after}"


def about_url(name: str, slug: str, language: str) -> str:
    """Return the address of a page about a sheet (“practices:keep”) that needs nothing but its slug."""
    before, after = _around_slug(name, language)
    return f"{before}{slug}{after}"


def version_url(slug: str, language: str, number: int) -> str:
    """Return the address of one published version of a sheet."""
    before, after = _around_slug("practices:version", language)
    return f"{before}{slug}{after.replace(str(_NUMBER), str(number))}"


def restore_url(slug: str, language: str, number: int) -> str:
    """Return the address of the page that brings one published version back."""
    before, after = _around_slug("practices:restore", language)
    return f"{before}{slug}{after.replace(str(_NUMBER), str(number))}"


def compare_url(slug: str, language: str, old: int | None = None, new: int | None = None) -> str:
    """Return the address of the comparison of two published versions; without them, of the last two."""
    before, after = _around_slug("practices:compare", language)
    query = f"?de={old}&a={new}" if old and new else ""
    return f"{before}{slug}{after}{query}"


@lru_cache(maxsize=2)
def list_url(language: str) -> str:
    """Return the address of the catalogue in the interface's language."""
    with translation.override(language):
        return reverse("practices:list")


def adopt_url(slug: str, language: str, cpas: str = "") -> str:
    """Return the address of « Et chez vous ? » for a sheet, for one CPAS when it is not the reader's own."""
    before, after = _around_slug("practices:adopt", language)
    return f"{before}{slug}{after}" + (f"?cpas={cpas}" if cpas else "")


def adapt_url(slug: str, language: str) -> str:
    """Return the address where the adaptation of a sheet begins."""
    before, after = _around_slug("practices:adapt", language)
    return f"{before}{slug}{after}"


def mirror_url(slug: str, language: str) -> str:
    """Return the address of the mirror of a sheet."""
    before, after = _around_slug("practices:mirror", language)
    return f"{before}{slug}{after}"


def family_url(pk: int) -> str:
    """Return the address of the family of a sheet, in the interface's language: a family speaks both."""
    return reverse("practices:family", kwargs={"pk": pk})
