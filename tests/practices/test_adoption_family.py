"""Adapting a sheet: what the draft takes along, what publishing ties together, who may see the family."""

from datetime import date

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agora.drafts.models import Draft
from practices.adoption.adapting import begin
from practices.adoption.functions import Function, functions_of
from practices.drafting import NotReady, publish_draft
from practices.models import Adoption, Lineage, PracticePage, Provenance
from practices.paper.reading import said

from .factories import make_practice

pytestmark = pytest.mark.django_db
FUNCTIONS = "- La personne choisit l’ordre.\n- **Deux** rendez-vous.\n- Un local fermé."
TEXTS = ["La personne choisit l’ordre.", "Deux rendez-vous.", "Un local fermé."]
FATES = [("kept", ""), ("changed", "Un seul, plus long."), ("dropped", "Pas de local.")]


def told() -> list[Function]:
    return [Function(text, *fate) for text, fate in zip(TEXTS, FATES, strict=True)]


def posted() -> dict:
    """What the page of an adaptation sends."""
    answers = {f"f{n}-fate": fate for n, (fate, _note) in enumerate(FATES)}
    return answers | {f"f{n}-note": note for n, (_fate, note) in enumerate(FATES)} | {"text": TEXTS}


def opened_origin(member) -> PracticePage:
    """Return an open sheet with three key functions."""
    return make_practice(
        by=member, title="Origine", origin="21007", key_functions=FUNCTIONS, is_showcase=True,
        effects="Moins d’attente.", contacts="Accueil de Forest", maturity="followed",
    )  # fmt: skip


@pytest.fixture
def origin(tree, member) -> PracticePage:
    return opened_origin(member)


def adapted(origin, by, title: str = "Variante", **changes) -> PracticePage:
    """Adapt a sheet and publish the variant; further fields change its row."""
    draft = begin(origin, told(), by=by)
    draft.data |= {"title": title}
    draft.save()
    variant = publish_draft(draft, by=by)
    if changes:
        for name, value in changes.items():
            setattr(variant, name, value)
        variant.save()
    return variant


def page(client, sheet) -> str:
    return " ".join(client.get(sheet.get_absolute_url()).content.decode().replace("\u00a0", " ").split())


def family(client, sheet):
    return client.get(reverse("practices:family", kwargs={"pk": sheet.pk}))


class TestBeginning:
    def url(self, origin) -> str:
        return reverse("practices:adapt", kwargs={"slug": origin.slug})

    def test_the_draft_takes_the_texts_and_leaves_what_is_theirs(self, origin, colleague, client_of):
        browser = client_of(colleague)
        answer = browser.post(self.url(origin), posted())
        draft = Draft.objects.get()
        assert str(draft.pk) in answer["Location"]
        assert draft.owner == colleague
        data = draft.data
        assert data["title"] == "Origine, à Jette"
        assert data["origin"] == "21010"
        assert data["problem"] == origin.problem
        assert (data["effects"], data["contacts"], data["maturity"]) == ("", "", "told")
        assert data["key_functions"] == "- La personne choisit l’ordre.\n- Deux rendez-vous."
        html = browser.get(answer["Location"]).content.decode().replace("\u00a0", " ")
        assert "Vous adaptez" in html
        assert "Fonctions clés : une gardée, une changée, une laissée." in html

    def test_answering_again_changes_the_same_draft(self, origin, colleague, client_of):
        browser = client_of(colleague)
        browser.post(self.url(origin), posted())
        assert "Vous avez déjà commencé cette adaptation." in browser.get(self.url(origin)).content.decode()
        browser.post(self.url(origin), posted() | {"f2-fate": "kept"})
        assert Draft.objects.get().data["_adapts"]["functions"][2]["fate"] == "kept"

    @pytest.mark.parametrize(
        "wrong",
        [{"f0-fate": ""}, {"f1-fate": "vu\x00"}, {"f2-note": "x" * 301}, {"text": ["Autre chose."]}],
    )
    def test_a_refusal_keeps_what_was_typed(self, origin, colleague, client_of, wrong):
        html = client_of(colleague).post(self.url(origin), posted() | wrong).content.decode()
        assert "Un seul, plus long." in html
        assert "alert" in html.split("<main", 1)[1]
        assert not Draft.objects.exists()

    def test_a_sheet_without_key_functions_is_adapted_all_the_same(self, tree, member, colleague, client_of):
        sheet = make_practice(by=member)
        assert client_of(colleague).post(self.url(sheet), {}).status_code == 302

    def test_it_takes_a_cpas_and_a_sheet_that_one_reads(self, origin, editor, colleague):
        with pytest.raises(PermissionDenied):
            begin(origin, [], by=editor)
        origin.unpublish()
        with pytest.raises(PermissionDenied):
            begin(PracticePage.objects.get(pk=origin.pk), [], by=colleague)

    def test_no_form_can_write_the_tie(self, origin, colleague, client_of):
        sent = {
            "draft_id": "00000000-0000-4000-8000-000000000009", "draft_language": "fr", "step": 1,
            "title": "À moi", "_adapts": f'{{"origin": {origin.pk}}}',
        }  # fmt: skip
        client_of(colleague).post(reverse("practices:write"), sent)
        assert "_adapts" not in Draft.objects.get().data

    def test_functions_are_lines_without_marks(self, origin):
        assert functions_of(origin) == TEXTS


class TestPublishing:
    def test_both_sheets_the_declaration_and_the_letter(
        self, origin, member, colleague, client_of, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            variant = adapted(origin, colleague)
        lineage = Lineage.objects.get()
        assert (lineage.variant_id, lineage.origin_id, lineage.declared_by) == (
            variant.pk,
            origin.pk,
            colleague,
        )
        row = Adoption.objects.get()
        assert (row.practice_id, row.cpas_id, row.state) == (origin.pk, "21010", "adapted")
        assert not Draft.objects.exists()
        assert PracticePage.objects.get(pk=origin.pk).live_revision_id == origin.live_revision_id
        letter = mail.outbox[-1]
        assert letter.to == [member.email]
        for secret in ("Origine", "Variante", "Lies", "Jette", origin.slug, variant.slug):
            assert secret not in letter.subject + letter.body
        assert f"/pratiques/famille/{origin.pk}/" in letter.body
        html = page(client_of(colleague), variant)
        assert f'Adaptée de <a href="{origin.get_absolute_url()}">Origine</a> (Forest)' in html
        assert "fonctions clés : une gardée, une changée, une laissée" in html
        html = page(client_of(member), origin)
        assert "Ses variantes" in html
        assert f'<a href="{variant.get_absolute_url()}">Variante</a>' in html

    def test_all_or_nothing(self, origin, colleague):
        draft = begin(origin, told(), by=colleague)
        draft.data |= {"themes": []}
        draft.save()
        with pytest.raises(NotReady):
            publish_draft(draft, by=colleague)
        assert not Lineage.objects.exists()
        assert not Adoption.objects.exists()

    def test_what_the_cpas_had_said_stays(self, origin, colleague):
        Adoption.objects.create(
            practice=origin, cpas_id="21010", state="trying", since="2024-03-01", note="Le mardi."
        )
        adapted(origin, colleague)
        row = Adoption.objects.get()
        assert (row.state, row.note, str(row.since)) == ("adapted", "Le mardi.", "2024-03-01")

    def test_one_s_own_sheet_gives_a_variant_and_no_declaration(self, origin, make_member):
        adapted(origin, make_member(cpas="21007"))
        assert Lineage.objects.exists()
        assert not Adoption.objects.exists()

    def test_an_origin_withdrawn_meanwhile_stays_hidden_and_tied(self, origin, colleague, client_of):
        draft = begin(origin, told(), by=colleague)
        origin.unpublish()
        variant = publish_draft(draft, by=colleague)
        assert Lineage.objects.get().origin_id == origin.pk
        assert not Adoption.objects.exists()
        assert "Adaptée de" not in page(client_of(colleague), variant)

    def test_an_origin_gone_for_good_lets_the_variant_stand(self, origin, colleague):
        draft = begin(origin, told(), by=colleague)
        origin.delete()
        assert publish_draft(draft, by=colleague).live
        assert not Lineage.objects.exists()


def test_a_sheet_alone_says_so(origin, member, client_of):
    assert "Personne n’a encore adapté cette pratique." in family(client_of(member), origin).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_cost_does_not_grow(origin, member, client_of, count, django_assert_num_queries):
    for number in range(count):
        variant = make_practice(by=member, title=f"Variante {number}")
        functions = [function.as_data() for function in told()]
        Lineage.objects.create(variant=variant, origin=origin, functions=functions)
    browser = client_of(member)
    family(browser, origin)
    # Session, person, roles, the sheet, ties, which are readable, those, and how they differ.
    with django_assert_num_queries(8):
        family(browser, origin)


class TestWhereItComesFrom:
    """A room or a question is told of the sheet written from it; a sheet that adapts that one leads there."""

    @pytest.fixture
    def born(self, origin) -> PracticePage:
        Provenance.objects.create(
            sheet=origin, source="room", method_fr="Analyse", method_nl="Analyse", month="2026-03-01", cpas=5
        )
        return origin

    def test_the_variant_says_the_sheet_and_the_sheet_says_the_room(self, born, member, colleague, client_of):
        variant = adapted(born, colleague)
        told = "D’une salle d’intervision"
        assert told in page(client_of(member), born)
        shown = page(client_of(member), variant)
        assert told not in shown and f'Adaptée de <a href="{born.get_url()}"' in shown
        assert not Provenance.objects.filter(sheet=variant).exists()

    def test_on_paper_too(self, born, member, colleague):
        variant = adapted(born, colleague)
        for is_member, place in ((True, "Forest"), (False, "Forest")):
            origin_said = str(said(born, member=is_member, today=date(2026, 4, 1)))
            assert "D’une salle d’intervision (Analyse) en mars 2026" in origin_said
            variant_said = str(said(variant, member=is_member, today=date(2026, 4, 1)))
            assert "Adaptée de" in variant_said and place in variant_said
            assert "intervision" not in variant_said

    def test_paper_does_not_name_a_sheet_that_its_reader_may_not_read(self, born, colleague):
        variant = adapted(born, colleague, is_showcase=True)
        PracticePage.objects.filter(pk=born.pk).update(is_showcase=False)
        assert "Origine" in str(said(variant, member=True, today=date(2026, 4, 1)))
        assert "Adaptée de" not in str(said(variant, member=False, today=date(2026, 4, 1)))
