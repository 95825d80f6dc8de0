"""What was changed in a file and alike in its papers: what landed tells, and what landing noted of the release."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from gci.core.checksums import sha256
from gci.core.database.warehouse_file import reading
from gci.core.paths import DataFolders
from gci.gates.run import gate_file
from gci.storage.release_papers import statement
from mutants.good import good

pytestmark = pytest.mark.slow

SENT = "answers_are_what_was_sent"
RECEIVED = "returns_are_what_was_received"
_FRANCE = "where iso3 = 'FRA' and edition = '2024'"

ALIKE = {
    "links": (f"update answers set evidence_url = 'https://example.org/x' {_FRANCE}", SENT),
    "comments": (f"update answers set comment = 'see article 4' {_FRANCE}", SENT),
    "form versions": (f"update answers set form_version = '2024-1' {_FRANCE}", SENT),
    "places in files": (f'update answers set "row" = "row" + 1 {_FRANCE}', SENT),
    "reasons of reviews": ("update answers set review_reason = 'seen' where review_reason is not null", SENT),
    "names of files": (f"update returns_received set file = 'other.csv' {_FRANCE}", RECEIVED),
    "moments of arrival": (
        f"update returns_received set received_at = received_at - interval 1 day {_FRANCE}",
        RECEIVED,
    ),
    "counts of returns": (f"update returns_received set answered = answered - 1 {_FRANCE}", RECEIVED),
    "partner values": (
        "update partner_values set value = value + 1 where iso3 = 'EST'",
        "partner_values_are_what_was_sent",
    ),
    "units of partners": (
        "update partner_values set unit = 'PERCENT' where iso3 = 'EST'",
        "partner_values_are_what_was_sent",
    ),
    "a signer": ("update releases set signed_by = 'Somebody Else' where edition = '2024'", "file_is_the_published_one"),
    "digests of returns": (
        f"update answers set return_digest = repeat('ab', 32) {_FRANCE}",
        "answers_come_from_returns_that_count",
    ),
}


@pytest.mark.parametrize("what", ALIKE)
def test_what_landed_tells_of_a_file_whose_papers_were_made_anew(what: str, tmp_path: Path) -> None:
    sql, check = ALIKE[what]
    release = good().folders.release("2024", 1)
    folders = DataFolders(tmp_path / "data")
    folders.root.mkdir()
    folders.landing.symlink_to(good().folders.landing)
    file = tmp_path / "alone" / "gci.duckdb"
    file.parent.mkdir()
    shutil.copyfile(release / "gci.duckdb", file)
    with duckdb.connect(str(file)) as connection:
        connection.execute(sql)
    papers = json.loads((release / "release.json").read_text(encoding="utf-8"))
    with reading(file) as connection:
        papers["tables"] = statement(connection)
    papers["files"]["gci.duckdb"]["sha256"] = sha256(file)
    if what == "a signer":
        papers["sign_off"]["name"] = "Somebody Else"
    (file.parent / "release.json").write_text(json.dumps(papers), encoding="utf-8")
    failed = {one.check for report in gate_file(file, None, folders) for one in report.checks if not one.passed}
    assert {check, "file_is_the_published_one"} <= failed
    assert "tables_are_as_stated" not in failed
