"""The commands: one state, all states, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from command_line import gci
from gci.core.errors import WrongUsage
from gci.reference import seeds
from gci.survey.form.templates import write_template, write_templates


def test_one_state_gets_one_workbook(tmp_path: Path):
    written = write_template("2026", "est", "fr", tmp_path / "none.duckdb", tmp_path / "here.xlsx")
    assert written == tmp_path / "here.xlsx"
    assert "Estonie" in {cell.value for row in openpyxl.load_workbook(written).worksheets[0] for cell in row}
    assert write_template("2026", "EST", "fr", tmp_path / "none.duckdb", tmp_path).name == "gci_2026_EST_fr.xlsx"


@pytest.mark.slow  # the same as below, in one language for all
def test_all_states_get_theirs_into_one_folder(tmp_path: Path):
    written = write_templates("2026", "ar", tmp_path / "none.duckdb", tmp_path / "made" / "here")
    assert [path.name for path in written] == [f"gci_2026_{iso3}_ar.xlsx" for iso3 in sorted(seeds.members("2026"))]
    assert len({path.read_bytes() for path in written}) == len(seeds.members("2026"))


# Constitutions and laws: Egypt art. 2, Senegal art. 1, Peru art. 48, Belarus art. 17, China (language law of 2000).
@pytest.mark.parametrize(
    ("iso3", "language", "answer"),
    [
        ("EGY", "ar", "نعم"),
        ("SEN", "fr", "oui"),
        ("PER", "es", "sí"),
        ("BLR", "ru", "да"),
        ("CHN", "zh", "是"),
        ("EST", "en", "yes"),
    ],
)
def test_a_state_gets_its_own_language_unless_told_otherwise(tmp_path: Path, iso3: str, language: str, answer: str):
    written = write_template("2026", iso3, None, tmp_path / "none.duckdb", tmp_path)
    assert written.name == f"gci_2026_{iso3}_{language}.xlsx"
    lists = openpyxl.load_workbook(written)["_lists"]
    assert answer in {str(cell.value).casefold() for row in lists for cell in row}


def test_in_one_folder_every_state_has_its_own_language(tmp_path: Path):
    written = write_templates("2026", None, tmp_path / "none.duckdb", tmp_path)
    names = {path.stem.removeprefix("gci_2026_") for path in written}
    assert {"EGY_ar", "SEN_fr", "PER_es", "BLR_ru", "CHN_zh", "EST_en"} <= names
    assert {name[:3] for name in names} == seeds.members("2026")
    assert len(written) == len({path.read_bytes() for path in written}) == len(seeds.members("2026"))


@pytest.mark.parametrize(
    ("edition", "state", "language", "said"),
    [
        ("2026", "XXX", "en", "'XXX' is no member state of edition 2026"),
        ("2026", "EST", "de", "no language 'de'"),
        ("2024", "EST", "en", "2024 asks no questions"),
        ("2027", "EST", "en", "no edition '2027'"),
    ],
)
def test_what_there_is_not_is_refused_and_writes_nothing(tmp_path: Path, edition, state, language, said):
    with pytest.raises(WrongUsage, match=said):
        write_template(edition, state, language, tmp_path / "none.duckdb", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_commands_write_where_they_are_told(tmp_path: Path):
    for arguments, file in (
        (["template", "--edition", "2026", "--state", "NAM", "--lang", "zh"], "nam.xlsx"),
        (["xlsform", "--edition", "2026"], "form.xlsx"),
    ):
        done = gci(tmp_path, *arguments, "--out", str(tmp_path / file))
        assert done.code == 0, done.err
        assert str(tmp_path / file) in done.out
        assert (tmp_path / file).read_bytes()[:2] == b"PK"
    refused = gci(tmp_path, "xlsform", "--edition", "2020")
    assert (refused.code, refused.out) == (2, "")
    assert "asks no questions" in refused.err
