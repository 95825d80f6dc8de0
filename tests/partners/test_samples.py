"""Every file in samples/ is accepted, gets the problems of the .yml beside it, and lands the values listed there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from gci import landing
from gci.collect.check import check_file, kind_of
from gci.collect.collect import collect_files
from gci.collect.contracts import contracts
from gci.paths import DataFolders

SAMPLES = Path(__file__).with_name("samples")
FILES = sorted(path for path in SAMPLES.glob("*/*") if path.suffix != ".yml")
RECEIVED = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)

every_sample = pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.name}" for path in FILES])


def said(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.with_name(path.name + ".yml").read_text("utf-8"))
    return found


@every_sample
def test_what_is_said_and_what_lands(path: Path) -> None:
    checked = check_file(path, "partners", received_at=RECEIVED)
    assert checked.table is not None, checked.receipt.problems
    assert [problem.code for problem in checked.receipt.problems] == said(path)["problems"]
    rows = checked.table.to_pylist()
    landed = [[row["series"], row["iso3"], row["period"], row["value"], row["row"]] for row in rows]
    assert landed == said(path)["values"]
    contract = contracts()[path.parent.name]
    assert {row["unit"] for row in rows} <= set(contract.units)
    assert {row["source"] for row in rows} == {contract.source}
    assert all(row["area"] for row in rows)


@every_sample
def test_a_folder_named_for_its_source_says_whose_file_it_is(path: Path) -> None:
    assert kind_of(path) == "partners"
    assert check_file(path, kind_of(path)).receipt.source == path.parent.name


@every_sample
def test_it_is_collected_from_the_folder_of_its_source(path: Path, tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    arrived = folders.inbox / "partners" / path.parent.name / path.name
    arrived.parent.mkdir(parents=True)
    arrived.write_bytes(path.read_bytes())
    (receipt,) = collect_files("partners", [arrived], RECEIVED, folders)
    assert (receipt.verdict, receipt.source) == ("accepted", path.parent.name)
    assert not arrived.exists()
    assert (folders.landing / "files" / f"{receipt.digest}{path.suffix}").read_bytes() == path.read_bytes()
    assert landing.read_receipt(receipt.digest, folders) == receipt


def test_every_source_has_a_sample() -> None:
    kept_elsewhere = {"data360"}  # tests/unit/collect/samples
    assert {path.parent.name for path in FILES} == set(contracts()) - kept_elsewhere


def test_the_day_in_the_name_is_the_day_of_retrieval() -> None:
    dated = check_file(SAMPLES / "ncsi" / "index.2021-09-01.csv", "partners", received_at=RECEIVED).table
    undated = check_file(SAMPLES / "egdi" / "survey.csv", "partners", received_at=RECEIVED).table
    assert dated is not None
    assert undated is not None
    assert set(dated["retrieved_on"].to_pylist()) == {date(2021, 9, 1)}
    assert set(undated["retrieved_on"].to_pylist()) == {date(2026, 3, 9)}


def test_a_file_without_a_day_is_of_the_day_of_its_arrival(tmp_path: Path) -> None:
    path = tmp_path / "ncsi" / "index.csv"
    path.parent.mkdir()
    path.write_bytes((SAMPLES / "ncsi" / "index.2021-09-01.csv").read_bytes())
    checked = check_file(path, "partners", received_at=RECEIVED)
    assert checked.table is not None
    assert set(checked.table["period"].to_pylist()) == {"2026-03-09"}
    assert "period_of_arrival" in {problem.code for problem in checked.receipt.problems}
