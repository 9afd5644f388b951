"""The letters: plain, in the reader's language, and silent about what is confidential."""

import re
from pathlib import Path

import allauth
import pytest
from django.template import Context, Template
from django.utils import translation

from agora.people import notices
from agora.people.wording import answerer_of, cpas_name
from agora.vocabulary.models import Cpas

FACTS = {
    "activate_url": "https://agora.example/a",
    "password_reset_url": "https://agora.example/r",
    "signup_url": "https://agora.example/s",
    "family_url": "https://agora.example/f",
    "question_url": "https://agora.example/q",
    "case_url": "https://agora.example/c",
    "called_url": "https://agora.example/n",
}


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("kind", sorted(notices.LETTERS))
def test_every_letter_can_be_sent(db, mailoutbox, kind, language):
    notices.send(kind, "a@cpas.example", language, **FACTS)
    (mail,) = mailoutbox
    assert mail.subject.startswith("[Agora] ")
    assert "\n" not in mail.subject
    assert "%(" not in mail.body
    assert mail.content_subtype == "plain" and not getattr(mail, "alternatives", [])


def test_every_letter_of_allauth_is_ours():
    """Each place in allauth that sends a letter finds one here."""
    root = Path(allauth.__file__).parent
    sources = [*root.glob("account/**/*.py"), *root.glob("mfa/**/*.py")]
    letter = re.compile(r'"((?:account|mfa)/email/\w+)"')
    named = {name for path in sources for name in letter.findall(path.read_text())}
    unused = {
        "account/email/login_code",  # no sign-in by code
        "account/email/password_reset_code",  # by link, not by code
        "account/email/email_confirm",
    }
    assert named - unused <= set(notices.LETTERS)


def test_an_unknown_letter_is_an_error(db):
    with pytest.raises(KeyError):
        notices.send("nothing", "a@cpas.example", "fr")


@pytest.mark.parametrize(
    ("ins_code", "name"),
    [("21007", "CPAS de Forest"), ("21016", "CPAS d’Uccle"), ("21009", "CPAS d’Ixelles")],
)
def test_a_cpas_is_named_as_one_says_it(db, ins_code, name):
    with translation.override("fr"):
        assert cpas_name(Cpas.objects.get(pk=ins_code)) == name
        assert cpas_name(None) == ""


def test_who_answers_is_named(relay, pending, make_member):
    with translation.override("fr"):
        assert answerer_of(pending) == "le relais du CPAS de Forest"
        assert answerer_of(make_member(status="pending", cpas="21016")) == "l’équipe régionale d’Agora"


def notice_for(user) -> str:
    return Template("{% load people %}{% waiting_notice user %}").render(Context({"user": user})).strip()


def test_the_home_page_can_say_who_answers(relay, pending, member, make_member):
    with translation.override("fr"):
        assert "Le relais du CPAS de Forest" in notice_for(pending)
        assert notice_for(make_member(status="refused"))
        assert notice_for(member) == ""
