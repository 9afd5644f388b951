"""A tip grows into a sheet, a sheet is not pressed into a tip, and what was stopped tells why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agora.drafts.models import Draft
from practices.actions import PracticeFields, archive_practice
from practices.examples import EXAMPLES, OF_TIPS
from practices.forms import FORMS
from practices.growth import grown, refusal, without_place
from practices.models import PracticePage
from practices.models.practice import TIP_LENGTH
from practices.sheet import parts_of
from tests.drafts.factories import sent

from .factories import make_practice
from .test_write import address, begin_change, send, step_address, text_of

TIP_TEXT = "On cherchait le papier.\n\n1. Coller un papillon.\n2. Commencer par lui."


def tip(**changes) -> PracticeFields:
    return PracticeFields(**({"title": "Le papillon", "kind": "tip", "problem": TIP_TEXT} | changes))


class TestGrown:
    def test_a_list_at_the_end_tells_how(self):
        sheet = grown(tip())
        assert (sheet.kind, sheet.problem) == ("sheet", "On cherchait le papier.")
        assert sheet.steps == "1. Coller un papillon.\n2. Commencer par lui."

    @pytest.mark.parametrize(
        "text", ["Une ligne.", "- rien\n- que la liste", "1. d’abord\n\nPuis une phrase.", ""]
    )
    def test_everything_else_stays(self, text):
        sheet = grown(tip(problem=text))
        assert (sheet.kind, sheet.problem, sheet.steps) == ("sheet", text, "")

    def test_steps_that_wait_already_are_kept(self):
        sheet = grown(tip(steps="Avant tout."))
        assert sheet.steps == "Avant tout.\n\n1. Coller un papillon.\n2. Commencer par lui."

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.sampled_from(["mot", "- un", "1. a", "  suite", "", "* b", "12) c"]), max_size=12))
    def test_no_line_is_lost_or_doubled(self, lines):
        fields = tip(problem="\n".join(lines))
        sheet = grown(fields)
        after = [line for text in (sheet.problem, sheet.steps) for line in text.split("\n") if line.strip()]
        assert after == [line for line in fields.problem.split("\n") if line.strip()]


class TestRefusal:
    def test_names_what_would_not_be_read(self):
        assert without_place(tip(steps="a", means=" ", tools="b")) == ("steps", "tools")
        assert without_place(tip(kind="sheet", steps="a")) == ()

    def test_what_a_tip_already_hides_is_no_news(self):
        before = tip(steps="a")
        assert refusal(tip(steps="a", title="Autre"), before) == {}
        assert list(refusal(tip(steps="b"), before)) == ["kind"]
        assert list(refusal(tip(steps="a"), tip(kind="sheet", steps="a"))) == ["kind"]


@pytest.mark.django_db
class TestOnThePages:
    @pytest.fixture
    def practice(self, tree, member):
        return make_practice(by=member, kind="tip", problem=TIP_TEXT, steps="", summary="")

    def test_from_the_sheet_to_the_second_step(self, client_of, practice, colleague):
        browser = client_of(colleague)
        page = text_of(browser.get(practice.get_absolute_url()))
        assert address("grow", slug=practice.slug) in page
        answer = browser.post(address("grow", slug=practice.slug))
        assert answer.url == step_address(2)
        page = text_of(browser.get(answer.url))
        assert "1. Coller un papillon." in page
        assert "devient une fiche" in page
        assert PracticePage.objects.get().kind == "tip", "readers keep the tip"
        assert Draft.objects.get().base == str(practice.live_revision_id)

    def test_a_draft_one_has_goes_on(self, client_of, practice, member):
        browser = client_of(member)
        begin_change(browser, member, practice, title="Mon titre", problem=TIP_TEXT, kind="tip")
        browser.post(address("grow", slug=practice.slug))
        draft = Draft.objects.get()
        assert (draft.data["title"], draft.data["kind"]) == ("Mon titre", "sheet")

    def test_from_the_form(self, client_of, tree, member):
        browser = client_of(member)
        fields = {"title": "Le papillon", "problem": TIP_TEXT, "kind": "tip", "summary": ""}
        answer = browser.post(address("write"), sent(member, go="grow", **fields))
        assert answer.url == step_address(2)
        assert Draft.objects.get().data["steps"].startswith("1. Coller")

    def test_not_when_it_was_withdrawn(self, client_of, practice, member):
        archive_practice(practice, member)
        assert client_of(member).post(address("grow", slug=practice.slug)).status_code == 404

    def test_a_sheet_becomes_no_tip_as_long_as_texts_would_be_lost(self, client_of, tree, member):
        practice = make_practice(by=member, problem="Court.")
        browser = client_of(member)
        begin_change(browser, member, practice, kind="tip")
        page = text_of(browser.get(step_address(1)))
        assert "Une astuce n’a qu’un texte." in page
        assert "Comment on fait, pas à pas" in page
        page = text_of(send(browser, member, 5, go="publish", significance="major"))
        assert "n’y seraient plus lues" in page
        assert PracticePage.objects.get().kind == "sheet"
        assert Draft.objects.get()
        send(browser, member, 2, steps="")
        send(browser, member, 5, go="publish", significance="major")
        assert PracticePage.objects.get().kind == "tip"

    def test_the_home_page_opens_a_tip(self, client_of, tree, member):
        page = text_of(client_of(member).get(address("write") + "?kind=tip"))
        checked = page[: page.index("checked")].rsplit("<input", 1)[1]
        assert 'value="tip"' in checked
        page = text_of(client_of(member).get(address("write") + "?kind=%3Cb%3E"))
        assert 'value="sheet"' in page[: page.index("checked")].rsplit("<input", 1)[1]

    def test_a_tip_is_counted(self, client_of, tree, member):
        page = text_of(client_of(member).get(address("write")))
        assert f'data-count="{TIP_LENGTH}"' in page
        assert 'data-count-for="tip"' in page


@pytest.mark.django_db
class TestStopped:
    def test_its_lesson_is_asked_before_publishing(self, client_of, tree, member):
        practice = make_practice(by=member, pitfalls="")
        browser = client_of(member)
        begin_change(browser, member, practice, 3, maturity="abandoned", pitfalls=" ")
        assert "vaut d’être racontée" in text_of(browser.get(step_address(3)))
        assert "dites en deux lignes pourquoi" in text_of(
            send(browser, member, 5, go="publish", significance="major")
        )
        send(browser, member, 3, pitfalls="Le local a fermé.")
        send(browser, member, 5, go="publish", significance="major")
        assert PracticePage.objects.get().maturity == "abandoned"

    def test_its_lesson_comes_right_after_the_problem(self, tree, member):
        practice = make_practice(by=member, pitfalls="Le local a fermé.", maturity="abandoned")
        assert [part.name for part in parts_of(practice)][:2] == ["problem", "pitfalls"]
        practice.maturity = "told"
        assert [part.name for part in parts_of(practice)][1] == "steps"


def test_examples_stand_under_fields_that_exist():
    fields = {name for form in FORMS for name in form.base_fields}
    assert set(EXAMPLES) | set(OF_TIPS) <= fields


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_each_long_text_shows_an_example(client_of, tree, member, language):
    for step, count in ((1, 3), (2, 3), (3, 4), (4, 1)):
        page = text_of(client_of(member).get(address("write", language) + f"?etape={step}"))
        assert page.count("more example") == count


def test_the_example_of_a_tip_fits_in_a_tip():
    assert len(str(OF_TIPS["problem"])) <= TIP_LENGTH
