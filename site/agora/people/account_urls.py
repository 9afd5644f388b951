"""django-allauth's pages that Agora uses, one by one, under addresses in the reader's language.

No namespace: allauth finds its pages by these names. What is not listed (social accounts, phones,
codes by mail, sign-up by passkey) is not there.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from . import doors

entrance = [
    path(_("connexion/"), account.login, name="account_login"),
    path(_("connexion/code/"), second.authenticate, name="mfa_authenticate"),
    path(_("connexion/cle/"), webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(_("deconnexion/"), account.logout, name="account_logout"),
    path(_("inscription/"), account.signup, name="account_signup"),
    path(_("ferme/"), account.account_inactive, name="account_inactive"),
]

addresses = [
    path(_("adresse/"), account.email, name="account_email"),
    path(_("adresse/a-confirmer/"), account.email_verification_sent, name="account_email_verification_sent"),
    path(
        _("adresse/confirmer/"),
        include([re_path(r"^(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email")]),
    ),
]

passwords = [
    path(_("mot-de-passe/"), account.password_change, name="account_change_password"),
    path(_("mot-de-passe/premier/"), account.password_set, name="account_set_password"),
    path(_("mot-de-passe/oublie/"), account.password_reset, name="account_reset_password"),
    path(_("mot-de-passe/oublie/envoye/"), account.password_reset_done, name="account_reset_password_done"),
    path(
        _("mot-de-passe/choisir/"),
        include(
            [
                re_path(
                    r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-\w]+)/$",
                    account.password_reset_from_key,
                    name="account_reset_password_from_key",
                )
            ]
        ),
    ),
    path(
        _("mot-de-passe/choisi/"),
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

again = [
    path(_("verification/"), account.reauthenticate, name="account_reauthenticate"),
    path(_("verification/code/"), second.reauthenticate, name="mfa_reauthenticate"),
    path(_("verification/cle/"), webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

second_step = [
    path(_("deux-etapes/"), second.index, name="mfa_index"),
    path(_("deux-etapes/application/"), totp.activate_totp, name="mfa_activate_totp"),
    path(_("deux-etapes/application/retirer/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("deux-etapes/secours/"), recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        _("deux-etapes/secours/nouveaux/"),
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        _("deux-etapes/secours/fichier/"),
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(_("deux-etapes/cles/"), webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(_("deux-etapes/cles/ajouter/"), webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(_("deux-etapes/cles/<int:pk>/"), webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(_("deux-etapes/cles/<int:pk>/retirer/"), webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

urlpatterns = [
    path(_("compte/"), include(entrance + addresses + passwords + again + second_step)),
    *doors.in_each_language,
]
