"""`{% kept %}`: drawn once, and never with anything that it was not told."""

import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from agora.discussion.actions import toggle_useful
from agora.face.templatetags import kept
from agora.people.models import Member
from agora.vocabulary.models import Cpas
from tests.discussion.factories import make_message
from tests.practices.factories import make_practice


def drawing(source: str):
    """Return a function that draws a template with some values."""
    template = Template("{% load kept face %}" + source)
    return lambda **values: template.render(Context(values))


def test_the_same_values_give_the_same_drawing_and_others_another():
    draw = drawing("{% kept name=name %}[{{ name }}]{% endkept %}")
    assert [draw(name=name) for name in ("a", "b", "a", "")] == ["[a]", "[b]", "[a]", "[]"]


def test_what_is_drawn_sees_only_what_it_is_told():
    draw = drawing("{% kept told=told %}{{ told }}{% if secret %}{{ secret }}{% endif %}{% endkept %}")
    assert draw(told="a", secret="Lies") == "a"


def test_a_hole_is_filled_anew_and_escaped():
    draw = drawing("{% kept name=name holes word=word %}{{ word }} {{ name }} {{ word }}{% endkept %}")
    assert draw(name="a", word="un") == "un a un"
    assert draw(name="a", word="<b>") == "&lt;b&gt; a &lt;b&gt;"
    assert draw(name="a", word=mark_safe("<b>")) == "<b> a <b>"


def test_a_hole_cannot_be_asked_anything():
    draw = drawing("{% kept holes word=word %}{% if word %}x{% endif %}{% endkept %}")
    with pytest.raises(TypeError):
        draw(word="")


def test_each_form_has_the_token_of_its_own_page():
    draw = drawing("{% kept %}{% csrf_token %}{% endkept %}")
    assert 'value="first"' in draw(csrf_token="first")
    assert 'value="second"' in draw(csrf_token="second")


def test_safe_text_is_not_taken_for_text():
    draw = drawing("{% kept word=word %}{{ word }}{% endkept %}")
    assert draw(word=mark_safe("<b>")) == "<b>"
    assert draw(word="<b>") == "&lt;b&gt;"
    nested = drawing("{% kept words=words %}{{ words.0 }}{% endkept %}")
    assert nested(words=(mark_safe("<b>"),)) == "<b>"
    assert nested(words=["<b>"]) == "&lt;b&gt;"


def test_one_is_not_taken_for_true():
    draw = drawing("{% kept given=given %}{{ given }}{% endkept %}")
    assert [draw(given=given) for given in (1, True, "1")] == ["1", "True", "1"]


def test_each_language_has_its_drawing():
    draw = drawing("{% load i18n %}{% kept %}{% translate 'Chercher' %} {{ LANGUAGE_CODE }}{% endkept %}")
    assert draw() == "Chercher fr"
    with translation.override("nl"):
        assert draw() == "Zoeken nl"
    assert draw() == "Chercher fr"


def test_lazy_words_count_as_what_they_say():
    draw = drawing("{% kept word=word %}{{ word }}{% endkept %}")
    word = gettext_lazy("Chercher")
    assert draw(word=word) == draw(word="Chercher") == "Chercher"


@dataclass
class Changing:
    word: str


@dataclass(frozen=True)
class Fixed:
    word: str


@pytest.mark.parametrize("value", [Changing("a"), Member(), {"a": 1}, [Member()], object()], ids=type)
def test_what_may_change_or_holds_more_than_it_shows_is_refused(value):
    with pytest.raises(TypeError):
        drawing("{% kept value=value %}{% endkept %}")(value=value)


def test_a_frozen_record_is_a_value():
    draw = drawing("{% kept value=value %}{{ value.word }}{% endkept %}")
    assert [draw(value=Fixed(word)) for word in "aba"] == ["a", "b", "a"]


def test_too_many_drawings_are_forgotten(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    draw = drawing("{% kept name=name %}{{ name }}{% endkept %}")
    assert "".join(draw(name=name) for name in "abcabc") == "abcabc"


@pytest.mark.parametrize("tag", ["{% kept name %}", "{% kept a=a holes word %}", "{% kept holes holes %}"])
def test_a_tag_that_names_nothing_is_a_mistake(tag):
    with pytest.raises(TemplateSyntaxError):
        drawing(tag + "{% endkept %}")


def forget_drawings(monkeypatch) -> None:
    """Draw everything anew at each reading from here on."""
    monkeypatch.setattr(kept.KeptNode, "render", _drawn_anew)


def _drawn_anew(node: kept.KeptNode, context):
    pieces = node.draw(context, {name: given.resolve(context) for name, given in node.values.items()})
    pieces[1::2] = [node.fill(context, name) for name in pieces[1::2]]
    return mark_safe("".join(pieces))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_page_that_others_warmed_is_the_page_that_nobody_did(
    language, tree, member, colleague, relay, moderator, editor, pending, client_of, monkeypatch
):
    practice = make_practice(by=member, language=language)
    toggle_useful(colleague, make_message(practice, member, "Première", minutes_ago=60))
    make_message(practice, colleague, "Deuxième")
    readers = (None, pending, member, colleague, relay, moderator, editor)
    browsers = [client_of(reader) for reader in readers]
    for browser in browsers:
        browser.get(practice.get_absolute_url())
    warm = [_words(browser.get(practice.get_absolute_url())) for browser in browsers]
    forget_drawings(monkeypatch)
    cold = [_words(browser.get(practice.get_absolute_url())) for browser in browsers]
    assert warm == cold
    assert len(set(warm[2:])) == len(warm[2:])


def _words(response) -> str:
    """Return a page without what differs at each reading: the tokens of forms, the numbers of new drafts."""
    fresh = r'(name="(?:csrfmiddlewaretoken|draft_id)" value=")[\w-]+'
    return re.sub(fresh, r"\1", response.content.decode())


def test_a_name_of_the_lists_shows_at_once(client_of, member, tree):
    browser = client_of(member)
    assert "Forest" in browser.get("/fr/pratiques/").content.decode()
    cpas = Cpas.objects.get(ins_code="21007")
    cpas.name_fr = "Forest-les-Bains"
    cpas.save()
    assert connection.in_atomic_block  # where only this transaction sees it: see agora.vocabulary.lists
    footer = browser.get("/fr/pratiques/").content.decode().split("<footer")[1]
    assert "Forest-les-Bains" in footer
