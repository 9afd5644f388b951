"""The example of docs/decisions/search-sources.md, played by a toy room over a real table."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sites.models import Site
from django.utils import timezone

from agora.people.audience import MEMBERS, PUBLIC, tokens_of
from search import documents, generations, outbox
from search.contract import ContributionDoc
from search.service import search_service

pytestmark = pytest.mark.django_db
OPEN = "open."


def build(site: Site) -> ContributionDoc | None:
    """A site is a question: its domain says who reads it, and « closed » hides it."""
    if site.domain.startswith("closed."):
        return None
    audience = {PUBLIC} if site.domain.startswith(OPEN) else {MEMBERS}
    return ContributionDoc(
        uid=TOY.uid(site.pk),
        language="fr",
        title=site.name,
        audience=frozenset(audience),
        updated=timezone.now().replace(2026, 1, 1, 0, 0, 0, 0),
        weight=0.8,
    )


def visible(user):
    """The room's own rule."""
    seen = Site.objects.exclude(domain__startswith="closed.")
    return seen if MEMBERS in tokens_of(user) else seen.filter(domain__startswith=OPEN)


TOY = documents.Source(
    kind="question",
    label="Questions",
    queryset=Site.objects.all,
    build=build,
    visible=visible,
    fallback_fields=("name",),
    url=lambda site: f"/questions/{site.pk}/",
)


@pytest.fixture
def room(monkeypatch):
    """The toy room alone, with a question for everybody and one for members."""
    monkeypatch.setattr(documents, "_sources", {})
    documents.register(TOY)
    Site.objects.all().delete()
    made = {
        "open": Site.objects.create(domain="open.example", name="Pamplemousse ouvert"),
        "inside": Site.objects.create(domain="inside.example", name="Pamplemousse entre nous"),
    }
    generations.rebuild()
    return SimpleNamespace(**made)


def found(user) -> set[str]:
    return {hit.url for hit in search_service().search("pamplemousse", user).hits}


def test_a_room_that_registers_is_found_by_its_readers(room, member):
    assert found(member) == {f"/questions/{room.open.pk}/", f"/questions/{room.inside.pk}/"}
    assert found(AnonymousUser()) == {f"/questions/{room.open.pk}/"}


def test_what_its_acts_tell_takes_effect(room, member):
    room.inside.name = "Pomelo entre nous"
    room.inside.save()
    outbox.enqueue(TOY.uid(room.inside.pk))
    room.open.domain = "closed.example"
    room.open.save()
    outbox.narrow(TOY.uid(room.open.pk))
    assert found(AnonymousUser()) == set()
    outbox.drain()
    assert generations.check().is_clean
    assert found(member) == set()


def test_a_kind_has_one_owner(room):
    with pytest.raises(ValueError, match="already registered"):
        documents.register(documents.Source("question", "Autres", Site.objects.all, build, visible))
    with pytest.raises(ValueError, match="Malformed"):
        documents.register(documents.Source("deux mots", "Autres", Site.objects.all, build, visible))
