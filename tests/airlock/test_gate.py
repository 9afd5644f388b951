"""The gate at work: a message that names a person does not go, and the typed text always comes back."""

import html
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django_comments_xtd.models import XtdComment

from agora.airlock.actions import KEPT_FOR, look
from agora.airlock.corpus import made, styled
from agora.airlock.gate import gate_of
from agora.airlock.models import Vouch
from agora.airlock.permissions import can_see
from agora.discussion.actions import edit_comment, post_comment
from agora.people.audience import MODERATORS, user_token
from tests.practices.factories import make_practice

NUMBER = styled(made("NN", 2), "NN", "dots")
PLAIN = "Chez nous, la file a fondu."
NAMED = "J’en ai parlé à Fatima Benali, elle est d’accord."
CALLED = "Appelez la permanence au 02 412 16 40."
PROVED = f"Son numéro est {NUMBER}."


@pytest.fixture
def practice(tree, member):
    """A published French sheet of a member of Forest."""
    return make_practice(by=member)


@pytest.fixture
def write(practice, colleague, client_of):
    """Send a message as somebody of Jette: `write(text, looked="…")`; the answer."""
    url = reverse("discussion:write", kwargs={"kind": "practices.practicepage", "pk": practice.pk})
    browser = client_of(colleague)
    return lambda text, **given: browser.post(url, {"text": text} | given)


def page_of(response) -> str:
    """Return the words of a page, entities read."""
    return html.unescape(response.content.decode())


def looked_in(response) -> str:
    """Return the mark that the form sends back after a look."""
    return re.search(r'name="looked" value="(\w+)"', response.content.decode())[1]


def test_a_text_that_tells_nothing_goes_at_once(write):
    assert write(PLAIN).status_code == 302
    assert XtdComment.objects.get().comment == PLAIN


def test_a_name_is_shown_once_and_then_the_author_decides(write):
    first = write(NAMED)
    page = page_of(first)
    assert first.status_code == 200 and not XtdComment.objects.exists()
    assert '<mark id="g1" tabindex="-1">Fatima Benali</mark>' in page and 'href="#g1"' in page
    assert "Prénom ou nom" in page and "Écrivez son rôle" in page
    assert f">\n{NAMED}</textarea>" in page
    other = write(NAMED + " Et Youssef Amrani.", looked=looked_in(first))
    assert other.status_code == 200 and not XtdComment.objects.exists()  # a look at other words
    assert write(NAMED, looked=looked_in(first)).status_code == 302
    assert XtdComment.objects.get().comment == NAMED
    assert not Vouch.objects.exists()


def test_what_names_a_person_stops_the_text_whoever_looked(write):
    first = write(CALLED)
    page = page_of(first)
    assert 'class="hard"' in page and "Numéro de téléphone" in page and f">\n{CALLED}</textarea>" in page
    assert 'name="looked"' not in page
    for given in ({"looked": "0" * 16}, {"vouched": "  \x00 "}):
        assert write(CALLED, **given).status_code == 200
    assert not XtdComment.objects.exists()


def test_one_vouches_for_a_number_and_somebody_looks(write, moderator, member, colleague, client_of):
    assert write(CALLED, vouched="La permanence du service.").status_code == 302
    message = XtdComment.objects.get()
    page = page_of(client_of(moderator).get(reverse("airlock:vouched")))
    assert "La permanence du service." in page and f"#c{message.pk}" in page
    assert "412" not in page  # where it stands, never what it is
    said = Vouch.objects.get()
    assert said.by == colleague
    browser = client_of(moderator)
    browser.post(reverse("airlock:vouched"), {"seen": said.pk})
    assert "Remettre dans la file" in page_of(browser.get(reverse("airlock:vouched")))
    browser.post(reverse("airlock:vouched"), {"again": said.pk})
    assert Vouch.objects.waiting().get() == said


def test_nobody_vouches_for_what_check_digits_prove(write):
    page = page_of(write(PROVED, vouched="Ce n’est personne."))
    assert "Numéro national" in page and 'name="vouched"' not in page
    assert not XtdComment.objects.exists() and not Vouch.objects.exists()


@pytest.mark.parametrize("text", [CALLED, PROVED])
def test_the_act_refuses_by_itself(practice, colleague, text):
    with pytest.raises(ValidationError) as refusal:
        post_comment(colleague, practice, text)
    assert refusal.value.code == "identifies" and NUMBER not in str(refusal.value)
    message = post_comment(colleague, practice, PLAIN)
    with pytest.raises(ValidationError):
        edit_comment(colleague, message, text)
    message.refresh_from_db()
    assert message.comment == PLAIN


def test_a_correction_passes_the_gate_too(practice, colleague, client_of):
    message = post_comment(colleague, practice, PLAIN)
    browser, url = client_of(colleague), reverse("discussion:edit", kwargs={"pk": message.pk})
    assert 'class="hard"' in page_of(browser.post(url, {"text": CALLED}))
    assert browser.post(url, {"text": CALLED, "vouched": "La permanence."}).status_code == 302
    assert Vouch.objects.get().address.endswith(f"#c{message.pk}")


def test_marks_are_put_around_escaped_words():
    (part,) = gate_of([("", "", '<script>"Fatima" & </script>')], {}).parts
    assert part.html.startswith("&lt;script&gt;&quot;<mark") and "&amp; &lt;/script&gt;" in part.html


def test_what_one_may_see_is_what_the_list_holds(member, colleague, moderator, editor, pending, practice):
    about = [
        Vouch.objects.create(judges=token, address="/", reason="x")
        for token in (MODERATORS, user_token(colleague.pk))
    ]
    for user in (member, colleague, moderator, editor, pending):
        seen = set(Vouch.objects.visible_to(user))
        assert seen == {vouch for vouch in about if can_see(user, vouch)}
    assert set(Vouch.objects.visible_to(moderator)) == {about[0]}
    assert set(Vouch.objects.visible_to(colleague)) == {about[1]}
    with pytest.raises(PermissionDenied):
        look(member, about[0], seen=True)


def test_what_was_looked_at_goes_after_a_month(moderator):
    old, fresh = (Vouch.objects.create(judges=MODERATORS, address="/", reason="x") for _ in range(2))
    look(moderator, old, seen=True)
    Vouch.objects.filter(pk=old.pk).update(seen_at=timezone.now() - KEPT_FOR * 2)
    look(moderator, fresh, seen=True)
    assert list(Vouch.objects.all()) == [fresh]


@pytest.mark.parametrize(
    "given", [{}, {"seen": "x"}, {"seen": "9" * 30}, {"seen": "99999999"}, {"again": "-1"}]
)
def test_a_broken_answer_finds_nothing(moderator, client_of, tree, given):
    assert client_of(moderator).post(reverse("airlock:vouched"), given).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_at_any_length(
    tree, moderator, member, client_of, count, django_assert_num_queries
):
    for number in range(count):
        Vouch.objects.create(by=member, judges=MODERATORS, address=f"/{number}", reason="x")
    browser = client_of(moderator)
    browser.get(reverse("airlock:vouched"))
    with django_assert_num_queries(QUERIES):
        browser.get(reverse("airlock:vouched"))


QUERIES = 6  # session, person, roles, second step, what waits, what was looked at
