"""A decision is told to both sides, and a removed message's author asks once for another look."""

import pytest
from django.core import mail
from django.urls import reverse

from agora.discussion.actions import moderate_comment, post_comment, report_comment
from agora.people.roles import MODERATOR
from tests.practices.factories import make_practice


@pytest.fixture
def case(tree, make_member):
    """A message, who wrote it, who reported it, and two moderators, the first of whom removed it."""
    author, reporter = make_member(), make_member(cpas="21010")
    first, second = (make_member(roles=[MODERATOR], cpas=None) for _ in range(2))
    comment = post_comment(author, make_practice(by=author), "Un mot de trop.")
    report_comment(reporter, comment, "hurtful")
    return comment, author, reporter, first, second


def test_a_removal_is_told_to_who_reported_and_who_wrote_without_a_word_of_it(
    case, django_capture_on_commit_callbacks
):
    comment, author, reporter, first, _second = case
    with django_capture_on_commit_callbacks(execute=True):
        moderate_comment(first, comment, "removed", "Le ton zqxmotif.")
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted([author.email, reporter.email])
    assert all("zqxmotif" not in letter.body and "trop" not in letter.body for letter in mail.outbox)


def test_a_message_that_is_kept_is_told_to_who_reported_alone(case, django_capture_on_commit_callbacks):
    comment, _author, reporter, first, _second = case
    with django_capture_on_commit_callbacks(execute=True):
        moderate_comment(first, comment, "kept", "")
    assert [letter.to for letter in mail.outbox] == [[reporter.email]]


def test_the_author_appeals_once_and_another_moderator_answers(case, client_of):
    comment, author, reporter, first, second = case
    address = reverse("discussion:appeal", args=[comment.pk])
    browser = client_of(author)
    assert browser.get(address).status_code == 404  # nothing was decided
    moderate_comment(first, comment, "removed", "Le ton.")
    assert client_of(reporter).get(address).status_code == 404
    assert "Le ton." in browser.get(address).content.decode()
    assert "pourquoi le message devrait revenir" in browser.post(address, {"words": ""}).content.decode()
    shown = browser.post(address, {"words": "Je parlais de moi."}, follow=True).content.decode()
    assert address in shown
    again = browser.post(address, {"words": "Encore."})
    assert "Votre recours est parti." in again.content.decode()
    queue = client_of(second).get(reverse("discussion:reports")).content.decode()
    assert "Recours de l’auteur" in queue and "Je parlais de moi." in queue
    decide = reverse("discussion:moderate", args=[comment.pk])
    own = client_of(first).post(decide, {"outcome": "restored"}).content.decode()
    assert "une autre personne répond au recours" in own
    assert client_of(second).post(decide, {"outcome": "restored", "reason": "Entendu."}).status_code == 302
    comment.refresh_from_db()
    assert not comment.is_removed
    assert "Entendu." in browser.get(address).content.decode()
