"""The fictional content names nobody: no national number, no account, no way to reach a person."""

import json
import re

import pytest
from stdnum import iban
from stdnum.be import bis, nn

from .sources import ROOT, name_of, text_of

FILES = sorted((ROOT / "demo").glob("*.json*"))
DIGITS = re.compile(r"(?<!\w)\d[\d .\-/]{9,16}\d(?!\w)")
ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}\b")
MAIL = re.compile(r"[\w.+-]+@([\w-]+\.)*([\w-]+)\b")
PHONE = re.compile(r"(?<![\d-])(?:\+32|0)\s?[1-9]\d{0,2}[\s./]\d{2,3}(?:[\s./]?\d{2}){2}(?!\d)")


def test_there_is_demo_content():
    assert len(FILES) >= 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_number_is_somebody_s(path):
    digits = [re.sub(r"\D", "", found) for found in DIGITS.findall(text_of(path))]
    assert [number for number in digits if nn.is_valid(number) or bis.is_valid(number)] == []
    assert [found for found in ACCOUNT.findall(text_of(path)) if iban.is_valid(found)] == []
    assert PHONE.findall(text_of(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_addresses_lead_nowhere(path):
    # The domain « .example » is kept by law of the Internet for what does not exist.
    assert {match[2] for match in MAIL.finditer(text_of(path))} <= {"example"}


def lines(pattern: str) -> list[dict]:
    """Return the objects of the demo files of this name, one a line."""
    found = []
    for path in sorted((ROOT / "demo").glob(pattern)):
        found += [json.loads(line) for line in text_of(path).splitlines() if line.strip()]
    assert found, name_of(ROOT / "demo")
    return found


def test_there_is_enough_to_read():
    sheets = lines("practices-*.jsonl")
    by_language = {code: [s for s in sheets if s["language"] == code] for code in ("fr", "nl")}
    assert len(by_language["fr"]) >= 40
    assert len(by_language["nl"]) >= 12
    assert len({sheet["maturity"] for sheet in sheets}) >= 4
    assert len({sheet["title"] for sheet in sheets}) == len(sheets)
