"""The lines of the matrix about Wagtail's admin: table.py was getting too long."""

ADMIN = r"""
# admin
wagtailadmin_home                      GET  login 403   403   403   403   403   200   200   200
wagtailadmin_explore                   GET  login 403   403   403   403   403   200   200   200
wagtailadmin_pages:edit/closed         GET  login 403   403   403   403   403   200   200   200
sheets:index                           GET  login 403   403   403   403   403   200   200   200
sheets:index                           POST login 403   403   403   403   403   405   405   405
sheets:index_results                   GET  login 403   403   403   403   403   200   200   200
sheets:index_results                   POST login 403   403   403   403   403   405   405   405
sheet_reports:overdue                  GET  login 403   403   403   403   403   200   200   200
sheet_reports:overdue                  POST login 403   403   403   403   403   405   405   405
sheet_reports:overdue_results          GET  login 403   403   403   403   403   200   200   200
sheet_reports:overdue_results          POST login 403   403   403   403   403   405   405   405
sheet_reports:unkept                   GET  login 403   403   403   403   403   200   200   200
sheet_reports:unkept                   POST login 403   403   403   403   403   405   405   405
sheet_reports:unkept_results           GET  login 403   403   403   403   403   200   200   200
sheet_reports:unkept_results           POST login 403   403   403   403   403   405   405   405
sheet_reports:waiting                  GET  login 403   403   403   403   403   200   200   200
sheet_reports:waiting                  POST login 403   403   403   403   403   405   405   405
sheet_reports:waiting_results          GET  login 403   403   403   403   403   200   200   200
sheet_reports:waiting_results          POST login 403   403   403   403   403   405   405   405
silent_needs:index                     GET  login 403   403   403   403   403   200   200   200
silent_needs:index                     POST login 403   403   403   403   403   405   405   405
silent_needs:results                   GET  login 403   403   403   403   403   200   200   200
silent_needs:results                   POST login 403   403   403   403   403   405   405   405
silent_needs:handle/told               GET  login 403   403   403   403   403   200   200   200
silent_needs:handle/told               POST login 403   403   403   403   403   302   302   302
silent_needs:handle/below              GET  login 403   403   403   403   403   302   302   302
silent_needs:handle/below              POST login 403   403   403   403   403   302   302   302
replace_word/theme                     GET  login 403   403   403   403   403   200   200   200
replace_word/theme                     POST login 403   403   403   403   403   200   200   200
try_concept                            GET  login 403   403   403   403   403   405   405   405
try_concept                            POST login 403   403   403   403   403   200   302   200
wagtail_bulk_action/add_word           GET  login 403   403   403   403   403   200   200   200
wagtailadmin_account                   GET  login 403   403   403   403   403   200   200   200
wagtailadmin_workflows:index           GET  login 403   403   403   403   403   302   302   200
wagtailsnippets_vocabulary_concept:list GET  login 403   403   403   403   403   200   302   200
wagtaildocs:index                      GET  login 403   403   403   403   403   200   200   200
wagtailimages:index                    GET  login 403   403   403   403   403   200   200   200
wagtailusers_users:index               GET  login 403   403   403   403   403   302   302   200
wagtailusers_groups:index              GET  login 403   403   403   403   403   302   302   200
wagtailsites:index                     GET  login 403   403   403   403   403   302   302   200
wagtailredirects:index                 GET  login 403   403   403   403   403   302   302   200
wagtaillocales:index                   GET  login 403   403   403   403   403   302   302   200

# doors
wagtailadmin_login                     GET  login login login login login login login login login
wagtailadmin_login                     POST login login login login login login login login login
^admin/password_reset/(?P<rest>.*)$    GET  login login login login login login login login login
^admin/password_reset/(?P<rest>.*)$    POST login login login login login login login login login
wagtailadmin_password_reset            GET  login login login login login login login login login
wagtailadmin_password_reset            POST login login login login login login login login login
wagtailcore_login                      GET  login login login login login login login login login
wagtailcore_login                      POST login login login login login login login login login
"""
