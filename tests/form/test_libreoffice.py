"""The questionnaires in LibreOffice, as a focal point opens and fills them."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from gci.reference.labels import answer_labels, concept_labels, question_texts
from gci.reference.seeds import items, member_states
from gci.survey.form.filling import Filling
from gci.survey.form.form import form
from gci.survey.form.previous import Given, Previous
from gci.survey.form.workbook import workbook
from gci.survey.words import words

ITEMS = items("2026")
LANGUAGES = ("en", "ar")
# Every sheet to a file of its own, as it shows.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
GIVEN = {
    "ls1.1": Given("yes", "https://example.int/act"),
    "ls1.4": Given("partial"),
    "ls1.3": Given("yes"),
    "ts1.1": Given("no"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbooks as they go out, and one filled in by a focal point, converted to CSV and PDF by LibreOffice."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed: tests/system_packages.sh")
    made = tmp_path_factory.mktemp("workbooks")
    for language in LANGUAGES:
        filling = Filling(GIVEN, Previous("2024", {"national_cirt": 0.5}))
        (made / f"out_{language}.xlsx").write_bytes(workbook(form("2026"), "EGY", language, filling))
    (made / "blank.xlsx").write_bytes(workbook(form("2026"), "EGY", "fr", Filling()))
    _fill_in(made / "blank.xlsx", made / "filled.xlsx", "fr")
    for kind in (AS_CSV, "pdf"):
        subprocess.run(
            [
                *("soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{made}/profile"),
                *("--convert-to", kind, "--outdir", str(made), *sorted(map(str, made.glob("*_*.xlsx")))),
                str(made / "filled.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return made


def _fill_in(blank: Path, filled: Path, language: str) -> None:
    """Write answers into the cells of a workbook. The values of its formulas are gone then: they must be computed."""
    book = openpyxl.load_workbook(blank)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=4):
            if given := GIVEN.get(str(row[0].value)):
                row[5].value, row[6].value = answer_labels(language)[given.answer], given.evidence_url
    book.save(filled)


def _sheet(folder: Path, file: str, sheet: str) -> list[list[str]]:
    with (folder / f"{file}-{sheet}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def _whole_percent(cells: list[str]) -> list[str]:
    return [f"{float(cell[:-1]):.0f}%" if cell.endswith("%") else cell for cell in cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_opens_as_it_was_written(folder: Path, language: str):
    said, labels, texts = words(language), answer_labels(language), question_texts("2026", language)
    rows = {
        row[0]: row
        for pillar in form("2026").pillars
        for row in _sheet(folder, f"out_{language}", said.sheets[pillar.node.node])
        if row[0] in ITEMS
    }
    assert list(rows) == list(ITEMS)
    for code, row in rows.items():
        given = GIVEN.get(code)
        assert row[2:4] == [texts[code].text, texts[code].help]
        assert row[5] == (labels[given.answer] if given else "")
        assert row[6] == ((given.evidence_url or "") if given else "")


@pytest.mark.parametrize(("file", "language"), [("out_en", "en"), ("out_ar", "ar"), ("filled", "fr")])
def test_progress_and_what_is_left_to_do_are_counted(folder: Path, file: str, language: str):
    """In the workbooks that go out the values are our own; in the one filled in LibreOffice has computed them."""
    said, labels = words(language), concept_labels(language)
    cover = {row[0]: _whole_percent(row[1:5]) for row in _sheet(folder, file, said.cover)}
    assert cover[labels["legal"]] == ["14", "3", "1", "21%"]
    assert cover[labels["technical"]] == ["14", "1", "0", "7%"]
    assert cover[labels["cooperation"]] == ["12", "0", "0", "0%"]
    assert cover[said.all] == [str(len(ITEMS)), "4", "1", "5%"]
    assert cover[said.state][0] == member_states()["EGY"].names[language]
    left = {row[0]: row[8] for name in ("legal", "technical") for row in _sheet(folder, file, said.sheets[name])}
    assert (left["ls1.1"], left["ls1.2"]) == ("", said.not_answered)
    assert left["ls1.4"] == said.evidence_missing
    # Without required evidence, and after a no, nothing is left to do.
    assert (left["ls1.3"], left["ts1.1"]) == ("", "")


def test_nothing_in_the_workbooks_is_an_error(folder: Path):
    files = list(folder.glob("*.csv"))
    # The start, five pillars and two hidden sheets of each workbook.
    assert len(files) == 8 * (len(LANGUAGES) + 1)
    for path in files:
        assert not re.search(r"#(NAME|REF|VALUE|N/A|DIV|NUM)|Err:", path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_printed_for_the_start_and_for_each_pillar(folder: Path, language: str):
    pages = re.findall(rb"/Type\s*/Page\b", (folder / f"out_{language}.pdf").read_bytes())
    assert 6 <= len(pages) <= 10
