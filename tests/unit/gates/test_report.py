"""What a gate leaves behind: its report, the table of all failures, the JSON of `gci gate`, words for a log."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from gci.core.records import Candidate, CheckResult, Failure, GateReport
from gci.gates.report import as_json, as_text, load_reports, make_report, write_report


def result(name: str, rows: int, gate: str = "built") -> CheckResult:
    return CheckResult(gate, name, "scores", "score", rows == 0, rows, f"{name} holds")


def failures(name: str, number: int, gate: str = "built") -> list[Failure]:
    return [
        Failure(gate, name, "scores", "score", {"iso3": f"S{place:04}"}, str(place), "less")
        for place in reversed(range(number))
    ]


@pytest.fixture
def candidate(tmp_path: Path) -> Candidate:
    folder = tmp_path / "2024-v1-abc"
    folder.mkdir()
    made = Candidate("2024", 1, folder, "1" * 64)
    made.database.write_bytes(b"the file")
    return made


def test_a_report_comes_back_from_the_disk(candidate: Candidate) -> None:
    written = make_report("built", [result("b", 1000), result("a", 0)], failures("b", 1000))
    write_report(written, candidate)
    assert load_reports(candidate.folder / "gates") == [written]
    assert [check.check for check in written.checks] == ["a", "b"]
    assert len(written.failures) == 1000


def test_a_report_says_which_file_and_which_inputs_it_is_about(candidate: Candidate) -> None:
    for gate in ("landed", "built"):
        write_report(make_report(gate, [result("a", 0, gate)], []), candidate)
    about = {
        gate: json.loads((candidate.folder / "gates" / f"{gate}.json").read_text()) for gate in ("landed", "built")
    }
    assert about["built"]["candidate_digest"] == hashlib.sha256(b"the file").hexdigest()
    assert about["landed"]["candidate_digest"] is None
    assert about["landed"]["inputs_digest"] == candidate.inputs_digest


def test_the_table_of_failures_has_those_of_all_gates(candidate: Candidate) -> None:
    for gate in ("built", "release"):
        write_report(make_report(gate, [result("a", 700, gate)], failures("a", 700, gate)), candidate)
    table = candidate.folder / "gates" / "failures.parquet"
    counted = duckdb.execute(
        "select gate, count(*), count(distinct keys ->> 'iso3') from read_parquet(?) group by gate order by gate",
        [str(table)],
    ).fetchall()
    assert counted == [("built", 700, 700), ("release", 700, 700)]
    assert pq.read_schema(table).names == [
        "gate",
        "check_name",
        "table_name",
        "column_name",
        "keys",
        "found",
        "expected",
    ]


def test_a_gate_that_passes_again_takes_its_failures_back(candidate: Candidate) -> None:
    write_report(make_report("built", [result("a", 3)], failures("a", 3)), candidate)
    write_report(make_report("built", [result("a", 0)], []), candidate)
    assert pq.read_table(candidate.folder / "gates" / "failures.parquet").num_rows == 0


def test_the_same_report_has_the_same_bytes(candidate: Candidate) -> None:
    def written(found: list[Failure]) -> dict[str, bytes]:
        write_report(make_report("built", [result("a", 9), result("b", 0)], found), candidate)
        return {path.name: path.read_bytes() for path in sorted((candidate.folder / "gates").iterdir())}

    assert written(failures("a", 9)) == written(failures("a", 9)[::-1])


def test_json_has_a_sample_and_the_number_of_rows() -> None:
    report = make_report("built", [result("a", 0), result("b", 12)], failures("b", 12))
    entry = as_json("x.duckdb", [report])
    assert entry["file"] == "x.duckdb"
    assert entry["passed"] is False
    (failure,) = entry["failures"]
    assert list(failure) == ["gate", "check", "table", "column", "rows", "sample", "message"]
    assert failure["rows"] == 12
    assert failure["sample"][0] == {"iso3": "S0000", "found": "0", "expected": "less"}
    assert as_json("x.duckdb", [make_report("built", [result("a", 0)], [])])["failures"] == []


def test_keys_of_any_type_can_be_written(candidate: Candidate) -> None:
    odd = Failure("built", "a", "groups", None, {"valid_from": date(1971, 11, 18), "n": None}, None, None)
    write_report(make_report("built", [result("a", 1)], [odd]), candidate)
    (failure,) = load_reports(candidate.folder / "gates")[0].failures
    assert failure.keys == {"valid_from": "1971-11-18", "n": None}


def test_a_log_names_check_row_found_and_expected() -> None:
    report = make_report("built", [result("a", 0), result("b", 7)], failures("b", 7))
    text = as_text(report, 2)
    assert "built: 1 of 2 checks failed" in text
    assert "b: 7 rows; it should hold that b holds" in text
    assert "scores.score iso3=S0001: found 1, expected less" in text
    assert "5 more" in text
    assert as_text(GateReport("built", (result("a", 0),))) == "gate built: passed, 1 checks"
