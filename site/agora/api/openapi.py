"""What the API says of itself: OpenAPI 3.1, in the language asked for; the page for people reads it too.

A name of its own: one document, written by hand beside the views that it describes. A test holds every
answer of the API against it (docs/decisions/api.md).
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from search.answers import PER_PAGE
from search.contract import SORTS
from search.facets import labels, legends
from search.forms import LAST_PAGE
from search.plan import LONGEST_TEXT

from .endpoints import endpoint, said
from .importing import FORMATS, MOST_BYTES, MOST_ROWS
from .schemas import schemas

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


@endpoint("GET", "HEAD")
def description(request: HttpRequest) -> HttpResponse:
    """Return the document."""
    return said(document())


def document() -> dict:
    """Return the API as OpenAPI 3.1, in the active language."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Agora CPAS·OCMW",
            "version": "1",
            "description": _(
                "Chercher dans Agora et importer des fiches, avec les droits de la personne "
                "qui a fait le jeton."
            ),
        },
        "servers": [{"url": settings.SITE_URL}],
        "security": [{"token": []}],
        "paths": {
            reverse("api_v1:search"): {"get": _search()},
            reverse("api_v1:import"): {"post": _import()},
            reverse("api_v1:openapi"): {"get": _itself()},
        },
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": _("Un jeton de votre profil.")},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": settings.SESSION_COOKIE_NAME,
                    "description": _("Qui est connecté sur le site peut aussi chercher sans jeton."),
                },
            },
            "schemas": schemas(),
        },
    }


def _parameter(name: str, description: str, schema: dict, **more) -> dict:
    return {"name": name, "in": "query", "description": description, "schema": schema, **more}


LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "schema": {"type": "string", "examples": ["fr", "nl"]},
}


def _search() -> dict:
    facets = [
        _parameter(
            name,
            _("Filtre « %(name)s », à répéter pour plusieurs valeurs (l’une ou l’autre).") % {"name": legend},
            {"type": "array", "items": _values(name)},
            style="form",
            explode=True,
        )
        for name, legend in legends().items()
    ]
    return {
        "operationId": "search",
        "summary": _("Chercher"),
        "description": _(
            "La même réponse que la page de recherche, pour la même personne : mêmes textes, mêmes "
            "nombres. Sans mots, tout, le plus récent d’abord. Droit : search:read. "
            "Au plus %(n)d recherches par minute et par membre."
        )
        % {"n": settings.API_LIMITS["search"][0]},
        "security": [{"token": []}, {"session": []}],
        "parameters": [
            _parameter(
                "q",
                _("Les mots. « … » entre guillemets : une expression ; -mot : sans ce mot."),
                {"type": "string", "maxLength": LONGEST_TEXT},
            ),
            *facets,
            _parameter(
                "sort",
                _("L’ordre : ce qui répond le mieux, ce qui a changé en dernier, ce qui a servi le plus."),
                {"type": "string", "enum": list(SORTS), "default": SORTS[0]},
            ),
            _parameter(
                "page",
                _("La page, de %(n)d textes.") % {"n": PER_PAGE},
                {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1},
            ),
            LANGUAGE | {"description": _("Langue des messages, et des textes qui viennent d’abord.")},
        ],
        "responses": _responses("SearchAnswer", _("Une page de réponses."), 400, 401, 403, 405, 429),
    }


def _values(name: str) -> dict:
    """Return the schema of the values of a facet; the CPAS and the short lists are told one by one."""
    known = list(labels()[name])
    return {"type": "string", "enum": known} if known else {"type": "string"}


def _import() -> dict:
    row = {"schema": {"type": "string"}}
    return {
        "operationId": "importPractices",
        "summary": _("Importer des fiches"),
        "description": _(
            "Une fiche par ligne, les colonnes de docs/import.md. Chaque ligne réussit ou est refusée "
            "seule ; "
            "le même fichier peut être renvoyé : une ligne déjà connue par son external_id ne change rien. "
            "Le membre du jeton signe. Droit : practices:import (équipe de rédaction et administration). "
            "Au plus %(rows)d fiches et %(size)d Mo par envoi, un import à la fois."
        )
        % {"rows": MOST_ROWS, "size": MOST_BYTES // 1024 // 1024},
        "parameters": [
            _parameter(
                "dry_run",
                _("« true » : tout vérifier, ne rien écrire."),
                {"type": "boolean", "default": False},
            ),
            LANGUAGE | {"description": _("Langue des messages.")},
        ],
        "requestBody": {"required": True, "content": dict.fromkeys(FORMATS, row)},
        "responses": _responses(
            "ImportReport",
            _("Ce qu’est devenue chaque ligne, même quand certaines sont refusées."),
            *(400, 401, 403, 405, 413, 415, 429),
        ),
    }


def _itself() -> dict:
    return {
        "operationId": "openapi",
        "summary": _("Cette description"),
        "description": _("Le document OpenAPI 3.1, sans jeton."),
        "security": [{}],
        "parameters": [LANGUAGE | {"description": _("Langue des explications.")}],
        "responses": {
            "200": {
                "description": "OpenAPI 3.1",
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "405": {"description": meanings()[405], "content": PROBLEM},
        },
    }


def meanings() -> dict[int, str]:
    """Return what each refusal means to whoever writes the program."""
    return {
        400: _("Un paramètre ou l’envoi est à corriger ; « errors » dit quoi."),
        401: _("Pas de jeton, ou un jeton qui n’ouvre rien."),
        403: _("Le jeton n’a pas ce droit, ou son membre ne l’a plus."),
        404: _("Rien à cette adresse."),
        405: _("Une autre méthode ; « Allow » dit lesquelles."),
        413: _("Trop de fiches, ou trop d’octets. Rien n’a été fait."),
        415: _("Un autre format ; « Accept-Post » dit lesquels."),
        429: _("Trop souvent. « Retry-After » dit dans combien de secondes revenir."),
        500: _("Une erreur chez nous, notée."),
    }


def _responses(schema: str, meaning: str, *problems: int) -> dict:
    found = {
        "200": {
            "description": meaning,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        }
    }
    known = meanings()
    for status in (*problems, 500):
        found[str(status)] = {"description": known[status], "content": PROBLEM}
    found["429"] |= {
        "headers": {"Retry-After": {"schema": {"type": "integer"}, "description": _("Des secondes.")}}
    }
    return found


@dataclass(frozen=True, slots=True)
class Operation:
    """One address of the API, for the page."""

    method: str
    path: str
    anchor: str
    summary: str
    description: str
    parameters: list[dict]
    answers: list[tuple[str, str]]


def operations() -> list[Operation]:
    """Return the addresses in the order of the document."""
    return [
        Operation(
            method.upper(),
            path,
            each["operationId"],
            each["summary"],
            each["description"],
            each["parameters"],
            [(status, answer["description"]) for status, answer in each["responses"].items()],
        )
        for path, methods in document()["paths"].items()
        for method, each in methods.items()
    ]
