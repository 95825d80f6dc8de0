"""LibreOffice computes the sheet “How a score is made” for several states: score and tier are the published ones."""

from __future__ import annotations

from typing import Any

import duckdb
import openpyxl
import pytest

from computed_workbook import computed
from gci.core.paths import DataFolders
from gci.publish.formats import how_scored
from gci.publish.formats.annex import STATE

Sheets = dict[tuple[str, str], dict[str, Any]]
ASKED = [("2024", iso3) for iso3 in ("EST", "NAM", "YEM")] + [("2020", "AFG"), ("2020", "FSM")]
"""States at the top, in the middle, at the bottom, with a known error, without data."""


@pytest.fixture(scope="module")
def sheets(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    books = [(published_data.release(edition, 1) / f"gci_{edition}_v1.xlsx", iso3) for edition, iso3 in ASKED]
    return computed(books, tmp_path_factory.mktemp("computed"))


@pytest.mark.parametrize(("edition", "iso3"), ASKED)
def test_formulas_give_the_published_score_and_tier(
    edition: str, iso3: str, sheets: Sheets, published_data: DataFolders
) -> None:
    found = sheets[f"gci_{edition}_v1", iso3]
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        ((score, tier, name),) = connection.execute(
            "select score, tier_label, name_en from index_overview where edition = ? and iso3 = ?", [edition, iso3]
        ).fetchall()
        pillars = connection.execute(
            "select label_en, p.score from pillar_scores as p"
            " join framework as f on (f.edition, f.node) = (p.edition, p.pillar) where p.edition = ? and iso3 = ?",
            [edition, iso3],
        ).fetchall()
    assert found[STATE] == name
    assert found[how_scored.SCORE] == pytest.approx(score, abs=1e-9)
    assert found[how_scored.PUBLISHED] == pytest.approx(score, abs=1e-9)
    assert found.get(how_scored.TIER) == tier
    assert {pillar: found[pillar] for pillar, _ in pillars} == pytest.approx(dict(pillars), abs=1e-9)


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_before_anything_is_computed_the_cells_show_what_was_published(
    edition: str, published_data: DataFolders
) -> None:
    file = published_data.release(edition, 1) / f"gci_{edition}_v1.xlsx"
    shown, made = (openpyxl.load_workbook(file, data_only=only)[how_scored.NAME] for only in (True, False))
    formulas = [cell.coordinate for row in made.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 60
    found = {row[0].value: row[7].value for row in shown.iter_rows() if row[0].value}
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        ((score,),) = connection.execute(
            "select score from overall_scores where edition = ? and iso3 = ?", [edition, shown["B3"].value]
        ).fetchall()
    assert found[how_scored.SCORE] == score
    elsewhere = openpyxl.load_workbook(file)
    for sheet in elsewhere.worksheets:
        if sheet.title != how_scored.NAME:
            assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
