"""The lines of the matrix about questions and debates."""

# Forms that keep what is being written before they send a visitor to the login.
WRITTEN_THERE = {
    "forum:ask",
    *(f"forum:{name}" for name in ("open_debate", "debate_wording", "debate_position", "debate_argument")),
    *(f"forum:{name}" for name in ("add_position", "add_argument", "add_against")),
}

QUESTIONS = r"""
# questions
forum:questions                        GET  login wait 200   200   200   200   200   200   200
forum:questions                        POST login wait 405   405   405   405   405   405   405
forum:ask                              GET  login wait 200   200   200   200   200   200   200
forum:ask                              POST login wait 302   302   302   302   302   302   302
forum:similar                          GET  login wait 200   200   200   200   200   200   200
forum:similar                          POST login wait 405   405   405   405   405   405   405
forum:unanswered                       GET  login wait 302   302   302   302   302   302   302
forum:unanswered                       POST login wait 405   405   405   405   405   405   405
forum:my_questions                     GET  login wait 200   200   200   200   200   200   200
forum:my_questions                     POST login wait 405   405   405   405   405   405   405
forum:question/named                   GET  login wait 200   200   200   200   200   200   200
forum:question/named                   POST login wait 405   405   405   405   405   405   405
forum:question/quiet                   GET  login wait 200   200   200   200   200   200   200
forum:question/quiet                   POST login wait 405   405   405   405   405   405   405
forum:question/removed                 GET  login wait 200   404   404   404   404   200   404
forum:question/removed                 POST login wait 405   405   405   405   405   405   405
forum:question/unknown                 GET  login wait 404   404   404   404   404   404   404
forum:question/unknown                 POST login wait 405   405   405   405   405   405   405
forum:edit_question/named              GET  login wait 200   404   404   404   404   404   404
forum:edit_question/named              POST login wait 302   404   404   404   404   404   404
forum:edit_question/quiet              GET  login wait 404   404   404   404   404   404   404
forum:edit_question/quiet              POST login wait 404   404   404   404   404   404   404
forum:question_act/named               GET  login wait 405   405   405   405   405   405   405
forum:question_act/named               POST login wait 302   404   404   404   404   302   404
forum:withdraw_question/named          GET  login wait 200   404   404   404   404   404   404
forum:withdraw_question/named          POST login wait 302   404   404   404   404   404   404
forum:report_question/named            GET  login wait 404   200   200   200   200   200   200
forum:report_question/named            POST login wait 404   302   302   302   302   302   302
forum:appeal/removed                   GET  login wait 200   404   404   404   404   404   404
forum:appeal/removed                   POST login wait 302   404   404   404   404   404   404
forum:moderate_question/quiet          GET  login wait 403   403   403   403   403   200   403
forum:moderate_question/quiet          POST login wait 403   403   403   403   403   302   403
discussion:people/closed               GET  login wait 200   200   200   200   200   200   200
discussion:people/closed               POST login wait 405   405   405   405   405   405   405
discussion:people/archived             GET  login wait 404   404   404   404   404   404   404
discussion:people/archived             POST login wait 405   405   405   405   405   405   405
discussion:everybody                   GET  login wait 200   200   200   200   200   200   200
discussion:everybody                   POST login wait 405   405   405   405   405   405   405
discussion:write/quiet                 GET  login wait 200   200   200   200   200   200   200
discussion:write/quiet                 POST login wait 302   302   302   302   302   302   302

# debates
forum:debates                          GET  login wait 200   200   200   200   200   200   200
forum:debates                          POST login wait 405   405   405   405   405   405   405
forum:open_debate                      GET  login wait 200   200   200   200   200   200   200
forum:open_debate                      POST login wait 302   302   302   302   302   302   302
forum:debate/open                      GET  login wait 200   200   200   200   200   200   200
forum:debate/open                      POST login wait 405   405   405   405   405   405   405
forum:debate/unknown                   GET  login wait 404   404   404   404   404   404   404
forum:debate/unknown                   POST login wait 405   405   405   405   405   405   405
forum:debate_history/open              GET  login wait 200   200   200   200   200   200   200
forum:debate_history/open              POST login wait 302   302   302   302   302   302   302
forum:debate_state/open                GET  login wait 405   405   405   405   405   405   405
forum:debate_state/open                POST login wait 302   302   302   302   302   302   302
forum:debate_wording/open              GET  login wait 200   200   200   200   200   200   200
forum:debate_wording/open              POST login wait 302   302   302   302   302   302   302
forum:add_position/open                GET  login wait 200   200   200   200   200   200   200
forum:add_position/open                POST login wait 302   302   302   302   302   302   302
forum:debate_position/open             GET  login wait 200   200   200   200   200   200   200
forum:debate_position/open             POST login wait 302   302   302   302   302   302   302
forum:add_argument/open                GET  login wait 200   200   200   200   200   200   200
forum:add_argument/open                POST login wait 302   302   302   302   302   302   302
forum:add_against/open                 GET  login wait 200   200   200   200   200   200   200
forum:add_against/open                 POST login wait 302   302   302   302   302   302   302
forum:debate_argument/open             GET  login wait 200   200   200   200   200   200   200
forum:debate_argument/open             POST login wait 302   302   302   302   302   302   302
"""
