"""Two people change one sheet: joined where it can be, beside each other where it cannot, never lost."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agora.drafts.actions import save_draft
from agora.drafts.models import Draft
from practices.actions import PracticeFields, change_practice
from practices.drafting import BOTH, MINE, THEIRS, Conflicting, compare, publish_draft, settle
from practices.models import PracticePage
from tests.drafts.factories import sent

from .factories import make_practice
from .test_write import address, begin_change, send, step_address, text_of

pytestmark = pytest.mark.django_db
STEPS = "1. Tracer\n2. Relire\n3. Ranger"


@pytest.fixture
def practice(tree, member):
    return make_practice(by=member, title="Le tableau", steps=STEPS, problem="Un carnet.", publics=("tous",))


def publish(practice, by, **changes):
    """Somebody publishes a version meanwhile."""
    practice = PracticePage.objects.get(pk=practice.pk)
    fields = PracticeFields.of(practice).with_data(changes)
    return change_practice(practice, fields, by=by, significance="minor", based_on=practice.live_revision_id)


def draft_of(owner, practice, **data) -> Draft:
    import uuid

    return save_draft(
        owner,
        pk=uuid.uuid4(),
        kind="practice",
        language="fr",
        target=str(practice.pk),
        base=str(practice.live_revision_id),
        data=data,
    ).draft


class TestJoined:
    def test_different_fields_and_lines(self, practice, member, colleague):
        draft = draft_of(
            member, practice, steps=STEPS.replace("Tracer", "Tracer large"), publics=["jeunes", "tous"]
        )
        publish(practice, colleague, steps=STEPS.replace("Ranger", "Ranger tout"), problem="Deux carnets.")
        fields = PracticeFields.of(publish_draft(draft, by=member, significance="minor"))
        assert fields.steps == "1. Tracer large\n2. Relire\n3. Ranger tout"
        assert fields.problem == "Deux carnets."
        assert fields.publics == ("jeunes", "tous")
        assert not Draft.objects.exists()

    def test_the_author_is_told_before_and_after(self, client_of, practice, member, colleague):
        browser = client_of(member)
        begin_change(browser, member, practice, 2, steps=STEPS.replace("Tracer", "Tracer large"))
        publish(practice, colleague, problem="Deux carnets.")
        page = text_of(browser.get(step_address(2)))
        assert f"{colleague.signature} a publié une nouvelle version" in page
        page = text_of(browser.get("/fr/brouillons/"))
        assert "Une autre version a été publiée" in page
        send(browser, member, 5, go="publish", significance="minor")
        said = [str(m) for m in browser.get("/fr/brouillons/").context["messages"]]
        assert f"Votre version est publiée, réunie avec celle de {colleague.signature}." in said

    def test_somebody_writing_now_is_named(self, client_of, practice, member, colleague):
        draft_of(colleague, practice, problem="Secret")
        browser = client_of(member)
        begin_change(browser, member, practice, problem="x")
        own = Draft.objects.get(owner=member)
        page = text_of(browser.get(address("write_step", pk=own.pk, step=1)))
        assert f"{colleague.signature} écrit aussi dans cette fiche." in page
        assert "Secret" not in page


class TestTwoTexts:
    @pytest.fixture
    def browser(self, client_of, practice, member, colleague):
        browser = client_of(member)
        begin_change(browser, member, practice, problem="Mon <b>carnet</b>.", title="Mon titre")
        publish(practice, colleague, problem="Leur carnet.", means="Une heure.")
        return browser

    def decide(self, browser, practice, **choices):
        draft = Draft.objects.get()
        form = {
            "seen": PracticePage.objects.get(pk=practice.pk).live_revision_id,
            "sequence": draft.sequence,
        }
        return browser.post(address("decide", pk=draft.pk), form | choices)

    def test_publishing_shows_both_and_publishes_nothing(self, browser, practice, member):
        answer = send(browser, member, 5, go="publish", significance="minor")
        assert answer.url == address("conflict", pk=Draft.objects.get().pk)
        page = text_of(browser.get(answer.url))
        assert "<mark>Mon</mark>" in page
        assert "<mark>Leur</mark>" in page
        assert "<b>carnet</b>" not in page
        assert "Le problème que cela règle" in page
        assert "choice_title" not in page, "only I changed the title"
        assert PracticePage.objects.get().problem == "Leur carnet."
        assert Draft.objects.get().data["problem"] == "Mon <b>carnet</b>."

    @pytest.mark.parametrize(
        ("choice", "problem"),
        [
            (MINE, "Mon <b>carnet</b>."),
            (THEIRS, "Leur carnet."),
            (BOTH, "Mon <b>carnet</b>.\n\nLeur carnet."),
        ],
    )
    def test_a_choice_leads_to_reading_then_publishing(self, browser, practice, member, choice, problem):
        answer = self.decide(browser, practice, choice_problem=choice)
        assert answer.url == step_address(5)
        assert PracticePage.objects.get().problem == "Leur carnet.", "nothing is published yet"
        send(browser, member, 5, go="publish", significance="minor")
        page = PracticePage.objects.get()
        assert (page.problem, page.title, page.means) == (problem, "Mon titre", "Une heure.")

    def test_no_choice_between_texts_one_has_not_seen(self, browser, practice, colleague):
        draft = Draft.objects.get()
        seen = PracticePage.objects.get().live_revision_id
        publish(practice, colleague, problem="Encore un autre.")
        form = {"seen": seen, "sequence": draft.sequence, "choice_problem": MINE}
        page = text_of(browser.post(address("decide", pk=draft.pk), form))
        assert "vient encore de changer" in page
        assert "Encore un autre." in page.replace("<mark>", "").replace("</mark>", "")
        assert Draft.objects.get().base == draft.base

    def test_nor_when_the_draft_moved(self, browser, practice, member):
        draft = Draft.objects.get()
        send(browser, member, 1, problem="Mon autre carnet.")
        form = {"seen": PracticePage.objects.get().live_revision_id, "sequence": draft.sequence}
        page = text_of(browser.post(address("decide", pk=draft.pk), form | {"choice_problem": THEIRS}))
        assert "vient encore de changer" in page
        assert Draft.objects.get().data["problem"] == "Mon autre carnet."

    @pytest.mark.parametrize("choice", [{}, {"choice_problem": "neither"}, {"choice_other": MINE}])
    def test_a_missing_choice_is_asked_again(self, browser, practice, choice):
        assert "un choix manque" in text_of(self.decide(browser, practice, **choice))

    @pytest.mark.parametrize("wrong", [{"seen": "x"}, {"sequence": ""}, {"seen": "9" * 40}])
    def test_odd_numbers_are_no_error(self, browser, practice, wrong):
        assert self.decide(browser, practice, choice_problem=MINE, **wrong).status_code == 200

    def test_deciding_later_keeps_both(self, browser, member):
        send(browser, member, 5, go="publish", significance="minor")
        page = text_of(browser.get("/fr/brouillons/"))
        assert "Mon titre" in page
        assert Draft.objects.get().data["problem"] == "Mon <b>carnet</b>."

    def test_there_is_nothing_to_decide_when_nothing_conflicts(self, client_of, practice, member):
        begin_change(client_of(member), member, practice, problem="Mon carnet.")
        Draft.objects.update(base=str(practice.live_revision_id))
        answer = client_of(member).get(reverse("practices:conflict", kwargs={"pk": Draft.objects.get().pk}))
        assert answer.url == step_address(5)


def test_titles_are_chosen_not_joined(practice, member, colleague):
    draft = draft_of(member, practice, title="Mon titre")
    publish(practice, colleague, title="Leur titre")
    page = PracticePage.objects.get()
    seen = {"seen": page.live_revision_id, "sequence": draft.sequence}
    assert not settle(draft, page, {"title": BOTH}, **seen)
    assert settle(draft, page, {"title": THEIRS}, **seen)
    assert Draft.objects.get().data["title"] == "Leur titre"


def test_first_window_saved_after_somebody_published_is_told(client_of, practice, member, colleague):
    """The page was open before the other version: the base it carries is the one it showed."""
    form = sent(member, problem="Mon carnet.") | {
        "draft_target": str(practice.pk),
        "draft_base": str(practice.live_revision_id),
    }
    publish(practice, colleague, problem="Leur carnet.")
    client_of(member).post(address("edit", slug=practice.slug), form)
    with pytest.raises(Conflicting) as caught:
        publish_draft(Draft.objects.get(), by=member, significance="minor")
    assert caught.value.standoff.fields == ("problem",)


words = st.sampled_from(["", "un", "deux", "un\ndeux", "un\n\ntrois", "quatre\nun"])
changes = st.fixed_dictionaries(
    {},
    optional={
        "problem": words,
        "steps": words,
        "title": st.sampled_from(["A", "B", "Le tableau"]),
        "themes": st.sampled_from([["parcours"], ["parcours", "reseau"], ["accueil-flux"]]),
    },
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=changes, theirs=changes)
def test_every_acknowledged_text_is_published_or_kept_or_on_the_page_of_both(
    practice, member, colleague, mine, theirs
):
    Draft.objects.all().delete()
    practice = PracticePage.objects.get(pk=practice.pk)
    before = PracticeFields.of(practice)
    draft = draft_of(member, practice, **mine)
    published = publish(practice, colleague, **theirs)
    standoff = compare(draft, published)
    for name in mine:
        my_text, base = draft.data[name], before.as_data()[name]
        if my_text == base:
            continue
        if name in standoff.fields:
            assert standoff.mine[name] == PracticeFields(title="").with_data({name: my_text}).as_data()[name]
            continue
        merged = standoff.merged[name]
        if isinstance(merged, list):
            assert set(my_text) - set(base) <= set(merged)
        else:
            assert set(my_text.split("\n")) - set(base.split("\n")) <= set(merged.split("\n")) | {""}
    for name in theirs:
        their_text, base = theirs[name], before.as_data()[name]
        if name in standoff.fields or isinstance(their_text, list):
            continue
        assert set(their_text.split("\n")) - set(base.split("\n")) <= set(
            standoff.merged[name].split("\n")
        ) | {""}
