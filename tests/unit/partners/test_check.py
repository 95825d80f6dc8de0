"""World Bank Data360: the whole export as it comes, and samples in both of its layouts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gci.collect.check import Checked
from gci.collect.check_file import check_file
from gci.partners.contracts import contracts
from gci.reference import seeds
from shared_data import shared

SAMPLES = Path(__file__).with_name("samples")
WHOLE = "gci/gci_data360_full_alexrg17.csv"
API = "gci/gci_overall_data360api_mpapi.csv"


def landed(checked: Checked) -> dict[tuple[str, str, str], float | None]:
    assert checked.table is not None, checked.receipt.problems
    return {(row["series"], row["iso3"], row["period"]): row["value"] for row in checked.table.to_pylist()}


def written(path: Path) -> dict[tuple[str, str, str], float]:
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["INDICATOR"], row["REF_AREA"], row["TIME_PERIOD"]): float(row["OBS_VALUE"])
            for row in csv.DictReader(lines)
        }


@pytest.mark.parametrize("name", ["data360_export.csv", "data360_api.csv"])
def test_samples_land_as_they_are_written(name: str) -> None:
    checked = check_file(SAMPLES / name, "partners")
    assert {problem.code for problem in checked.receipt.problems} == {"areas_missing"}
    assert checked.receipt.source == "data360"
    assert landed(checked) == written(SAMPLES / name)
    assert ("ITU_GCI_GCI_OVRL_SCRE", "NAM", "2024") in landed(checked)


def test_a_warning_names_the_states_that_are_left_out() -> None:
    problems = check_file(SAMPLES / "data360_api.csv", "partners").receipt.problems
    assert [problem.message.partition(":")[0] for problem in problems] == [
        "Member states without a row in ITU_GCI_GCI_OVRL_SCRE, ITU_GCI_LEGL_SCRE, ITU_GCI_TECH_CHLD_PROT of 2020",
        "Member states without a row in ITU_GCI_GCI_OVRL_SCRE, ITU_GCI_LEGL_SCRE of 2024",
    ]
    assert "Afghanistan (AFG)" in problems[0].message
    assert "and 179 more" in problems[0].message


def test_the_whole_export_is_accepted_unchanged() -> None:
    path = shared(WHOLE)
    checked = check_file(path, "partners")
    assert (checked.receipt.verdict, checked.receipt.problems) == ("accepted", ())
    assert (checked.receipt.answered, checked.receipt.items) == (9894, 9894)
    assert landed(checked) == written(path)


def test_the_api_layout_is_accepted_unchanged() -> None:
    path = shared(API)
    checked = check_file(path, "partners")
    assert (checked.receipt.verdict, checked.receipt.problems) == ("accepted", ())
    assert landed(checked) == written(path)


def test_the_whole_export_without_canada_is_taken_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    lines = shared(WHOLE).read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if ",CAN,Canada," not in line), "utf-8")
    problems = check_file(path, "partners").receipt.problems
    assert {problem.code for problem in problems} == {"areas_missing"}
    assert all(problem.message.split(":")[1].startswith(" Canada (CAN).") for problem in problems)


@pytest.mark.parametrize("source", sorted(contracts()))
def test_descriptions_hold_together(source: str) -> None:
    contract = contracts()[source]
    pillars = {node.pillar for name in seeds.editions() for node in seeds.framework(name).values()}
    items = {code for name in seeds.editions() for code in seeds.items(name)}
    for series in contract.series.values():
        assert series.unit in contract.units
        assert series.dimension is None or series.indicator is None
        assert series.dimension in pillars | {"overall", None}
        assert series.indicator in items | {None}
    columns = {column for layout in contract.layouts.values() for column in layout.known}
    assert set(contract.roles.values()) | set(contract.measures) | set(contract.allowed) <= columns
    if "status" in contract.roles:
        assert contract.missing <= contract.allowed[contract.roles["status"]]
