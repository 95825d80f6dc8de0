"""Every sample collected, landed and built: the gates hold them, and the values come out under their states."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from gci.build.candidate import build
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
from gci.core.records import Candidate, GateReport
from gci.gates.run import run_gate
from gci.partners.contracts import contracts
from landed import land_replay
from partners.test_samples import FILES
from warehouse import planned


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DataFolders, Candidate]]:
    folders = DataFolders(tmp_path_factory.mktemp("built"))
    land_replay(folders, "2024")
    paths = []
    for sample in FILES:
        path = folders.inbox / "partners" / sample.parent.name / sample.name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, path)
        paths.append(path)
    paths.append(_undated(folders))
    receipts = collect_files("partners", paths, datetime(2026, 3, 9, tzinfo=UTC), folders)
    assert {receipt.verdict for receipt in receipts} == {"accepted"}
    candidate = planned("2024", folders)
    build(candidate, folders)
    yield folders, candidate


def _undated(folders: DataFolders) -> Path:
    """The sample of NCSI with another value for Estonia, under a name that does not say of which day it is."""
    (sample,) = (path for path in FILES if path.name == "index.2021-09-01.csv")
    text = sample.read_text(encoding="utf-8-sig")
    path = folders.inbox / "partners" / "ncsi" / "index.csv"
    path.write_text(text.replace("1,Estonia,90.5,", "1,Estonia,1.5,"), encoding="utf-8")
    return path


def broken(report: GateReport) -> set[str]:
    """The checks about partners that fail. (The returns here have no bytes as received, which other checks miss.)"""
    return {check.check for check in report.checks if not check.passed and "partner" in (check.table + check.check)}


@pytest.mark.parametrize("gate", ["landed", "built", "release"])
def test_the_gates_hold_them(gate: str, built: tuple[DataFolders, Candidate]) -> None:
    folders, candidate = built
    report = run_gate(gate, candidate, folders)
    assert [check.check for check in report.checks if "partner" in (check.table + check.check)]
    assert broken(report) == set()


def test_values_of_every_source_come_out_under_their_states(built: tuple[DataFolders, Candidate]) -> None:
    _, candidate = built
    with duckdb.connect(str(candidate.database), read_only=True) as connection:
        sources = connection.execute("select source, count(*) from partner_values group by source").fetchall()
        strangers = connection.execute(
            "select count(*) from partner_values anti join member_states using (iso3)"
        ).fetchone()
        of_haiti = connection.execute(
            "select series, value from partner_values where source = 'unsd_m49' and iso3 = 'HTI' order by series"
        ).fetchall()
    assert {source for source, _ in sources} == set(contracts())
    assert strangers == (0,)
    assert of_haiti == [
        ("intermediate_region", 29.0),
        ("ldc", 1.0),
        ("lldc", 0.0),
        ("region", 19.0),
        ("sids", 1.0),
        ("sub_region", 419.0),
    ]


def test_an_undated_list_is_there_and_counts_for_nothing(built: tuple[DataFolders, Candidate]) -> None:
    _, candidate = built
    with duckdb.connect(str(candidate.database), read_only=True) as connection:
        periods = connection.execute(
            "select distinct period from partner_values where source = 'ncsi' order by period"
        ).fetchall()
        looked_at = connection.execute(
            "select distinct partner_period from review_worklist where source = 'ncsi' and partner_period is not null"
        ).fetchall()
    assert periods == [("2021-09-01",), ("unknown",)]
    assert set(looked_at) <= {("2021-09-01",)}


def test_the_report_of_gate_landed_tells_the_age_of_every_source(built: tuple[DataFolders, Candidate]) -> None:
    from gci.gates.report import partner_ages

    folders, candidate = built
    run_gate("landed", candidate, folders)
    told = {one["source"]: one["taken_on"] for one in partner_ages(Path(candidate.folder) / "gates")}
    assert set(told) == set(contracts())
    assert told["ncsi"] == "2026-03-09"  # the newer of two files came that day and says no other
