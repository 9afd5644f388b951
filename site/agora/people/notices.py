"""The letters about accounts and memberships, and the one function that sends them.

Plain text, in the reader's language, and nothing in them that a stranger may not read: no name of
a third person, no reason, no text written by anybody. What is confidential is read on Agora.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Member

logger = logging.getLogger(__name__)

_ALARM = _(
    "Si ce n’est pas vous, changez tout de suite votre mot de passe :\n%(reset_url)s\n"
    "puis prévenez l’équipe d’Agora."
)
_IGNORE = _("Si vous n’avez rien demandé, vous pouvez ignorer ce message : rien ne change.")
_SIGNATURE = _("Agora CPAS·OCMW, l’outil des travailleuses et travailleurs des CPAS bruxellois\n%(site_url)s")


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and the paragraphs of a letter; they may use the facts given when it is sent."""

    subject: Promise
    paragraphs: tuple[Promise, ...]


LETTERS = {
    # --- what django-allauth sends, under the names of its templates
    "account/email/email_confirmation_signup": Letter(
        _("Confirmez votre adresse"),
        (
            _("Quelqu’un a demandé un accès à Agora avec cette adresse. Si c’est vous, confirmez-la ici :"),
            _("%(activate_url)s"),
            _("Le lien vaut trois jours. Ensuite, votre demande arrive à qui y répond dans votre CPAS."),
            _IGNORE,
        ),
    ),
    "account/email/email_confirmation": Letter(
        _("Confirmez votre adresse"),
        (
            _("Pour que cette adresse devienne celle de votre compte Agora, confirmez-la ici :"),
            _("%(activate_url)s"),
            _("Le lien vaut trois jours."),
            _IGNORE,
        ),
    ),
    "account/email/account_already_exists": Letter(
        _("Vous avez déjà un compte"),
        (
            _("Quelqu’un a demandé un accès à Agora avec cette adresse, mais elle a déjà un compte."),
            _("Si vous avez oublié votre mot de passe, choisissez-en un autre ici :\n%(password_reset_url)s"),
            _IGNORE,
        ),
    ),
    "account/email/unknown_account": Letter(
        _("Cette adresse n’a pas de compte"),
        (
            _("Quelqu’un a voulu changer le mot de passe d’un compte Agora avec cette adresse."),
            _(
                "Aucun compte ne la porte. Vous avez peut-être donné une autre adresse en vous inscrivant ;"
                " sinon, vous pouvez demander un accès ici :\n%(signup_url)s"
            ),
            _IGNORE,
        ),
    ),
    "account/email/password_reset_key": Letter(
        _("Choisissez un nouveau mot de passe"),
        (
            _("Vous pouvez choisir un nouveau mot de passe pour Agora ici :\n%(password_reset_url)s"),
            _IGNORE,
        ),
    ),
    "account/email/password_reset": Letter(
        _("Votre mot de passe a changé"), (_("Le mot de passe de votre compte Agora a été remplacé."), _ALARM)
    ),
    "account/email/password_changed": Letter(
        _("Votre mot de passe a changé"), (_("Le mot de passe de votre compte Agora a été remplacé."), _ALARM)
    ),
    "account/email/password_set": Letter(
        _("Votre compte a un mot de passe"),
        (_("Un mot de passe a été choisi pour votre compte Agora."), _ALARM),
    ),
    "account/email/email_changed": Letter(
        _("L’adresse de votre compte a changé"),
        (_("Votre compte Agora porte maintenant une autre adresse que celle-ci."), _ALARM),
    ),
    "account/email/email_deleted": Letter(
        _("Un changement d’adresse a été annulé"),
        (_("Le changement d’adresse qui attendait pour votre compte Agora est annulé."), _ALARM),
    ),
    "mfa/email/totp_activated": Letter(
        _("Connexion en deux étapes : une application ajoutée"),
        (_("Une application qui donne des codes protège maintenant votre compte Agora."), _ALARM),
    ),
    "mfa/email/totp_deactivated": Letter(
        _("Connexion en deux étapes : l’application retirée"),
        (_("L’application qui donnait des codes ne protège plus votre compte Agora."), _ALARM),
    ),
    "mfa/email/webauthn_added": Letter(
        _("Connexion en deux étapes : une clé ajoutée"),
        (_("Une clé d’accès a été ajoutée à votre compte Agora."), _ALARM),
    ),
    "mfa/email/webauthn_removed": Letter(
        _("Connexion en deux étapes : une clé retirée"),
        (_("Une clé d’accès a été retirée de votre compte Agora."), _ALARM),
    ),
    "mfa/email/recovery_codes_generated": Letter(
        _("Connexion en deux étapes : nouveaux codes de secours"),
        (
            _("De nouveaux codes de secours existent pour votre compte Agora ; les anciens ne valent plus."),
            _ALARM,
        ),
    ),
    # --- memberships
    "request": Letter(
        _("Une personne attend votre réponse"),
        (
            _(
                "Une personne demande à entrer dans Agora. Dites si elle travaille bien dans ce CPAS ;"
                " cela prend une minute :\n%(requests_url)s"
            ),
            _("Tant que personne n’a répondu, elle ne voit que les pages publiques."),
        ),
    ),
    "accepted": Letter(
        _("Votre accès est ouvert"),
        (
            _(
                "Votre demande est acceptée : tout ce qui est réservé aux membres vous est ouvert."
                "\n%(home_url)s"
            ),
        ),
    ),
    "refused": Letter(
        _("Une réponse à votre demande"),
        (_("Votre demande d’accès a reçu une réponse. Elle vous attend ici :\n%(waiting_url)s"),),
    ),
    "suspended": Letter(
        _("Votre accès est fermé"),
        (
            _("L’accès de votre compte Agora est fermé pour le moment. Ce que vous avez écrit est gardé."),
            _("Le relais de votre CPAS ou l’équipe d’Agora vous dira pourquoi et jusqu’à quand."),
        ),
    ),
}


# Where letters lead, by the name they give to the address; filled by `register` for the rooms above.
PAGES = {
    "home_url": "home",
    "requests_url": "people:requests",
    "waiting_url": "people:waiting",
    "reset_url": "account_reset_password",
}


def register(letters: Mapping[str, Letter], pages: Mapping[str, str]) -> None:
    """Add the letters of a room above (from AppConfig.ready): what they say, and where they lead.

    `pages`: the name of a URL pattern without arguments, by the word for its address in the letters
    (« %(proposals_url)s »). ValueError for a name that is taken by another letter or page.
    """
    for known, added in ((LETTERS, letters), (PAGES, pages)):
        if taken := {name for name in added if name in known and known[name] != added[name]}:
            raise ValueError(f"Taken: {sorted(taken)}")
        known.update(added)


_silent: ContextVar[bool] = ContextVar("no letter is sent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Send no letter meanwhile: fictional content is loaded by the same acts as real one."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def send(kind: str, address: str, language: str, **facts: str) -> None:
    """Send one letter of LETTERS to an address, in "fr" or "nl", filled with the facts it uses.

    A mail server that does not answer never breaks the act that a letter tells: it is logged, without
    the address. KeyError for a letter that does not exist or a fact that is missing.
    """
    letter = LETTERS[kind]
    if _silent.get():
        return
    with translation.override(language):
        facts |= _addresses()
        parts = [_("Bonjour,"), *letter.paragraphs, _SIGNATURE]
        body = "\n\n".join(str(part) % facts for part in parts) + "\n"
        subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + str(letter.subject)
    message = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address])
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("letter %s could not be sent", kind)


def send_to(member: Member, kind: str, **facts: str) -> None:
    """Send one letter to a member, in the language of their choice."""
    send(kind, member.email, member.language, **facts)


def _addresses() -> dict[str, str]:
    """The pages that letters lead to, in the active language."""
    pages = {key: settings.SITE_URL + reverse(name) for key, name in PAGES.items()}
    return pages | {"site_url": settings.SITE_URL + "/"}
