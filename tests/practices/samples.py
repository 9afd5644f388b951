"""Many different sheets at once, and what CPAS said of one: for the tests of what is read."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from agora.vocabulary.models import Circumstance, Cpas, Function, Mission, Public, Service, Theme
from practices.models import Adoption, PracticePage


def many_sheets(tree, count: int, *, seed: int = 7, **fields) -> list[PracticePage]:
    """Put `count` sheets of all sorts under both catalogues, without versions; some fields may be fixed."""
    random = Random(seed)
    cpas = list(Cpas.objects.all())
    words = {name: list(model.objects.all()) for name, model in _WORDS.items()}
    return [_sheet(tree, random, cpas, words, number, fields) for number in range(count)]


_WORDS = {
    "themes": Theme,
    "services": Service,
    "publics": Public,
    "functions": Function,
    "missions": Mission,
    "circumstances": Circumstance,
}


def _sheet(tree, random: Random, cpas, words, number: int, fixed) -> PracticePage:
    index = tree.catalogues[random.choice(("fr", "fr", "nl"))]
    index.refresh_from_db()
    values = {
        "title": f"{random.choice('ÉéAzZ«')} fiche {number}",
        "slug": f"fiche-{number}",
        "kind": random.choice(PracticePage.Kind.values),
        "summary": "Ce que l’on fait. Ce que cela évite.",
        "problem": "Un paragraphe.",
        "maturity": random.choice(PracticePage.Maturity.values),
        "origin": random.choice([None, *cpas]),
        "is_showcase": random.random() < 0.4,
        "reviewed_on": random.choice([None, date(2024, 2, 29), date(2025, 3, 1), date(2026, 5, 12)]),
        "first_published_at": timezone.now() - timedelta(days=random.randrange(900)),
        "live": random.random() < 0.9,
        "locale": index.locale,
    } | fixed
    sheet = PracticePage(**values)
    for name, terms in words.items():
        setattr(sheet, name, random.sample(terms, random.randrange(4)))
    index.add_child(instance=sheet)
    for place in random.sample(cpas, random.randrange(4)):
        declare(sheet, place.pk, random.choice(Adoption.State.values))
    return sheet


def declare(
    sheet: PracticePage, cpas: str, state: str = "adopted", since=date(2024, 3, 1), note: str = ""
) -> Adoption:
    """Say what a CPAS (INS code) did with a sheet."""
    return Adoption.objects.create(practice=sheet, cpas_id=cpas, state=state, since=since, note=note)
