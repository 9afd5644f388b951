"""The open question that the home page offers to answer."""

from agora.discussion.actions import withdraw_comment
from agora.discussion.questions import open_question_for
from agora.people.models import Member

from .factories import make_message


def test_the_newest_unanswered_question_of_somebody_else_is_offered(practice, member, colleague):
    make_message(practice, member, "Une remarque.")
    asked = make_message(practice, member, "Bonjour. Qui l’a fait avec un interprète ?")
    question = open_question_for(colleague)
    assert question.url.endswith(f"#c{asked.pk}")
    assert question.name == "Samira B."
    assert open_question_for(member) is None
    make_message(practice, colleague, "Nous.", parent=asked)
    assert open_question_for(colleague) is None


def test_no_question_of_who_left_or_under_a_page_that_is_gone(practice, member, colleague):
    asked = make_message(practice, member, "Qui d’autre ?")
    Member.objects.filter(pk=member.pk).update(status="left")
    assert open_question_for(colleague) is None
    Member.objects.filter(pk=member.pk).update(status="active")
    assert open_question_for(colleague)
    practice.unpublish()
    assert open_question_for(colleague) is None
    withdraw_comment(member, asked)
    assert open_question_for(colleague) is None
