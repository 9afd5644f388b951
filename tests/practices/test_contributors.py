"""Who wrote a sheet: by name to members, in the order they came, never to visitors, never ranked."""

import pytest

from agora.people.models import Member
from practices.history import contributors_of
from practices.models import RevisionNote

from .factories import make_practice
from .test_history_compare import rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tree, member, colleague, make_member):
    """A sheet by one person, completed by another, who came twice, and by a third."""
    third = make_member(first_name="Karim", last_name="Dahmani", cpas="21009")
    sheet = make_practice(by=member, is_showcase=True)
    for number, person in enumerate([colleague, third, colleague, member]):
        sheet = rewrite(sheet, by=person, title=f"Titre {number}")
    return sheet


def test_the_first_author_then_the_others_as_they_came(sheet, django_assert_num_queries):
    contributors_of(sheet)
    with django_assert_num_queries(1):
        found = contributors_of(sheet)
    assert found.names == ("Samira B., Forest", "Lies P., Jette", "Karim D., Ixelles")
    assert found.said() == (
        "Écrite par Samira B., Forest\u00a0; complétée par Lies P., Jette et Karim D., Ixelles."
    )


def test_alone(tree, member):
    assert contributors_of(make_practice(by=member)).said() == "Écrite par Samira B., Forest."


def test_who_left_is_counted_and_not_named(sheet, member, colleague):
    Member.objects.filter(pk=colleague.pk).update(status=Member.Status.LEFT)
    said = contributors_of(sheet).said()
    assert "Lies" not in said
    assert said.endswith("complétée par Karim D., Ixelles et une personne qui a quitté Agora.")
    Member.objects.filter(pk=member.pk).update(status=Member.Status.LEFT)
    assert contributors_of(sheet).said() == (
        "Écrite par quelqu’un qui a quitté Agora\u00a0; complétée par Karim D., Ixelles "
        "et une personne qui a quitté Agora."
    )


def test_many_are_named_in_part_on_the_sheet_and_wholly_on_paper(tree, member, make_member):
    sheet = make_practice(by=member)
    for number in range(10):
        person = make_member(first_name=f"Prénom{number}", last_name="Zed", cpas=None)
        sheet = rewrite(sheet, by=person, title=f"Titre {number}")
    found = contributors_of(sheet)
    assert found.said().endswith("Prénom7 Z. et deux autres.")
    assert found.said(most=None).endswith("Prénom9 Z..") or found.said(most=None).count("Prénom") == 10


def test_a_sheet_that_was_never_published(tree, member):
    sheet = make_practice(by=member)
    RevisionNote.objects.all().delete()
    assert contributors_of(sheet) is None


def test_members_read_the_names_and_visitors_do_not(sheet, member, client_of):
    url = sheet.get_absolute_url()
    assert "complétée par Lies P., Jette" in client_of(member).get(url).content.decode()
    html = client_of(None).get(url).content.decode()
    for name in ("Lies", "Samira", "Karim", "complétée par"):
        assert name not in html


def test_a_name_goes_on_the_day_its_owner_leaves(sheet, member, colleague, client_of):
    browser, url = client_of(member), sheet.get_absolute_url()
    assert "Lies P." in browser.get(url).content.decode()
    colleague.status = Member.Status.LEFT
    colleague.save(update_fields=["status"])
    assert "Lies P." not in browser.get(url).content.decode()
