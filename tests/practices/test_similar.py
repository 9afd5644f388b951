"""Sheets that look like the title one is typing."""

import pytest

from practices.actions import create_practice
from search import generations
from search.breaker import Breaker
from tests.drafts.factories import sent

from .factories import fields_of, make_practice
from .test_write import address, step_address, text_of

pytestmark = pytest.mark.django_db


class TestSimilar:
    def test_beside_the_title(self, client_of, tree, member, colleague):
        make_practice(by=colleague, title="Le planning des prolongations", origin="21010")
        make_practice(by=colleague, title="Tout autre chose")
        browser = client_of(member)
        browser.post(address("write"), sent(member, title="Un tableau pour les prolongations"))
        page = text_of(browser.get(step_address(1)))
        assert "Le planning des prolongations" in page
        assert "Tout autre chose" not in page
        assert "Une fiche ressemble à votre titre" in page

    def test_while_typing_three_at_most(self, client_of, tree, member):
        for number in range(5):
            make_practice(by=member, title=f"Prolongation numéro {number}")
        answer = client_of(member).get(address("similar"), {"titre": "les prolongations"})
        assert text_of(answer).count("<li>") == 3

    def test_not_the_sheet_itself(self, client_of, tree, member):
        practice = make_practice(by=member, title="Le planning")
        page = client_of(member).get(address("similar"), {"titre": "planning", "fiche": practice.pk})
        assert "Le planning" not in text_of(page)

    def test_nor_what_it_is_in_the_other_language(self, client_of, tree, member):
        practice = make_practice(by=member, title="Le planning")
        dutch = fields_of(title="Onze planning")
        create_practice(dutch, by=member, language="nl", translation_of=practice)
        another = make_practice(by=member, title="Een planning", language="nl")
        page = client_of(member).get(address("similar"), {"titre": "planning", "fiche": practice.pk})
        assert another.title in text_of(page)
        assert "Onze planning" not in text_of(page)

    def test_as_search_understands_it(self, client_of, tree, member, monkeypatch):
        """Another language, no word in common: the concept is the same."""
        monkeypatch.setattr(Breaker, "allows", True)  # whatever tests without an index did before
        other = make_practice(by=member, title="De schuldbemiddelaar komt langs", language="nl")
        own = make_practice(by=member, title="La médiation de dettes au guichet")
        generations.rebuild()
        query = {"titre": "Un médiateur de dettes passe", "fiche": own.pk}
        page = text_of(client_of(member).get(address("similar"), query))
        assert other.title in page
        assert own.title not in page

    @pytest.mark.parametrize("title", ["", "\x00", '"%_\\', "a b c", "x" * 5000, "pour avec dans"])
    def test_odd_titles(self, client_of, tree, member, title):
        answer = client_of(member).get(address("similar"), {"titre": title, "fiche": "x" * 50})
        assert answer.status_code == 200
        assert "<li>" not in text_of(answer)
