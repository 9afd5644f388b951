"""GET /api/v1/search: the answer of the results page, for a program.

A name of its own: one address of the API. It asks the same service as the page, as the same person, so that
hits, totals and counts of facets are the same; here they are only written otherwise.
"""

import html
import re
from dataclasses import replace
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from search.answers import OTHERS, PER_PAGE, Answer, Hit
from search.contract import MAX_WINDOW, SORTS
from search.facets import labels, legends
from search.forms import LAST_PAGE, MOST_VALUES, Question, asked
from search.plan import LONGEST_TEXT
from search.service import search_service

from .callers import caller_of, count
from .endpoints import endpoint, said
from .models import Scope
from .problems import Problem

PLAIN = ("q", "sort", "page")  # parameters beside the facets
_MARK = re.compile(r"</?mark>")


@endpoint("GET", "HEAD")
def search(request: HttpRequest) -> HttpResponse:
    """Answer one page of a search."""
    caller = caller_of(request, session=True)
    caller.must(Scope.SEARCH)
    count(caller, "search")
    question = strictly_asked(request.GET)
    answer = search_service().search(
        question.text, caller.user, filters=question.filters, page=question.page, sort=question.sort
    )
    return said(body_of(question, answer))


def strictly_asked(query: QueryDict) -> Question:
    """Read the parameters as the page does; Problem 400 that names each one that the page would leave out."""
    known = labels()
    errors = [
        _("%(name)s : ce paramètre n’existe pas. Paramètres : %(known)s.")
        % {"name": name[:40], "known": ", ".join((*PLAIN, *known))}
        for name in query
        if name not in known and name not in PLAIN
    ][:5]
    for facet, values in known.items():
        chosen = query.getlist(facet)
        if len(chosen) > MOST_VALUES:
            errors.append(_("%(name)s : au plus %(n)d valeurs.") % {"name": facet, "n": MOST_VALUES})
        for value in [value for value in chosen if value not in values][:5]:
            errors.append(
                _("%(name)s : « %(value)s » n’est pas une valeur connue.")
                % {"name": facet, "value": readable_part(value)}
            )
    question = asked(query)
    if len(query.get("q", "")) > LONGEST_TEXT:
        errors.append(_("q : au plus %(n)d caractères.") % {"n": LONGEST_TEXT})
    if (page := query.get("page")) is not None and page != str(question.page):
        errors.append(_("page : un nombre de 1 à %(n)d.") % {"n": LAST_PAGE})
    if query.get("sort", question.sort) not in SORTS:
        errors.append(_("sort : une valeur parmi %(known)s.") % {"known": ", ".join(SORTS)})
    if errors:
        said = ngettext("Un paramètre est à corriger.", "Des paramètres sont à corriger.", len(errors))
        raise Problem(400, "bad_parameters", said, errors=errors)
    return question


def readable_part(value: str) -> str:
    """Return the beginning of what was sent, as it can be said back."""
    return "".join(sign for sign in value[:40] if sign.isprintable())


def body_of(question: Question, answer: Answer) -> dict:
    """Return an answer of the service as JSON."""
    language = "nl" if (get_language() or "fr").startswith("nl") else "fr"
    other = {"fr": "nl", "nl": "fr"}[language]
    pages = -(-min(answer.total, MAX_WINDOW) // PER_PAGE)
    return {
        "q": answer.text,
        "reader_language": language,
        "sort": question.sort,
        "total": answer.all_total,
        "page": question.page,
        "pages": pages,
        "per_page": PER_PAGE,
        "listed_total": answer.total,
        "results": [hit_body(hit) for hit in answer.hits],
        "other_language": {
            "language": other,
            "total": answer.others_total,
            "at_most": OTHERS,
            "results": [hit_body(hit) for hit in answer.others],
            "ahead": len(answer.close_others),
            "behind": len(answer.first_hits),
        }
        if answer.is_split
        else None,
        "facets": facet_bodies(question, answer),
        "correction": correction_body(answer),
        "nearest": nearest_body(answer),
        "is_relaxed": answer.is_relaxed,
        "is_simplified": answer.is_simplified,
        "links": link_bodies(question, pages),
    }


def hit_body(hit: Hit) -> dict:
    """Return one hit: plain words, and the same with the words found between <mark>, safe as HTML."""
    return {
        "uid": hit.uid,
        "kind": hit.uid.partition(":")[0],
        "kind_label": hit.label,
        "language": hit.language,
        "url": urljoin(settings.SITE_URL, hit.url),
        "updated": hit.updated and hit.updated.isoformat(),
        "title": plain(hit.title),
        "snippet": plain(hit.snippet),
        "title_html": str(hit.title),
        "snippet_html": str(hit.snippet),
        "found_in_title": hit.in_title,
        "found_through": [{"typed": typed, "found": found} for typed, found in hit.via],
    }


def plain(marked: str) -> str:
    """Return the words of a title or snippet: each piece of it was escaped, and this undoes it exactly."""
    return html.unescape(_MARK.sub("", marked))


def facet_bodies(question: Question, answer: Answer) -> list[dict]:
    """Return every count that the page shows, of the values that have a name."""
    if answer.is_simplified:
        return []
    known = labels()
    return [
        {
            "name": name,
            "label": legend,
            "values": [
                {
                    "value": each.value,
                    "label": known[name][each.value],
                    "count": each.count,
                    "is_chosen": each.value in question.filters.get(name, ()),
                }
                for each in answer.facets.facets.get(name, ())
                if each.value in known[name]
            ],
        }
        for name, legend in legends().items()
    ]


def correction_body(answer: Answer) -> dict | None:
    """Return the spelling that is offered, with what it would find."""
    found = answer.correction
    return found and {"q": found.text, "unknown": list(found.unknown), "count": found.count}


def nearest_body(answer: Answer) -> dict | None:
    """Return what comes closest when nothing was found."""
    near = answer.nearest
    return near and {
        "without_filters": near.unfiltered,
        "plainer": near.plainer,
        "words": list(near.words),
        "results": [hit_body(hit) for hit in near.hits],
    }


def link_bodies(question: Question, pages: int) -> dict:
    """Return the addresses around this answer; the page for people is the one of this search."""

    def at(page: int) -> str | None:
        if not 1 <= page <= pages:
            return None
        whole = replace(question, page=page).address() + (f"&page={page}" if page > 1 else "")
        return settings.SITE_URL + reverse("api_v1:search") + whole

    return {
        "next": at(question.page + 1),
        "previous": at(question.page - 1),
        "html": settings.SITE_URL + reverse("search:results") + question.address(),
    }
