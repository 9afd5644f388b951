"""The discussion as it is drawn in the page of a sheet: the same words for all, the own controls of each."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from agora.discussion import thread
from agora.discussion.actions import (
    edit_comment,
    moderate_comment,
    report_comment,
    toggle_useful,
    withdraw_comment,
)
from agora.people.models import Member
from agora.vocabulary.models import Function
from tests.practices.factories import make_practice

from .factories import SECRET, make_message


def words(html: str, message: XtdComment) -> str:
    """Return what stands in the article of one message, tags aside."""
    article = re.search(rf'<article id="c{message.pk}".*?</article>', html, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article[0])).strip()


def this_year(month: int, day: int):
    """Return noon of a day of this year."""
    return timezone.make_aware(datetime(timezone.localdate().year, month, day, 12))


@pytest.fixture
def lies(colleague):
    """Lies of Jette, with her function."""
    colleague.function = Function.objects.get(slug="agent-insertion")
    colleague.save()
    return colleague


def test_a_message_says_who_where_and_when_in_the_language_of_the_reader(practice, lies, member, thread_of):
    message = make_message(practice, lies, "Bien vu.")
    XtdComment.norel_objects.filter(pk=message.pk).update(submit_date=this_year(3, 12))
    html = thread_of(practice, member)
    assert words(html, message).startswith("Lies P. agent·e d’insertion, Jette, le 12 mars Bien vu.")
    assert '<span class="code" aria-hidden="true">Jet</span>' in html
    dutch = thread_of(practice, member, "nl")
    assert "inschakelingsmedewerker, Jette" in words(dutch, message)
    assert "12 maart" in words(dutch, message)


def test_the_first_of_the_month_and_other_years_are_said(practice, member, colleague, thread_of):
    message = make_message(practice, colleague)
    XtdComment.norel_objects.filter(pk=message.pk).update(submit_date=this_year(5, 1).replace(year=2019))
    assert "le 1er mai 2019" in words(thread_of(practice, member), message)
    assert "1 mei 2019" in words(thread_of(practice, member, "nl"), message)


def test_the_tile_is_in_the_language_of_the_reader(practice, member, make_member, thread_of):
    make_message(practice, make_member(cpas="21016"))
    assert ">Ucc</span>" in thread_of(practice, member)
    assert ">Ukk</span>" in thread_of(practice, member, "nl")


@pytest.mark.parametrize("gone", ["left", "deleted"])
def test_who_left_has_no_name_any_more(gone, practice, member, lies, thread_of):
    message = make_message(practice, lies, "Toujours utile.")
    assert "Lies" in thread_of(practice, member)
    if gone == "left":
        Member.objects.filter(pk=lies.pk).update(status="left")
    else:
        lies.delete()
    html = thread_of(practice, member)
    assert words(html, message).startswith("ancien membre")
    assert "Toujours utile." in html
    for trace in ("Lies", "Pauwels", "Jette", "insertion", ">Jet<"):
        assert trace not in html


def test_hostile_words_and_names_are_only_words(practice, member, make_member, thread_of):
    attack = '<script>alert("x")</script>'
    make_message(practice, make_member(first_name=attack, last_name="<b>"), attack + "\n\n{{ 1 }}")
    html = thread_of(practice, member)
    assert "<script>" not in html and "<b><" not in html
    assert html.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;") == 2
    assert "{{ 1 }}" in html


def test_answers_lie_under_what_they_answer(practice, message, member, colleague, thread_of):
    other = make_message(practice, colleague, "Autre sujet")
    answer = make_message(practice, colleague, "Une réponse", parent=message)
    html = thread_of(practice, member)
    positions = [html.index(f'id="c{m.pk}"') for m in (message, answer, other)]
    assert positions == sorted(positions)
    assert html.count("<ul") == html.count("</ul>") == 2
    assert html.count("<li") == html.count("</li>") == 3
    assert '<span class="quiet">3</span>' in html


def test_each_reader_finds_their_own_controls(practice, member, colleague, moderator, thread_of):
    message = make_message(practice, colleague, "Du neuf")
    assert words(thread_of(practice, colleague), message).endswith("Du neuf Répondre Citer Modifier Retirer")
    assert words(thread_of(practice, member), message).endswith("Du neuf Répondre Citer Utile Signaler")
    assert words(thread_of(practice, moderator), message).endswith("Répondre Citer Utile Signaler Modérer")
    XtdComment.norel_objects.update(submit_date=timezone.now() - timedelta(minutes=16))
    assert words(thread_of(practice, colleague), message).endswith("Du neuf Répondre Citer Retirer")


def test_marks_are_counted_and_ones_own_are_said(practice, message, member, colleague, relay, thread_of):
    toggle_useful(colleague, message)
    toggle_useful(relay, message)
    report_comment(relay, message, "other")
    assert words(thread_of(practice, colleague), message).endswith("Utile (2), vous aussi Signaler")
    assert 'aria-pressed="true"' in thread_of(practice, colleague)
    assert words(thread_of(practice, relay), message).endswith("Utile (2), vous aussi Signalé")
    assert words(thread_of(practice, member), message).endswith("Répondre Citer Utile (2) Retirer")


def test_an_edited_message_says_so(practice, member, colleague, thread_of):
    message = make_message(practice, colleague, "Une fotte")
    edit_comment(colleague, message, "Une faute")
    html = thread_of(practice, member)
    assert ", modifié" in words(html, message)
    assert "fotte" not in html


def test_a_message_taken_back_leaves_a_sentence_and_its_answers(
    practice, message, member, colleague, thread_of
):
    answer = make_message(practice, colleague, "Une réponse", parent=message)
    withdraw_comment(member, message)
    message.standing.__class__.objects.update(withdrawn_at=this_year(3, 3))
    html = thread_of(practice, colleague)
    assert words(html, message) == "Message retiré par son auteur le 3 mars."
    assert "Une réponse" in words(html, answer)
    assert SECRET not in html
    assert '<span class="quiet">1</span>' in html


def test_a_removed_message_gives_its_reason_to_its_author(
    practice, message, member, colleague, moderator, thread_of
):
    moderate_comment(moderator, message, "removed", "On reconnaît la famille.")
    for reader, told in ((member, True), (moderator, True), (colleague, False)):
        html = thread_of(practice, reader)
        assert "Message retiré par la modération" in words(html, message)
        assert ("On reconnaît la famille." in html) == told
        assert SECRET not in html
    assert "Modérer" in words(thread_of(practice, moderator), message)


def test_an_empty_discussion_invites(practice, colleague, thread_of):
    html = thread_of(practice, colleague)
    assert "Personne n’a encore réagi." in html
    assert 'name="text"' in html and "Les membres des 19 CPAS." in html
    assert 'class="thread"' not in html


def test_members_see_nothing_under_a_sheet_that_they_may_not_read(practice, message, colleague, thread_of):
    practice.unpublish()
    practice.refresh_from_db()
    assert thread_of(practice, colleague) == ""


@pytest.mark.parametrize("number", [1, 30])
def test_a_thread_costs_three_queries_whatever_its_length(
    number, practice, make_member, member, colleague, thread_of, django_assert_num_queries
):
    for each in range(number):
        author = make_member(cpas=("21007", "21010", "21016")[each % 3])
        message = make_message(practice, author, f"Message {each}")
        toggle_useful(member, message)
        edit_comment(author, message, f"Message {each}, corrigé")
    thread_of(practice, colleague)  # content types and roles are known from the first page on
    with django_assert_num_queries(3):  # messages, marks, what one began to write
        html = thread_of(practice, colleague)
    assert html.count("<article") == number


def test_the_prepared_queries_answer_as_the_plain_ones(practice, message, member, colleague, moderator, tree):
    answer = make_message(practice, colleague, "Une réponse", parent=message)
    edit_comment(colleague, answer, "Une meilleure réponse")
    toggle_useful(colleague, message)
    moderate_comment(moderator, message, "removed", "Motif")
    make_message(make_practice(by=member), member, "Ailleurs")
    prepared = thread._rows_query("nl")
    plain = prepared.queryset.model.norel_objects.filter(object_pk=str(practice.pk)).order_by(
        "thread_id", "order"
    )
    for (row, _drawn), comment in zip(thread.messages_under(practice, "nl"), plain, strict=True):
        assert (row.pk, row.level, row.submit_date) == (comment.pk, comment.level, comment.submit_date)
        assert (row.comment, row.is_removed, row.user_id) == (
            comment.comment,
            comment.is_removed,
            comment.user_id,
        )
        assert row.cpas == comment.user.cpas.name_nl
        assert (row.edited_at, row.removed_at) == (comment.standing.edited_at, comment.standing.removed_at)
    assert thread.marks_under(practice, colleague) == {message.pk: thread.Marks(useful=1, mine=True)}
    assert thread.marks_under(practice, member) == {message.pk: thread.Marks(useful=1)}
