"""The mirror: its rules, its reasons, its neighbours; and the profile that it reads."""

from itertools import product
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agora.people.roles import MODERATOR
from agora.vocabulary import lists
from agora.vocabulary.models import Circumstance, Cpas
from practices.adoption.actions import describe
from practices.adoption.mirror import SIZES, Verdict, compare, most_similar, profile_of
from practices.models import CpasContext

from .factories import make_practice
from .samples import declare as declared

pytestmark = pytest.mark.django_db
FOREST, JETTE, EVERE, ANDERLECHT = "21007", "21010", "21006", "21001"
ONE_SITE = ("ssg-isp-ensemble", "un-seul-site", "dossiers-60-100")
MANY_SITES = ("ssg-isp-separes", "plusieurs-antennes", "dossiers-100-140")


def cpas(code: str) -> Cpas:
    return lists.cpas_by_ins()[code]


def finding(asked, profile, dimension: str):
    """What the mirror finds under one dimension."""
    return compare(asked, profile)[list(Circumstance.Dimension).index(dimension)]


def any_profile(random: Random):
    """A CPAS of any size that says anything, or nothing."""
    said = {c.slug for c in lists.circumstances().ordered if random.random() < 0.4}
    return profile_of(random.choice(lists.cpas_list()), random.choice([said, None]))


class TestRules:
    @pytest.mark.parametrize("seed", range(60))
    def test_a_cpas_that_is_as_the_sheet_asks_has_no_gap(self, seed):
        profile = any_profile(Random(seed))
        found = compare(profile.circumstances, profile)
        assert {one.verdict for one in found} <= {Verdict.FITS, Verdict.FREE}

    @pytest.mark.parametrize("seed", range(60))
    def test_every_sentence_names_its_reason_and_nothing_is_counted(self, seed):
        random = Random(seed)
        asked = {c.slug for c in lists.circumstances().ordered if random.random() < 0.3}
        for one in compare(asked, any_profile(random)):
            assert one.rule.startswith("Règle")
            assert one.sheet_says.startswith("La fiche")
            assert one.at_ours.startswith("Chez vous")
            assert "%" not in " ".join((one.rule, one.sheet_says, one.at_ours, one.label))

    @pytest.mark.parametrize("seed", range(60))
    def test_asking_for_more_never_fits_better(self, seed):
        random = Random(seed)
        profile = any_profile(random)
        languages = [c.slug for c in lists.circumstances().ordered if c.dimension == "languages"]
        fewer = set(random.sample(languages, 1))
        more = fewer | set(random.sample(languages, 2))
        if finding(more, profile, "languages").verdict is Verdict.FITS:
            assert finding(fewer, profile, "languages").verdict is Verdict.FITS

    def test_one_of_those_named_is_enough(self):
        profile = profile_of(cpas(FOREST), ONE_SITE)
        assert finding(["un-seul-site", "plusieurs-antennes"], profile, "sites").verdict is Verdict.FITS
        one = finding(["plusieurs-antennes"], profile, "sites")
        assert one.verdict is Verdict.DIFFERS
        assert one.sheet_says.replace("\u00a0", " ") == "La fiche dit : plusieurs antennes."
        assert one.at_ours.replace("\u00a0", " ") == "Chez vous : un seul site."

    def test_each_language_named_is_needed(self):
        asked = ["accueil-bilingue", "interpretes"]
        both = profile_of(cpas(FOREST), asked)
        assert finding(asked, both, "languages").verdict is Verdict.FITS
        one = finding(asked, profile_of(cpas(FOREST), ["interpretes"]), "languages")
        assert one.verdict is Verdict.DIFFERS
        assert "Il manque : un accueil en français et en néerlandais." in one.rule.replace("\u00a0", " ")

    @pytest.mark.parametrize(
        ("dimension", "asked"), [("sites", "un-seul-site"), ("languages", "interpretes")]
    )
    def test_what_was_not_said_is_a_question(self, dimension, asked):
        assert finding([asked], profile_of(cpas(FOREST), None), dimension).verdict is Verdict.UNSAID

    def test_once_described_no_language_means_none(self):
        assert finding(["interpretes"], profile_of(cpas(FOREST), []), "languages").verdict is Verdict.DIFFERS
        assert finding(["un-seul-site"], profile_of(cpas(FOREST), []), "sites").verdict is Verdict.UNSAID

    @pytest.mark.parametrize(("ours", "asked"), list(product(Cpas.Size, Cpas.Size)))
    def test_the_size_is_that_of_the_register(self, ours, asked):
        profile = profile_of(Cpas(pk=FOREST, size=ours), None)
        verdict = finding([SIZES[asked]], profile, "size").verdict
        assert verdict is (Verdict.FITS if ours == asked else Verdict.DIFFERS)

    def test_a_sheet_that_names_nothing_goes_everywhere(self):
        found = compare([], profile_of(cpas(FOREST), MANY_SITES))
        assert {one.verdict for one in found} == {Verdict.FREE}


class TestNeighbours:
    def test_the_closest_first_with_their_reasons_ties_by_name(self):
        ours = profile_of(cpas(FOREST), ONE_SITE)
        others = {
            JETTE: ("un-seul-site",), EVERE: ("un-seul-site",), ANDERLECHT: MANY_SITES, "21011": ONE_SITE,
            "21005": None,
        }  # fmt: skip
        profiles = [profile_of(cpas(code), said) for code, said in others.items()]
        found = most_similar(ours, profiles, {code: cpas(code).name for code in others})
        # Koekelberg shares three dimensions; Evere and Jette two (medium size, one site).
        assert [one.cpas for one in found] == ["21011", EVERE, JETTE]
        assert found[1].reasons.replace("\u00a0", " ") == "Comme vous : un CPAS moyen, un seul site."

    def test_nobody_is_close_without_a_reason(self):
        ours = profile_of(cpas(FOREST), ONE_SITE)
        other = profile_of(cpas(ANDERLECHT), MANY_SITES)
        assert most_similar(ours, [other], {ANDERLECHT: "Anderlecht"}) == []


class TestTheProfile:
    def address(self, code: str = FOREST) -> str:
        return reverse("practices:context", kwargs={"cpas": code})

    def test_a_colleague_sets_it_right_and_it_says_who(self, tree, member, client_of):
        browser = client_of(member)
        sent = {"caseload": "dossiers-60-100", "sites": "un-seul-site", "languages": ["interpretes"]}
        assert browser.post(self.address(), sent).status_code == 302
        context = CpasContext.objects.get()
        assert {c.slug for c in context.circumstances.all()} == {
            "dossiers-60-100",
            "un-seul-site",
            "interpretes",
        }
        html = browser.get(self.address()).content.decode()
        assert "Décrit par Samira B., le" in html
        assert html.count("checked") == 4  # three answers, and « je ne sais pas » for the model

    @pytest.mark.parametrize(
        "wrong", [{"sites": "dossiers-60-100"}, {"caseload": "x\x00"}, {"languages": "y"}]
    )
    def test_an_answer_that_is_not_in_the_list_is_refused(self, tree, member, client_of, wrong):
        page = client_of(member).post(self.address(), {"caseload": "dossiers-60-100"} | wrong)
        assert "Choisissez parmi les réponses proposées." in page.content.decode()
        assert not CpasContext.objects.exists()

    @pytest.mark.parametrize(("who", "may"), [("member", True), ("colleague", False), ("moderator", True)])
    def test_who_describes(self, tree, member, colleague, moderator, client_of, who, may):
        person = {"member": member, "colleague": colleague, "moderator": moderator}[who]
        answer = client_of(person).post(self.address(), {"sites": "un-seul-site"})
        assert answer.status_code == (302 if may else 403)
        assert CpasContext.objects.exists() is may
        if not may:
            with pytest.raises(PermissionDenied):
                describe(FOREST, [], by=person)

    def test_the_size_is_not_asked(self, tree, member):
        context = describe(FOREST, ["cpas-tres-grand", "un-seul-site", "rien-de-tel"], by=member)
        assert [c.slug for c in context.circumstances.all()] == ["un-seul-site"]

    def test_one_comes_back_to_the_mirror(self, tree, member, client_of):
        sheet = make_practice(by=member)
        answer = client_of(member).post(f"{self.address()}?fiche={sheet.slug}", {"fiche": sheet.slug})
        assert answer["Location"] == reverse("practices:mirror", kwargs={"slug": sheet.slug})
        elsewhere = client_of(member).post(self.address(), {"fiche": "//exemple.be"})
        assert elsewhere["Location"] == self.address()


class TestThePage:
    @pytest.fixture
    def sheet(self, tree, member):
        return make_practice(
            by=member,
            conditions="Une cheffe de service qui y tient.",
            pitfalls="Le lundi, trop de monde.",
            circumstances=("plusieurs-antennes", "cpas-moyen"),
        )

    @pytest.fixture
    def url(self, sheet):
        return reverse("practices:mirror", kwargs={"slug": sheet.slug})

    def test_it_says_what_differs_what_to_look_at_and_whom_to_call(self, sheet, member, client_of, url):
        describe(FOREST, ONE_SITE, by=member)
        row = declared(sheet, JETTE, "adapted")
        row.contact, row.changed = "Accueil, assistante sociale", "À deux guichets."
        row.save()
        html = client_of(member).get(url).content.decode().replace("\u00a0", " ")
        for words in (
            "La fiche dit : plusieurs antennes. Chez vous : un seul site.",
            "Règle : une seule des circonstances nommées suffit, et la vôtre n’y est pas.",
            "Une cheffe de service qui y tient.",
            "Le lundi, trop de monde.",
            "Comme vous : un CPAS moyen.",
            "Accueil, assistante sociale",
            "À deux guichets.",
        ):
            assert words in html, words
        assert html.index("Autrement chez vous") < html.index("Comme chez vous")
        assert "%" not in html.split("<main", 1)[1]

    def test_an_empty_profile_leads_to_its_form(self, sheet, member, client_of, url):
        html = client_of(member).get(url).content.decode()
        address = reverse("practices:context", kwargs={"cpas": FOREST})
        assert "Le dire, en quatre questions" in html
        assert f'href="{address}?fiche={sheet.slug}"' in html

    def test_somebody_without_cpas_chooses_one(self, sheet, make_member, client_of, url):
        browser = client_of(make_member(cpas=None, roles=[MODERATOR]))
        assert "Choisissez un CPAS" in browser.get(url).content.decode()
        assert "Jette" in browser.get(f"{url}?cpas={JETTE}").content.decode()
        assert browser.get(f"{url}?cpas=\x00").status_code == 200

    @pytest.mark.parametrize("rows", [1, 18])
    def test_its_cost_does_not_grow(self, sheet, member, client_of, url, rows, django_assert_num_queries):
        for one in Cpas.objects.all()[:rows]:
            declared(sheet, one.pk)
            describe(FOREST, ONE_SITE, by=member)
        browser = client_of(member)
        browser.get(url)
        with django_assert_num_queries(9):
            browser.get(url)
