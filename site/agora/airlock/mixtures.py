"""Rare combinations: nothing in them names anybody, all of it together does.

A name of its own: see numbers.py. Three traits of different sorts about one person within a few lines are
enough to be recognised by a neighbour or by another service: a nationality, a trade, an illness, a
household, a commune.
"""

import re
from collections.abc import Iterator

from .findings import Kind
from .flat import fold
from .numbers import Found

_MANY = (
    *[
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "onze",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "acht",
        "negen",
        "tien",
        "elf",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "10",
        "11",
    ],
)
TRAITS = {
    "origin": (
        r"afghan\w*|alb?anais\w*|alg[ée]rien\w*|angolais\w*|arm[ée]nien\w*|bangladais\w*|"
        r"br[ée]silien\w*|bulgare\w*|burundais\w*|camerounais\w*|chilien\w*|"
        r"colombien\w*|congolais\w*|dji?boutien\w*|[ée]quatorien\w*|[ée]rythr[ée]en\w*|[ée]thiopien\w*|"
        r"g[ée]orgien\w*|ghan[ée]en\w*|guin[ée]en\w*|ha[ïi]tien\w*|"
        r"irakien\w*|iranien\w*|ivoirien\w*|kosovar\w*|kurde\w*|libanais\w*|libyen\w*|mac[ée]donien\w*|"
        r"malien\w*|marocain\w*|mauritanien\w*|moldave\w*|mongol\w*|"
        r"n[ée]palais\w*|nig[ée]rian\w*|nig[ée]rien\w*|pakistanais\w*|palestinien\w*|philippin\w*|"
        r"polonais\w*|portugais\w*|roumain\w*|rrom\w*|russe\w*|rwandais\w*|"
        r"salvadorien\w*|s[ée]n[ée]galais\w*|serbe\w*|somalien\w*|soudanais\w*|syrien\w*|"
        r"tch[ée]tch[èe]ne\w*|tib[ée]tain\w*|togolais\w*|tunisien\w*|ukrainien\w*|"
        r"v[ée]n[ée]zu[ée]lien\w*|vietnamien\w*|y[ée]m[ée]nite\w*|afghaanse?|albanese?|algerijnse?|"
        r"armeense?|bulgaarse?|burundese?|congolese?|eritre(?:se|er)|ethiopische?|"
        r"georgische?|ghanese?|guineese?|iraakse?|iraanse?|koerdische?|kosovaarse?|libanese?|"
        r"marokkaanse?|nepalese?|nigeriaanse?|oekra[ïi]ense?|pakistaanse?|"
        r"palestijnse?|poolse?|portugese?|roemeense?|rwandese?|russische?|senegalese?|servische?|"
        r"somalische?|soedanese?|syrische?|tibetaanse?|tsjetsjeense?|tunesische?|turkse?"
    ),
    "trade": (
        r"accordeur|acrobate|ambulanci\w+|apicult\w+|archit\w+|bijouti\w+|boucher|boulang\w+|"
        r"cardiologue|chanteu\w+|chef d’orchestre|chirurgien\w*|coiffeu\w+|com[ée]dien\w*|"
        r"cordonni\w+|danseu\w+|dentiste|dompteu\w+|[ée]b[ée]niste|fleuriste|forain\w*|grutier|"
        r"horlog\w+|imam|ing[ée]nieur\w*|instituteur|institutrice|interpr[èe]te judiciaire|"
        r"joaillier|journaliste|luthier|magistrat\w*|marin-p[êe]cheur|musicien\w*|notaire|opticien\w*|"
        r"pasteur|pharmacien\w*|pilote|plombi\w+|pompier|pr[êe]tre|professeur d\w*|"
        r"sage-femme|sculpteu\w+|soudeu\w+|taxidermiste|torr[ée]facteu\w+|v[ée]t[ée]rinaire|violoniste|"
        r"accordeonist|apotheker|architecte?|bakker|beenhouwer|brandweer\w+|"
        r"chirurg|danser\w*|edelsmid|fotogra\w+|imker|ingenieur|juwelier|kapper|kleermaker|kok-\w+|"
        r"loodgieter|muzikant|notaris|piloot|schoenmaker|tandarts|vroedvrouw|dierenarts|violist"
    ),
    "illness": (
        r"ataxie|autis\w+|cancer\w*|c[ée]cit[ée]|aveugle|cirrhose|Crohn|dialys\w+|diab[èe]te de type 1|"
        r"dr[ée]panocytose|[ée]pileps\w+|[ée]pileptique|fibromyalgie|h[ée]mophil\w+|h[ée]patite|"
        r"Huntington|leuc[ée]mie|lupus|mucoviscidose|myopath\w+|narcoleps\w+|Parkinson|paraplég\w+|"
        r"poliomy[ée]lite|schizophr[ée]n\w+|scl[ée]rose en plaques|s[ée]ropositi\w+|sourde?-?muette?|"
        r"sourd\w*|syndrome de \w+|t[ée]trapl[ée]g\w+|Tourette|trisomi\w+|tuberculose|VIH|blinde?|"
        r"doofstomme?|dove|epileps\w+|hiv|kanker|leukemie|mucoviscidose|multiple sclerose|nierdialyse|"
        r"reuma|schizofren\w+|spierziekte|syndroom van \w+|taaislijmziekte"
    ),
    "household": (
        "|".join(f"{n} (?:enfants|kinderen)" for n in _MANY)
        + r"|tripl[ée]s|quintupl[ée]s|jumeaux|jumelles|veuf|veuve|drieling|tweeling|weduw\w+|polygam\w+"
    ),
    "commune": (
        r"Anderlecht|Auderghem|Oudergem|Berchem-Sainte-Agathe|Sint-Agatha-Berchem|Etterbeek|Evere|"
        r"Forest|Vorst|Ganshoren|Ixelles|Elsene|Jette|Koekelberg|"
        r"Molenbeek|Saint-Gilles|Sint-Gillis|Saint-Josse|Sint-Joost|Schaerbeek|Schaarbeek|Uccle|Ukkel|"
        r"Watermael\S*|Watermaal\S*|Woluwe-Saint-\w+|Sint-\w+-Woluwe"
    ),
    "event": (
        r"incendie|attentats?|fait divers|explosion|assassinat|meurtre|noyade|accident de (?:tram|bus|"
        r"train)|journal t[ée]l[ée]vis[ée]|dans la presse|"
        r"brand in|aanslag|moord|ontploffing|verdrinking|tramongeval|in de krant|in het nieuws"
    ),
}


def _by_first_letter() -> dict[str, re.Pattern]:
    """Sort the traits by their first letter: at each word, only a dozen of them are tried."""
    sorts: dict[str, dict[str, list[str]]] = {}
    for name, patterns in TRAITS.items():
        for pattern in re.split(r"\|(?![^()]*\))", patterns):
            sorts.setdefault(fold(pattern.lstrip("[")[0]), {}).setdefault(name, []).append(pattern)
    return {
        letter: re.compile(
            "(?:" + "|".join(f"(?P<{name}>{'|'.join(some)})" for name, some in names.items()) + r")(?!\w)",
            re.IGNORECASE,
        )
        for letter, names in sorts.items()
    }


_TRAITS = _by_first_letter()
_WORD = re.compile(r"(?<![\w-])[^\W_]")
_PERSON = re.compile(
    r"\b(?:homme|femme|dame|monsieur|madame|usag[èe]re?|b[ée]n[ée]ficiaire|m[èe]re|p[èe]re|famille|"
    r"couple|jeune|fille|fils|elle|il|"
    r"man|vrouw|mevrouw|meneer|cli[ëe]nte?|moeder|vader|gezin|koppel|zijn|haar|son|sa|ses|leur|jongere|"
    r"meisje|zoon|dochter|ze|hij|zij)\b",
    re.IGNORECASE,
)
ENOUGH = 3  # traits of different sorts
REACH = 260  # characters


def find(text: str) -> Iterator[Found]:
    """Find the rare combinations of a plain text."""
    seen: list[tuple[int, int, str]] = []
    free = 0
    for match in _traits(text):
        seen = [each for each in seen if match.end() - each[0] <= REACH]
        seen.append((*match.span(), match.lastgroup))
        if len({sort for _start, _end, sort in seen}) < ENOUGH or match.start() < free:
            continue
        start, end = seen[0][0], match.end()
        if _PERSON.search(text, max(start - 80, 0), end + 80):
            free = end
            yield start, end, Kind.MIXTURE
        seen = []


def _traits(text: str) -> Iterator[re.Match]:
    for word in _WORD.finditer(text):
        patterns = _TRAITS.get(fold(word[0]))
        if patterns and (match := patterns.match(text, word.start())):
            yield match
