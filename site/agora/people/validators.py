"""Which addresses and names are taken at the door."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agora.vocabulary.models import Cpas

from .wording import cpas_name

# Providers where anybody gets an address: they prove nothing about where somebody works. By the word
# before the country (hotmail.be, hotmail.fr…), then by the whole domain. Not meant to be complete:
# the relay answers every request anyway.
CONSUMER_FAMILIES = frozenset(
    {"aol", "gmail", "googlemail", "gmx", "hotmail", "icloud", "live", "mail", "msn", "outlook"}
    | {"proton", "protonmail", "tutanota", "yahoo", "yandex", "ymail", "zoho"}
)
CONSUMER_DOMAINS = frozenset(
    {"belgacom.net", "free.fr", "laposte.net", "mac.com", "me.com", "orange.fr", "pm.me", "proximus.be"}
    | {"scarlet.be", "sfr.fr", "skynet.be", "telenet.be", "tvcablenet.be", "voo.be", "wanadoo.fr"}
)

_NAME = re.compile(r"[^\W_][\w .,'’()·-]*")


def domain_of(address: str) -> str:
    """Return the part after the @, in lower case."""
    return address.rpartition("@")[2].strip().lower()


def domains_of(cpas: Cpas | None) -> list[str]:
    """Return the domains registered for a CPAS; empty when there are none."""
    lines = cpas.email_domains.lower().split() if cpas else []
    return [line.lstrip("@") for line in lines if line.strip("@")]


def is_within(domain: str, registered: list[str]) -> bool:
    """Whether a domain is one of these, or a part of one of them (social.cpas-x.example)."""
    return any(domain == one or domain.endswith(f".{one}") for one in registered)


def is_consumer(domain: str) -> bool:
    """Whether a domain belongs to a provider where anybody gets an address."""
    return domain in CONSUMER_DOMAINS or domain.split(".")[0] in CONSUMER_FAMILIES


def check_professional(address: str, cpas: Cpas | None) -> None:
    """Refuse an address that does not fit a CPAS: ValidationError, in the reader's language.

    Where the CPAS registered its domains, the address is in one of them; where it did not, every
    address is taken that is not a consumer's, since the relay looks at each request.
    """
    domain = domain_of(address)
    registered = domains_of(cpas)
    if registered and not is_within(domain, registered):
        raise ValidationError(
            _(
                "Au %(cpas)s, les adresses finissent par %(domains)s."
                " Donnez la vôtre, ou choisissez un autre CPAS."
            )
            % {"cpas": cpas_name(cpas), "domains": ", ".join(f"@{one}" for one in registered)},
            code="other_domain",
        )
    if not registered and is_consumer(domain):
        raise ValidationError(
            _("Une adresse @%(domain)s ne dit pas où vous travaillez. Donnez votre adresse professionnelle.")
            % {"domain": domain},
            code="consumer",
        )


def check_name(name: str) -> None:
    """Refuse what cannot be somebody's name (an address, markup): ValidationError."""
    if not _NAME.fullmatch(name) or "://" in name:
        raise ValidationError(
            _("Écrivez un nom avec des lettres, des espaces, des traits d’union ou des apostrophes."),
            code="name",
        )
