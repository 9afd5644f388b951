"""The acts on a sheet: what they publish, what they refuse, what they tell search."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import get_resolver, reverse
from django.utils import translation

from practices.actions import (
    RESERVED_SLUGS,
    PracticeFields,
    StaleEdit,
    archive_practice,
    change_practice,
    create_practice,
    set_showcase,
)
from practices.models import PracticePage, RevisionNote
from search.models import PendingChange, Tombstone

from .factories import fields_of, make_practice, publish_practice

pytestmark = pytest.mark.django_db
MINOR = RevisionNote.Significance.MINOR


def pending(practice) -> int:
    return PendingChange.objects.filter(uid=f"practice:{practice.pk}").count()


def notes(practice) -> list[str]:
    return [n.significance for n in RevisionNote.objects.filter(revision__in=practice.revisions.all())]


class TestCreate:
    def test_publishes_with_a_first_version(self, tree, member):
        fields = fields_of(title="Le planning mural", themes=("accueil-flux", "parcours"), origin="21007")
        practice = create_practice(fields, by=member, language="fr")
        assert practice.live
        assert practice.slug == "le-planning-mural"
        assert practice.owner == member
        assert practice.live_revision == practice.latest_revision
        assert PracticeFields.of(practice) == fields
        assert practice.reviewed_on is not None
        note = RevisionNote.objects.get(revision=practice.live_revision)
        assert (note.author, note.significance) == (member, "created")
        assert pending(practice) == 1
        assert "<ol>" in practice.section_html("steps")

    def test_lives_in_the_catalogue_of_its_language(self, tree, member):
        practice = publish_practice(by=member, language="nl", title="Een bord voor de verlengingen")
        assert practice.locale.language_code == "nl"
        assert practice.get_absolute_url().startswith("/nl/")

    @pytest.mark.parametrize("who", ["pending", "nobody"])
    def test_refuses_whoever_is_not_a_member(self, tree, make_member, who):
        by = make_member(status="pending" if who == "pending" else "left")
        with pytest.raises(PermissionDenied):
            publish_practice(by=by)
        assert not PracticePage.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"title": " \x00 "}, "title"),
            ({"title": "x" * 256}, "title"),
            ({"summary": "x" * 301}, "summary"),
            ({"problem": "x" * 20_001}, "problem"),
            ({"kind": "tip", "problem": "x" * 601}, "problem"),
            ({"kind": "novel"}, "kind"),
            ({"maturity": "old"}, "maturity"),
            ({"origin": "99999"}, "origin"),
            ({"themes": ("no-such-theme",)}, "themes"),
        ],
    )
    def test_refuses_wrong_fields_by_name(self, tree, member, wrong, field):
        with pytest.raises(ValidationError) as caught:
            publish_practice(by=member, **wrong)
        assert field in caught.value.message_dict
        assert not PracticePage.objects.exists()

    def test_no_catalogue_no_sheet(self, tree, member):
        tree.catalogues["nl"].delete()
        publish_practice(by=member, language="fr")
        with pytest.raises(ValidationError):
            publish_practice(by=member, language="nl")

    def test_unprintable_characters_do_not_reach_the_database(self, tree, member):
        practice = publish_practice(by=member, title="Accueil\x00 d’été", problem="a\x00b\r\nc\x1f")
        assert (practice.title, practice.problem) == ("Accueil d’été", "ab\nc")

    def test_two_sheets_with_one_title_have_two_addresses(self, tree, member):
        slugs = {publish_practice(by=member, title="Même titre").slug for _ in range(3)}
        assert slugs == {"meme-titre", "meme-titre-2", "meme-titre-3"}

    def test_a_long_title_gives_a_short_address(self, tree, member):
        first = publish_practice(by=member, title="accueil " * 30)
        second = publish_practice(by=member, title="accueil " * 30)
        assert len(first.slug) <= 80
        assert len(second.slug) <= 80
        assert first.slug != second.slug

    @pytest.mark.parametrize("title", ["Écrire", "Schrijven", "!!!", "—"])
    def test_no_sheet_hides_behind_one_of_our_pages(self, tree, member, title):
        slug = publish_practice(by=member, title=title).slug
        assert slug
        assert slug not in RESERVED_SLUGS

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_reserved_addresses_are_those_of_our_pages(self, language):
        with translation.override(language):
            routes = {str(p.pattern) for p in routes_under("practices")}
            catalogue = reverse("practices:list").split("/")[2]
        paths = [route.split("/") for route in routes]
        words = {path[1] for path in paths if path[0] == catalogue and len(path) > 2}
        assert {word for word in words if not word.startswith("<")} <= RESERVED_SLUGS

    def test_is_a_translation_once(self, tree, member):
        source = publish_practice(by=member)
        made = create_practice(fields_of(), by=member, language="nl", translation_of=source)
        assert made.translation_key == source.translation_key
        with pytest.raises(ValidationError):
            create_practice(fields_of(), by=member, language="nl", translation_of=source)


def routes_under(namespace: str) -> list:
    for found in get_resolver().url_patterns:
        for inner in getattr(found, "url_patterns", []):
            if getattr(inner, "namespace", None) == namespace:
                return inner.url_patterns
    raise LookupError(namespace)


class TestChange:
    def change(self, practice, by, **changes):
        fields = PracticeFields.of(practice).with_data(changes)
        return change_practice(
            practice, fields, by=by, significance=MINOR, reason="un mot", based_on=practice.live_revision_id
        )

    def test_publishes_a_new_version_at_the_same_address(self, tree, member, colleague):
        practice = make_practice(by=member)
        changed = self.change(practice, colleague, title="Tout autre titre", themes=["parcours"])
        assert changed.slug == practice.slug
        assert changed.title == "Tout autre titre"
        assert [t.slug for t in changed.themes.all()] == ["parcours"]
        assert changed.live_revision_id != practice.live_revision_id
        assert changed.live_revision.user == colleague
        assert notes(practice) == ["minor", "created"]
        assert changed.owner == member

    def test_the_same_again_writes_nothing(self, tree, member):
        practice = make_practice(by=member)
        before = pending(practice)
        assert self.change(practice, member).live_revision_id == practice.live_revision_id
        assert (notes(practice), pending(practice)) == (["created"], before)

    def test_refuses_to_overwrite_a_newer_version(self, tree, member, colleague):
        practice = make_practice(by=member)
        newer = self.change(practice, colleague, problem="Autre chose")
        with pytest.raises(StaleEdit) as caught:
            self.change(practice, member, problem="Encore autre chose")
        assert caught.value.latest == newer.live_revision_id
        assert PracticePage.objects.get(pk=practice.pk).problem == "Autre chose"

    def test_refuses_an_outsider(self, tree, member, pending):
        practice = make_practice(by=member, is_showcase=True)
        with pytest.raises(PermissionDenied):
            self.change(practice, pending, title="Non")

    def test_refuses_an_archived_sheet(self, tree, member):
        practice = make_practice(by=member)
        archive_practice(practice, member)
        with pytest.raises(PermissionDenied):
            self.change(practice, member, title="Non")

    def test_refuses_an_unknown_significance(self, tree, member):
        practice = make_practice(by=member)
        fields = PracticeFields.of(practice).with_data({"title": "Autre"})
        with pytest.raises(ValidationError):
            change_practice(
                practice, fields, by=member, significance="huge", based_on=practice.live_revision_id
            )


class TestArchiveAndShowcase:
    @pytest.mark.parametrize(("who", "may"), [("member", True), ("moderator", True), ("colleague", False)])
    def test_archive_is_for_owner_and_moderators(self, request, tree, member, who, may):
        practice = make_practice(by=member)
        by = request.getfixturevalue(who)
        if may:
            archive_practice(practice, by)
        else:
            with pytest.raises(PermissionDenied):
                archive_practice(practice, by)
        assert PracticePage.objects.get(pk=practice.pk).live is not may
        assert Tombstone.objects.filter(uid=f"practice:{practice.pk}").exists() is may

    @pytest.mark.parametrize(("who", "may"), [("editor", True), ("moderator", True), ("member", False)])
    def test_showcase_is_for_editors_and_moderators(self, request, tree, member, who, may):
        practice = make_practice(by=member)
        by = request.getfixturevalue(who)
        if may:
            assert set_showcase(practice, True, by).is_showcase
        else:
            with pytest.raises(PermissionDenied):
                set_showcase(practice, True, by)

    def test_closing_the_showcase_hides_at_once(self, tree, member, editor):
        practice = make_practice(by=member, is_showcase=True)
        assert not Tombstone.objects.exists()
        set_showcase(practice, False, editor)
        assert Tombstone.objects.filter(uid=f"practice:{practice.pk}").exists()

    def test_the_next_edit_keeps_the_showcase_as_it_was_set(self, tree, member, editor):
        practice = set_showcase(make_practice(by=member), True, editor)
        fields = PracticeFields.of(practice).with_data({"title": "Autre"})
        changed = change_practice(
            practice, fields, by=member, significance=MINOR, based_on=practice.live_revision_id
        )
        assert changed.is_showcase


class TestAdmin:
    def test_what_the_admin_publishes_has_its_note_and_is_indexed(self, tree, member, editor):
        practice = make_practice(by=member, is_showcase=True)
        before = pending(practice)
        page = practice.get_latest_revision_as_object()
        page.title = "Retitré"
        page.save_revision(user=editor, log_action=True).publish(user=editor, skip_permission_checks=True)
        note = RevisionNote.objects.get(revision__in=practice.revisions.all(), author=editor)
        assert note.significance == "medium"
        assert pending(practice) == before + 1
        assert not Tombstone.objects.exists()

    def test_closing_the_showcase_in_the_admin_hides_at_once(self, tree, member, editor):
        practice = make_practice(by=member, is_showcase=True)
        page = practice.get_latest_revision_as_object()
        page.is_showcase = False
        page.save_revision(user=editor).publish(user=editor, skip_permission_checks=True)
        assert Tombstone.objects.filter(uid=f"practice:{practice.pk}").exists()

    def test_a_draft_of_the_admin_is_no_version(self, tree, member, editor):
        practice = make_practice(by=member)
        page = practice.get_latest_revision_as_object()
        page.title = "Pas encore"
        page.save_revision(user=editor)
        assert notes(practice) == ["created"]

    def test_deleting_hides_at_once(self, tree, member):
        practice = make_practice(by=member)
        uid = f"practice:{practice.pk}"
        practice.delete()
        assert Tombstone.objects.filter(uid=uid).exists()
