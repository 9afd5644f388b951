"""What can be done with a message, by whom, and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django_comments.models import CommentFlag
from django_comments_xtd.models import XtdComment

from agora.discussion.actions import (
    RATE,
    edit_comment,
    import_comment,
    moderate_comment,
    post_comment,
    report_comment,
    toggle_useful,
    withdraw_comment,
)
from agora.discussion.models import Decision, Report, Standing
from tests.practices.factories import make_practice

from .factories import SECRET, make_message


def fresh(message: XtdComment) -> XtdComment:
    """Return a message as the database has it."""
    return XtdComment.objects.select_related("standing").get(pk=message.pk)


def test_a_message_is_kept_as_typed_and_nothing_of_its_author_is_copied(practice, colleague):
    message = fresh(
        post_comment(colleague, practice, "  Deux lignes,\r\nun <b>mot</b>\x00 & c’est tout.\n\n")
    )
    assert message.comment == "Deux lignes,\nun <b>mot</b> & c’est tout."
    assert (message.user, message.object_pk, message.level) == (colleague, str(practice.pk), 0)
    assert (message.user_name, message.user_email, message.user_url, message.ip_address) == ("", "", "", None)
    assert message.site.domain == "localhost:8000"


def test_answers_to_answers_join_the_same_thread(practice, message, member, colleague):
    answer = make_message(practice, colleague, "Une réponse", parent=message)
    second = make_message(practice, member, "Une réponse à la réponse", parent=answer)
    assert [(fresh(m).level, fresh(m).parent_id) for m in (answer, second)] == [(1, message.pk)] * 2


def test_nobody_answers_under_another_sheet_or_a_message_that_is_gone(practice, message, member, colleague):
    elsewhere = make_practice(by=member)
    with pytest.raises(ValidationError, match="vient d’être retiré"):
        post_comment(colleague, elsewhere, "Perdu", parent=message)
    withdraw_comment(member, message)
    with pytest.raises(ValidationError, match="vient d’être retiré"):
        post_comment(colleague, practice, "Trop tard", parent=message)
    assert XtdComment.objects.count() == 1


def test_the_same_text_twice_is_one_message(practice, colleague, member):
    first = post_comment(colleague, practice, "Un double clic")
    assert post_comment(colleague, practice, "Un double clic\n") == first
    answer = post_comment(colleague, practice, "Un double clic", parent=first)
    assert post_comment(colleague, practice, "Un double clic", parent=first) == answer
    assert post_comment(member, practice, "Un double clic") not in (first, answer)
    withdraw_comment(colleague, first)
    assert post_comment(colleague, practice, "Un double clic") != first
    assert XtdComment.objects.count() == 4


def test_the_same_text_later_is_another_message(practice, colleague):
    first = make_message(practice, colleague, "Encore d’accord", minutes_ago=11)
    assert post_comment(colleague, practice, "Encore d’accord") != first


def test_ten_messages_a_minute_are_enough(practice, colleague, member):
    for number in range(RATE):
        post_comment(colleague, practice, f"Message {number}")
    with pytest.raises(ValidationError) as refusal:
        post_comment(colleague, practice, "Un de trop")
    assert refusal.value.code == "too_fast"
    assert post_comment(member, practice, "Quelqu’un d’autre écrit").pk
    XtdComment.norel_objects.filter(user=colleague).update(submit_date=timezone.now() - timedelta(seconds=61))
    assert post_comment(colleague, practice, "Un de trop").pk


@pytest.mark.parametrize("who", ["pending", "left"])
def test_only_members_write(who, practice, pending, make_member):
    writer = pending if who == "pending" else make_member(status="left")
    with pytest.raises(PermissionDenied):
        post_comment(writer, practice, "Je passe")
    assert not XtdComment.objects.exists()


def test_an_author_corrects_within_fifteen_minutes(practice, colleague, member):
    message = make_message(practice, colleague, "Une fotte", minutes_ago=14)
    answer = make_message(practice, member, "Vu", parent=message)
    edit_comment(colleague, message, "Une faute")
    assert fresh(message).comment == "Une faute"
    assert fresh(message).standing.edited_at
    assert fresh(message).nested_count == 1
    assert fresh(answer).is_public


def test_an_unchanged_text_is_not_marked_as_edited(practice, colleague):
    message = make_message(practice, colleague, "Tel quel")
    edit_comment(colleague, message, "Tel quel ")
    assert not Standing.objects.exists()


def test_after_fifteen_minutes_the_text_stays(practice, colleague):
    message = make_message(practice, colleague, "Une fotte", minutes_ago=16)
    with pytest.raises(ValidationError) as refusal:
        edit_comment(colleague, message, "Une faute")
    assert refusal.value.code == "too_late"
    assert fresh(message).comment == "Une fotte"


def test_nobody_corrects_or_takes_back_for_another(practice, colleague, moderator):
    message = make_message(practice, colleague)
    for act in (
        lambda: edit_comment(moderator, message, "Mieux"),
        lambda: withdraw_comment(moderator, message),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert fresh(message).comment == SECRET
    assert not fresh(message).is_removed


def test_taking_back_erases_the_words_and_leaves_the_answers(practice, message, member, colleague):
    answer = make_message(practice, colleague, "Une réponse", parent=message)
    withdraw_comment(member, message)
    assert fresh(message).comment == ""
    assert fresh(message).is_removed
    assert fresh(message).standing.withdrawn_at
    assert fresh(answer).comment == "Une réponse"
    assert (fresh(answer).is_public, fresh(answer).is_removed) == (True, False)
    with pytest.raises(ValidationError, match="retiré"):
        edit_comment(member, message, "Je reviens")


def test_useful_is_said_once_and_can_be_taken_back(message, colleague, member):
    assert toggle_useful(colleague, message, useful=True)
    assert toggle_useful(colleague, message, useful=True)
    assert CommentFlag.objects.count() == 1
    assert not toggle_useful(colleague, message)
    assert toggle_useful(colleague, message)
    assert not toggle_useful(colleague, message, useful=False)
    assert not CommentFlag.objects.exists()
    with pytest.raises(PermissionDenied):
        toggle_useful(member, message)


def test_a_report_keeps_the_words_that_were_reported(practice, colleague, member):
    message = make_message(practice, colleague, "Des mots durs")
    report_comment(member, message, "hurtful", "Relisez")
    edit_comment(colleague, message, "Des mots doux")
    report = Report.objects.get()
    assert (report.quoted, report.reason, report.explanation) == ("Des mots durs", "hurtful", "Relisez")
    report_comment(member, message, "false")
    assert Report.objects.get().reason == "false"
    with pytest.raises(PermissionDenied):
        report_comment(colleague, message, "other")
    with pytest.raises(ValidationError):
        report_comment(member, message, "parce que")


def test_a_moderator_removes_with_a_reason_and_restores(practice, message, colleague, member, moderator):
    answer = make_message(practice, colleague, "Une réponse", parent=message)
    report_comment(colleague, message, "person")
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        moderate_comment(moderator, message, "removed", "  ")
    removed = moderate_comment(moderator, message, "removed", "On reconnaît la famille.")
    assert fresh(message).is_removed
    assert fresh(message).comment == SECRET
    assert fresh(message).standing.removal_reason == "On reconnaît la famille."
    assert fresh(answer).is_public
    assert Report.objects.get().decision == removed
    assert Report.objects.get().quoted == ""
    with pytest.raises(ValidationError, match="entre-temps"):
        moderate_comment(moderator, message, "removed", "Deux fois")
    moderate_comment(moderator, message, "restored", "")
    assert not fresh(message).is_removed
    assert fresh(message).standing.removed_at is None
    assert [d.outcome for d in Decision.objects.all()] == ["restored", "removed"]


def test_a_message_taken_back_can_only_be_closed(message, colleague, member, moderator):
    report_comment(colleague, message, "person")
    withdraw_comment(member, message)
    for outcome in ("kept", "removed", "restored", "n’importe quoi"):
        with pytest.raises(ValidationError):
            moderate_comment(moderator, message, outcome, "Motif")
    moderate_comment(moderator, message, "closed", "")
    assert Report.objects.get().decision.outcome == "closed"
    assert fresh(message).comment == ""


def test_only_moderators_decide(message, colleague, relay, editor):
    for user in (colleague, relay, editor):
        with pytest.raises(PermissionDenied):
            moderate_comment(user, message, "removed", "Parce que")
    assert not fresh(message).is_removed


def test_a_message_that_was_kept_can_be_reported_again(message, colleague, moderator):
    report_comment(colleague, message, "other")
    moderate_comment(moderator, message, "kept", "Rien de grave.")
    assert not Report.objects.filter(decision=None).exists()
    report_comment(colleague, message, "person")
    assert Report.objects.filter(decision=None).count() == 1


def test_deleting_a_sheet_takes_everything_with_it(practice, message, colleague, moderator):
    make_message(practice, colleague, "Une réponse", parent=message)
    toggle_useful(colleague, message)
    report_comment(colleague, message, "other")
    moderate_comment(moderator, message, "removed", "Motif")
    practice.delete()
    for model in (XtdComment, CommentFlag, Report, Decision, Standing):
        assert not model.objects.exists(), model


def test_an_import_can_be_run_again(practice, colleague, make_member):
    left, moment = make_member(status="left"), timezone.now() - timedelta(days=300)
    first = import_comment(left, practice, "Écrit ailleurs", None, moment)
    answer = import_comment(colleague, practice, "Répondu ailleurs", first, moment)
    assert import_comment(left, practice, "Écrit ailleurs", None, moment) == first
    assert import_comment(colleague, practice, "Répondu ailleurs", first, moment) == answer
    assert fresh(first).submit_date == moment
    assert XtdComment.objects.count() == 2
