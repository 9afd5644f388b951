"""What a search costs, without the page: plan, engine, recheck, marks.

`python benchmarks/search_speed.py [--engine elasticsearch://host:port] [10000 …]`: for each number of
contributions, indexes that many invented ones (about 300 words, four in five in French, one in ten for a
single CPAS), then times mixed queries, four clients at once, suggestions and changes, and prints medians,
95th percentiles and memory. Figures, not tests.
`--only related --rounds 5`: one part, measured five times on the index filled once.
"""

import argparse
import gc
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
ROUNDS = 40

QUERIES = [
    "accueil", "première demande", "comment accueillir une première demande au guichet", "minimex", "RIS",
    "acueil premiere demnade", "médiation de dettes énergie", '"premier accueil" jeunes',
    "assistant social surcharge", "accueil -guichet", "garantie locative logement étudiant", "",
    "que faire quand une personne refuse de signer son contrat d'intégration",
    "leefloonaanvraag", "huurwaarborg", "onthaal aan het loket",
]  # fmt: skip
# Words of the trade, common ones first: they take ranks among invented words as in real texts.
FRENCH = """travail personne service demande équipe accueil social dossier aide projet situation contrat
réunion entretien agent première formation emploi famille guichet logement dettes énergie droit
budget réseau médiation intégration bilan collègue enquête visite domicile revenu allocation
facture étudiant jeune insertion partenaire interprète écoute recours décision comité sanction
garantie locative bail urgence santé carte médicale"""
DUTCH = """werk persoon dienst aanvraag team onthaal sociaal dossier hulp project situatie contract
vergadering gesprek eerste opleiding gezin loket woning schulden energie recht budget netwerk
bemiddeling integratie balans collega onderzoek huisbezoek leefloon factuur student jongere
inschakeling partner tolk luisteren beroep beslissing comité sanctie huurwaarborg dringend
gezondheid leefloonaanvraag maatschappelijk werker"""
GLUE = {
    "fr": "le la les un une des et pour dans avec sans que qui nous on est sont à de du en",
    "nl": "de het een en voor in met zonder dat die wij is zijn aan van op te",
}
SYLLABLES = [
    "ba",
    "co",
    "di",
    "fu",
    "la",
    "me",
    "ni",
    "ro",
    "su",
    "ta",
    "ve",
    "zi",
    "par",
    "con",
    "der",
    "lon",
    "mer",
    "nel",
    "pin",
    "qua",
    "ros",
    "sel",
    "tor",
    "vin",
]


@dataclass
class Language:
    """The words of a language by falling frequency (the n-th is n times rarer than the first)."""

    words: list[str]
    weights: list[float]
    glue: list[str]


def language(code: str, trade: str) -> Language:
    """Mix the words of the trade into 6,000 invented ones: ranks 15, 30, 45…"""
    dice = random.Random(code)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randrange(2, 5))) + code for _ in range(6000)]
    for place, word in enumerate(" ".join(trade.split()).split(" ")):
        words.insert(15 * (place + 1), word)
    return Language(words, [1 / (rank + 1) for rank in range(len(words))], GLUE[code].split(" "))


def configure(folder: str, address: str) -> None:
    """Start a Django with the tables that search needs and nothing else."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "agora.settings.development", "AGORA_VAR": folder}
    os.environ.pop("SEARCH_URL", None)
    settings.DATABASES = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/agora.sqlite3"}
    }
    settings.SEARCH_URL, settings.DEBUG = address, False
    django.setup()
    from django.apps import apps
    from django.db import connection

    with connection.schema_editor() as editor:
        for app in ("vocabulary", "people", "search"):
            for model in apps.get_app_config(app).get_models():
                editor.create_model(model)


def concepts() -> None:
    """Load the vocabularies that every installation starts with."""
    from django.apps import apps

    from agora.vocabulary import seed

    seed.load(apps)


def text(dice: random.Random, tongue: Language, length: int) -> str:
    """Invent a text of so many words, four in ten without a meaning of their own."""
    meant = dice.choices(tongue.words, tongue.weights, k=length)
    mixed = [dice.choice(tongue.glue) if dice.random() < 0.4 else word for word in meant]
    return ". ".join(" ".join(mixed[start : start + 14]) for start in range(0, length, 14))


def fill(shelf, number: int) -> None:
    """Put invented contributions on a shelf."""
    dice = random.Random(number)
    tongues = {"fr": language("fr", FRENCH), "nl": language("nl", DUTCH)}
    themes = ["parcours", "accueil-flux", "reseau", "procedures", "bilan", "metiers", "emploi"]
    cpas = [f"{code}" for code in range(21001, 21020)]
    for pk in range(1, number + 1):
        code = "nl" if dice.random() < 0.2 else "fr"
        audience = f"cpas:{dice.choice(cpas)}" if dice.random() < 0.1 else "members"
        shelf.put(
            pk,
            text(dice, tongues[code], 7).capitalize(),
            summary=text(dice, tongues[code], 30),
            body=text(dice, tongues[code], 270),
            language=code,
            audience=frozenset({audience}),
            facets={
                "theme": tuple(dice.sample(themes, 2)),
                "cpas": (dice.choice(cpas),),
                "public": (dice.choice(["tous", "jeunes", "familles", "seniors"]),),
                "function": (dice.choice(["assistant-social", "agent-insertion", "juriste"]),),
                "service": (dice.choice(["accueil", "ssg", "isp", "energie", "logement"]),),
            },
            updated=datetime.now(UTC) - timedelta(days=dice.randrange(2000)),
        )


class Member:
    """Enough of a member of Agora to search."""

    is_validated = True
    pk, cpas_id, _agora_roles = 7, "21001", frozenset()


def measure(number: int, parts: list[str], rounds: int) -> None:
    """Index, search, print: the parts named, so many times."""
    from search import documents, generations
    from search.service import search_service
    from tests.search.factories import Rows, Shelf

    class Visible:
        """The rows by key, as a database would fetch them."""

        def filter(self, pk__in) -> Rows:
            return Rows(shelf.notes[int(pk)] for pk in pk__in)

    shelf = Shelf()
    bare = peak()
    fill(shelf, number)
    texts = peak() - bare  # of this benchmark alone: elsewhere they are in the database
    gc.collect()
    gc.freeze()  # and there nobody goes through them in search of what may be forgotten
    for source in documents.sources():
        documents.unregister(source.kind)
    documents.register(shelf.source(visible=lambda user: Visible()))
    took, most = apart(generations.rebuild)
    print(
        f"\n{number} contributions: rebuilt in {took / 1000:.1f} s, {number / took * 1000:.0f} a second,",
        end=" ",
    )
    print(f"in a process of its own of {most - texts:.0f} MB at most without the invented texts")
    service, member = search_service(), Member()
    print(f"first search of a process: {timed(lambda: service.search('accueil', member))[0]:.0f} ms")
    for _ in range(rounds):
        for name in parts:
            PARTS[name](service, shelf, member)
    print(f"{peak() - texts:.0f} MB at most in the process that searches (and {texts:.0f} of invented texts)")


def searches(service, shelf, member) -> None:
    """Print what each of the queries costs, and all of them."""
    walls, works = [], []
    for query in QUERIES:
        pairs = [timed(lambda query=query: service.search(query, member)) for _ in range(ROUNDS)]
        walls += [wall for wall, _ in pairs]
        works += [work for _, work in pairs]
        answer = service.search(query, member)
        assert not answer.is_simplified
        print(f"{middle(pairs)}  {answer.all_total:6} hits  {query!r}")
    filters = {"theme": frozenset({"accueil-flux"}), "cpas": frozenset({"21001", "21002"})}
    pairs = [timed(lambda: service.search("accueil", member, filters=filters)) for _ in range(ROUNDS)]
    print(f"{middle(pairs)}  with two facets chosen")
    print(
        f"all queries: median {statistics.median(walls):.1f} ms ({statistics.median(works):.1f} of CPU),",
        end=" ",
    )
    print(f"95 % within {statistics.quantiles(walls, n=20)[-1]:.1f} ms")


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(act) -> tuple[float, float]:
    """Do something in a process of its own, as a command would; return its ms and its most memory in MB."""
    from django.db import connections

    connections.close_all()
    reads, writes = os.pipe()
    if os.fork() == 0:
        took, _ = timed(act)
        os.write(writes, f"{took} {peak()}".encode())
        os._exit(0)
    os.wait()
    took, most = os.read(reads, 100).decode().split()
    return float(took), float(most)


CLIENTS = 4


def several(service, shelf, member) -> None:
    """Let four clients search at once, each without a pause."""

    def one(place: int) -> list[tuple[float, float]]:
        mine = QUERIES[place:] + QUERIES[:place]
        return [timed(lambda query=query: service.search(query, member)) for query in mine for _ in range(5)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        pairs = [pair for found in pool.map(one, range(CLIENTS)) for pair in found]
    print(
        f"{statistics.median(wall for wall, _ in pairs):7.1f} ms  {CLIENTS} clients at once, {within(pairs)}"
    )


def engine_alone(service, shelf, member) -> None:
    """Print what the engine costs, asked as a page asks, without recheck nor marks."""
    from search.contract import FACETS
    from search.engines import engine
    from tests.search.factories import ask

    def alone(text: str) -> None:
        engine().search(ask(text, known=(), facets=FACETS, size=10))

    pairs = [timed(lambda query=query: alone(query)) for query in QUERIES for _ in range(ROUNDS)]
    print(f"{middle(pairs)}  the engine alone, with its facets, {within(pairs)}")


def changes(service, shelf, member) -> None:
    """Print how long a saved change takes to be findable."""
    from search import outbox

    pairs = [timed(lambda pk=pk: (outbox.enqueue(f"note:{pk}"), outbox.drain())) for pk in range(1, 21)]
    print(f"{middle(pairs)}  from a saved change to a findable one, {within(pairs)}")


def within(pairs: list[tuple[float, float]]) -> str:
    """Say under what 95 % of some timings lie."""
    return f"95 % within {statistics.quantiles([wall for wall, _ in pairs], n=20)[-1]:.1f} ms"


BEGUN = ["ac", "acc", "premi", "première dem", "gara", "mé", "onth", "leef", "huurw", "situ", "a", "con"]


def titles(service, shelf, member) -> None:
    """Print what suggestions cost."""
    pairs = [timed(lambda text=text: service.titles(text, member, 5)) for text in BEGUN * 20]
    print(f"{middle(pairs)}  titles suggested, {within(pairs)}")


def related(service, shelf, member) -> None:
    """Print what the texts related to two hundred others cost, asked for as a sheet does."""
    from search.documents import Text

    def near(note) -> None:
        service.related(
            Text(note.language, note.title, note.summary, note.body),
            member=True,
            size=24,
            kinds=frozenset({"note"}),
            near={"theme": frozenset(note.facets["theme"]), "language": frozenset({note.language})},
            but=frozenset({f"note:{note.pk}"}),
        )

    notes = list(shelf.notes.values())[:200]
    pairs = [timed(lambda note=note: near(note)) for note in notes]
    print(f"{middle(pairs)}  related texts, {within(pairs)}")


PARTS = {
    "searches": searches,
    "titles": titles,
    "related": related,
    "several": several,
    "engine": engine_alone,
    "changes": changes,
}


def timed(act) -> tuple[float, float]:
    """Return what an act takes: milliseconds on the clock, milliseconds of CPU (of all threads)."""
    clock, work = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - clock) * 1000, (time.process_time() - work) * 1000


def middle(pairs: list[tuple[float, float]]) -> str:
    """Say the medians of some timings."""
    wall, work = (statistics.median(column) for column in zip(*pairs, strict=True))
    return f"{wall:7.1f} ms ({work:5.1f} of CPU)"


def main() -> None:
    """Measure each size given on the command line, on one engine."""
    if "MALLOC_ARENA_MAX" not in os.environ:  # begin again with the memory of a server (script/server)
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"MALLOC_ARENA_MAX": "2"})
    parser = argparse.ArgumentParser(description="What a search costs.")
    parser.add_argument("numbers", nargs="*", type=int, default=[100, 10_000], help="contributions")
    parser.add_argument("--engine", default="embedded", help="embedded, or elasticsearch://host:port")
    parser.add_argument("--only", action="append", choices=PARTS, help="a part, instead of all of them")
    parser.add_argument("--rounds", type=int, default=1, help="how often the parts are measured")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = None if options.engine == "embedded" else f"{options.engine}/agora-bench-{os.getpid()}"
        configure(folder, server or f"tantivy://{folder}/search")
        concepts()
        from search.engines import engine

        try:
            for number in options.numbers:
                measure(number, options.only or list(PARTS), options.rounds)
        finally:
            if server:
                engine().erase()
        print(f"\n{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
