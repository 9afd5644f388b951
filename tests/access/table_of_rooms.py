"""The lines of the matrix about rooms: `member` leads one, `colleague` sits there, `mentor` is invited."""

ROOMS = r"""
# what stands around a sheet
practices:around/closed                GET  login wait  200   200   200   200   200   200   200
practices:around/closed                POST login wait  405   405   405   405   405   405   405
practices:around/archived              GET  login wait  404   404   404   404   404   404   404
practices:around/archived              POST login wait  405   405   405   405   405   405   405

# rooms: outside, none exists
forum:rooms                            GET  login wait  200   200   200   200   200   200   200
forum:rooms                            POST login wait  405   405   405   405   405   405   405
forum:open_room                        GET  login wait  200   200   200   200   200   200   200
forum:open_room                        POST login wait  200   200   200   200   200   200   200
forum:search                           GET  login wait  200   200   200   200   200   200   200
forum:search                           POST login wait  200   200   200   200   200   200   200
forum:demands                          GET  login wait  404   404   404   404   404   200   200
forum:demands                          POST login wait  404   404   404   404   404   200   200
forum:key/access                       GET  login wait  405   405   405   405   405   405   405
forum:key/access                       POST login wait  404   404   404   404   404   302   404
forum:room/room                        GET  login wait  200   200   404   302   404   404   404
forum:room/room                        POST login wait  405   405   405   405   405   405   405
forum:door/room                        GET  login wait  404   404   404   200   404   404   404
forum:door/room                        POST login wait  404   404   404   302   404   404   404
forum:people/room                      GET  login wait  200   200   404   404   404   404   404
forum:people/room                      POST login wait  422   404   404   404   404   404   404
forum:role/seat                        GET  login wait  405   405   405   405   405   405   405
forum:role/seat                        POST login wait  302   404   404   404   404   404   404
forum:start/room                       GET  login wait  405   405   405   405   405   405   405
forum:start/room                       POST login wait  404   404   404   404   404   404   404
forum:move/room                        GET  login wait  405   405   405   405   405   405   405
forum:move/room                        POST login wait  302   404   404   404   404   404   404
forum:beat/room                        GET  login wait  200   200   404   404   404   404   404
forum:beat/room                        POST login wait  405   405   405   405   405   405   405
forum:write/room                       GET  login wait  405   405   405   405   405   405   405
forum:write/room                       POST login wait  422   302   404   404   404   404   404
forum:draft/room                       GET  login wait  405   405   405   405   405   405   405
forum:draft/room                       POST login wait  200   200   404   404   404   404   404
forum:text/text                        GET  login wait  200   404   404   404   404   404   404
forum:text/text                        POST login wait  302   404   404   404   404   404   404
forum:files/text                       GET  login wait  200   404   404   404   404   404   404
forum:files/text                       POST login wait  422   404   404   404   404   404   404
forum:file/file                        GET  login wait  200   200   404   404   404   404   404
forum:file/file                        POST login wait  405   405   405   405   405   405   405
forum:looked/vouch                     GET  login wait  405   405   405   405   405   405   405
forum:looked/vouch                     POST login wait  302   404   404   404   404   404   404
forum:reading/reading                  GET  login wait  404   200   404   404   404   404   404
forum:reading/reading                  POST login wait  404   422   404   404   404   404   404
forum:reread/reading                   GET  login wait  405   405   405   405   405   405   405
forum:reread/reading                   POST login wait  404   404   404   404   404   404   404
forum:journal/room                     GET  login wait  200   200   404   404   404   404   404
forum:journal/room                     POST login wait  405   405   405   405   405   405   405
forum:leave/room                       GET  login wait  200   200   404   404   404   404   404
forum:leave/room                       POST login wait  200   200   404   404   404   404   404
forum:close/room                       GET  login wait  200   404   404   404   404   404   404
forum:close/room                       POST login wait  302   404   404   404   404   404   404
forum:deal/room                        GET  login wait  405   405   405   405   405   405   405
forum:deal/room                        POST login wait  404   404   404   404   404   404   404
forum:board/room                       GET  login wait  200   200   404   404   404   404   404
forum:board/room                       POST login wait  200   200   404   404   404   404   404
forum:card/card                        GET  login wait  405   405   405   405   405   405   405
forum:card/card                        POST login wait  404   404   404   404   404   404   404
forum:side/side                        GET  login wait  404   404   404   404   404   404   404
forum:side/side                        POST login wait  404   404   404   404   404   404   404
forum:perspectives/room                GET  login wait  200   200   404   404   404   404   404
forum:perspectives/room                POST login wait  422   422   404   404   404   404   404
forum:perspective/plan                 GET  login wait  200   200   404   404   404   404   404
forum:perspective/plan                 POST login wait  200   200   404   404   404   404   404
forum:synthesis/room                   GET  login wait  200   200   404   404   404   404   404
forum:synthesis/room                   POST login wait  404   404   404   404   404   404   404
forum:decide/room                      GET  login wait  405   405   405   405   405   405   405
forum:decide/room                      POST login wait  404   404   404   404   404   404   404
forum:visit/room                       GET  login wait  404   404   404   404   404   404   404
forum:visit/room                       POST login wait  405   405   405   405   405   405   405
"""
