"""Hard identifiers: what names one person in some register, found by form and check digits.

A name of its own, like its neighbours names.py, places.py, days.py and mixtures.py: each finds some kinds
in a plain text (see flat.py) and gives places. All of them are linear: a text comes from anybody.

Sources: structure of the national and BIS numbers, account numbers, plates and telephone numbers as
described in public documentation of their issuers; check digits by python-stdnum.
"""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.be import bis, eid, nn

from .findings import Kind

Found = tuple[int, int, Kind]

_SEP = r"[ ./\\\-_:,]{0,2}"
_RUN = re.compile(rf"(?<![^\W_])[\dOoIl](?:{_SEP}[\dOoIl])*(?![^\W_])")
_GROUP = re.compile(r"[\dOoIl]+")
_LOOKALIKES = str.maketrans("OoIl", "0011")
LENGTHS = (11, 12)  # digits: a national or BIS number; a card, or an account as it was written before
MOST_LETTERS = 4  # « O » typed for zero, « l » for one


def find(text: str) -> Iterator[Found]:
    """Find the hard identifiers of a plain text."""
    yield from _emails(text)
    yield from _accounts(text)
    yield from _plates(text)
    yield from _files(text)
    yield from _by_check_digits(text)
    yield from _phones(text)


# --- Numbers with check digits -----------------------------------------------------------------


def _by_check_digits(text: str) -> Iterator[Found]:
    """Try each series of whole groups of digits: a number often stands beside a year or an amount."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() < min(LENGTHS):
            continue
        groups = list(_GROUP.finditer(text, run.start(), run.end()))
        written = "".join(group[0] for group in groups)
        digits, starts, ends, at = written.translate(_LOOKALIKES), {}, {}, 0
        for group in groups:
            starts[at] = group.start()
            at += group.end() - group.start()
            ends[at] = group.end()
        for first, start in starts.items():
            for length in LENGTHS:
                end = ends.get(first + length)
                # No day begins with a four: cheap, and true of most series of digits.
                if end is None or (length == 11 and digits[first + 4] > "3"):
                    continue
                kind = _kind_of(digits[first : first + length])
                real = sum(map(str.isdigit, written[first : first + length])) if kind else 0
                if kind and real >= length - MOST_LETTERS:
                    yield start, end, kind


def _kind_of(digits: str) -> Kind | None:
    head, check = int(digits[:-2]), int(digits[-2:])
    if len(digits) == 12:
        fits = (head % 97 or 97) == check and head and eid.is_valid(digits)
        return Kind.CARD if fits else None
    # The arithmetic first: almost nothing passes it, and the rest costs twenty times more.
    if check not in (97 - head % 97, 97 - (2_000_000_000 + head) % 97):
        return None
    if digits[4:6] > "31":  # beyond the last day of a month: an amount, a reference
        return None
    if bis.is_valid(digits):
        return Kind.BIS_NUMBER
    return Kind.NATIONAL_NUMBER if nn.is_valid(digits) else None


# --- Accounts ----------------------------------------------------------------------------------

_IBAN = re.compile(rf"(?<![^\W_])[Bb]\s?[Ee]{_SEP}[\dOo](?:{_SEP}[\dOo]){{13}}(?![^\W_])")
_FOREIGN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![^\W_])")
_OLD = re.compile(r"(?<![\w.-])\d{3}[- ]\d{7}[- ]\d{2}(?![\w-])")


def _accounts(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        if iban.is_valid(_bare(match[0]).upper().replace("O", "0")) and _bare(match[0]).strip("BEbe0Oo"):
            yield *match.span(), Kind.ACCOUNT
    for match in _FOREIGN.finditer(text):
        if iban.is_valid(match[0]):
            yield *match.span(), Kind.ACCOUNT
    for match in _OLD.finditer(text):
        if eid.is_valid(match[0].replace(" ", "-")):
            yield *match.span(), Kind.ACCOUNT


def _bare(piece: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", piece)


# --- Mail --------------------------------------------------------------------------------------

_AT = r"(?:@| ?[(\[{<] ?(?:at|arobase|apenstaartje|@) ?[)\]}>] ?)"
_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w+%-][\w.+%-]{{0,63}}{_AT}[^\W_][\w-]{{0,62}}(?:\.[\w-]{{1,63}}){{1,4}}",
    re.IGNORECASE,
)
# The mailbox of a service is not a person's.
_SERVICE_BOX = re.compile(
    r"(?:info|contact|accueil|onthaal|secretariat|secretariaat|service|dienst|social|sociaal|cpas|ocmw|"
    r"energie|"
    r"logement|huisvesting|mediation|dettes|schuld\w*|emploi|insertion|support|helpdesk|no-?reply|admin|"
    r"press\w*|"
    r"formation|vorming|agora|general|algemeen|jobs?|privacy|dpo|gdpr)(?:[._+-]?[\w.-]*)?",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?:\.example|\.invalid|\.test|example\.(?:com|org|net|be))$", re.IGNORECASE)


def _emails(text: str) -> Iterator[Found]:
    if "@" not in text and "at" not in text.lower() and "arobase" not in text.lower():
        return
    for match in _EMAIL.finditer(text):
        address = re.sub(_AT, "@", match[0].rstrip("._-"), flags=re.IGNORECASE)
        if _SERVICE_BOX.fullmatch(address.split("@")[0]) or _EXAMPLE.search(address):
            continue
        yield match.start(), match.start() + len(match[0].rstrip("._-")), Kind.EMAIL


# --- Plates ------------------------------------------------------------------------------------

_PLATE = re.compile(r"(?<![\w-])[1-9][ .-]?[A-Z]{3}[ .-]?\d{3}(?![\w-])")
_OLD_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{3}[ .-]?\d{3}|\d{3}[ .-]?[A-Z]{3}|(?:TX|"
    r"TL)[ .-]?[A-Z]{2}[ .-]?\d{2})(?![\w-])"
)
_CAR = re.compile(
    r"plaque|immatricul|voiture|camionnette|scooter|v[ée]hicule|nummerplaat|kenteken|wagen|auto\b|"
    r"bestelwagen|taxi",
    re.IGNORECASE,
)
_NOT_PLATES = frozenset({"RIS", "PII", "EUR", "ART", "TVA", "BTW", "CPA", "ISP", "SSG", "ONE", "RGP"})
NEAR = 60  # characters in which a word says what a number is


def _plates(text: str) -> Iterator[Found]:
    for match in _PLATE.finditer(text):
        letters = re.sub(r"[^A-Z]", "", match[0])
        if letters not in _NOT_PLATES or _CAR.search(text, max(match.start() - NEAR, 0), match.start()):
            yield *match.span(), Kind.PLATE
    for match in _OLD_PLATE.finditer(text):
        if _CAR.search(text, max(match.start() - NEAR, 0), match.start()):
            yield *match.span(), Kind.PLATE


# --- Telephones --------------------------------------------------------------------------------

_TEL_SEP = r"[ ./\\\-_]{0,2}"
_BELGIAN = re.compile(
    rf"(?<![\w+])(?<![\d][.,/-])(?:(?:\+|00){_TEL_SEP}32{_TEL_SEP}(?:\(0\){_TEL_SEP})?|\(?[0Oo])"
    rf"[1-9](?:{_TEL_SEP}\)?{_TEL_SEP}[\dOo]){{7,8}}(?![\w])(?![.,/-]?\d)"
)
_ABROAD = re.compile(
    rf"(?<![\w+])(?:\+|"
    rf"00){_TEL_SEP}[1-9]\d{{0,2}}{_TEL_SEP}(?:\(0\){_TEL_SEP})?\d(?:{_TEL_SEP}\d){{6,11}}(?!\w)"
)
_FOR_ALL = re.compile(r"0800|090\d|070|078")  # what a whole public calls
_A_DAY = re.compile(r"\d{1,2}[ ./-]\d{1,2}[ ./-](?:19|20)\d\d")
_ENTERPRISE = re.compile(
    r"(?:entreprise|bce|kbo|tva|btw|ondernemingsn\w*|n° ?d.entr\w*|\bBE)\W{0,4}(?:n°|nr\.?|:|BE)?\W{0,3}$",
    re.IGNORECASE,
)


def _phones(text: str) -> Iterator[Found]:
    for match in _BELGIAN.finditer(text):
        digits = re.sub(r"\D", "", match[0].replace("O", "0").replace("o", "0").replace("(0)", ""))
        abroad = match[0].lstrip("(")[0] == "+" or digits.startswith("0032")
        national = re.sub(r"^(?:0032|32)", "0", digits) if abroad else digits
        if _is_belgian(national, match[0]) and not _is_registered(text, match.start(), match[0]):
            yield *match.span(), Kind.PHONE
    for match in _ABROAD.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        country = digits[2:] if not match[0].startswith("+") else digits
        if 9 <= len(country) <= 14 and not country.startswith("32") and not _is_long(text, match.end()):
            yield *match.span(), Kind.PHONE


def _is_belgian(digits: str, written: str) -> bool:
    if _A_DAY.match(written) or _FOR_ALL.match(digits):
        return False
    if digits.startswith(("045", "046", "047", "048", "049")):
        return len(digits) == 10
    return len(digits) == 9


def _is_registered(text: str, start: int, written: str) -> bool:
    """An enterprise number (0123.456.789) is public, and printed on each letter of an organisation."""
    return bool(_ENTERPRISE.search(text, max(start - NEAR, 0), start)) and written[0] in "0Oo"


def _is_long(text: str, end: int) -> bool:
    return text[end : end + 1].isdigit()


# --- Files -------------------------------------------------------------------------------------

_NUMBER_WORD = r"(?:n°|nº|no\.?|nr\.?|num[ée]ro|nummer|#|:)"
_OF_FILE = (
    r"(?:dossiers?|clients?|cli[ëe]nt|patient|matricule|r[ée]f(?:[ée]rences?|\.)?|dossiernummer|"
    r"dossiernr\.?|kenmerk|referentie|"
    r"klantnummer|lidnummer|aansluitingsnummer|rolnummer|bewonersnummer|"
    r"(?:n°|num[ée]ro|nummer) (?:de |d’|van (?:het |de )?)?(?:dossier|client|cliente|b[ée]n[ée]ficiaire|"
    r"membre|affili[ée]e?|"
    r"s[ée]jour|demandeur|compteur|passeport|paspoort|r[ôo]le|inscription|registre|contrat|annexe|carte)|"
    r"compteur|meter(?:nummer)?|passeport|paspoort(?:nummer)?|inscri(?:t|te|ption)|"
    r"inschrijvings?(?:nummer)?|"
    r"affili[ée]e?|code EAN|EAN)"
)
_CODE = r"(?:[A-Za-z]{1,4}[ /.-]?)?\d[\d./-]{2,24}(?:[/-]?[A-Za-z]{1,4})?(?![\w])"
_FILE = re.compile(
    rf"(?<![\w-])(?P<what>{_OF_FILE})(?: (?:social|cpas|ocmw|actiris|mutuelle|ris|sp|van|chez|à|de|du|"
    rf"num[ée]ro|portant|le)){{0,3}}"
    rf"\s{{0,2}}{_NUMBER_WORD}?\s{{0,2}}(?:{_NUMBER_WORD}\s{{0,2}})?(?P<code>{_CODE})",
    re.IGNORECASE,
)
_ALIENS = re.compile(r"(?<![\w-])S\.?P\.?[ :]{0,2}\d{1,2}[. ]?\d{3}[. ]?\d{3}(?![\w])")
_EAN = re.compile(r"(?<![\w.])54(?:[ .-]?\d){16}(?![\w])")
_PASSPORT = re.compile(r"(?<![\w-])[A-Z]{2}[ -]?\d{6}(?![\w-])")
_PASSPORT_WORD = re.compile(
    r"passe?port|paspoort|carte d.identit|identiteitskaart|titre de s[ée]jour|"
    r"verblijfs",
    re.IGNORECASE,
)
_OF_LAW = re.compile(
    r"(?:circulaire|omzendbrief|loi|wet|arr[êe]t[ée]?|besluit|ordonnance|ordonnantie|d[ée]cret|decreet|"
    r"article|artikel|"
    r"moniteur|staatsblad|jurisprudence|rechtspraak|norme|iso|projet|fiche|formulaire|"
    r"appel)\W{0,3}(?:\w+\W{1,2}){0,3}$",
    re.IGNORECASE,
)


def _files(text: str) -> Iterator[Found]:
    for match in _FILE.finditer(text):
        code = match["code"]
        digits = sum(map(str.isdigit, code))
        if digits < 4 or _is_year_or_amount(code, text[match.end() : match.end() + 8]):
            continue
        if _OF_LAW.search(text, max(match.start() - NEAR, 0), match.start()):
            continue
        yield match.start("code"), match.start("code") + len(code.rstrip("./-")), Kind.FILE_NUMBER
    for pattern in (_ALIENS, _EAN):
        for match in pattern.finditer(text):
            yield *match.span(), Kind.FILE_NUMBER
    for match in _PASSPORT.finditer(text):
        if _PASSPORT_WORD.search(text, max(match.start() - NEAR, 0), match.start()):
            yield *match.span(), Kind.CARD


_YEARS = re.compile(r"(?:19|20)\d\d(?:[/-](?:(?:19|20)?\d\d))?[.,]?")
_DAYS = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d[.,]?")
_MONEY = re.compile(r"\s?(?:€|eur\b|euros?\b|%|personnes|dossiers|fiches|mensen)", re.IGNORECASE)


def _is_year_or_amount(code: str, after: str) -> bool:
    return bool(_YEARS.fullmatch(code) or _DAYS.fullmatch(code) or _MONEY.match(after))
