"""Writing a sheet from a plain form, step by step, without any script."""

import uuid

import pytest
from django.urls import reverse
from django.utils import translation

from agora.drafts.actions import discard_draft
from agora.drafts.models import Draft
from practices.actions import PracticeFields, archive_practice
from practices.models import PracticePage, RevisionNote
from tests.drafts.factories import sent

from .factories import TEXTS, make_practice

pytestmark = pytest.mark.django_db
ESSENTIAL = {name: TEXTS[name] for name in ("title", "summary", "problem")} | {"kind": "sheet"}


def address(name: str, language: str = "fr", **kwargs) -> str:
    with translation.override(language):
        return reverse(f"practices:{name}", kwargs=kwargs or None)


def step_address(step: int, language: str = "fr") -> str:
    return address("write_step", language, pk=Draft.objects.get().pk, step=step)


def send(browser, owner, step: int, *, go: str = "next", url: str | None = None, **fields):
    """Send one step of the only draft, as its page would."""
    draft = Draft.objects.get()
    form = sent(owner, pk=draft.pk, step=step, known=draft.sequence, go=go, **fields)
    form |= {"draft_target": draft.target, "draft_base": draft.base, "draft_language": draft.language}
    return browser.post(url or step_address(step), form)


def text_of(answer) -> str:
    return answer.content.decode()


class TestWholeWay:
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_from_an_empty_form_to_a_published_sheet(self, client_of, tree, member, language):
        browser = client_of(member)
        page = browser.get(address("write", language))
        assert page.status_code == 200
        assert not Draft.objects.exists(), "looking at the form begins nothing"
        form = sent(member, **ESSENTIAL) | {"draft_language": language, "go": "next"}
        answer = browser.post(address("write", language), form)
        assert answer.url == step_address(2, language)
        answer = send(browser, member, 2, steps="1. **Tracer**\n2. Relire", url=answer.url)
        assert answer.url == step_address(3, language)
        answer = send(browser, member, 3, effects="Moins d’oublis.", maturity="tried", url=answer.url)
        answer = send(
            browser,
            member,
            4,
            themes=["accueil-flux"],
            publics=["tous", "jeunes"],
            origin="21010",
            contacts="Accueil",
            url=answer.url,
        )
        review = browser.get(answer.url)
        assert "<strong>Tracer</strong>" in text_of(review)
        answer = send(browser, member, 5, go="publish", url=answer.url)
        practice = PracticePage.objects.get()
        assert answer.url == practice.get_absolute_url()
        assert practice.locale.language_code == language
        assert practice.live
        assert PracticeFields.of(practice) == PracticeFields(
            **ESSENTIAL,
            steps="1. **Tracer**\n2. Relire",
            effects="Moins d’oublis.",
            maturity="tried",
            themes=("accueil-flux",),
            publics=("jeunes", "tous"),
            origin="21010",
            contacts="Accueil",
        )
        assert not Draft.objects.exists()
        assert RevisionNote.objects.get().author == member

    def test_a_tip_takes_two_steps(self, client_of, tree, member):
        browser = client_of(member)
        tip = {"title": "Une astuce", "problem": "En trois lignes.", "kind": "tip", "summary": ""}
        answer = browser.post(address("write"), sent(member, **tip))
        assert answer.url == step_address(4)
        send(browser, member, 4, go="5", themes=["parcours"])
        answer = send(browser, member, 5, go="publish")
        assert PracticePage.objects.get().kind == "tip"
        assert "L’astuce est publiée." in text_of(browser.get(answer.url))

    def test_the_own_cpas_is_proposed_as_origin(self, client_of, tree, member):
        page = text_of(client_of(member).get(address("write") + "?etape=4"))
        assert '<option value="21007" selected>' in page

    @pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
    @pytest.mark.parametrize("language", ["fr", "nl"])
    def test_each_step_opens_by_itself(self, client_of, tree, member, step, language):
        answer = client_of(member).get(address("write", language) + f"?etape={step}")
        assert answer.status_code == 200
        assert text_of(answer).count("<h1") == 1

    @pytest.mark.parametrize("step", ["0", "6", "x", "-1", "9" * 40, "²"])
    def test_odd_steps_are_the_first_one(self, client_of, tree, member, step):
        assert client_of(member).get(address("write"), {"etape": step}).context["step"].number == 1

    @pytest.mark.parametrize(("go", "place"), [("3", 3), ("next", 2), ("5", 5), ("bogus", 2)])
    def test_any_order(self, client_of, tree, member, go, place):
        answer = client_of(member).post(address("write"), sent(member, title="a", go=go))
        assert answer.url == step_address(place)

    def test_continue_later(self, client_of, tree, member):
        answer = client_of(member).post(address("write"), sent(member, title="Plus tard", go="later"))
        assert answer.url == "/fr/brouillons/"
        assert "Plus tard" in text_of(client_of(member).get(answer.url))


class TestNotYet:
    @pytest.fixture
    def browser(self, client_of, tree, member):
        browser = client_of(member)
        browser.post(address("write"), sent(member, title="Un titre", problem="<script>x</script>"))
        return browser

    def test_what_is_missing_is_listed_with_the_way_there(self, browser, member):
        page = text_of(send(browser, member, 5, go="publish"))
        assert not PracticePage.objects.exists()
        for step, field in [(1, "summary"), (2, "steps"), (4, "themes")]:
            assert f"{step_address(step)}?a-revoir=1#{field}" in page
        assert "Trois points à revoir" in page
        assert "<script>x" not in page
        place = text_of(browser.get(f"{step_address(2)}?a-revoir=1"))
        assert "Dites comment on fait" in place

    def test_nothing_is_asked_before_publishing(self, browser, member):
        assert "bad-msg" not in text_of(browser.get(step_address(2)))
        assert send(browser, member, 2, steps="").status_code == 302

    def test_too_long_is_said_at_once_and_kept(self, browser, member):
        send(browser, member, 1, summary="é" * 301, title="x" * 300)
        page = text_of(browser.get(step_address(1)))
        assert "é" * 301 in page
        assert "301 caractères" in page
        assert "Deux points à revoir" in text_of(browser.get(step_address(3)))
        send(browser, member, 5, go="publish")
        assert not PracticePage.objects.exists()

    def test_a_tip_that_grew_too_long(self, browser, member):
        send(browser, member, 1, kind="tip", problem="x" * 601)
        page = text_of(browser.get(step_address(1)))
        assert "601" in page
        assert "Raconter une astuce" in page and "Votre astuce" in page
        assert "Le problème que cela règle" not in page

    def test_a_tip_asks_for_itself_and_a_theme_and_folds_the_rest(self, browser, member):
        send(browser, member, 1, kind="tip", problem="")
        page = text_of(send(browser, member, 5, go="publish"))
        assert "Votre astuce</a> : Racontez l’astuce en quelques lignes." in page.replace("\xa0", " ")
        filing = text_of(browser.get(step_address(4)))
        themes, fold, rest = filing.partition('<details class="more">')
        assert fold and 'name="themes"' in themes and 'name="publics"' in rest
        send(browser, member, 4, publics=["tous"])
        assert '<details class="more" open>' in text_of(browser.get(step_address(4)))

    @pytest.mark.parametrize(
        ("step", "wrong"),
        [
            (1, {"kind": "novel"}),
            (1, {"title": "\x00" * 10}),
            (1, {"problem": "x" * 30_000}),
            (3, {"maturity": "☃"}),
            (4, {"themes": ["no", "such", "<b>"], "origin": "99999"}),
            (4, {"themes": ["x" * 10_000]}),
            (5, {"significance": "huge", "reason": "x" * 10_000}),
        ],
    )
    def test_wrong_values_are_no_error_page(self, browser, member, step, wrong):
        send(browser, member, step, go=str(step), **wrong)
        assert browser.get(step_address(step)).status_code == 200
        assert send(browser, member, 5, go="publish").status_code == 200
        assert not PracticePage.objects.exists()

    def test_too_large_gives_the_text_back(self, client_of, member, browser):
        draft = Draft.objects.get()
        form = sent(member, pk=draft.pk, known=1, problem="mot " * 150_000)
        answer = browser.post(step_address(1), form)
        assert answer.status_code == 413
        assert "mot mot" in text_of(answer)
        assert Draft.objects.get().data["problem"] == "<script>x</script>"

    def test_five_megabytes_are_refused_and_given_back(self, client_of, member, browser):
        draft = Draft.objects.get()
        form = sent(member, pk=draft.pk, known=1, problem="mot " * 1_300_000)
        answer = browser.post(step_address(1), form)
        assert answer.status_code == 413
        assert text_of(answer).count("mot ") >= 1_300_000
        assert "trop long" in text_of(answer)
        assert Draft.objects.get().data["problem"] == "<script>x</script>"


class TestNothingLost:
    def test_two_windows(self, client_of, tree, member):
        browser = client_of(member)
        browser.post(address("write"), sent(member, title="un"))
        pk = Draft.objects.get().pk
        browser.post(step_address(1), sent(member, pk=pk, known=1, title="deux"))
        answer = browser.post(step_address(1), sent(member, pk=pk, known=1, title="trois"))
        page = text_of(answer)
        assert answer.status_code == 409
        assert "trois" in page
        assert "deux" in page
        assert 'name="draft_insist"' in page
        browser.post(step_address(1), sent(member, pk=pk, known=1, title="trois", draft_insist="1"))
        assert Draft.objects.get().data["title"] == "trois"

    def test_a_form_sent_again_after_publication_is_kept_as_a_draft(self, client_of, tree, member):
        browser = client_of(member)
        form = sent(member, known=4, title="Encore")
        url = address("write_step", pk=form["draft_id"], step=1)
        assert browser.get(url).status_code == 404
        page = text_of(browser.post(url, form, follow=True))
        assert "est gardé dans un brouillon" in page
        assert Draft.objects.get().data["title"] == "Encore"

    def test_a_form_sent_to_a_discarded_draft_takes_it_back(self, client_of, tree, member):
        browser = client_of(member)
        browser.post(address("write"), sent(member, title="un"))
        draft = Draft.objects.get()
        discard_draft(draft)
        assert browser.get(step_address(1)).status_code == 404
        browser.post(step_address(1), sent(member, pk=draft.pk, known=1, title="deux"))
        assert Draft.objects.get(discarded_at=None).data["title"] == "deux"

    def test_a_sheet_withdrawn_meanwhile(self, client_of, tree, member, colleague):
        practice = make_practice(by=colleague)
        browser = client_of(member)
        begin_change(browser, member, practice, problem="Mon ajout")
        archive_practice(practice, colleague)
        assert send(browser, member, 5, go="publish").url == step_address(5)
        page = text_of(browser.get(step_address(5)))
        assert "ne peut plus être modifiée" in page
        assert "Mon ajout" in page
        send(browser, member, 5, go="anew")
        draft = Draft.objects.get()
        assert (draft.target, draft.data["problem"]) == ("", "Mon ajout")
        assert draft.data["steps"] == practice.steps

    def test_a_sheet_deleted_for_good_meanwhile(self, client_of, tree, member, colleague):
        practice = make_practice(by=colleague)
        browser = client_of(member)
        begin_change(browser, member, practice, problem="Mon ajout")
        PracticePage.objects.get().delete()
        send(browser, member, 1, go="1", problem="Mon ajout, et une suite")
        assert "Mon ajout, et une suite" in text_of(browser.get(step_address(1)))
        assert send(browser, member, 5, go="publish", significance="minor").url == step_address(5)
        assert "ne peut plus être modifiée" in text_of(browser.get(step_address(5)))
        send(browser, member, 5, go="anew")
        draft = Draft.objects.get()
        assert (draft.target, draft.data["problem"]) == ("", "Mon ajout, et une suite")

    def test_a_sheet_withdrawn_before_the_first_save(self, client_of, tree, member, colleague):
        practice = make_practice(by=colleague)
        form = sent(member, title="Mon ajout") | {"draft_target": str(practice.pk)}
        archive_practice(practice, colleague)
        page = text_of(client_of(member).post(address("write"), form, follow=True))
        assert "comme une nouvelle fiche" in page
        assert Draft.objects.get().data["title"] == "Mon ajout"


def begin_change(browser, owner, practice, step: int = 1, **fields):
    """Save a first change to a published sheet."""
    form = sent(owner, step=step, go=str(step), **fields)
    form |= {"draft_target": str(practice.pk), "draft_base": str(practice.live_revision_id)}
    return browser.post(address("edit", slug=practice.slug), form)


class TestChange:
    def test_publishes_a_new_version_with_its_reason(self, client_of, tree, member, colleague):
        practice = make_practice(by=member)
        browser = client_of(member)
        page = text_of(browser.get(address("edit", slug=practice.slug)))
        assert practice.summary in page
        assert not Draft.objects.exists()
        begin_change(browser, member, practice, problem="Plus clair")
        send(browser, member, 5, go="publish", significance="medium", reason="pour  être\nclair")
        changed = PracticePage.objects.get()
        assert (changed.problem, changed.steps) == ("Plus clair", practice.steps)
        note = RevisionNote.objects.get(revision=changed.live_revision)
        assert (note.significance, note.reason, note.author) == ("medium", "pour être clair", member)

    def test_goes_on_with_the_draft_one_has(self, client_of, tree, member):
        practice = make_practice(by=member)
        browser = client_of(member)
        begin_change(browser, member, practice, 3, effects="Un effet")
        assert browser.get(address("edit", slug=practice.slug)).url == step_address(3)

    def test_takes_words_away(self, client_of, tree, member):
        practice = make_practice(by=member, publics=("tous", "jeunes"))
        browser = client_of(member)
        begin_change(browser, member, practice, 4, themes=["parcours"], contacts="")
        send(browser, member, 5, go="publish", significance="minor")
        fields = PracticeFields.of(PracticePage.objects.get())
        assert (fields.publics, fields.themes, fields.origin) == ((), ("parcours",), None)

    def test_needs_an_extent(self, client_of, tree, member):
        practice = make_practice(by=member)
        browser = client_of(member)
        begin_change(browser, member, practice, problem="Plus clair")
        page = text_of(send(browser, member, 5, go="publish", significance="enormous"))
        assert "l’ampleur" in page
        assert PracticePage.objects.get().problem == practice.problem

    def test_a_draft_of_the_admin_is_never_shown(self, client_of, tree, member, editor):
        practice = make_practice(by=member)
        secret = practice.get_latest_revision_as_object()
        secret.problem = "Pas encore public"
        revision = secret.save_revision(user=editor)
        browser = client_of(member)
        form = sent(member, title="x") | {"draft_target": str(practice.pk), "draft_base": str(revision.pk)}
        browser.post(address("write"), form)
        for step in (1, 5):
            assert "Pas encore public" not in text_of(browser.get(step_address(step)))


class TestWho:
    @pytest.mark.parametrize("name", ["write", "edit", "write_step", "similar", "conflict"])
    def test_members_only(self, client_of, tree, member, pending, name):
        practice = make_practice(by=member, is_showcase=True)
        browser = client_of(member)
        browser.post(address("write"), sent(member, title="un"))
        kwargs = {
            "edit": {"slug": practice.slug},
            "write_step": {"pk": Draft.objects.get().pk, "step": 1},
            "conflict": {"pk": Draft.objects.get().pk},
        }.get(name, {})
        url = address(name, **kwargs)
        assert client_of().get(url).status_code == 302
        assert client_of(pending).get(url).status_code == 403

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_somebody_elses_draft_does_not_exist(self, client_of, tree, member, colleague, method):
        client_of(member).post(address("write"), sent(member, title="À moi"))
        pk = Draft.objects.get().pk
        browser = client_of(colleague)
        for step in (1, 5):
            url = address("write_step", pk=pk, step=step)
            assert getattr(browser, method)(url, sent(colleague, pk=pk, title="Non")).status_code == 404
        assert browser.get(address("conflict", pk=pk)).status_code == 404
        assert browser.post(address("decide", pk=pk)).status_code == 404
        assert Draft.objects.get().data["title"] == "À moi"

    def test_a_sheet_that_is_not_there(self, client_of, tree, member):
        browser = client_of(member)
        assert browser.get(address("edit", slug="nulle-part")).status_code == 404
        assert browser.get(address("write_step", pk=uuid.uuid4(), step=1)).status_code == 404

    def test_a_locked_sheet(self, client_of, tree, member, editor):
        practice = make_practice(by=member)
        PracticePage.objects.update(locked=True, locked_by=editor)
        assert client_of(member).get(address("edit", slug=practice.slug)).status_code == 403


@pytest.mark.parametrize("base", ["", "x", "٣", "9" * 40, "-1"])
def test_without_the_version_one_started_from_every_difference_is_a_choice(client_of, tree, member, base):
    """Wagtail can purge old versions; an odd number in the form is treated alike."""
    practice = make_practice(by=member)
    form = sent(member, title="Mon titre") | {"draft_target": str(practice.pk), "draft_base": base}
    browser = client_of(member)
    browser.post(address("edit", slug=practice.slug), form)
    assert practice.summary in text_of(browser.get(step_address(1)))
    answer = send(browser, member, 5, go="publish", significance="minor")
    page = text_of(browser.get(answer.url))
    assert "choice_title" in page
    assert "choice_summary" not in page
    assert PracticePage.objects.get().title == practice.title
