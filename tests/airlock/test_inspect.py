"""What the gate finds in a text, what it leaves alone, and where."""

import pytest

from agora.airlock import Kind, inspect, inspect_file
from agora.airlock.corpus import made, styled

NUMBER = made("NN", 2)


def kinds(text: str, **options) -> list[str]:
    """Return the kinds found, in reading order."""
    return [finding.kind.value for finding in inspect(text, **options).findings]


def pieces(text: str) -> list[str]:
    """Return the words found."""
    return [finding.text for finding in inspect(text).findings]


STYLES = ("plain", "dots", "spaces", "dash", "slash", "lookalike", "zerowidth", "fullwidth", "nbsp")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("what", ["NN", "BIS"])
@pytest.mark.parametrize("number", [2, 4])  # born before and after 2000
def test_a_national_number_is_found_however_it_is_written(what, number, style):
    written = styled(made(what, number), what, style)
    for text in (written, f"({written})", f"NISS:{written}.", f"en 2023 {written} 12"):
        (finding,) = inspect(text).hard
        assert finding.kind in (Kind.NATIONAL_NUMBER, Kind.BIS_NUMBER)
        assert finding.text == written
        assert text[finding.start : finding.end] == written


def test_a_number_whose_check_digits_are_wrong_is_none():
    wrong = f"{NUMBER[:9]}{(int(NUMBER[9:]) + 1) % 97:02d}"
    assert kinds(styled(wrong, "NN", "dots")) == []


def test_a_number_inside_a_longer_one_is_none():
    assert kinds(f"9{NUMBER}5") == kinds(f"x{NUMBER}") == []


@pytest.mark.parametrize("style", ["fours", "dots", "plain"])
def test_an_account_is_found(style):
    assert kinds(f"Sur {styled(made('IBAN', 3), 'IBAN', style)} svp") == ["account"]
    assert kinds("BE00 0000 0000 0000") == []


def test_what_a_service_says_of_itself_calls_for_a_look_where_it_may_stand():
    text = "Tél. 02 412 16 40, sofie.claeys@mail-fictif.be"
    assert [finding.is_hard for finding in inspect(text).findings] == [True, True]
    assert [finding.is_hard for finding in inspect(text, public_contacts=True).findings] == [False, False]
    assert inspect(NUMBER, public_contacts=True).hard


@pytest.mark.parametrize(
    "text",
    ["Le 0800 35 243", "info@cpas-fictif.be", "BE 0123.456.789", "art. 60 § 7", "1 314,20 €",
     "1080 Molenbeek",
     "12/03/2024 12", "de 08.30 à 12.00", "loi du 8 juillet 1976", "p. 112-115", "2023-2024", "A12-345"],
)  # fmt: skip
def test_what_only_looks_like_a_number_of_somebody_does_not_block(text):
    assert inspect(text).hard == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La rose est belle. Prudence ! Petit à petit.", []),
        ("Madame Rose est venue avec sa fille Prudence.", ["Rose", "Prudence"]),
        ("J’ai vu Victor hier.", ["Victor"]),
        ("La rue Victor Hugo est fermée.", ["rue Victor Hugo"]),
        ("Madame la Présidente, Monsieur X et Madame Y.", []),
        ("Mevrouw De Smet en Roos Maes.", ["De Smet", "Roos Maes"]),
        ("mevrouw de Voorzitter", []),
        ("BENALI Karim", ["BENALI Karim"]),
        ("le CPAS, le RIS et la GRAPA", []),
        ("fatima et mohamed", ["fatima", "mohamed"]),
    ],
)
def test_names_are_told_from_words(text, found):
    assert pieces(text) == found


def test_places_are_places_of_the_text_as_typed():
    text = "ﬁn\u00ad : voir\u200b Fatima\u00a0Benali ici"
    (finding,) = inspect(text).findings
    assert text[finding.start : finding.end] == finding.text == "Fatima\u00a0Benali"


def test_three_rare_traits_are_too_many_and_two_are_not():
    assert kinds("Une dame érythréenne, sourde, mère de six enfants.") == ["mixture"]
    assert kinds("Une dame érythréenne et sourde.") == []


def test_overlaps_are_settled_for_the_harder():
    text = f"Dossier n° {NUMBER}, réf. {styled(NUMBER, 'NN', 'dots')}"
    found = inspect(text).findings
    assert all(finding.is_hard for finding in found) and len(found) == 2


def test_the_name_of_a_file_is_read_too():
    name, text = inspect_file(f"Benali_Fatima-{NUMBER}.docx", "Madame Rose est venue.")
    assert {finding.kind.value for finding in name.findings} == {"name", "national_number"}
    assert [finding.text for finding in text.findings] == ["Rose"]
    assert inspect_file("grille-entretien-2024_v2.pdf")[0].findings == ()


ODD = ["", " ", "\x00", "\ud800", "İ" * 50, "é\u0301" * 20, "1\u200b" * 40, "@", "+"]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_only_text(text):
    assert inspect(text).hard == ()


HOSTILE = ["1 ", "0 ", "O l ", "a@", "rue De ", "Aa ", "syrien veuve Jette ", "né le ", "BE68 "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_hostile_text_is_read_to_its_end(piece):
    text = piece * (40_000 // len(piece)) + " " + NUMBER
    assert inspect(text).hard[-1].text.endswith(NUMBER)
