"""The matrix: one line for each address and method, one column for each role.

200 the page · 302 the act is done, or another page is shown · login the visitor is sent to sign in ·
wait the waiting room, which says who validates · 403 not for this role · 404 not even its existence ·
405 not this method.
"""

from dataclasses import dataclass

from .table_of_admin import ADMIN
from .table_of_lists import LISTS
from .table_of_questions import QUESTIONS, WRITTEN_THERE
from .table_of_rooms import ROOMS
from .world import ROLES


@dataclass(frozen=True)
class Row:
    """What each role gets at one address, by one method."""

    label: str
    method: str
    expected: dict[str, str]


# What is open to visitors; everything else asks for an account.
PUBLIC = {
    "home",
    "api:guide",
    # For programs: these ask for the token themselves.
    "api_v1:door",
    "api_v1:openapi",
    "api_v1:search",
    "api_v1:import",
    "api_v1:nowhere",
    "practices:list",
    "robots",
    "sitemap",
    "practices:feed",
    "practices:sheet",
    "practices:pdf",
    "practices:family",
    "search:results",
    "directory:front",
    "directory:word",
    "search:suggestions",
    "search:feed",
    "search:situation",
    "wagtail_serve",
    # Wagtail's doors, which lead to ours.
    r"^admin/password_reset/(?P<rest>.*)$",
    "wagtailadmin_login",
    "wagtailcore_login",
    # Signing in and up.
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # These send a visitor to the login themselves, once they have kept what was being written.
    "practices:write",
    "practices:write_step",
    "practices:edit",
    "practices:adopt",
    "discussion:write",
    "discussion:reply",
    "drafts:autosave",
    # Decides by what carries the file; a script is answered that its session closed.
    "attachments:file",
    "attachments:receive",
} | WRITTEN_THERE
# Under /admin/, what does not ask for the right to be there.
ADMIN_DOORS = {r"^admin/password_reset/(?P<rest>.*)$", "wagtailadmin_login", "wagtailadmin_password_reset"}

TABLE = r"""
# accounts
account_login                          GET  200   302   302   302   302   302   302   302   302
account_login                          POST 200   302   302   302   302   302   302   302   302
mfa_authenticate                       GET  login 302   302   302   302   302   302   302   302
mfa_authenticate                       POST login 302   302   302   302   302   302   302   302
mfa_login_webauthn                     GET  login 302   302   302   302   302   302   302   302
mfa_login_webauthn                     POST login 302   302   302   302   302   302   302   302
account_logout                         GET  302   200   200   200   200   200   200   200   200
account_logout                         POST 302   302   302   302   302   302   302   302   302
account_signup                         GET  200   302   302   302   302   302   302   302   302
account_signup                         POST 200   302   302   302   302   302   302   302   302
account_inactive                       GET  200   200   200   200   200   200   200   200   200
account_inactive                       POST 405   405   405   405   405   405   405   405   405
account_email                          GET  login 200   200   200   200   200   200   200   200
account_email                          POST login 302   302   302   302   302   302   302   302
account_email_verification_sent        GET  200   200   200   200   200   200   200   200   200
account_email_verification_sent        POST 405   405   405   405   405   405   405   405   405
account_confirm_email                  GET  200   200   200   200   200   200   200   200   200
account_confirm_email                  POST 404   404   404   404   404   404   404   404   404
account_change_password                GET  login 200   200   200   200   200   200   200   200
account_change_password                POST login 200   200   200   200   200   200   200   200
account_set_password                   GET  login 302   302   302   302   302   302   302   302
account_set_password                   POST login 302   302   302   302   302   302   302   302
account_reset_password                 GET  200   200   200   200   200   200   200   200   200
account_reset_password                 POST 200   200   200   200   200   200   200   200   200
account_reset_password_done            GET  200   200   200   200   200   200   200   200   200
account_reset_password_done            POST 405   405   405   405   405   405   405   405   405
account_reset_password_from_key        GET  200   200   200   200   200   200   200   200   200
account_reset_password_from_key        POST 200   200   200   200   200   200   200   200   200
account_reset_password_from_key_done   GET  200   200   200   200   200   200   200   200   200
account_reset_password_from_key_done   POST 405   405   405   405   405   405   405   405   405
account_reauthenticate                 GET  login 200   200   200   200   200   200   200   200
account_reauthenticate                 POST login 200   200   200   200   200   200   200   200
mfa_reauthenticate                     GET  login 302   302   302   302   302   200   200   200
mfa_reauthenticate                     POST login 302   302   302   302   302   200   200   200
mfa_reauthenticate_webauthn            GET  login 302   302   302   302   302   302   302   302
mfa_reauthenticate_webauthn            POST login 302   302   302   302   302   302   302   302
mfa_index                              GET  login 200   200   200   200   200   200   200   200
mfa_index                              POST login 405   405   405   405   405   405   405   405
mfa_activate_totp                      GET  login 302   302   302   302   302   302   302   302
mfa_activate_totp                      POST login 302   302   302   302   302   302   302   302
mfa_deactivate_totp                    GET  login 404   404   404   404   404   302   302   302
mfa_deactivate_totp                    POST login 404   404   404   404   404   302   302   302
mfa_view_recovery_codes                GET  login 404   404   404   404   404   404   404   404
mfa_view_recovery_codes                POST login 405   405   405   405   405   405   405   405
mfa_generate_recovery_codes            GET  login 302   302   302   302   302   302   302   302
mfa_generate_recovery_codes            POST login 302   302   302   302   302   302   302   302
mfa_download_recovery_codes            GET  login 404   404   404   404   404   404   404   404
mfa_download_recovery_codes            POST login 404   404   404   404   404   404   404   404
mfa_list_webauthn                      GET  login 200   200   200   200   200   200   200   200
mfa_list_webauthn                      POST login 405   405   405   405   405   405   405   405
mfa_add_webauthn                       GET  login 302   302   302   302   302   302   302   302
mfa_add_webauthn                       POST login 302   302   302   302   302   302   302   302
mfa_edit_webauthn                      GET  login 302   302   302   302   302   302   302   302
mfa_edit_webauthn                      POST login 302   302   302   302   302   302   302   302
mfa_remove_webauthn                    GET  login 302   302   302   302   302   302   302   302
mfa_remove_webauthn                    POST login 302   302   302   302   302   302   302   302

# people
people:profile                         GET  login 200   200   200   200   200   200   200   200
people:profile                         POST login 200   200   200   200   200   200   200   200
people:edit_profile                    GET  login 200   200   200   200   200   200   200   200
people:edit_profile                    POST login 200   200   200   200   200   200   200   200
people:change_cpas                     GET  login 200   200   200   200   200   200   200   200
people:change_cpas                     POST login 200   200   200   200   200   200   200   200
people:waiting                         GET  login 200   302   302   302   302   302   302   302
people:waiting                         POST login 200   302   302   302   302   302   302   302
people:member/worker             GET  login wait  200   200   200   200   200   200   200
people:member/worker             POST login wait  200   200   200   200   200   200   200
people:member/newcomer                 GET  login wait  404   404   404   404   404   404   404
people:member/newcomer                 POST login wait  404   404   404   404   404   404   404
people:suspend/worker            GET  login wait  404   404   200   404   404   200   200
people:suspend/worker                  POST login wait  404   404   302   404   404   302   302
people:requests                        GET  login wait  404   404   200   404   404   200   200
people:requests                        POST login wait  404   404   200   404   404   200   200
people:accept/newcomer                 GET  login wait  405   405   405   405   405   405   405
people:accept/newcomer                 POST login wait  404   404   302   404   404   404   404
people:refuse/newcomer                 GET  login wait  404   404   200   404   404   404   404
people:refuse/newcomer                 POST login wait  404   404   302   404   404   404   404
people:reopen/accepted                 GET  login wait  405   405   405   405   405   405   405
people:reopen/accepted                 POST login wait  404   404   302   404   404   404   404

# reading
wagtaildocs_serve                      GET  login 404   404   404   404   404   404   404   404
wagtaildocs_serve                      POST login 404   404   404   404   404   404   404   404
wagtaildocs_authenticate_with_password GET  login 302   302   302   302   302   302   302   302
wagtaildocs_authenticate_with_password POST login 302   302   302   302   302   302   302   302
home                                   GET  200   200   200   200   200   200   200   200   200
home                                   POST 200   200   200   200   200   200   200   200   200
practices:list                         GET  200   200   200   200   200   200   200   200   200
practices:list                         POST 405   405   405   405   405   405   405   405   405
practices:sheet/showcase               GET  200   200   200   200   200   200   200   200   200
practices:sheet/showcase               POST 405   405   405   405   405   405   405   405   405
practices:sheet/closed                 GET  404   404   200   200   200   200   200   200   200
practices:sheet/closed                 POST 405   405   405   405   405   405   405   405   405
practices:sheet/archived               GET  404   404   404   404   404   404   404   404   404
practices:sheet/archived               POST 405   405   405   405   405   405   405   405   405
practices:sheet/unknown                GET  404   404   404   404   404   404   404   404   404
practices:sheet/unknown                POST 405   405   405   405   405   405   405   405   405
practices:pdf/showcase                 GET  200   200   200   200   200   200   200   200   200
practices:pdf/showcase                 POST 405   405   405   405   405   405   405   405   405
practices:pdf/closed                   GET  404   404   200   200   200   200   200   200   200
practices:pdf/closed                   POST 405   405   405   405   405   405   405   405   405
practices:pdf/archived                 GET  404   404   404   404   404   404   404   404   404
practices:pdf/archived                 POST 405   405   405   405   405   405   405   405   405
practices:history/showcase             GET  login wait  200   200   200   200   200   200   200
practices:history/showcase             POST login wait  405   405   405   405   405   405   405
practices:history/closed               GET  login wait  200   200   200   200   200   200   200
practices:history/closed               POST login wait  405   405   405   405   405   405   405
practices:history/archived             GET  login wait  404   404   404   404   404   404   404
practices:history/archived             POST login wait  405   405   405   405   405   405   405
practices:version/closed               GET  login wait  200   200   200   200   200   200   200
practices:version/closed               POST login wait  405   405   405   405   405   405   405
practices:version/archived             GET  login wait  404   404   404   404   404   404   404
practices:version/archived             POST login wait  405   405   405   405   405   405   405
practices:compare/rewritten            GET  login wait  200   200   200   200   200   200   200
practices:compare/rewritten            POST login wait  405   405   405   405   405   405   405
practices:compare/archived             GET  login wait  404   404   404   404   404   404   404
practices:compare/archived             POST login wait  405   405   405   405   405   405   405
practices:restore/rewritten            GET  login wait  200   200   200   200   200   200   200
practices:restore/rewritten            POST login wait  302   302   302   302   302   302   302
practices:restore/archived             GET  login wait  404   404   404   404   404   404   404
practices:restore/archived             POST login wait  404   404   404   404   404   404   404
search:results                         GET  200   200   200   200   200   200   200   200   200
search:results                         POST 405   405   405   405   405   405   405   405   405
wagtail_serve/help                     GET  200   200   200   200   200   200   200   200   200
wagtail_serve/help                     POST 200   200   200   200   200   200   200   200   200
wagtail_serve/catalogue                GET  200   200   200   200   200   200   200   200   200
wagtail_serve/catalogue                POST 405   405   405   405   405   405   405   405   405
wagtail_serve/unknown                  GET  404   404   404   404   404   404   404   404   404
wagtail_serve/unknown                  POST 404   404   404   404   404   404   404   404   404

# writing
practices:write                        GET  login wait  200   200   200   200   200   200   200
practices:write                        POST login wait  302   302   302   302   302   302   302
practices:similar                      GET  login wait  200   200   200   200   200   200   200
practices:similar                      POST login 405   405   405   405   405   405   405   405
practices:write_step/draft             GET  login wait  200   404   404   404   404   404   404
practices:write_step/draft             POST login wait  302   404   404   404   404   404   404
practices:write_step/change            GET  login wait  200   404   404   404   404   404   404
practices:write_step/change            POST login wait  302   404   404   404   404   404   404
practices:conflict/change              GET  login wait  302   404   404   404   404   404   404
practices:conflict/change              POST login 405   405   405   405   405   405   405   405
practices:decide/change                GET  login 405   405   405   405   405   405   405   405
practices:decide/change                POST login wait  302   404   404   404   404   404   404
practices:edit/closed                  GET  login wait  200   302   200   200   200   200   200
practices:edit/closed                  POST login wait  302   302   302   302   302   302   302
practices:edit/archived                GET  login wait  404   404   404   404   404   404   404
practices:edit/archived                POST login wait  404   404   404   404   404   404   404
practices:import_word                  GET  login wait  200   200   200   200   200   200   200
practices:import_word                  POST login wait  400   400   400   400   400   400   400
practices:word_report/word             GET  login wait  200   404   404   404   404   404   404
practices:word_report/word             POST login 405   405   405   405   405   405   405   405
practices:grow/closed                  GET  login 405   405   405   405   405   405   405   405
practices:grow/closed                  POST login wait  302   302   302   302   302   302   302
practices:grow/archived                GET  login 405   405   405   405   405   405   405   405
practices:grow/archived                POST login wait  404   404   404   404   404   404   404
drafts:list                            GET  login wait  200   200   200   200   200   200   200
drafts:list                            POST login 405   405   405   405   405   405   405   405
drafts:autosave                        GET  405   405   405   405   405   405   405   405   405
drafts:autosave                        POST 401   403   200   200   200   200   200   200   200
drafts:discard/draft                   GET  login wait  200   404   404   404   404   404   404
drafts:discard/draft                   POST login wait  302   404   404   404   404   404   404
drafts:restore/discarded               GET  login 405   405   405   405   405   405   405   405
drafts:restore/discarded               POST login wait  302   404   404   404   404   404   404
attachments:receive                    GET  405   405   405   405   405   405   405   405   405
attachments:receive                    POST 401   403   201   201   201   201   201   201   201
attachments:file/closed                GET  404   404   200   200   200   200   200   200   200
attachments:file/closed                POST 405   405   405   405   405   405   405   405   405
attachments:file/showcase              GET  200   200   200   200   200   200   200   200   200
attachments:file/showcase              POST 405   405   405   405   405   405   405   405   405
attachments:file/past                  GET  404   404   200   200   200   200   200   200   200
attachments:file/past                  POST 405   405   405   405   405   405   405   405   405
attachments:file/archived              GET  404   404   200   404   404   404   404   404   404
attachments:file/archived              POST 405   405   405   405   405   405   405   405   405
attachments:file/drafted               GET  404   404   200   404   404   404   404   404   404
attachments:file/drafted               POST 405   405   405   405   405   405   405   405   405
attachments:file/proposed              GET  404   404   200   200   404   404   404   200   404
attachments:file/proposed              POST 405   405   405   405   405   405   405   405   405
attachments:withdraw/closed            GET  login wait  200   403   403   403   403   200   403
attachments:withdraw/closed            POST login wait  302   403   403   403   403   302   403
attachments:withdraw/drafted           GET  login wait  200   404   404   404   404   404   404
attachments:withdraw/drafted           POST login wait  302   404   404   404   404   404   404
richtext:paste                         GET  login 405   405   405   405   405   405   405   405
richtext:paste                         POST login 403   200   200   200   200   200   200   200

# saying what one's CPAS does with a practice
practices:adopt/closed                 GET  login wait  200   200   200   200   403   200   403
practices:adopt/closed                 POST login wait  302   302   302   302   403   200   403
practices:adopt/showcase               GET  login wait  200   200   200   200   403   200   403
practices:adopt/showcase               POST login wait  302   302   302   302   403   200   403
practices:adopt/archived               GET  login wait  404   404   404   404   404   404   404
practices:adopt/archived               POST login wait  404   404   404   404   404   404   404
practices:advance/closed               GET  login 405   405   405   405   405   405   405   405
practices:advance/closed               POST login wait  302   403   403   403   403   302   403
practices:advance/archived             GET  login 405   405   405   405   405   405   405   405
practices:advance/archived             POST login wait  404   404   404   404   404   404   404
practices:adapt/closed                 GET  login wait  200   200   200   200   403   403   403
practices:adapt/closed                 POST login wait  302   302   302   302   403   403   403
practices:adapt/archived               GET  login wait  404   404   404   404   404   404   404
practices:adapt/archived               POST login wait  404   404   404   404   404   404   404
practices:mirror/closed                GET  login wait  200   200   200   200   200   200   200
practices:mirror/closed                POST login 405   405   405   405   405   405   405   405
practices:mirror/archived              GET  login wait  404   404   404   404   404   404   404
practices:mirror/archived              POST login 405   405   405   405   405   405   405   405
practices:context/forest               GET  login wait  200   200   200   200   200   200   200
practices:context/forest               POST login wait  302   403   302   403   403   302   403
practices:context/unknown              GET  login wait  404   404   404   404   404   404   404
practices:context/unknown              POST login wait  404   404   404   404   404   404   404
practices:family/showcase              GET  200   200   200   200   200   200   200   200   200
practices:family/showcase              POST 405   405   405   405   405   405   405   405   405
practices:family/closed                GET  404   404   200   200   200   200   200   200   200
practices:family/closed                POST 405   405   405   405   405   405   405   405   405
practices:family/archived              GET  404   404   404   404   404   404   404   404   404
practices:family/archived              POST 405   405   405   405   405   405   405   405   405

# keeping
practices:overdue                      GET  login wait  200   200   200   200   200   200   200
practices:overdue                      POST login 405   405   405   405   405   405   405   405
practices:keeping                      GET  login wait  200   200   200   200   200   200   200
practices:keeping                      POST login 405   405   405   405   405   405   405   405
practices:unkept                       GET  login wait  200   200   200   200   200   200   200
practices:unkept                       POST login 405   405   405   405   405   405   405   405
practices:keep/closed                  GET  login wait  200   403   403   403   200   200   403
practices:keep/closed                  POST login wait  302   403   403   403   403   302   403
practices:keep/archived                GET  login wait  200   404   404   404   404   200   404
practices:keep/archived                POST login wait  302   404   404   404   404   302   404
practices:keep/unknown                 GET  login wait  404   404   404   404   404   404   404
practices:confirm/closed               GET  login 405   405   405   405   405   405   405   405
practices:confirm/closed               POST login wait  302   403   403   403   403   302   403
practices:confirm/archived             POST login wait  404   404   404   404   404   404   404
practices:take_over/closed             GET  login 405   405   405   405   405   405   405   405
practices:take_over/closed             POST login wait  302   302   302   302   302   302   302
practices:take_over/archived           POST login wait  404   404   404   404   404   404   404
practices:archive/closed               GET  login wait  200   403   403   403   403   200   403
practices:archive/closed               POST login wait  302   403   403   403   403   302   403
practices:archive/archived             GET  login wait  404   404   404   404   404   404   404

# two languages
practices:translate/closed             GET  login 405   405   405   405   405   405   405   405
practices:translate/closed             POST login wait  302   302   302   302   302   302   302
practices:translate/archived           POST login wait  404   404   404   404   404   404   404
practices:other_language/sister        GET  login wait  200   200   200   200   200   200   200
practices:other_language/sister        POST login wait  302   302   302   302   302   302   302
practices:other_language/closed        GET  login wait  404   404   404   404   404   404   404
practices:other_language/archived      GET  login wait  404   404   404   404   404   404   404

# proposals
practices:proposals                    GET  login wait  200   200   200   200   200   200   200
practices:proposals                    POST login 405   405   405   405   405   405   405   405
practices:proposal/proposal            GET  login wait  200   200   404   404   404   200   404
practices:proposal/proposal            POST login 405   405   405   405   405   405   405   405
practices:proposal_accept/proposal     GET  login 405   405   405   405   405   405   405   405
practices:proposal_accept/proposal     POST login wait  302   302   404   404   404   302   404
practices:proposal_amend/proposal      GET  login 405   405   405   405   405   405   405   405
practices:proposal_amend/proposal      POST login wait  302   302   404   404   404   302   404
practices:proposal_decline/proposal    GET  login 405   405   405   405   405   405   405   405
practices:proposal_decline/proposal    POST login wait  302   200   404   404   404   302   404
practices:proposal_change/proposal     GET  login 405   405   405   405   405   405   405   405
practices:proposal_change/proposal     POST login wait  302   302   404   404   404   302   404
practices:proposal_withdraw/proposal   GET  login 405   405   405   405   405   405   405   405
practices:proposal_withdraw/proposal   POST login wait  302   302   404   404   404   302   404
practices:proposal_seen/proposal       GET  login 405   405   405   405   405   405   405   405
practices:proposal_seen/proposal       POST login wait  302   302   404   404   404   302   404

# talking
discussion:write/closed                GET  login wait  200   200   200   200   200   200   200
discussion:write/closed                POST login wait  302   302   302   302   302   302   302
discussion:write/showcase              GET  login wait  200   200   200   200   200   200   200
discussion:write/showcase              POST login wait  302   302   302   302   302   302   302
discussion:useful/closed               GET  login wait  302   302   302   302   302   302   302
discussion:useful/closed               POST login wait  302   302   302   302   302   302   302
discussion:reply                       GET  login wait  200   200   200   200   200   200   200
discussion:reply                       POST login wait  302   302   302   302   302   302   302
discussion:edit                        GET  login wait  200   403   403   403   403   403   403
discussion:edit                        POST login wait  302   403   403   403   403   403   403
discussion:withdraw                    GET  login wait  200   403   403   403   403   403   403
discussion:withdraw                    POST login wait  302   403   403   403   403   403   403
discussion:report                      GET  login wait  403   200   200   200   200   200   200
discussion:report                      POST login wait  403   200   200   200   200   200   200
discussion:appeal                      GET  login wait  404   404   404   404   404   404   404
discussion:appeal                      POST login wait  404   404   404   404   404   404   404
discussion:moderate                    GET  login wait  403   403   403   403   403   200   403
discussion:moderate                    POST login wait  403   403   403   403   403   200   403
discussion:reports                     GET  login wait  403   403   403   403   403   200   403
discussion:reports                     POST login wait  403   403   403   403   403   200   403

# the directory
directory:word/theme                   GET  200   200   200   200   200   200   200   200   200
directory:word/theme                   POST 405   405   405   405   405   405   405   405   405
directory:word/cpas                    GET  200   200   200   200   200   200   200   200   200
directory:word/cpas                    POST 405   405   405   405   405   405   405   405   405
directory:word/hidden                  GET  404   404   404   404   404   404   404   404   404
directory:word/hidden                  POST 405   405   405   405   405   405   405   405   405
directory:word/unknown                 GET  404   404   404   404   404   404   404   404   404
directory:word/unknown                 POST 405   405   405   405   405   405   405   405   405
directory:front                        GET  200   200   200   200   200   200   200   200   200
directory:front                        POST 405   405   405   405   405   405   405   405   405
"""


def parse(table: str) -> dict[str, list[Row]]:
    """Read the table, one block of lines under each « # heading »; a line of the wrong length is an error."""
    blocks: dict[str, list[Row]] = {}
    for line in filter(None, map(str.strip, table.splitlines())):
        if line.startswith("#"):
            rows = blocks[line.removeprefix("# ")] = []
            continue
        label, method, *codes = line.split()
        rows.append(Row(label, method, dict(zip(ROLES, codes, strict=True))))
    return blocks


BLOCKS = parse(TABLE + LISTS + ROOMS + QUESTIONS + ADMIN)
ROWS = [row for rows in BLOCKS.values() for row in rows]
