"""What the import refuses and why: bad rows, hostile files; never more than the row that is wrong."""

import json

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from practices.import_files import FileRefused
from practices.importing import Outcome, import_file
from practices.models import PracticePage, RevisionNote

from .import_samples import ADOPTION, outcomes, reasons, row

pytestmark = pytest.mark.django_db


# Each is refused alone, with what stands beside it.
WRONG = [
    ({"external_id": ""}, "external_id : cette valeur manque."),
    ({"external_id": None}, "external_id : cette valeur manque."),
    ({"external_id": 12}, "external_id : un texte est attendu."),
    ({"external_id": "x" * 81}, "external_id : 80 caractères au plus."),
    ({"language": "de"}, "language : valeur attendue : fr, nl."),
    ({"title": ""}, "title : "),
    ({"title": "x" * 300}, "title : "),
    ({"title": ["a"]}, "title : un texte est attendu."),
    ({"kind": "roman"}, "kind : "),
    ({"kind": "tip", "problem": "x" * 601}, "problem : "),
    ({"summary": "x" * 301}, "summary : "),
    ({"problem": "x" * 20_001}, "problem : "),
    ({"problem": "a\x00b"}, "problem : ce texte contient un caractère qui ne s’imprime pas."),
    ({"themes": ["nulle-part"]}, "themes : « nulle-part » n’est pas dans la liste."),
    ({"themes": "bilan"}, "themes : une liste de mots est attendue."),
    ({"services": [1]}, "services : une liste de mots est attendue."),
    ({"origin": "99999"}, "origin : "),
    ({"maturity": "vieille"}, "maturity : "),
    ({"showcase": "peut-être"}, "showcase : écrivez true ou false."),
    (
        {"author": "inconnu@cpas.example"},
        "author : « inconnu@cpas.example » n’est pas un membre validé.",
    ),
    ({"author": None}, "author : cette valeur manque, et --as n’est pas donné."),
    ({"published": "14/03/2024"}, "published : une date est attendue, comme 2026-03-14."),
    ({"published": "2024-02-31"}, "published : une date est attendue, comme 2026-03-14."),
    ({"reviewed": 2024}, "reviewed : un texte est attendu."),
    ({"adoptions": "aucune"}, "adoptions : une liste d’objets est attendue"),
    ({"adoptions": [{"cpas": "1", "state": "vu", "since": "hier"}]}, "adoptions[1].cpas : « 1 »"),
    ({"adoptions": [ADOPTION | {"state": "vu"}]}, "adoptions[1].state : valeur attendue : adopted"),
    ({"adoptions": [ADOPTION | {"since": "2024-13"}]}, "adoptions[1].since : "),
    (
        {"adoptions": [ADOPTION | {"note": "x" * 301}]},
        "adoptions[1].note : Ce texte compte 301 caractères",
    ),
    ({"adoptions": [ADOPTION, ADOPTION]}, "adoptions : un CPAS est là deux fois."),
    ({"titel": "Onthaal"}, "titel : ce nom n’est pas connu."),
]


class TestRefused:
    def test_a_bad_row_is_refused_with_its_reason_and_the_others_pass(self, load, subtests):
        bad = [
            row(**{"external_id": f"mauvais-{number}"} | wrong) for number, (wrong, _said) in enumerate(WRONG)
        ]
        report = load(row(external_id="bon-1"), *bad, row(external_id="bon-2"))
        assert outcomes(report) == ["created", *["refused"] * len(WRONG), "created"]
        for number, ((wrong, said), refused) in enumerate(zip(WRONG, report.verdicts[1:], strict=False), 2):
            with subtests.test(str(wrong)[:80]):
                assert refused.number == number
                assert said in " ".join(refused.reasons).replace("\u00a0", " ")
        assert set(PracticePage.objects.values_list("external_id", flat=True)) == {"bon-1", "bon-2"}

    def test_all_that_is_wrong_is_said_at_once(self, load):
        found = reasons(load(row(language="de", maturity="x", author="?", published="?")))
        for name in ("language", "maturity", "author", "published"):
            assert f"{name}\u00a0:" in found

    def test_nothing_half_written_stays(self, load, monkeypatch):
        def fail(*args, **kwargs):
            raise IntegrityError

        monkeypatch.setattr("practices.importing.declare_imported", fail)
        report = load(row())
        assert outcomes(report) == ["refused"]
        assert not PracticePage.objects.exists()
        assert not RevisionNote.objects.exists()

    def test_the_same_id_twice_in_a_file(self, load):
        report = load(row(), row(title="Encore"))
        assert outcomes(report) == ["created", "refused"]
        assert "déjà vu à la ligne 1" in reasons(report)

    def test_somebody_who_is_not_validated_signs_nothing(self, load, pending):
        assert "n’est pas un membre validé" in reasons(load(row(author=pending.email)))

    def test_two_sheets_of_one_language_are_no_translations(self, load):
        report = load(row(external_id="a"), row(external_id="b", translation_of="a"))
        assert outcomes(report)[0] == "created"
        assert reasons(report)


class TestHostileFiles:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "est vide"),
            (b"\xef\xbb\xbf \n\n", "est vide"),
            (b"\x00\x01\x02\x03" * 50, "n’est pas du texte"),
            (b"PK\x03\x04 word/document.xml", "n’est pas du texte"),
            ("{}".encode("utf-16"), "UTF-16"),
        ],
    )
    @pytest.mark.parametrize("name", ["f.jsonl", "f.csv"])
    def test_what_is_no_text_is_refused_as_a_whole(self, load, content, said, name):
        with pytest.raises(FileRefused, match=said):
            load(content, name=name)

    def test_a_missing_file(self, tmp_path, tree):
        with pytest.raises(FileRefused, match="ne s’ouvre pas"):
            import_file(tmp_path / "nulle-part.jsonl")
        with pytest.raises(FileRefused, match="ne s’ouvre pas"):
            import_file(tmp_path)

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (b'{"external_id": "\xe9"}', "pas en UTF-8"),
            (b'{"external_id": ', "pas du JSON valable"),
            (b"[1, 2]", "un objet JSON"),
            (b"null", "un objet JSON"),
            (b'"texte"', "un objet JSON"),
            (b"[" * 100_000, "pas du JSON valable"),
            (b'{"title": ' + b"9" * 5000 + b"}", "pas du JSON valable"),
            (b'{"title": "' + b"x" * (50 * 1024 * 1024) + b'"}', "trop longue"),
            (b'{"title": "\\ud800"}', "title"),
            (b'{"": "", "\\u0000": 1}', "ce nom n’est pas connu"),
        ],
        ids=[
            "latin-1",
            "cut",
            "list",
            "null",
            "string",
            "deep",
            "digits",
            "fifty-megabytes",
            "surrogate",
            "names",
        ],
    )
    def test_a_broken_line_stops_nobody_else(self, load, line, said):
        good = json.dumps(row()).encode()
        report = load(b"\n".join([line, good]))
        assert outcomes(report) == ["refused", "created"]
        assert said in " ".join(report.verdicts[0].reasons)
        assert report.verdicts[0].number == 1

    def test_bad_headers(self, load):
        with pytest.raises(FileRefused, match="Colonne inconnue"):
            load(b"external_id,titre\na,b\n", name="f.csv")
        with pytest.raises(FileRefused, match="deux fois"):
            load(b"title,title\na,b\n", name="f.csv")
        with pytest.raises(FileRefused, match="UTF-8"):
            load("titre \xe9,x\n".encode("latin-1"), name="f.csv")

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (b"a,b,c,d", "4 cellules au lieu de 3"),
            (b'a,"b"c,fr', "pas du CSV valable"),
            (b"a,\xe9,fr", "pas en UTF-8"),
            (b"a," + b"b" * 5000 + b"\x00,fr", "caractères nuls"),
            (b"a," + b"x" * 200_000 + b",fr", "pas du CSV valable"),
            (b"a," + b"x" * 3_000_000 + b",fr", "trop longue"),
        ],
        ids=["cells", "quotes", "latin-1", "nul", "big-cell", "big-line"],
    )
    def test_a_broken_row_of_a_csv_stops_nobody_else(self, load, author, line, said):
        report = load(
            b"external_id,title,language\n" + line + b"\nbon,Bonne,fr\n", name="f.csv", as_member=author
        )
        assert outcomes(report) == ["refused", "created"]
        assert report.verdicts[0].number == 2
        assert said in reasons(report)

    def test_a_quote_that_never_closes_takes_the_rest_with_it_and_says_so(self, load, author):
        content = b'external_id,title,language\na,A,fr\nb,"B,fr\nc,C,fr\n'
        report = load(content, name="f.csv", as_member=author)
        assert outcomes(report) == ["created", "refused"]
        assert "guillemet" in reasons(report)

    def test_broken_adoptions_in_a_cell(self, load, author):
        content = b"external_id,title,language,adoptions\na,A,fr,[{\n"
        assert "doit contenir du JSON" in reasons(load(content, name="f.csv", as_member=author))

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(content=st.binary(min_size=1, max_size=300), name=st.sampled_from(["f.jsonl", "f.csv"]))
    @example(content=b"\r\x01", name="f.csv")
    def test_no_bytes_break_it(self, load, content, name):
        try:
            report = load(content, name=name)
        except FileRefused:
            return
        assert all(verdict.outcome is Outcome.REFUSED for verdict in report.verdicts)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        values=st.dictionaries(
            st.sampled_from(sorted(row())),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
                lambda inner: (
                    st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
                ),
                max_leaves=4,
            ),
            min_size=1,
        )
    )
    def test_no_values_break_it(self, load, values):
        report = load(row(**values))
        assert len(report.verdicts) == 1
        PracticePage.objects.filter(external_id=str(values.get("external_id", "essai-1"))).delete()
