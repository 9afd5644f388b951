"""Streets, squares, quarters, schools, hospitals, employers: where somebody can be looked for.

A name of its own: see numbers.py. Streets are found by their form (« rue … », « …straat »), which knows all
of the nineteen communes; quarters and squares that are said by their name alone are in data/quarters.txt.
"""

import re
from collections.abc import Iterator

from .findings import Kind
from .flat import fold
from .lists import listed
from .numbers import Found

_CAP = r"[A-ZÀ-ÖØ-Þ][\w’-]*"
_OF = (
    r"(?:(?:de la|de l’|des|du|de|d’|aux?|à la|à l’|l’|la|le|les|van de|van den|van het|van|der|ter|"
    r"ten|te)\s?)"
)
_TYPE = (
    r"(?:rue|avenue|av\.|boulevard|bd\.?|boul\.|chauss[ée]e|ch[ée]e\.?|place|square|clos|dr[èe]ve|"
    r"impasse|quai|all[ée]e|"
    r"venelle|parvis|rond-point|sentier|montagne|petite rue|cit[ée]|r[ée]sidence|galerie)"
)
_STREET = re.compile(
    rf"(?<![\w-])(?i:{_TYPE})\s+(?i:{_OF})?{_CAP}(?:[ -](?i:{_OF})?{_CAP}){{0,3}}"
    r"(?:,?\s?(?:n°\s?)?\d{1,4}(?:\s?(?:bis|bte|boîte)\s?\w{0,4})?)?"
)
_LOW_STREET = re.compile(
    rf"(?<![\w-])(?:rue|avenue|boulevard|chauss[ée]e|dr[èe]ve|impasse|quai|"
    rf"clos)\s+(?:{_OF}?[^\W\d_]+[ -]){{1,4}}?(?:n°\s?)?\d{{1,4}}(?![\w%€])(?! (?:ans|mois|euros|"
    rf"personnes|jours))",
    re.IGNORECASE,
)
_STRAAT = re.compile(
    r"(?<![\w-])[A-ZÀ-Þ][\w’-]{2,30}(?:straat|laan|steenweg|plein|dreef|kaai|gaarde|voorplein|"
    r"markt)(?:\s\d{1,4}(?:\s?bus\s?\w{1,4})?)?(?![\w-])"
)
_LOW_STRAAT = re.compile(
    r"(?<![\w-])[a-zà-ÿ’-]{3,30}(?:straat|laan|steenweg|plein|dreef|weg|kaai|"
    r"square)\s\d{1,4}(?![\w%€,.]?\d)(?! (?:jaar|maanden|euro|mensen|keer|uur))"
)
_SCHOOL = re.compile(
    rf"(?<![\w-])(?:[ÉEée]cole|[Aa]th[ée]n[ée]e|[Ll]yc[ée]e|[Ii]nstitut|[Cc]oll[èe]ge|[Cc]r[èe]che|"
    rf"[Cc]entre scolaire|[Bb]asisschool|"
    rf"[Aa]theneum|[Ss]int-[A-Z]\w+(?:school|college|instituut)|[Kk]leuterschool|[Mm]iddelbare school|"
    rf"[Ss]chool|[Cc]ollege|[Ii]nstituut)"
    rf"(?: (?:communale|primaire|maternelle|fondamentale|secondaire|royale?|technique|libre|n°\s?\d+|"
    rf"gemeentelijke?|vrije))*\s+{_OF}?{_CAP}(?:[ -]{_OF}?{_CAP}){{0,3}}"
)
_HOSPITAL = re.compile(
    rf"(?<![\w-])(?:[Hh]ôpital|[Hh]opital|[Cc]liniques?|CHU|CHIREC|UZ|AZ|[Zz]iekenhuis|[Kk]liniek|"
    rf"[Mm]aison de repos|[Hh]ome|[Rr]usthuis|"
    rf"[Mm]aison m[ée]dicale|[Ww]ijkgezondheidscentrum|[Cc]entre psychiatrique)"
    rf"(?: (?:universitaires?|militaire|psychiatrique))*\s+{_OF}?{_CAP}(?:[ -]{_OF}?{_CAP}){{0,3}}"
)
_EMPLOYER = re.compile(
    rf"(?:travaill\w+|engag[ée]e?s?|employ[ée]e?s?|embauch[ée]e?s?|int[ée]rim|ouvri[èe]re?|"
    rf"caissi[èe]re?|serveu(?:r|se)|magasini[èe]re?|"
    rf"m[ée]nages|nettoyages|poetst|kuist|werkt|werkte|gewerkt|aangeworven|"
    rf"tewerkgesteld)(?:\s[a-zà-ÿ’-]+){{0,4}}?\s(?:chez|au|à la|à l’|bij|voor)\s(?:de\s|het\s|la\s|"
    rf"le\s)?(?P<who>{_CAP}(?:[ -](?:&\s)?{_CAP}){{0,3}})"
)
# Who everybody in this work deals with tells nothing of one person.
_KNOWN_TO_ALL = re.compile(
    r"(?:CPAS|OCMW|Actiris|Forem|VDAB|Bruxelles|Brussel\w*|ONEM|RVA|FEDASIL|Fedasil|SPP|POD|SPF|FOD|"
    r"INAMI|RIZIV|Smals|Brulocalis|ONE\b|ISP|SSG|"
    r"Croix-Rouge|Rode Kruis|Samusocial|STIB|MIVB|SNCB|NMBS|Région|Gewest|Commune|Stad|Ville|Europe|"
    r"Belgique|België|Tracé|Bruss)"
)


def find(text: str) -> Iterator[Found]:
    """Find the places of a plain text."""
    for match in _STREET.finditer(text):
        yield *match.span(), Kind.PLACE
    for pattern in (_LOW_STREET, _LOW_STRAAT):
        for match in pattern.finditer(text):
            yield *match.span(), Kind.PLACE
    for match in _STRAAT.finditer(text):
        if fold(match[0].split()[0]) not in listed("not_streets"):
            yield *match.span(), Kind.PLACE
    yield from _quarters(text)
    for match in _HOSPITAL.finditer(text):
        yield *match.span(), Kind.INSTITUTION
    for match in _SCHOOL.finditer(text):
        if not _KNOWN_TO_ALL.search(match[0].split(" ", 1)[-1]):
            yield *match.span(), Kind.INSTITUTION
    for match in _EMPLOYER.finditer(text):
        if not _KNOWN_TO_ALL.match(match["who"]):
            yield *match.span("who"), Kind.INSTITUTION


def _quarters(text: str) -> Iterator[Found]:
    quarters = listed("quarters")
    for match in re.finditer(rf"{_CAP}(?:[ -]{_CAP}){{0,2}}", text):
        for end in (match.end(), match.start() + len(match[0].split(" ")[0])):
            if fold(text[match.start() : end]) in quarters:
                yield match.start(), end, Kind.PLACE
                break
