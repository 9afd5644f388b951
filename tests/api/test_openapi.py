"""The description of the API, held against what the API answers."""

import json

import pytest
from django.urls import reverse
from django.utils import translation
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry, Resource

from agora.api.program_urls import urlpatterns
from search import generations
from tests.api.programs import IMPORT, OPENAPI, SEARCH
from tests.practices.import_samples import row

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    """The description as a program gets it, without a token."""
    response = client.get(OPENAPI)
    assert response.status_code == 200
    return response.json()


def hold(document: dict, answer) -> None:
    """Hold an answer against what the description says of its address, method and status."""
    request = answer.request
    operation = document["paths"][request["PATH_INFO"]][request["REQUEST_METHOD"].lower()]
    described = operation["responses"][str(answer.status_code)]["content"]
    media = answer["Content-Type"]
    assert media in described, (answer.status_code, media)
    registry = Registry().with_resource("urn:api", Resource.opaque(document))
    schema = {"$ref": "urn:api#" + "/paths/" + request["PATH_INFO"].replace("/", "~1")
              + f"/{request['REQUEST_METHOD'].lower()}/responses/{answer.status_code}"
              + f"/content/{media.replace('/', '~1')}/schema"}  # fmt: skip
    Draft202012Validator(schema, registry=registry, format_checker=FormatChecker()).validate(answer.json())


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_is_openapi_3_1(client, language):
    document = client.get(OPENAPI, HTTP_ACCEPT_LANGUAGE=language).json()
    assert document["openapi"] == "3.1.0"
    validate(document)


def test_it_speaks_both_languages(client):
    french, dutch = (client.get(OPENAPI, HTTP_ACCEPT_LANGUAGE=each).content for each in ("fr", "nl"))
    assert french != dutch


def test_it_describes_every_address(document):
    named = {
        reverse(f"api_v1:{pattern.name}")
        for pattern in urlpatterns
        if pattern.name not in ("door", "nowhere")
    }
    assert set(document["paths"]) == named


def test_searches_answer_as_described(document, shelf, member, program_of, client):
    for number in range(1, 13):
        shelf.put(number, f"Accueil {number}", facets={"theme": ("bilan",), "cpas": ("21007",)})
    shelf.put(20, "Onthaal", language="nl", body="accueil")
    generations.rebuild()
    program = program_of(member)
    for query in (
        {"q": "accueil"},
        {"q": "acueil", "page": "2"},
        {},
        {"q": "zzyzx"},
        {"language": "nl"},
        {"q": "accueil", "theme": "bilan"},
    ):
        answer = program.search(**query)
        assert answer.status_code == 200
        hold(document, answer)
    hold(document, program.search(page="x"))
    hold(document, client.get(SEARCH))


def test_the_parameters_described_are_those_that_are_read(shelf, document, member, program_of):
    generations.rebuild()
    described = document["paths"][SEARCH]["get"]["parameters"]
    program = program_of(member)
    for parameter in described:
        if parameter["in"] != "query":
            continue
        schema = parameter["schema"]
        value = schema.get("items", schema).get("enum", ["1"])[0]
        assert program.search(**{parameter["name"]: value}).status_code == 200, parameter["name"]
    known = {p["name"] for p in described if p["in"] == "query"}
    (error,) = program.search(nonsense="1").json()["errors"]
    assert known == set(error.rpartition(": ")[2].rstrip(".").split(", "))


def test_imports_answer_as_described(document, tree, editor, member, program_of, lines):
    program = program_of(editor)
    good, bad = row(author=None), row(author=None, external_id="x", language="de")
    for answer in (
        program.send(lines(good, bad), query="dry_run=true"),
        program.send(b"\n"),
        program.send(b"{}", "text/plain"),
        program.send(b"{}\n" * 300),
        program.client.post(IMPORT),
        program_of(member).send(b"{}"),
    ):
        hold(document, answer)


def test_a_busy_api_answers_as_described(document, tree, editor, program_of, settings):
    settings.API_LIMITS = {"search": (0, 60), "import": (0, 60)}
    program = program_of(editor)
    hold(document, program.search())
    hold(document, program.send(b"{}"))


def test_an_answer_that_is_not_as_described_is_caught(document, shelf, member, program_of):
    """The proof that these tests can fail."""
    answer = program_of(member).search(q="accueil")
    body = answer.json() | {"extra": 1}
    answer.json = lambda: body
    with pytest.raises(Exception, match="extra"):
        hold(document, answer)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_for_people_says_the_same(client, document, language):
    response = client.get("/api/", HTTP_ACCEPT_LANGUAGE=language)
    with translation.override(language):
        assert response["Location"] == reverse("api:guide")
    html = client.get(response["Location"]).content.decode()
    for path, methods in document["paths"].items():
        assert path in html
        for operation in methods.values():
            for parameter in operation["parameters"]:
                assert f"<code>{parameter['name']}</code>" in html
            for status in operation["responses"]:
                assert f'class="num">{status}<' in html


def test_it_holds_no_words_of_anybody(document):
    assert "accueil" not in json.dumps(document["components"])
