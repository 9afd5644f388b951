"""Quoting, calling a colleague, a look before sending: with no script, and never beyond the readers."""

import pytest
from django.urls import reverse
from django_comments_xtd.models import XtdComment

from agora.discussion import calling, permissions
from agora.discussion.actions import edit_comment, moderate_comment, post_comment, withdraw_comment
from agora.discussion.indexing import build
from agora.richtext import quotes

from .factories import make_message

KEY = "practices.practicepage"


@pytest.fixture
def lies(make_member):
    """A colleague of Jette whom searching shows."""
    return make_member(cpas="21010", first_name="Lies", last_name="Peeters")


def write_address(practice) -> str:
    return reverse("discussion:write", args=[KEY, practice.pk])


def letters(mailoutbox) -> list[tuple[str, str]]:
    return [(letter.to[0], letter.subject) for letter in mailoutbox]


def test_a_name_called_has_a_letter_without_a_word_of_the_text(
    practice, member, lies, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        comment = post_comment(member, practice, "@Lies Peeters qu’en dites-vous, zqxmot ?")
    assert letters(mailoutbox) == [(lies.email, "[Agora] On s’adresse à vous")]
    body = mailoutbox[0].body
    assert reverse("discussion:reply", args=[comment.pk]) in body.replace(
        "/nl/berichten", "/fr/messages"
    ) or (f"/{comment.pk}/" in body)
    for secret in ("zqxmot", member.first_name, practice.title, practice.slug):
        assert secret not in body


@pytest.mark.parametrize(
    "hidden", [{"is_findable": False}, {"status": "suspended", "is_active": False}, {"status": "pending"}]
)
def test_whom_searching_does_not_show_is_neither_offered_nor_told(
    hidden, practice, member, make_member, client_of, mailoutbox, django_capture_on_commit_callbacks
):
    make_member(first_name="Lies", last_name="Peeters", **hidden)
    with django_capture_on_commit_callbacks(execute=True):
        post_comment(member, practice, "@Lies Peeters ?")
    assert mailoutbox == []
    shown = client_of(member).get(reverse("discussion:people", args=[KEY, practice.pk]), {"qui": "Lies"})
    assert "data-call" not in shown.content.decode()
    nobody = client_of(member).get(reverse("discussion:people", args=[KEY, practice.pk]), {"qui": "Xyz"})
    assert shown.content == nobody.content


def test_who_may_not_read_the_page_is_never_offered(
    practice, member, lies, client_of, monkeypatch, mailoutbox, django_capture_on_commit_callbacks
):
    """No page of today is closed to some members only; the day one is, its readers decide."""
    may = permissions.can_read
    monkeypatch.setattr(permissions, "can_read", lambda user, obj: user.pk != lies.pk and may(user, obj))
    page = client_of(member).get(reverse("discussion:people", args=[KEY, practice.pk]), {"qui": "Peeters"})
    assert "data-call" not in page.content.decode()
    preview = client_of(member).post(write_address(practice), {"text": "@Lies Peeters ?", "go": "preview"})
    assert "S’adresse à" not in preview.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        post_comment(member, practice, "@Lies Peeters ?")
    assert mailoutbox == []


def test_two_of_one_name_are_told_apart_by_their_cpas(member, lies, make_member):
    other = make_member(cpas="21012", first_name="Lies", last_name="Peeters")
    found = {each.handle: each.member for each in calling.find(member, "Peeters")}
    assert set(found.values()) == {lies, other} and all("(" in handle for handle in found)
    for handle, person in found.items():
        assert [each.member for each in calling.called_in(member, f"Et @{handle} ?")] == [person]
    assert calling.called_in(member, "Et @Lies Peeters ?") == []


def test_five_people_at_most_are_told(member, make_member):
    people = [make_member(first_name=f"Prénom{n}", last_name="Nom") for n in range(7)]
    text = " ".join(f"@{person.get_full_name()}" for person in people)
    assert len(calling.called_in(member, text)) == calling.MOST_CALLED
    assert calling.called_in(member, "@" * 3000) == []


def test_a_correction_tells_only_whom_it_adds(
    practice, member, lies, make_member, mailoutbox, django_capture_on_commit_callbacks
):
    other = make_member(first_name="Karim", last_name="Diallo")
    comment = post_comment(member, practice, "@Lies Peeters ?")
    with django_capture_on_commit_callbacks(execute=True):
        edit_comment(member, comment, "@Lies Peeters et @Karim Diallo ?")
    assert [to for to, _subject in letters(mailoutbox)] == [other.email]


def test_a_preview_shows_what_would_be_read_and_posts_nothing(practice, member, lies, client_of):
    typed = "> Un mot.\n\n@Lies Peeters <b>voyez</b>, chez Xavier."
    page = client_of(member).post(write_address(practice), {"text": typed, "go": "preview"})
    shown = page.content.decode()
    assert page.status_code == 200 and not XtdComment.objects.exists()
    assert '<blockquote class="cited"><p>Un mot.</p></blockquote>' in shown
    assert "&lt;b&gt;voyez&lt;/b&gt;" in shown and "<b>Lies Peeters</b>" in shown
    assert "Xavier</mark>" in shown and "Lies</mark>" not in shown
    empty = client_of(member).post(write_address(practice), {"text": " \x00", "go": "preview"})
    assert empty.status_code == 200


def test_without_a_script_one_finds_a_colleague_and_puts_the_name_in(practice, member, lies, client_of):
    browser = client_of(member)
    found = browser.post(write_address(practice), {"text": "Bonjour", "go": "find", "qui": "peeters jette"})
    shown = found.content.decode()
    assert 'value="at:Lies Peeters"' in shown and "Bonjour</textarea>" in shown
    put = browser.post(write_address(practice), {"text": "Bonjour", "go": "at:Lies Peeters"})
    assert "Bonjour @Lies Peeters </textarea>" in put.content.decode()
    assert not XtdComment.objects.exists()


def test_a_link_quotes_a_message_in_the_answer_without_its_author(message, colleague, client_of):
    address = reverse("discussion:reply", args=[message.pk])
    page = client_of(colleague).get(f"{address}?citer").content.decode()
    words = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "&gt; Le mot de passe" in words and message.user.first_name not in words
    assert "&gt; " not in client_of(colleague).get(address).content.decode()


@pytest.mark.parametrize("way", ["withdrawn", "removed"])
def test_the_words_of_a_message_that_goes_leave_what_quoted_them(
    way, practice, message, member, colleague, moderator
):
    answer = make_message(practice, colleague, quotes.quote(message.comment) + "Le nôtre aussi.", message)
    if way == "withdrawn":
        withdraw_comment(member, message)
    else:
        moderate_comment(moderator, message, "removed", "Un mot de passe.")
    answer = XtdComment.norel_objects.get(pk=answer.pk)
    assert answer.comment == "> [passage retiré]\n\nLe nôtre aussi."


def test_a_message_withdrawn_is_not_quoted_any_more(message, member, colleague, client_of):
    withdraw_comment(member, message)
    page = client_of(colleague).get(reverse("discussion:reply", args=[message.pk]) + "?citer")
    assert "&gt; " not in page.content.decode()


def test_search_finds_a_message_by_its_own_words_and_not_by_those_that_it_quotes(
    practice, message, colleague
):
    answer = make_message(practice, colleague, quotes.quote(message.comment) + "Le nôtre aussi.", message)
    assert build(answer).body == "Le nôtre aussi."
    only = make_message(practice, colleague, "> Un mot.")
    assert build(only).body == "> Un mot."
