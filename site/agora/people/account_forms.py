"""django-allauth's forms in our words: what they check stays allauth's, what they say is ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agora.vocabulary.models import Cpas, Function, Service

from . import fields, validators
from .models import Member

_PASSWORD_HINT = _("Au moins dix caractères. Une phrase se retient mieux qu’un mot.")
LABELS = {
    "login": _("Adresse professionnelle"),
    "email": _("Adresse professionnelle"),
    "password": _("Mot de passe"),
    "oldpassword": _("Mot de passe actuel"),
    "password1": _("Nouveau mot de passe"),
    "password2": _("Le même, encore une fois"),
    "remember": _("Rester connecté sur cet appareil"),
    "code": _("Code à six chiffres"),
    "name": _("Nom de la clé"),
    "passwordless": _("Me connecter avec cette clé seule, sans mot de passe"),
}
HINTS = {
    "password1": _PASSWORD_HINT,
    "remember": _("Pas sur un appareil partagé."),
    "name": _("Pour la reconnaître : « téléphone », « clé du bureau »…"),
    "passwordless": _("La clé vous demandera alors un code, votre doigt ou votre visage."),
}
LONGEST_PASSWORD = 1000


class InOurWords:
    """Gives a form of allauth our labels and hints, and no placeholder (face.md: labels are labels)."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.validators.append(forms.fields.validators.MaxLengthValidator(LONGEST_PASSWORD))


class LoginForm(InOurWords, account.LoginForm):
    """Address and password."""


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    """The address to which the link goes."""


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    """A new password, from the link."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """The present password and a new one."""


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    """A first password, for an account that has none."""


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    """The password, asked again before something that matters."""


class AsksForCode(InOurWords):
    """A field for a code of the application, or a recovery code."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code de votre application, ou code de secours")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AuthenticateForm(AsksForCode, second.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateWithCodeForm(AsksForCode, second.ReauthenticateForm):
    """The second step, asked again before something that matters."""


class ActivateTOTPForm(InOurWords, totp.ActivateTOTPForm):
    """The first code of a new application, to prove that it is well set."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


_UNKNOWN_KEY = _("Cette clé d’accès n’a pas été reconnue. Rien n’a été changé.")


class KeyField(forms.JSONField):
    """What a key answers, as the browser writes it (JSON)."""

    def __init__(self) -> None:
        messages = {"invalid": _UNKNOWN_KEY, "required": _UNKNOWN_KEY}
        super().__init__(widget=forms.HiddenInput, error_messages=messages)

    def to_python(self, value):
        """Read the JSON; ValidationError also for what is nested beyond reason."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(_UNKNOWN_KEY, code="invalid") from error

    def bound_data(self, data, initial):
        """What a key answered serves once: it never comes back with the form."""
        return ""

    def prepare_value(self, value) -> str:
        """Leave the field empty, for the browser to fill."""
        return ""


@contextmanager
def refusing_forgeries() -> Iterator[None]:
    """Say « this key is not known » of what no browser sends: the library that reads keys (fido2) raises
    whatever its parsing stumbles on, and allauth only expects a part of it.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, InvalidSignature, LookupError, TypeError, ValueError) as error:
        raise ValidationError(_UNKNOWN_KEY, code="unknown_key") from error
    except ValidationError as error:
        if getattr(error, "code", "") == "incorrect_code":
            raise ValidationError(_UNKNOWN_KEY, code="unknown_key") from error
        raise


class ReadsKey(forms.Form):
    """Reads what a key answers when somebody signs in with it."""

    credential = KeyField()

    def clean_credential(self):
        """Return the key, as allauth does; ValidationError for anything else."""
        with refusing_forgeries():
            return super().clean_credential()


class AuthenticateWebAuthnForm(ReadsKey, webauthn.AuthenticateWebAuthnForm):
    """The second step, by a key."""


class LoginWebAuthnForm(ReadsKey, webauthn.LoginWebAuthnForm):
    """Signing in by a key alone."""


class ReauthenticateWebAuthnForm(ReadsKey, webauthn.ReauthenticateWebAuthnForm):
    """The key, asked again before something that matters."""


class AddWebAuthnForm(InOurWords, webauthn.AddWebAuthnForm):
    """A new passkey or security key."""

    name = forms.CharField(max_length=60, required=False)
    credential = KeyField()

    def clean(self) -> dict:
        """Check what the new key answers; ValidationError for what no key answers."""
        with refusing_forgeries():
            return super().clean()


class EditWebAuthnForm(InOurWords, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    name = forms.CharField(max_length=60)


class AddEmailForm(InOurWords, account.AddEmailForm):
    """Another address: of one's own CPAS, or of the CPAS one is moving to."""

    def clean_email(self) -> str:
        """Take an address of the member's CPAS, or one of a CPAS that registered its domain."""
        address = super().clean_email()
        registered = [domain for cpas in Cpas.objects.all() for domain in validators.domains_of(cpas)]
        if not validators.is_within(validators.domain_of(address), registered):
            validators.check_professional(address, self.user.cpas)
        return address


class SignupForm(InOurWords, account.SignupForm):
    """A request to enter: who one is, where one works, and the charter."""

    first_name = fields.NameField(label=_("Prénom"), autocomplete="given-name")
    last_name = fields.NameField(label=_("Nom"), autocomplete="family-name")
    cpas = fields.ChoiceOf(Cpas, label=_("CPAS où vous travaillez"), empty_label=_("Choisissez"))
    function = fields.ChoiceOf(Function, label=_("Fonction"), empty_label=_("Choisissez"))
    service = fields.ChoiceOf(
        Service, label=_("Service"), empty_label=_("Je ne sais pas encore"), required=False
    )
    language = fields.LanguageField(label=_("Langue dans laquelle Agora vous parle"))
    charter = forms.BooleanField(
        label=_("J’ai lu la charte et je la suivrai"),
        error_messages={"required": _("Sans accord sur la charte, la demande ne peut pas partir.")},
    )

    field_order = [
        "first_name",
        "last_name",
        "cpas",
        "function",
        "service",
        "email",
        "password1",
        "language",
        "charter",
    ]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        self.fields["password1"].label = _("Choisissez un mot de passe")
        self.fields["email"].help_text = _("Un lien y sera envoyé pour confirmer que c’est la vôtre.")
        self.initial.setdefault("language", "nl" if (get_language() or "fr").startswith("nl") else "fr")

    def clean(self) -> dict:
        """Check that the address fits the CPAS, whoever may already have an account with it."""
        data = super().clean()
        if data.get("email") and data.get("cpas"):
            try:
                validators.check_professional(data["email"], data["cpas"])
            except ValidationError as error:
                self.add_error("email", error)
        return data

    def try_save(self, request: HttpRequest):
        """Save the request; somebody whose address has an account is not told so here, but by mail.

        Both ways take the same time: the password is hashed either way. Two posts at once are one.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)

    def fill(self, member: Member) -> None:
        """Write on an unsaved member what allauth does not know of."""
        for name in ("first_name", "last_name", "cpas", "function", "service", "language"):
            setattr(member, name, self.cleaned_data[name])
