"""The lines of the matrix about what readers keep and what machines read: table.py was getting too long."""

LISTS = r"""
# the anonymisation gate
airlock:vouched                        GET  login wait  403   403   403   403   403   200   403
airlock:vouched                        POST login wait  403   403   403   403   403   404   403
# lists and filters
practices:filters                      GET  login wait  200   200   200   200   200   200   200
practices:filters                      POST login wait  405   405   405   405   405   405   405
practices:keep_filter                  GET  login wait  405   405   405   405   405   405   405
practices:keep_filter                  POST login wait  302   302   302   302   302   302   302
practices:feed_key                     GET  login wait  405   405   405   405   405   405   405
practices:feed_key                     POST login wait  302   302   302   302   302   302   302
practices:look_filter/filter           GET  login wait  302   404   404   404   404   404   404
practices:look_filter/filter           POST login wait  405   405   405   405   405   405   405
practices:rename_filter/filter         GET  login wait  405   405   405   405   405   405   405
practices:rename_filter/filter         POST login wait  302   404   404   404   404   404   404
practices:remove_filter/filter         GET  login wait  405   405   405   405   405   405   405
practices:remove_filter/filter         POST login wait  302   404   404   404   404   404   404
practices:lists                        GET  login wait  200   200   200   200   200   200   200
practices:lists                        POST login wait  302   302   302   302   302   302   302
practices:put_back                     GET  login wait  405   405   405   405   405   405   405
practices:put_back                     POST login wait  302   302   302   302   302   302   302
practices:shared_lists                 GET  login wait  200   200   200   200   200   200   200
practices:shared_lists                 POST login wait  405   405   405   405   405   405   405
practices:reading_list/own             GET  login wait  200   404   404   404   404   404   404
practices:reading_list/own             POST login wait  405   405   405   405   405   405   405
practices:reading_list/cpas            GET  login wait  200   404   200   404   404   404   404
practices:reading_list/cpas            POST login wait  405   405   405   405   405   405   405
practices:reading_list/members         GET  login wait  200   200   200   200   200   200   200
practices:reading_list/members         POST login wait  405   405   405   405   405   405   405
practices:change_list/members          GET  login wait  200   404   404   404   404   404   404
practices:change_list/members          POST login wait  302   404   404   404   404   404   404
practices:delete_list/members          GET  login wait  405   405   405   405   405   405   405
practices:delete_list/members          POST login wait  302   404   404   404   404   404   404
practices:list_item/members            GET  login wait  405   405   405   405   405   405   405
practices:list_item/members            POST login wait  302   404   404   404   404   404   404
practices:words                        GET  login wait  200   200   200   200   200   200   200
practices:words                        POST login wait  405   405   405   405   405   405   405
practices:keep_for_later/closed                  GET  login wait  200   200   200   200   200   200   200
practices:keep_for_later/closed                  POST login wait  302   302   302   302   302   302   302
practices:keep_for_later/archived                GET  login wait  404   404   404   404   404   404   404
practices:keep_for_later/archived                POST login wait  404   404   404   404   404   404   404
practices:useful/closed                GET  login wait  403   200   200   200   200   200   200
practices:useful/closed                POST login wait  403   302   302   302   302   302   302
practices:useful/archived              GET  login wait  404   404   404   404   404   404   404
practices:useful/archived              POST login wait  404   404   404   404   404   404   404
practices:take_back/closed             GET  login wait  405   405   405   405   405   405   405
practices:take_back/closed             POST login wait  302   302   302   302   302   302   302

# programs
api:tokens                             GET  login wait  200   200   200   200   200   200   200
api:tokens                             POST login wait  405   405   405   405   405   405   405
api:new_token                          GET  login wait  302   302   302   302   302   302   302
api:new_token                          POST login wait  302   302   302   302   302   302   302
api:revoke_token/token                 GET  login wait  405   405   405   405   405   405   405
api:revoke_token/token                 POST login wait  302   404   404   404   404   404   404
api:guide                              GET  200   200   200   200   200   200   200   200   200
api:guide                              POST 405   405   405   405   405   405   405   405   405
api_v1:door                            GET  302   302   302   302   302   302   302   302   302
api_v1:door                            POST 405   405   405   405   405   405   405   405   405
api_v1:openapi                         GET  200   200   200   200   200   200   200   200   200
api_v1:openapi                         POST 405   405   405   405   405   405   405   405   405
api_v1:search                          GET  401   200   200   200   200   200   200   200   200
api_v1:search                          POST 405   405   405   405   405   405   405   405   405
api_v1:import                          GET  405   405   405   405   405   405   405   405   405
api_v1:import                          POST 401   401   401   401   401   401   401   401   401
api_v1:nowhere                         GET  404   404   404   404   404   404   404   404   404
api_v1:nowhere                         POST 404   404   404   404   404   404   404   404   404

# machines
practices:feed                         GET  200   200   200   200   200   200   200   200   200
practices:feed                         POST 405   405   405   405   405   405   405   405   405
robots                                 GET  200   200   200   200   200   200   200   200   200
robots                                 POST 405   405   405   405   405   405   405   405   405
sitemap                                GET  200   200   200   200   200   200   200   200   200
sitemap                                POST 405   405   405   405   405   405   405   405   405

# searches
search:suggestions                     GET  200   200   200   200   200   200   200   200   200
search:suggestions                     POST 405   405   405   405   405   405   405   405   405
search:feed                            GET  200   200   200   200   200   200   200   200   200
search:feed                            POST 405   405   405   405   405   405   405   405   405
search:situation/shown                 GET  200   200   200   200   200   200   200   200   200
search:situation/shown                 POST 405   405   405   405   405   405   405   405   405
search:situation/unknown               GET  404   404   404   404   404   404   404   404   404
search:situation/unknown               POST 405   405   405   405   405   405   405   405   405
search:request_sheet                   GET  login wait  200   200   200   200   200   200   200
search:request_sheet                   POST login wait  302   302   302   302   302   302   302
search:follow                          GET  login wait  405   405   405   405   405   405   405
search:follow                          POST login wait  302   302   302   302   302   302   302
search:followed                        GET  login wait  200   200   200   200   200   200   200
search:followed                        POST login wait  405   405   405   405   405   405   405
search:pace                            GET  login wait  405   405   405   405   405   405   405
search:pace                            POST login wait  302   302   302   302   302   302   302
search:followed_key                    GET  login wait  405   405   405   405   405   405   405
search:followed_key                    POST login wait  302   302   302   302   302   302   302
search:restore                         GET  login wait  405   405   405   405   405   405   405
search:restore                         POST login wait  302   302   302   302   302   302   302
search:look/followed                   GET  login wait  302   404   404   404   404   404   404
search:look/followed                   POST login wait  405   405   405   405   405   405   405
search:stop_following/followed         GET  login wait  405   405   405   405   405   405   405
search:stop_following/followed         POST login wait  302   404   404   404   404   404   404
search:withdraw_request/wanted         GET  login wait  405   405   405   405   405   405   405
search:withdraw_request/wanted         POST login wait  302   404   404   404   404   404   404
"""
