"""One sheet: who may open it, what it says, in which language, and at what cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from agora.discussion.actions import import_comment, post_comment
from agora.people.models import Member
from agora.vocabulary.models import Cpas
from practices import facets
from practices.actions import change_practice
from practices.models import SECTIONS, Adoption, PracticePage
from practices.permissions import can_read, get_practice_for
from practices.sheet import number_steps, reading_minutes
from practices.shelf.permissions import get_kept_practice_for

from .factories import fields_of, make_practice
from .samples import declare

pytestmark = pytest.mark.django_db
WHOLE = {
    "title": "Premier accueil",
    "origin": "21009",
    "maturity": "tried",
    "themes": ("accueil-flux", "bilan"),
    "services": ("accueil", "ssg"),
    "publics": ("tous", "jeunes"),
    "functions": ("assistant-social",),
    "missions": ("aide-sociale",),
} | {name: f"Texte de {name}." for name in SECTIONS}


def text_of(page) -> str:
    """The HTML of a page, on one line."""
    return " ".join(page.content.decode().split())


@pytest.fixture
def sheet(tree, member):
    """A whole sheet for members, by a worker of Forest, from Ixelles."""
    return make_practice(by=member, **WHOLE)


class TestWhoReads:
    @pytest.fixture
    def people(self, member, colleague, pending, relay, editor, moderator, make_member):
        left = make_member(status=Member.Status.LEFT)
        return [None, member, colleague, pending, relay, editor, moderator, left]

    def test_the_gate_the_list_and_the_rule_agree(self, tree, member, people):
        sheets = [make_practice(by=member, is_showcase=is_open) for is_open in (True, False)]
        archived = make_practice(by=member, is_showcase=True)
        archived.unpublish()
        for user in (person or AnonymousUser() for person in people):
            for sheet in (*sheets, PracticePage.objects.get(pk=archived.pk)):
                allowed = can_read(user, sheet)
                assert PracticePage.objects.visible_to(user).filter(pk=sheet.pk).exists() is allowed
                for whole in (True, False):
                    try:
                        get_practice_for(user, slug=sheet.slug, language="fr", whole=whole)
                        opened = True
                    except Http404:
                        opened = False
                    assert opened is allowed

    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_status_by_role(self, tree, member, people, client_of, language):
        members_only = make_practice(by=member, language=language)
        showcase = make_practice(by=member, language=language, is_showcase=True)
        for person in people:
            browser = client_of(person)
            expected = 200 if person is not None and person.is_validated else 404
            assert browser.get(members_only.get_absolute_url()).status_code == expected
            assert browser.get(showcase.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("whole", [True, False])
    def test_a_name_that_both_languages_use_is_two_sheets(self, tree, member, whole):
        french, dutch = (make_practice(by=member, language=code, title="Info") for code in ("fr", "nl"))
        assert french.slug == dutch.slug
        for sheet, language in ((french, "fr"), (dutch, "nl")):
            found = get_practice_for(member, slug=sheet.slug, language=language, whole=whole)
            assert (found.pk, found.locale.language_code) == (sheet.pk, language)
            kept = get_kept_practice_for(member, slug=sheet.slug, language=language)
            assert kept.pk == sheet.pk

    def test_the_other_language_has_no_such_address(self, sheet, member, client_of):
        with translation.override("nl"):
            url = reverse("practices:sheet", kwargs={"slug": sheet.slug})
        assert client_of(member).get(url).status_code == 404

    def test_an_archived_sheet_is_gone_even_when_it_was_kept_in_memory(self, sheet, member, client_of):
        browser, url = client_of(member), sheet.get_absolute_url()
        assert browser.get(url).status_code == 200
        sheet.unpublish()
        assert browser.get(url).status_code == 404


class TestWhatItSays:
    @pytest.mark.parametrize("note", ["CPAS d’origine. À deux.", "OCMW van herkomst. À deux."])
    def test_that_it_comes_from_there_is_said_once_in_the_language_of_the_page(
        self, sheet, client_of, member, note
    ):
        declare(sheet, "21009", "adopted", date(2024, 3, 1), note)
        declare(sheet, "21010", "adopted", date(2024, 9, 1))
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        assert "depuis mars 2024. CPAS d’origine. À deux." in html
        assert "OCMW" not in html.partition("depuis mars 2024")[2].partition("</td>")[0]

    def test_everything_that_has_data(self, sheet, member, client_of):
        declare(sheet, "21009", "adopted", date(2024, 3, 1))
        declare(sheet, "21010", "adapted", date(2024, 9, 1), "À deux.")
        declare(sheet, "21016", "stopped", date(2025, 6, 1))
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        for words in (
            "Fiche pratique · CPAS d’Ixelles · lecture : une minute",
            "<h1>Premier accueil</h1>",
            "septembre 2024, à Jette puis Uccle",
            "<h2>Le problème</h2>",
            "<h2>Comment on fait</h2>",
            "<h2>Ce que ça change</h2>",
            "<h2>À quelles conditions</h2>",
            "<h2>Ce qui a coincé</h2>",
            "<h2>Outils</h2>",
            "<h2>À qui demander</h2>",
            "<b>Adapté</b> depuis septembre 2024. À deux.",
            "<b>Adopté</b> depuis mars 2024. CPAS d’origine.",
            "<b>Arrêté</b> en juin 2025.",
            "<dt>Pour qui</dt><dd>Tous publics, jeunes et étudiants</dd>",
            "<dt>Moyens</dt><dd><p>Texte de means.</p>",
            "<dt>Tenue par</dt><dd>Samira B., Forest</dd>",
            "<dt>Thèmes</dt>",
            "Une version",
            "Lisible par les membres des 19 CPAS.",
        ):
            assert words in html, words
        assert f'href="{reverse("practices:list")}?theme=accueil-flux">Premier accueil et flux</a>' in html
        assert html.count("Texte de means.") == 1

    def test_an_empty_section_is_not_announced(self, tree, member, client_of):
        sheet = make_practice(by=member, problem="Rien d’autre.", steps="", means="")
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        for title in ("Comment on fait", "Outils", "Moyens", "Qui l’essaie", "Aussi en"):
            assert f">{title}<" not in html

    def test_long_means_have_their_own_part(self, tree, member, client_of):
        sheet = make_practice(by=member, means="Un local.\n\nDu temps.")
        assert "<h2>Moyens</h2>" in text_of(client_of(member).get(sheet.get_absolute_url()))

    def test_a_tip_is_short(self, tree, member, client_of):
        sheet = make_practice(by=member, kind="tip", problem="On rappelle le lendemain.", steps="")
        declare(sheet, "21007")
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        assert "Astuce · lecture" in html
        assert "<h2>L’astuce</h2>" in html
        assert 'class="place"' not in html

    def test_a_practice_that_stopped_ends_with_its_lesson(self, tree, member, client_of):
        sheet = make_practice(by=member, origin="21016", maturity="abandoned")
        declare(sheet, "21016", "stopped", date(2025, 6, 1))
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        step = (
            '<li class="on end-of-life" aria-current="step"><b>Arrêtée, avec sa leçon</b>juin 2025, à Uccle'
        )
        assert step in html
        assert "Évaluée" not in html

    @pytest.mark.parametrize("maturity", PracticePage.Maturity.values)
    def test_exactly_one_step_is_current(self, tree, member, client_of, maturity):
        sheet = make_practice(by=member, maturity=maturity)
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        assert html.count('aria-current="step"') == 1

    def test_an_overdue_sheet_says_so(self, sheet, member, client_of):
        browser = client_of(member)
        assert "est à relire depuis" not in text_of(browser.get(sheet.get_absolute_url()))
        sheet.reviewed_on = date(2020, 2, 29)
        sheet.save()
        html = text_of(browser.get(sheet.get_absolute_url()))
        assert "Cette fiche est à relire depuis" in html
        assert "À relire avant février 2022" in html

    def test_nobody_keeps_the_sheet_of_somebody_who_left(self, sheet, member, colleague, client_of):
        browser = client_of(colleague)
        assert "Samira B." in text_of(browser.get(sheet.get_absolute_url()))
        member.status = Member.Status.LEFT
        member.save(update_fields=["status"])
        html = text_of(browser.get(sheet.get_absolute_url()))
        assert "Samira B." not in html
        assert "<dt>Tenue par</dt><dd>Personne pour l’instant</dd>" in html

    def test_related_sheets_share_a_theme(self, sheet, member, client_of):
        near = make_practice(by=member, title="Proche", themes=("bilan",), services=("ssg",))
        make_practice(by=member, title="Lointaine", themes=("emploi",))
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        assert f'<a href="{near.get_absolute_url()}">Proche</a>' in html
        assert "Lointaine" not in html

    def test_every_field_is_escaped(self, tree, make_member, client_of):
        attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
        author = make_member(first_name=attack[:60], last_name="<b>")
        texts = dict.fromkeys(("title", "summary", *SECTIONS), attack)
        sheet = make_practice(by=author, origin="21007", **texts)
        declare(sheet, "21010", note=attack)
        html = client_of(author).get(sheet.get_absolute_url()).content.decode()
        assert "<img" not in html
        assert "<script>" not in html
        assert html.count("&lt;script&gt;alert(2)&lt;/script&gt;") >= len(texts)


class TestVisitors:
    @pytest.fixture
    def showcase(self, tree, member):
        return make_practice(by=member, is_showcase=True, **WHOLE)

    def test_no_name_no_message_no_form(self, showcase, colleague, client_of):
        post_comment(colleague, showcase, "Un message entre collègues")
        html = text_of(client_of(None).get(showcase.get_absolute_url()))
        for hidden in (
            "Samira",
            "Un message entre collègues",
            "Corriger cette fiche",
            "historique/",
            "Racontez",
        ):
            assert hidden not in html
        assert "<dt>Tenue par</dt><dd>Forest</dd>" in html
        assert "Lisible par tous, même sans compte." in html

    def test_related_and_translation_are_those_they_may_read(self, showcase, member, client_of):
        make_practice(by=member, title="Pour membres", **{"themes": WHOLE["themes"]})
        sister = make_practice(by=member, language="nl", title="Zuster")
        sister.translation_key = showcase.translation_key
        sister.save()
        html = text_of(client_of(None).get(showcase.get_absolute_url()))
        assert "Pour membres" not in html
        assert sister.get_absolute_url() not in html

    def test_members_and_visitors_never_share_what_is_kept(self, showcase, member, client_of):
        url = showcase.get_absolute_url()
        assert "Samira B." in text_of(client_of(member).get(url))
        assert "Samira B." not in text_of(client_of(None).get(url))
        assert "Samira B." in text_of(client_of(member).get(url))


class TestLanguages:
    def test_the_page_speaks_the_language_of_the_sheet(self, tree, member, client_of):
        sheet = make_practice(by=member, language="nl", origin="21016", title="Onthaal")
        page = client_of(member).get(sheet.get_absolute_url())
        assert sheet.get_absolute_url().startswith("/nl/")
        assert '<html lang="nl">' in page.content.decode()
        assert "Ukkel" in page.content.decode()

    def test_the_sister_sheet_is_offered_in_the_page_and_by_the_switch(self, sheet, member, client_of):
        sister = make_practice(by=member, language="nl", title="Eerste onthaal")
        sister.translation_key = sheet.translation_key
        sister.save()
        url = sister.get_absolute_url()
        html = text_of(client_of(member).get(sheet.get_absolute_url()))
        assert html.count(f'href="{url}" lang="nl" hreflang="nl"') == 2
        assert "Eerste onthaal" not in html  # a translation is not a neighbour


class TestFreshness:
    def test_a_change_of_any_kind_shows_at_once(self, sheet, member, colleague, client_of):
        browser, url = client_of(member), sheet.get_absolute_url()
        assert "Qui l’essaie" not in text_of(browser.get(url))
        declare(sheet, "21010")
        assert "Qui l’essaie" in text_of(browser.get(url))
        Adoption.objects.get(practice=sheet).delete()
        assert "Qui l’essaie" not in text_of(browser.get(url))
        fields = fields_of(**(WHOLE | {"problem": "Le problème a changé."}))
        change_practice(sheet, fields, by=colleague, significance="minor", based_on=sheet.live_revision_id)
        html = text_of(browser.get(url))
        assert "Le problème a changé." in html
        assert "Deux versions" in html

    def test_a_new_message_shows_at_once(self, sheet, member, colleague, client_of):
        browser, url = client_of(member), sheet.get_absolute_url()
        browser.get(url)
        post_comment(colleague, sheet, "Je réponds ici")
        assert "Je réponds ici" in text_of(browser.get(url))


class TestCost:
    @pytest.fixture(autouse=True)
    def no_index_yet(self, settings, tmp_path):
        """Let no search of an earlier test say what the page around the sheet costs."""
        settings.SEARCH_URL = f"tantivy://{tmp_path / 'search'}"

    @pytest.fixture(params=[1, 30])
    def busy(self, request, sheet, member):
        """The sheet with one adoption and one message, or with nineteen and thirty."""
        for cpas in Cpas.objects.all()[: request.param]:
            declare(sheet, cpas.pk)
        for number in range(request.param):
            moment = timezone.now() - timedelta(hours=number + 1)
            import_comment(by=member, target=sheet, text=f"Message {number}", parent=None, posted_at=moment)
        return sheet

    def test_twelve_queries_always(self, busy, member, client_of, django_assert_num_queries):
        browser, url = client_of(member), busy.get_absolute_url()
        browser.get(url)
        # session, person, roles, sheet, the mark, the log (for whoever keeps it), proposals,
        # messages, their marks, useful, lists
        with django_assert_num_queries(12):
            browser.get(url)

    def test_the_first_reading_does_not_grow_either(self, busy, member, client_of, django_assert_num_queries):
        browser, url = client_of(member), busy.get_absolute_url()
        facets.picture()
        with django_assert_num_queries(32):
            browser.get(url)

    if connection.vendor == "sqlite":  # PostgreSQL goes by statistics, which small tables do not have

        def test_nothing_is_sought_among_all_sheets_or_all_messages(self, busy, member, client_of):
            browser, url = client_of(member), busy.get_absolute_url()
            browser.get(url)
            with CaptureQueriesContext(connection) as asked:
                browser.get(url)
            with connection.cursor() as cursor:
                plans = [
                    step[-1]
                    for query in asked
                    for step in cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}").fetchall()
                ]
            by_index = {step.partition(" USING ")[2] for step in plans if step.startswith("SEARCH")}
            assert any(index.endswith("(slug=?)") for index in by_index)
            assert any(index.endswith("(content_type_id=? AND object_pk=?)") for index in by_index)
            wide = ("(locale_id=?)", "(content_type_id=?)", "(flag=?)", "(is_public=?)", "(live=?)")
            assert not [index for index in by_index if index.endswith(wide)]
            assert not [step for step in plans if step.startswith("SCAN")]


class TestWords:
    def test_only_outer_lists_become_steps(self):
        inner = "<ol>\n<li>a<ol><li>b</li></ol></li></ol><ul><li><ol><li>c</li></ol></li></ul>"
        html = f'{inner}<ol start="3"><li>d</li></ol>'
        assert number_steps(html).count('<ol class="steps">') == 1
        assert number_steps(html).replace(' class="steps"', "") == html

    def test_two_lists_are_both_steps(self):
        assert number_steps("<ol></ol><p></p><ol></ol>").count("steps") == 2

    @pytest.mark.parametrize(("words", "minutes"), [(0, 1), (150, 1), (390, 2), (3900, 20)])
    def test_reading_time(self, words, minutes):
        assert reading_minutes(PracticePage(title="", problem="mot " * words)) == minutes

    def test_long_reading_times_are_in_figures(self, tree, member, client_of):
        sheet = make_practice(by=member, **dict.fromkeys(SECTIONS[:3], "mot " * 1900))
        assert "lecture : 29 minutes" in text_of(client_of(member).get(sheet.get_absolute_url()))

    def test_dates_are_those_of_brussels(self, tree, member, client_of):
        sheet = make_practice(by=member)
        sheet.first_published_at = datetime(2025, 1, 31, 23, 30, tzinfo=UTC)
        sheet.save()
        assert "février 2025" in text_of(client_of(member).get(sheet.get_absolute_url()))
