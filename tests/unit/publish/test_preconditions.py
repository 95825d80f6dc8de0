"""What stops a candidate at the last door, each time with everything left as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.preconditions import check
from gci.publish.release import publish
from gci.storage.chain import seal
from landed import land_return
from small_candidate import sign_off, small_candidate, write_gates


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path)


def test_a_candidate_that_passed_and_was_signed_may_go_out(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    assert [report["gate"] for report in check(candidate, sign_off(candidate), folders)] == [
        "landed",
        "built",
        "pages",
        "release",
    ]


def test_a_file_that_changed_after_the_sign_off_is_stopped(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    signed = sign_off(candidate)
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute("update overall_scores set score = 99 where iso3 = 'NAM'")
    write_gates(candidate)
    with pytest.raises(Blocked, match=r"not what A\. Signer approved"):
        check(candidate, signed, folders)


def test_pages_that_changed_after_the_gate_are_stopped(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    (candidate.folder / "pages").mkdir()
    (candidate.folder / "pages" / "index.html").write_text("<p>another page</p>")
    with pytest.raises(Blocked, match="was changed after the gate pages was held"):
        check(candidate, sign_off(candidate), folders)


def test_writes_that_lie_beside_the_approved_bytes_are_stopped(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    call = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); "
    call += "c.execute('update overall_scores set score = 99'); os.kill(os.getpid(), 9)"
    signed = sign_off(candidate)
    subprocess.run([sys.executable, "-c", call, str(candidate.database)], check=False)
    assert sign_off(candidate) == signed
    with pytest.raises(Blocked, match="was written to after it was built"):
        check(candidate, signed, folders)


def test_a_candidate_without_its_file_is_stopped(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    signed = sign_off(candidate)
    candidate.database.unlink()
    with pytest.raises(Blocked, match="build the candidate again"):
        check(candidate, signed, folders)


def spoil(change: Callable[[dict[str, object]], object]) -> Callable[[Path], object]:
    """A change of one gate's report on the disk."""

    def spoilt(file: Path) -> None:
        report = json.loads(file.read_text())
        change(report)
        file.write_text(json.dumps(report))

    return spoilt


@pytest.mark.parametrize("gate", ["landed", "built", "pages", "release"])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Path.unlink, "no report"),
        (lambda file: file.write_text(""), "no report"),
        (lambda file: file.write_text("[]"), "no report"),
        (spoil(lambda report: report.update(checks=[])), "reports no check"),
        (spoil(lambda report: report.pop("checks")), "reports no check"),
        (spoil(lambda report: report.update(gate="another")), "reports no check"),
        (spoil(lambda report: report["checks"][0].update(passed=False)), "scores_are_there on overall_scores"),
        (spoil(lambda report: report["checks"][0].update(passed="no")), "scores_are_there on overall_scores"),
        (spoil(lambda report: report["checks"][0].pop("passed")), "scores_are_there on overall_scores"),
        (spoil(lambda report: report.update(candidate_digest="0" * 64, inputs_digest="0" * 64)), "another build"),
        (spoil(lambda report: (report.pop("candidate_digest"), report.pop("inputs_digest"))), "another build"),
    ],
    ids=[
        "absent",
        "empty",
        "no object",
        "no check",
        "no list",
        "other gate",
        "failed",
        "text",
        "open",
        "other",
        "whose",
    ],
)
def test_a_gate_that_did_not_pass_on_these_bytes_stops_it(
    gate: str, change: Callable[[Path], object], said: str, folders: DataFolders
) -> None:
    candidate = small_candidate(folders)
    change(candidate.folder / "gates" / f"{gate}.json")
    with pytest.raises(Blocked, match=said) as stopped:
        check(candidate, sign_off(candidate), folders)
    assert gate in str(stopped.value)
    assert "Nothing was published" in str(stopped.value)


@pytest.mark.parametrize("vintage", [2, 3])
def test_no_vintage_is_left_out(vintage: int, folders: DataFolders) -> None:
    candidate = small_candidate(folders, vintage=vintage)
    with pytest.raises(Blocked, match="v1 is next"):
        check(candidate, sign_off(candidate), folders)


def test_a_vintage_that_is_out_stays_as_it_is(folders: DataFolders) -> None:
    first = small_candidate(folders)
    publish(first, sign_off(first), folders)
    again = small_candidate(folders, vintage=1, score=70)
    with pytest.raises(Blocked, match="v2 is next"):
        check(again, sign_off(again), folders)


def test_a_candidate_built_before_another_edition_went_out_is_stopped(folders: DataFolders) -> None:
    late: Candidate = small_candidate(folders, "2020")
    first = small_candidate(folders, "2024")
    publish(first, sign_off(first), folders)
    with pytest.raises(Blocked, match=r"other releases than those published now \(2024@v1\)"):
        check(late, sign_off(late), folders)


def test_the_sign_off_of_another_candidate_does_not_count(folders: DataFolders) -> None:
    candidate, other = small_candidate(folders, "2020"), small_candidate(folders, "2024")
    with pytest.raises(Blocked, match="approved"):
        check(candidate, replace(sign_off(other), name="B. Signer"), folders)


@pytest.mark.parametrize(
    "head", [{"sequence": 2, "digest": "0" * 64}, {"sequence": 1, "digest": "0" * 64}, "seal 1", 1]
)
def test_a_candidate_of_another_landing_zone_is_stopped(head: object, folders: DataFolders) -> None:
    land_return(folders, "2024", "EST", {"ls1": "1"})
    seal(folders)
    candidate = small_candidate(folders)
    path = candidate.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"landing": head}))
    with pytest.raises(Blocked, match="the chain of landing does not hold"):
        check(candidate, sign_off(candidate), folders)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"landing": seal(folders).as_dict()}))
    assert check(candidate, sign_off(candidate), folders)
