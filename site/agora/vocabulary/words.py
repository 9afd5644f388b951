"""How words typed by an editor become the clean sets that search reads."""

import re
import unicodedata
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

MAX_VARIANTS = 40
MAX_VARIANT_LENGTH = 80
ACRONYM = re.compile(r"[A-Za-z0-9]{2,8}")

# Words with another, commoner sense: « les ris », « il m’a », « as-tu », « de loi », « ik mag ».
# As a variant each would send half of all searches astray. Search reads them as acronyms, in capitals only;
# « utilisateur » and « gebruiker » name both the person helped and the host of an article 60.
TRAPS = frozenset(
    ["ai", "ale", "as", "au", "bim", "bp", "dis", "eri", "loi", "ma", "mag", "mi", "mr", "mw", "pas"]
    + ["ri", "ris", "sine", "ts", "vad", "utilisateur", "gebruiker"]
)


@lru_cache(maxsize=16_384)  # a concept that is saved is compared with every word of all the others
def folded(text: str) -> str:
    """Return the form under which two spellings count as one: no case, accent, hyphen, curly apostrophe."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("-", " ")).casefold()
    return " ".join("".join(sign for sign in text if not unicodedata.combining(sign)).split())


def tidy(text: str) -> str:
    """Return the text with single spaces, none around it, in composed Unicode."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lines(text: str) -> list[str]:
    """Return the variants of a stored text, one per line."""
    return [line for line in text.split("\n") if line]


def clean_variants(text: str) -> str:
    """Return variants trimmed and without doubles or empty lines, one per line, in the order given.

    ValidationError when there are more than MAX_VARIANTS, one is longer than MAX_VARIANT_LENGTH
    characters, or one is a word with a commoner sense.
    """
    kept = {folded(line): tidy(line) for line in reversed(text.splitlines()) if folded(line)}
    variants = list(reversed(kept.values()))
    errors = []
    if len(variants) > MAX_VARIANTS:
        errors.append(
            _("Gardez au plus %(max)d variantes : il y en a %(count)d.")
            % {"max": MAX_VARIANTS, "count": len(variants)}
        )
    if long := [variant for variant in variants if len(variant) > MAX_VARIANT_LENGTH]:
        errors.append(
            _("« %(word)s… » est trop long : une variante tient en %(max)d caractères.")
            % {"word": long[0][:40], "max": MAX_VARIANT_LENGTH}
        )
    errors += [trap_message(variant) for variant in variants if folded(variant) in TRAPS]
    if errors:
        raise ValidationError(errors)
    return "\n".join(variants)


def clean_acronyms(text: str) -> str:
    """Return acronyms separated by one space, without doubles, case kept.

    ValidationError unless each has 2 to 8 letters or digits, two of them capitals at least.
    """
    acronyms = list(dict.fromkeys(text.replace(",", " ").replace(";", " ").split()))
    for acronym in acronyms:
        if not ACRONYM.fullmatch(acronym) or sum(sign.isupper() for sign in acronym) < 2:
            raise ValidationError(
                _(
                    "« %(word)s » n’est pas un sigle : deux à huit lettres ou chiffres, sans point, "
                    "dont au moins deux majuscules."
                )
                % {"word": acronym[:20]}
            )
    return " ".join(acronyms)


def trap_message(word: str) -> str:
    """Return what an editor reads about a word that has a commoner sense."""
    return _(
        "« %(word)s » a un autre sens, plus courant : la recherche s’y perdrait. Écrivez l’expression "
        "complète, ou le sigle en majuscules dans le champ des sigles."
    ) % {"word": word}


def free_slug(model: type, text: str, max_length: int) -> str:
    """Return an identifier made from a text that no row of a model has yet."""
    base = slugify(text)[: max_length - 4].strip("-") or "mot"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(slug for slug in candidates if slug not in taken)
