"""How people sign in and stay in: django-allauth, Wagtail's own doors. Why: docs/decisions/people.md."""

import os
from urllib.parse import urlsplit

from django.urls import reverse_lazy

_site = urlsplit(os.environ.get("SITE_URL", "http://localhost:8000"))

# --- Members and their sessions ---------------------------------------------------------------
AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["agora.people.backends.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
CSRF_FAILURE_VIEW = "agora.home.views.csrf_failed"
SITE_ID = 1
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
SESSION_ENGINE = "agora.people.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True

# --- One name, one door ----------------------------------------------------------------------
ACCOUNT_ADAPTER = "agora.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "agora.people.account_forms.LoginForm",
    "signup": "agora.people.account_forms.SignupForm",
    "add_email": "agora.people.account_forms.AddEmailForm",
    "change_password": "agora.people.account_forms.ChangePasswordForm",
    "set_password": "agora.people.account_forms.SetPasswordForm",
    "reset_password": "agora.people.account_forms.ResetPasswordForm",
    "reset_password_from_key": "agora.people.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "agora.people.account_forms.ReauthenticateForm",
}
ACCOUNT_SIGNUP_REDIRECT_URL = "people:waiting"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _site.scheme
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Agora] "

# --- The address is proved before anything else, and nobody learns who has an account ----------
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True  # one address; the new one counts once it is proved
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up, see allauth
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or key is told to its owner
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # A whole CPAS may share one address on the internet: the tight limit is per account.
    "login_failed": "30/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,3/10m/key",
}
# How many proxies of ours stand before the application; they write the caller's address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))

# --- Two-step login ----------------------------------------------------------------------------
MFA_ADAPTER = "agora.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "agora.people.account_forms.AuthenticateForm",
    "reauthenticate": "agora.people.account_forms.ReauthenticateWithCodeForm",
    "activate_totp": "agora.people.account_forms.ActivateTOTPForm",
    "authenticate_webauthn": "agora.people.account_forms.AuthenticateWebAuthnForm",
    "login_webauthn": "agora.people.account_forms.LoginWebAuthnForm",
    "reauthenticate_webauthn": "agora.people.account_forms.ReauthenticateWebAuthnForm",
    "add_webauthn": "agora.people.account_forms.AddWebAuthnForm",
    "edit_webauthn": "agora.people.account_forms.EditWebAuthnForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Agora CPAS·OCMW"
MFA_TOTP_TOLERANCE = 1  # half a minute of clock drift either way
# Signing in already asks for a proved address, so an address being changed need not block the keys.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers allow passkeys without TLS on localhost only; allauth has to be told.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _site.hostname == "localhost"
MFA_TRUST_ENABLED = False

# --- Wagtail's doors lead to ours (agora/people/doors.py) ---------------------------------------
WAGTAILADMIN_LOGIN_URL = reverse_lazy("account_login")
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
