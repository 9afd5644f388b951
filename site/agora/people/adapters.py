"""Where django-allauth asks Agora: its letters, its messages, its redirections."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import notices
from .models import Member

# allauth's messages, under the names of its templates. What the next page says anyway is not said twice.
MESSAGES = {
    "account/messages/email_confirmation_failed.txt": _(
        "Cette adresse est déjà confirmée par un autre compte. Rien n’a été changé."
    ),
    "account/messages/email_confirmed.txt": _("Votre adresse %(email)s est confirmée."),
    "account/messages/email_deleted.txt": _("Le changement d’adresse est annulé."),
    "account/messages/cannot_delete_primary_email.txt": _(
        "Cette adresse est celle de votre compte : remplacez-la par une autre plutôt que de la retirer."
    ),
    "account/messages/password_changed.txt": _("Votre mot de passe a changé."),
    "account/messages/password_set.txt": _("Votre mot de passe est enregistré."),
    "account/messages/primary_email_set.txt": _("Votre adresse a changé."),
    "mfa/messages/totp_activated.txt": _("L’application est reliée à votre compte."),
    "mfa/messages/totp_deactivated.txt": _("L’application n’est plus reliée à votre compte."),
    "mfa/messages/webauthn_added.txt": _("La clé d’accès est ajoutée."),
    "mfa/messages/webauthn_removed.txt": _("La clé d’accès est retirée."),
    "mfa/messages/recovery_codes_generated.txt": _("De nouveaux codes de secours sont prêts."),
}


class AccountAdapter(DefaultAccountAdapter):
    """allauth's account pages, in our words and with our letters."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé pour le moment."),
        "duplicate_email": _("C’est déjà l’adresse de votre compte."),
        "email_password_mismatch": _(
            "L’adresse et le mot de passe ne vont pas ensemble."
            " Vérifiez-les, ou choisissez un nouveau mot de passe."
        ),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_code": _("Ce code ne convient pas. Attendez le suivant, puis recopiez-le."),
        "incorrect_password": _("Ce n’est pas votre mot de passe."),
        "invalid_password_reset": _("Ce lien ne vaut plus."),
        "too_many_login_attempts": _("Trop d’essais de suite. Réessayez dans cinq minutes."),
        "rate_limited": _("Trop d’essais de suite. Réessayez dans cinq minutes."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of our letters instead of allauth's templates, in the language of the account."""
        member = Member.objects.filter(email__iexact=email).only("language").first()
        language = member.language if member else translation.get_language() or "fr"
        facts = {key: value for key, value in context.items() if isinstance(value, str)}
        notices.send(template_prefix, email, language, **facts)

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ) -> None:
        """Say allauth's messages in our words; the ones that we do not have are not said."""
        if not message and message_template in MESSAGES:
            message = str(MESSAGES[message_template]) % (message_context or {})
        super().add_message(request, level, None, None, extra_tags, message)

    def save_user(self, request: HttpRequest, user: Member, form, commit: bool = True) -> Member:
        """Make the member of a sign-up form: everything that was typed, and still waiting."""
        super().save_user(request, user, form, commit=False)
        form.fill(user)
        if commit:
            user.save()
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the home page, or to what is being waited for, in the language of the account."""
        with translation.override(request.user.language):
            return resolve_url("home" if request.user.is_validated else "people:waiting")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """After the first sign-in: what happens next."""
        return self.get_login_redirect_url(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Back to the door, in the language one was reading."""
        return resolve_url("home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile."""
        return resolve_url("people:profile")

    def get_email_verification_redirect_url(self, email_address) -> str:
        """Somebody who is signed in goes back to the profile; others sign in."""
        return resolve_url("people:profile" if self.request.user.is_authenticated else "account_login")

    def get_reauthentication_methods(self, user) -> list[dict]:
        """allauth's ways of proving again who one is, named in our words."""
        words = {
            "reauthenticate": _("Donner votre mot de passe"),
            "mfa_reauthenticate": _("Donner un code de votre application, ou un code de secours"),
            "mfa_reauthenticate:webauthn": _("Utiliser une clé d’accès"),
        }
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": str(words[method["id"]])} for method in methods]


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's two-step login, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Cette étape ne peut pas être retirée."),
        "cannot_generate_recovery_codes": _("Ajoutez d’abord une application ou une clé d’accès."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the square code as a bare `<svg>` element, to stand in the page itself: the content
        security policy allows no `data:` image.
        """
        return super().build_totp_svg(url).partition("?>\n")[2]

    def generate_authenticator_name(self, user: Member, type: str) -> str:
        """Propose a name for a new key: « Clé 1 », « Clé 2 »…"""
        count = user.authenticator_set.filter(type=type).count()
        return gettext("Clé %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER
