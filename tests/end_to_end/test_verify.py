"""`gci verify`: a release made anew from its own inputs, and everything that is not what it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from command_line import gci, said, text
from end_to_end.conftest import copy
from gci.core.checksums import write_sums
from gci.core.paths import DataFolders
from gci.inspection.signed import against_the_answer, on_landings_record
from gci.inspection.verify import verify
from gci.sign_off.keys import make
from gci.sign_off.record import UNATTENDED, keep
from gci.sign_off.signed import SignedAnswer
from gci.storage.release_log import find


def verified(name: str, folders: DataFolders) -> dict[str, Any]:
    """What `gci verify` finds, asked in this process, whose engines have begun: the command itself is tested beside.

    That nothing is found where nothing was changed is held of a release of partner data (test_partner_line.py), and of
    editions by slow tests.
    """
    return verify(find(name, folders), folders)


@pytest.mark.slow
def test_verify_rebuilds_a_release_from_its_own_inputs(corrected: DataFolders) -> None:
    found = verified("2024@1", corrected)
    assert found["passed"] is True
    assert found["rebuilt"] is True
    assert found["inputs_checked"] == 388
    assert not any(found[part] for part in ("files", "noted", "signed", "current", "inputs", "rows", "papers"))
    assert not found["exports"]
    assert "No signed answer is kept of 2024@v1" in found["not_held"][0]
    assert [path.name for path in corrected.candidates.glob(".*")] == []


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


TAMPERED: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte less": (lambda release: cut(release / "csv" / "overall_scores.csv"), "csv/overall_scores.csv"),
    "a file less": (lambda release: (release / "gates" / "built.json").unlink(), "gates/built.json"),
    "a file more": (lambda release: (release / "csv" / "more.csv").write_text("x"), "csv/more.csv"),
    "workbook": (lambda release: cut(release / "gci_2024_v1.xlsx"), "gci_2024_v1.xlsx"),
    "no checksums": (lambda release: (release / "SHA256SUMS").unlink(), "SHA256SUMS"),
}


@pytest.mark.parametrize(
    "tampered",
    [
        pytest.param(list(TAMPERED)[:-1], id="several"),
        pytest.param(["no checksums"], id="no checksums"),
        *(pytest.param([one], id=one, marks=pytest.mark.slow) for one in list(TAMPERED)[:-1]),
    ],
)
def test_verify_names_a_file_that_is_not_what_was_published(tampered: list[str], copied: DataFolders) -> None:
    for left in (copied.landing / "survey").glob("[!n]*.parquet"):
        left.unlink()  # nothing can be rebuilt: the checksums have to find it, and the test is quick
    for one in tampered:
        tamper, _ = TAMPERED[one]
        tamper(copied.release("2024", 1))
    found = said(copied, "verify", "2024", code=1)
    assert sorted(one["where"] for one in found["files"]) == sorted(TAMPERED[one][1] for one in tampered)
    assert found["rebuilt"] is False
    assert len(found["inputs"]) == 388


@pytest.fixture(scope="module")
def forged(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> tuple[DataFolders, dict[str, Any]]:
    """A release of which every kind of file was changed and the papers made anew, and what `verify` finds of it."""
    folders = copy(published_data, tmp_path_factory.mktemp("forged") / "data")
    release = folders.release("2020", 1)
    signer = "update releases set signed_by = 'Somebody Else', signed_at = '2020-01-01' where edition = '2020'"
    with duckdb.connect(str(release / "gci.duckdb")) as connection:
        connection.execute("update overall_scores set score = score + 1e-9 where edition = '2020' and iso3 = 'NAM'")
        connection.execute(signer)
    table = release / "csv" / "pillar_scores.csv"
    table.write_text("".join(table.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    for name, forgery in (
        ("answers", "from '{}' where iso3 <> 'NAM'"),
        ("overall_scores", "select * rename (score as points) from '{}'"),
    ):
        parquet = release / "parquet" / f"{name}.parquet"
        duckdb.sql(f"copy ({forgery.format(parquet)}) to '{parquet}.new' (format parquet)")
        Path(f"{parquet}.new").replace(parquet)
    shutil.copyfile(parquet, release / "parquet" / "overall_scores_2.parquet")
    workbook, page = release / "gci_2020_v1.xlsx", release / "data_docs" / "index.html"
    workbook.write_bytes(workbook.read_bytes() + b"\0")
    page.write_text(page.read_text(encoding="utf-8").replace("passed", "looked at"), encoding="utf-8")
    figures = release / "sdmx" / "scores.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace(",O,", ",A,"), encoding="utf-8")
    unnamed = release / "parquet" / "tiers.parquet"
    duckdb.sql(f"copy (from '{unnamed}') to '{unnamed}.new' (format parquet)")
    Path(f"{unnamed}.new").replace(unnamed)
    papers = json.loads((release / "release.json").read_text(encoding="utf-8"))
    papers["sign_off"] |= {"name": "Somebody Else", "signed_at": "2020-01-01T00:00:00+00:00"}
    papers["files"]["parquet/overall_scores_2.parquet"] = {"size": 1}
    (release / "release.json").write_text(json.dumps(papers), encoding="utf-8")
    forge_papers(release)
    return folders, verified("2020", folders)


def test_verify_sees_through_new_checksums(forged: tuple[DataFolders, dict[str, Any]]) -> None:
    _, found = forged
    assert not found["passed"]
    assert found["files"] == found["current"] == []
    assert [one["where"] for one in found["rows"]] == ["overall_scores"]
    assert found["rows"][0]["sample"] == [{"edition": "2020", "iso3": "NAM"}]


def test_verify_makes_every_file_anew(forged: tuple[DataFolders, dict[str, Any]]) -> None:
    folders, found = forged
    assert [one["where"] for one in found["exports"]] == [
        "csv/pillar_scores.csv",
        *("parquet/answers.parquet", "parquet/overall_scores.parquet", "parquet/tiers.parquet"),
        "parquet/overall_scores_2.parquet",
    ]
    named = {one["where"]: one["what"] for one in found["papers"]}
    assert {"gci_2020_v1.xlsx", "sdmx/scores.csv", "data_docs/index.html"} <= named.keys()
    for later in (folders.current, folders.release("2024", 1) / "gci.duckdb"):
        assert "signed_at, signed_by: not what release.json of 2020@v1 says" in named[str(later)]


def test_the_signature_tells_of_a_signer_that_all_papers_agree_on(copied: DataFolders) -> None:
    """File, papers, sums and what landing noted may all be made anew: nobody but the server can make the answer."""
    told = find("2020", copied).document["sign_off"]
    request = ("publish_edition", "a run", "sign_off", -1, 0, told["candidate_digest"], "Approve", "1")
    by = (f"{told['name']}{UNATTENDED}", (told["name"],), "shell", told["signed_at"], told["note"])
    answer = SignedAnswer(*request, *by)
    keep(answer.signed(copied), answer, copied)
    assert against_the_answer(find("2020", copied), copied) == ([], [])
    assert on_landings_record(find("2020", copied), copied) == []
    release = copied.release("2020", 1)
    forged = {"name": "Somebody Else", "signed_at": "2020-01-01T00:00:00+00:00", "note": "all is well"}
    for database in (release / "gci.duckdb", copied.release("2024", 1) / "gci.duckdb", copied.current):
        with duckdb.connect(str(database)) as connection:
            connection.execute(
                "update releases set signed_by = ?, signed_at = ?, sign_off_note = ? where edition = '2020'",
                list(forged.values()),
            )
    papers = json.loads((release / "release.json").read_text(encoding="utf-8"))
    papers["sign_off"] |= forged
    (release / "release.json").write_text(json.dumps(papers), encoding="utf-8")
    forge_papers(release)
    noted = on_landings_record(find("2020", copied), copied)
    assert {one["where"] for one in noted} == {"gci.duckdb", "release.json", "SHA256SUMS"}
    shutil.rmtree(copied.released)
    found, not_held = against_the_answer(find("2020", copied), copied)
    assert not not_held
    assert [one["what"].split(" is ")[0] for one in found] == ["sign_off.name", "sign_off.signed_at", "sign_off.note"]
    (kept,) = copied.signed.glob("*.json")
    kept.write_text(kept.read_text(encoding="utf-8").replace(told["name"], "Somebody Else"), encoding="utf-8")
    assert [one["where"] for one in against_the_answer(find("2020", copied), copied)[0]] == [str(kept)]
    (copied.airflow / "sign_off_key.pem").unlink()
    (copied.airflow / "sign_off_key.pub").unlink()
    make(copied.airflow / "sign_off_key.pem")  # as after a leak
    found, not_held = against_the_answer(find("2020", copied), copied)
    assert [one["what"].split(" is ")[0] for one in found] == ["sign_off.signed_at", "sign_off.note"]
    assert "signed with another key" in not_held[0]
    kept.unlink()
    found, not_held = against_the_answer(find("2020", copied), copied)
    assert found == []
    assert "No signed answer is kept of 2020@v1" in not_held[0]


def forge_papers(release: Path) -> None:
    """Bring release.json and SHA256SUMS in line with the files as they are now."""
    papers = json.loads((release / "release.json").read_text(encoding="utf-8"))
    write_sums(release)
    sums = dict(reversed(line.split("  ")) for line in (release / "SHA256SUMS").read_text().splitlines())
    for name, entry in papers["files"].items():
        entry["sha256"] = sums[name]
    (release / "release.json").write_text(json.dumps(papers), encoding="utf-8")
    write_sums(release)


def test_verify_names_an_input_that_is_not_what_was_received(copied: DataFolders) -> None:
    landed = next((copied.landing / "files").glob("*.csv"))
    cut(landed)
    found = said(copied, "verify", "2024", code=1)
    assert [one["where"] for one in found["inputs"]] == [str(landed)]


def test_verify_tells_people_what_differs(copied: DataFolders) -> None:
    copied.current.unlink()
    for left in (copied.landing / "files").iterdir():
        left.unlink()
    shown = text(copied, "verify", "2020", code=1)
    assert "gci.duckdb: is gone" in shown
    assert "not what was published" in shown


def test_verify_names_writes_to_the_published_file(copied: DataFolders) -> None:
    for left in (copied.landing / "files").iterdir():
        left.unlink()
    (copied.published / "gci.duckdb.wal").write_bytes(b"somebody's writes")
    (copied.release("2024", 1) / "gci.duckdb.wal").write_bytes(b"somebody's writes")
    found = said(copied, "verify", "2024", code=1)
    assert [one["where"] for one in found["files"]] == ["gci.duckdb.wal"]
    assert [Path(one["where"]).name for one in found["current"]] == ["gci.duckdb.wal"]


def test_verify_of_what_is_not_published_is_wrong_usage(published_data: DataFolders) -> None:
    assert gci(published_data.root, "verify", "2026").code == 2
