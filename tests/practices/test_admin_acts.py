"""What editors do to many sheets at once in Wagtail's admin, and the page form of one sheet."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agora.people.models import Member
from agora.people.roles import ADMINISTRATOR, EDITOR, MODERATOR
from agora.vocabulary import lists
from agora.vocabulary.models import Function, Service, Theme
from practices.actions import change_practice
from practices.admin import actions
from practices.admin.actions import give_practices, open_practices, refile_practices, replace_word
from practices.models import PracticePage, RevisionNote

from .editors_desk import again, bulk, propose, slugs_of, text_of, theme
from .factories import fields_of, make_practice
from .samples import declare

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tree, member):
    return make_practice(by=member, title="Un accueil en deux temps")


@pytest.fixture
def desk(editor, client_of):
    """The browser of an editor."""
    return client_of(editor)


class TestWords:
    def test_a_word_is_added_and_taken_off_with_its_reason(self, sheet, editor):
        for on, expected in ((True, ("accueil-flux", "bilan")), (False, ("accueil-flux",))):
            outcome = refile_practices(
                [sheet], theme("bilan"), on=on, by=editor, reason="Reclassement de mai."
            )
            assert (outcome.changed, outcome.unchanged, outcome.refused) == (1, 0, [])
            assert slugs_of(sheet) == expected
        note = RevisionNote.objects.order_by("-pk").first()
        assert (note.author, note.significance, note.reason) == (editor, "minor", "Reclassement de mai.")

    def test_what_needs_nothing_gets_no_version(self, sheet, editor):
        before = RevisionNote.objects.count()
        outcome = refile_practices([sheet], theme("accueil-flux"), on=True, by=editor, reason="")
        assert (outcome.changed, outcome.unchanged) == (0, 1)
        assert RevisionNote.objects.count() == before

    def test_one_that_cannot_change_does_not_stop_the_others(self, tree, member, editor):
        locked, archived, free = (make_practice(by=member) for _number in range(3))
        PracticePage.objects.filter(pk=locked.pk).update(locked=True)
        archived.unpublish()
        outcome = refile_practices(
            [again(each) for each in (locked, archived, free)], theme("bilan"), on=True, by=editor, reason=""
        )
        assert outcome.changed == 1
        assert outcome.refused == [locked.title, archived.title]
        assert "bilan" in slugs_of(free)

    def test_too_many_at_once_wait(self, tree, member, editor, monkeypatch):
        monkeypatch.setattr(actions, "AT_ONCE", 1)
        sheets = [make_practice(by=member) for _number in range(3)]
        outcome = refile_practices(sheets, theme("bilan"), on=True, by=editor, reason="")
        assert (outcome.changed, outcome.left) == (1, 2)

    def test_from_the_listing(self, tree, member, desk):
        ticked, other = make_practice(by=member), make_practice(by=member)
        url = f"{bulk('add_word')}?id={ticked.pk}&id=zzz&id=99999999999999999999&next=/admin/fiches/"
        assert ticked.title in text_of(desk.get(url))
        response = desk.post(url, {"word": "themes:bilan", "reason": "Pour le jury."}, follow=True)
        assert "1 fiche changée." in text_of(response)
        assert "bilan" in slugs_of(ticked)
        assert "bilan" not in slugs_of(other)

    def test_all_of_the_listing_means_with_its_filters(self, tree, member, desk):
        tip = make_practice(by=member, kind="tip", steps="")
        other = make_practice(by=member)
        url = f"{bulk('add_word')}?id=all&next=/admin/fiches/%3Fkind%3Dtip"
        desk.post(url, {"word": "themes:bilan"})
        assert "bilan" in slugs_of(tip)
        assert "bilan" not in slugs_of(other)

    def test_a_word_that_is_of_no_list_is_refused(self, sheet, desk):
        response = desk.post(f"{bulk('add_word')}?id={sheet.pk}", {"word": "themes:rien"})
        assert response.status_code == 200
        assert slugs_of(sheet) == ("accueil-flux",)


class TestOneWordForAnother:
    def test_sheets_profiles_and_the_list_follow(self, tree, member, colleague, editor):
        old, new = theme("accueil-flux"), theme("bilan")
        sheet, both = make_practice(by=member), make_practice(by=member, themes=("accueil-flux", "bilan"))
        member.themes.add(old)
        outcome = replace_word(old, new, by=editor)
        assert (outcome.changed, outcome.left) == (2, 0)
        assert slugs_of(sheet) == slugs_of(both) == ("bilan",)
        assert list(member.themes.all()) == [new]
        assert not Theme.objects.get(pk=old.pk).is_active
        assert old not in lists.themes().offered
        note = RevisionNote.objects.filter(revision__object_id=str(sheet.pk)).order_by("-pk").first()
        assert note.reason == "« Premier accueil et flux » devient « Bilan »." or new.name in note.reason

    def test_a_profile_that_points_to_one_word_follows(self, tree, member, editor):
        old, new = Function.objects.all()[:2]
        Member.objects.filter(pk=member.pk).update(function=old)
        replace_word(old, new, by=editor)
        member.refresh_from_db()
        assert member.function == new

    def test_nothing_is_hidden_before_all_have_moved(self, tree, member, editor, monkeypatch):
        monkeypatch.setattr(actions, "AT_ONCE", 1)
        for _number in range(2):
            make_practice(by=member)
        old = theme("accueil-flux")
        assert replace_word(old, theme("bilan"), by=editor).left == 1
        assert Theme.objects.get(pk=old.pk).is_active
        assert replace_word(old, theme("bilan"), by=editor).left == 0
        assert not Theme.objects.get(pk=old.pk).is_active

    def test_words_of_two_lists_do_not_mix(self, tree, editor):
        service = Service.objects.first()
        for other in (service, theme("bilan")):
            with pytest.raises(ValidationError):
                replace_word(theme("bilan"), other, by=editor)

    def test_from_the_vocabulary(self, sheet, desk):
        url = reverse("replace_word", args=["theme", "accueil-flux"])
        listing = desk.get(reverse(Theme.snippet_viewset.get_url_name("list"))).content.decode()
        assert url in listing
        assert "1 fiche publiée porte ce mot." in text_of(desk.get(url))
        response = desk.post(
            url, {"new": theme("bilan").pk, "reason": "Deux mots pour une chose."}, follow=True
        )
        assert "n’est plus proposé" in text_of(response)
        assert slugs_of(sheet) == ("bilan",)

    @pytest.mark.parametrize("kind", ["theme", "cpas", "zzz"])
    def test_an_unknown_word_has_no_page(self, tree, desk, kind):
        assert desk.get(reverse("replace_word", args=[kind, "rien-de-tel"]), follow=True).status_code == 404


class TestShowcase:
    def test_sheets_are_opened_and_closed(self, sheet, editor):
        for on in (True, False):
            assert open_practices([sheet], on=on, by=editor).changed == 1
            assert again(sheet).is_showcase is on

    def test_an_administrator_who_is_no_editor_does_not(self, sheet, make_member):
        administrator = make_member(roles=[ADMINISTRATOR], cpas=None)
        assert open_practices([sheet], on=True, by=administrator).refused == [sheet.title]

    def test_from_the_listing(self, sheet, desk):
        desk.post(f"{bulk('open')}?id={sheet.pk}")
        assert again(sheet).is_showcase


class TestKeepers:
    @pytest.mark.parametrize("role", [EDITOR, MODERATOR, ADMINISTRATOR])
    def test_sheets_are_given_to_somebody_who_is_there(self, sheet, colleague, make_member, role):
        outcome = give_practices([sheet], colleague, by=make_member(roles=[role], cpas=None))
        assert (outcome.changed, outcome.refused) == (1, [])
        assert again(sheet).owner == colleague

    def test_nobody_keeps_who_is_not_there(self, sheet, pending, member, editor):
        assert give_practices([sheet], pending, by=editor).refused == [sheet.title]
        assert again(sheet).owner == member

    def test_from_the_listing(self, sheet, colleague, desk):
        url = f"{bulk('give')}?id={sheet.pk}"
        assert colleague.get_full_name() in text_of(desk.get(url))
        desk.post(url, {"keeper": colleague.pk})
        assert again(sheet).owner == colleague


class TestPageForm:
    def form(self, sheet, desk) -> dict:
        """What Wagtail's form would send back untouched."""
        page = desk.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk]))
        form = page.context["form"]
        data = {}
        for field in form:
            value = field.value()
            if isinstance(value, list):
                data[field.html_name] = [getattr(each, "pk", each) for each in value]
            elif value not in (None, False):
                data[field.html_name] = value
        data |= {
            "loaded_revision_id": page.context["page"].latest_revision_id or "",
            "loaded_revision_created_at": page.context["loaded_revision_created_at"],
            "action-publish": "1",
        }
        for formset in form.formsets.values():
            data |= {f"{formset.prefix}-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
        return data

    def test_it_shows_the_life_of_the_sheet(self, sheet, colleague, desk):
        declare(sheet, "21010", "adopted", date(2024, 3, 1), "Tel quel.")
        propose(sheet, colleague)
        text = text_of(desk.get(reverse("wagtailadmin_pages:edit", args=[sheet.pk])))
        for said in (
            "Jette : Adopté",
            "Tel quel.",
            "changement important",
            "Première version",
            "Samira Bastiaens",
        ):
            assert said in text, said

    def test_what_is_published_there_has_its_note(self, sheet, editor, desk):
        response = desk.post(
            reverse("wagtailadmin_pages:edit", args=[sheet.pk]),
            self.form(sheet, desk) | {"title": "Un accueil en trois temps"},
        )
        assert response.status_code == 302
        assert again(sheet).title == "Un accueil en trois temps"
        note = RevisionNote.objects.order_by("-pk").first()
        assert (note.author, note.revision_id) == (editor, again(sheet).live_revision_id)

    def test_it_overwrites_nothing_in_silence(self, sheet, member, desk):
        typed = self.form(sheet, desk) | {"title": "Le titre de l’éditrice"}
        change_practice(
            sheet,
            fields_of(title="Le titre du membre"),
            by=member,
            significance="minor",
            based_on=sheet.live_revision_id,
        )
        response = desk.post(reverse("wagtailadmin_pages:edit", args=[sheet.pk]), typed)
        assert "Une autre version a été enregistrée" in text_of(response)
        assert "Le titre de l’éditrice" in response.content.decode()
        assert again(sheet).title == "Le titre du membre"
