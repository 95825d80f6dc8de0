"""The partners' files as they were published, beside this checkout: every figure lands as it is written."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gci.collect.check import Checked
from gci.collect.check_file import check_file
from gci.reference.seeds import member_states
from gci.reference.validation_context import validation_context
from shared_data import shared

Values = dict[tuple[str, str], float | None]


def checked(source: str, path: str, tmp_path: Path) -> Checked:
    """The verdict on a file in the inbox folder of its source."""
    arrived = tmp_path / "inbox" / "partners" / source / Path(path).name
    arrived.parent.mkdir(parents=True, exist_ok=True)
    arrived.write_bytes(shared(path).read_bytes())
    found = check_file(arrived, "partners")
    assert found.receipt.verdict == "accepted", found.receipt.problems
    return found


def values(found: Checked, series: str) -> dict[Any, float | None]:
    assert found.table is not None
    return {(row["iso3"], row["period"]): row["value"] for row in found.table.to_pylist() if row["series"] == series}


def by_state(found: Checked, series: str) -> dict[str | None, float | None]:
    return {iso3: value for (iso3, _), value in values(found, series).items()}


def codes(found: Checked) -> set[str]:
    return {problem.code for problem in found.receipt.problems}


def rows(path: str) -> list[list[str]]:
    with shared(path).open(encoding="utf-8-sig", newline="") as lines:
        return [[cell.strip() for cell in row] for row in csv.reader(lines)]


def state(name: str) -> str | None:
    return validation_context().names.resolve(name)


def test_itu_idi(tmp_path: Path) -> None:
    path = "partners/itu_idi_2024_mpapi.csv"
    found = checked("itu_idi", path, tmp_path)
    assert codes(found) == {"area_by_review", "areas_not_states", "areas_missing"}
    damaged = {"C\ufffdte d'Ivoire": "CIV", "T\ufffdrkiye": "TUR"}
    written = {
        (row[1] or damaged[row[0]], year): float(cell)
        for row in rows(path)[1:]
        for year, cell in (("2024", row[2]), ("2023", row[3]))
        if cell and row[1] not in ("HKG", "MAC")
    }
    assert values(found, "idi") == written
    assert len(written) == 331
    assert by_state(found, "idi")["TUR"] in (87.5, 85.8)


def test_ncsi_as_a_csv(tmp_path: Path) -> None:
    path = "partners/ncsi_undp_ddc.csv"
    found = checked("ncsi", path, tmp_path)
    assert codes(found) == {"byte_order_mark", "empty_column", "period_unknown"}
    written = {state(row[1]): float(row[2]) for row in rows(path)[1:] if row[1]}
    assert by_state(found, "ncsi") == written
    assert len(written) == 160
    assert written["COD"] != written.get("COG")


def test_ncsi_as_a_workbook(tmp_path: Path) -> None:
    path = "partners/ncsi_undp_ddc_source.xlsx"
    found = checked("ncsi", path, tmp_path)
    assert codes(found) == {"empty_column", "header_merged", "period_unknown", "preamble"}
    sheet = openpyxl.load_workbook(shared(path)).active
    cells = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[2]]
    assert by_state(found, "ncsi") == {state(row[2]): float(row[3]) for row in cells}
    assert by_state(found, "digital_development_level") == {state(row[2]): float(row[4]) for row in cells if row[4]}
    assert len(cells) == 160


@pytest.mark.parametrize(
    ("name", "laws", "drafts", "none"),
    [("unctad_cyberlaw_dataprotection_undp.xlsx", 178, 25, 1), ("unctad_dp_legislation2.xlsx", 217, 24, 0)],
)
def test_unctad_counts_every_law_once_and_no_draft_as_a_law(
    name: str, laws: int, drafts: int, none: int, tmp_path: Path
) -> None:
    found = checked("unctad_data_protection", f"partners/{name}", tmp_path)
    assert {"row_counted_as", "outer_blanks"} <= codes(found)
    counted = by_state(found, "laws"), by_state(found, "drafts")
    sheet = openpyxl.load_workbook(shared(f"partners/{name}")).active
    assert sum(value or 0 for value in counted[0].values()) == laws
    assert sum(value or 0 for value in counted[1].values()) == drafts
    assert laws + drafts + none == sheet.max_row - 1
    assert (counted[0]["BWA"], counted[1]["BWA"]) == (0, 1)
    assert sum(value is None for value in counted[0].values()) == none
    assert len(counted[0]) == len({row[0] for row in sheet.iter_rows(min_row=2, values_only=True)})


def test_egdi(tmp_path: Path) -> None:
    path = "partners/egdi_2020_undp_ddc.csv"
    found = checked("egdi", path, tmp_path)
    assert codes(found) == {"outer_blanks", "areas_missing"}
    written = {(state(row[1]), row[0]): float(row[3]) for row in rows(path)[1:]}
    assert values(found, "egdi") == written
    assert len(written) == 193
    assert written["DMA", "2020"] != written["DOM", "2020"]


@pytest.mark.parametrize(
    ("source", "path", "series", "states"),
    [
        ("worldbank_internet_users", "worldbank_internet_users_IT.NET.USER.ZS.csv", "IT.NET.USER.ZS", 195),
        ("worldbank_gdp_per_capita", "worldbank_gdp_pcap.csv", "NY.GDP.PCAP.CD", 194),
    ],
)
def test_world_bank(source: str, path: str, series: str, states: int, tmp_path: Path) -> None:
    found = checked(source, f"partners/{path}", tmp_path)
    assert codes(found) == {"byte_order_mark", "preamble", "empty_column", "areas_not_states", "areas_missing"}
    header, *body = rows(f"partners/{path}")[4:]
    written = {
        (row[1], year): float(cell)
        for row in body
        if row[1] in member_states()
        for year, cell in zip(header[4:], row[4:], strict=True)
        if cell
    }
    assert values(found, series) == written
    assert len({iso3 for iso3, _ in written}) <= states
    (left_out,) = (one for one in found.receipt.problems if one.code == "areas_not_states")
    others = {row[1] for row in body} - member_states().keys()  # those without a value, too
    assert f"of {len(others)} areas" in left_out.message
    assert "NAM" in {iso3 for iso3, _ in written}


@pytest.mark.parametrize("language", ["en", "ar", "cn", "es", "fr", "ru"])
def test_unsd_m49_in_each_language(language: str, tmp_path: Path) -> None:
    path = f"reference/unsd_m49_{language}.csv"
    found = checked("unsd_m49", path, tmp_path)
    expected = {"areas_not_states", "period_unknown"} | ({"byte_order_mark"} if language == "en" else set())
    assert codes(found) == expected
    body = [row for row in rows(path)[1:] if row[11] in member_states()]
    assert len(body) == len(member_states())
    assert by_state(found, "ldc") == {row[11]: float(row[12] == "x") for row in body}
    assert by_state(found, "lldc") == {row[11]: float(row[13] == "x") for row in body}
    assert by_state(found, "sids") == {row[11]: float(row[14] == "x") for row in body}
    assert by_state(found, "region") == {row[11]: float(row[2]) for row in body}
