"""Every file in samples/ is accepted, gets the problems of the .yml beside it, and lands the values listed there."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from gci.collect.check import kind_of
from gci.collect.check_file import check_file
from gci.collect.collect import collect_files
from gci.core.paths import PARTNERS, DataFolders
from gci.partners.contracts import BrokenContractError, contracts, dates
from gci.reference.validation_context import validation_context
from gci.reread.again import differences
from gci.storage import landing
from gci.storage.chain import landed

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
    assert differences(landed(folders), folders.landing) == []


def test_every_source_has_a_sample() -> None:
    assert {path.parent.name for path in FILES} == set(contracts())


def test_the_day_in_the_name_is_the_day_of_retrieval() -> None:
    dated = check_file(SAMPLES / "ncsi" / "index.2021-09-01.csv", "partners", received_at=RECEIVED).table
    undated = check_file(SAMPLES / "egdi" / "survey.csv", "partners", received_at=RECEIVED).table
    assert dated is not None
    assert undated is not None
    assert set(dated["retrieved_on"].to_pylist()) == {date(2021, 9, 1)}
    assert set(undated["retrieved_on"].to_pylist()) == {date(2026, 3, 9)}


def undated(tmp_path: Path) -> Path:
    """A list whose rows say nothing of a day, under a name that does not either."""
    path = tmp_path / "ncsi" / "index.csv"
    path.parent.mkdir()
    path.write_bytes((SAMPLES / "ncsi" / "index.2021-09-01.csv").read_bytes())
    return path


def test_a_file_without_a_day_lands_and_is_of_no_period(tmp_path: Path) -> None:
    checked = check_file(undated(tmp_path), "partners", received_at=RECEIVED)
    assert checked.receipt.verdict == "accepted"
    assert checked.table is not None
    assert set(checked.table["period"].to_pylist()) == {"unknown"}
    assert set(checked.table["retrieved_on"].to_pylist()) == {date(2026, 3, 9)}
    (said,) = [problem for problem in checked.receipt.problems if problem.code == "period_unknown"]
    assert f'include/partners/ncsi.yml as `dated: {{{checked.receipt.digest}: "2026-03-01"}}`' in said.message


def test_the_day_that_the_description_gives_to_a_file_is_its_period(tmp_path: Path) -> None:
    path = undated(tmp_path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    folder = tmp_path / "partners"
    folder.mkdir()
    described = (PARTNERS / "ncsi.yml").read_text(encoding="utf-8")
    (folder / "ncsi.yml").write_text(f'{described}dated: {{{digest}: "2021-09-01"}}\n', encoding="utf-8")
    assert dates(folder) == {digest: "2021-09-01"}
    checked = check_file(
        path, "partners", received_at=RECEIVED, book=replace(validation_context(), described_in=(folder,))
    )
    assert checked.table is not None
    assert set(checked.table["period"].to_pylist()) == {"2021-09-01"}
    assert "period_unknown" not in {problem.code for problem in checked.receipt.problems}


@pytest.mark.parametrize(
    "dated", ["soon", '{abc: "2021-09-01"}', "{%s: 2021}" % ("a" * 64), '{%s: "2021-02-30"}' % ("a" * 64)]
)
def test_a_day_that_is_none_is_refused_with_its_place(tmp_path: Path, dated: str) -> None:
    described = (PARTNERS / "ncsi.yml").read_text(encoding="utf-8")
    (tmp_path / "ncsi.yml").write_text(f"{described}dated: {dated}\n", encoding="utf-8")
    with pytest.raises(BrokenContractError, match=r"ncsi\.yml: dated"):
        contracts(tmp_path)
