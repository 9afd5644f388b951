"""Days of birth, exact days and exact ages.

A name of its own: see numbers.py. A day that a law, a decree or a circular bears is nobody's; a first of
the month is when measures begin.
"""

import re
from collections.abc import Iterator

from .findings import Kind
from .numbers import NEAR, Found

_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|janv\.?|"
    r"f[ée]vr\.?|sept\.?|oct\.?|nov\.?|d[ée]c\.?)"
)
_DAY = re.compile(
    rf"(?<![\w/.-])(?:(?P<d>0?[1-9]|[12]\d|3[01])(?:er|ste|e)?\s{_MONTH}\s(?:19|20)\d\d"
    rf"|(?P<d2>0?[1-9]|[12]\d|3[01])\s?[/.-]\s?(?:0?[1-9]|1[0-2])\s?[/.-]\s?(?:19|20)?\d\d)(?![\w/]|"
    rf"[.-]\d)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"(?:\bn[ée]e?s?\b|naissance|\bnaquit|anniversaire|\bgeboren|geboorte\w*|verjaardag|"
    r"°)\W{0,3}(?:\w+\W{1,3}){0,4}$",
    re.IGNORECASE,
)
_BORN_IN = re.compile(
    rf"(?:\bn[ée]e?s?\b(?: (?:à|au|aux) [\w’-]+)?,? (?:en|le|un)|\bgeboren(?: te [\w’-]+|"
    rf" in [A-Z][\w’-]+)?,? (?:in|op))\s(?:\d{{1,2}}(?:er)?\s)?(?:{_MONTH}\s)?(?:19|20)\d\d",
    re.IGNORECASE,
)
_OF_LAW = re.compile(
    r"(?:\blois?\b|\bwet(?:ten)?\b|arr[êe]t[ée]?s?|\bA\.?R\b\.?|\bK\.?B\b\.?|besluit(?:en)?|"
    r"ordonnances?|ordonnanties?|d[ée]crets?|decreten|decreet|circulaires?|"
    r"omzendbrie\w+|directives?|richtlijn|r[èe]glement|verordening|jugement de principe|moniteur|"
    r"staatsblad|accord|akkoord|version|versie|mis à jour|"
    r"bijgewerkt|relue?|organique|constitution|convention|conventie)\W{0,3}(?:[\w’-]+\W{1,2}){0,5}$",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"(?<!\w)(?:(?:[âa]g[ée]e?s?|leeftijd|oud) (?:de |van )?|(?:homme|femme|dame|monsieur|madame|fille|"
    r"gar[çc]on|fils|enfant|b[ée]b[ée]|p[èe]re|m[èe]re|usag[èe]re?|"
    r"adolescente?|jeune|veuve|veuf|[ée]tudiante?|man|vrouw|mevrouw|meneer|meisje|jongen|zoon|dochter|"
    r"kind|moeder|vader|jongere|weduwe|student|studente)s?(?: \w+)? (?:de |van ))"
    r"(?P<age>\d{1,2}(?:,5)?(?: ans?| mois| jaar| maanden|-jarige)?)(?![\w%])"
    r"|(?:(?<=[,(] )|(?<=\())(?P<aside>\d{1,2} (?:ans|jaar))(?=[,).])|(?<![\w-])(?P<jarige>\d{1,2}-jarige)\b"
    r"|\b(?:a|avait|heeft|is|was|elle a|il a) (?P<has>\d{1,2} (?:ans|jaar))(?=[\s]?[,.;)]|$| (?:et|en|"
    r"oud))",
    re.IGNORECASE,
)
LEGAL = frozenset({"16", "18", "21", "25", "65", "66", "67"})  # years that rights depend on
_SINCE = re.compile(
    r"(?:d[ée]lai|dur[ée]e|bail|contrat|termijn|duur|contract|peine|anciennet[ée]|"
    r"exp[ée]rience|ervaring|mandat)\W{0,2}(?:\w+\W)?$",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Found]:
    """Find the days and ages of a plain text."""
    for match in _BORN_IN.finditer(text):
        yield *match.span(), Kind.BIRTH
    for match in _DAY.finditer(text):
        begin = max(match.start() - NEAR, 0)
        if _BORN.search(text, begin, match.start()):
            yield *match.span(), Kind.BIRTH
        elif (match["d"] or match["d2"]).lstrip("0") != "1" and not _OF_LAW.search(
            text, begin, match.start()
        ):
            yield *match.span(), Kind.DAY
    for match in _AGE.finditer(text):
        name = next(name for name in ("age", "aside", "jarige", "has") if match[name])
        years = re.match(r"\d+", match[name])[0]
        plural = re.search(
            r"(?:moins|plus|minder|meer|entre|tussen|d[èe]s|vanaf|"
            r"jusqu)\W",
            match[0],
            re.IGNORECASE,
        )
        if (
            years in LEGAL
            or int(years) == 0
            or plural
            or _SINCE.search(text, max(match.start() - 30, 0), match.start())
        ):
            continue
        yield *match.span(name), Kind.AGE
