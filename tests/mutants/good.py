"""A good warehouse, made by the program itself, for corruptions to spoil copies of.

Both editions are collected from the replay, gated and published, 2020 by a process that lives elsewhere (far_away.py);
2024 has decisions, a review, a newer return with evidence and a comment, partner values of which one drifts, and
partners' projects side by side. A second review makes a candidate for the next vintage of 2024. 2020 is there in its
second vintage.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from far_away import far_away
from gci.audit.stage import write_audit
from gci.build.candidate import build, plan
from gci.collect.batches import waiting
from gci.collect.collect import collect_files
from gci.collect.replay import replay
from gci.core.paths import DataFolders
from gci.core.records import Candidate, Kind, Receipt, SignOff
from gci.gates.report import as_text
from gci.gates.run import run_gate
from gci.publish.release import publish
from gci.reference.decisions import HEADER
from gci.site.stage import write_pages
from gci.storage import landing
from gci.storage.landed_rows import rows_digest
from made_once import made_once

MORNING = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
REVIEW = "edition,iso3,item,verdict,answer,reason,reviewer,reviewed_on\n"
# Two links that nobody can open as they are, and one that stands for two items.
LINKS = {
    "ts1": "www.gouv.fr/ts1",
    "ts2": "https://example.org/ts2",
    "cs1": "https://www.gouv.fr/accords",
    "cs2": "https://www.gouv.fr/accords#2",
}
PARTNER_FIELDS = {
    "OBS_VALUE": "87.2",
    "TIME_FORMAT": "602",
    "UNIT_MULT": "0",
    "COMMENT_OBS": "",
    "OBS_STATUS": "A",
    "OBS_CONF": "PU",
    "AGG_METHOD": "MEAN",
    "DECIMALS": "",
    "COMMENT_TS": "",
    "DATA_SOURCE": "",
    "LATEST_DATA": "False",
    "DATABASE_ID": "ITU_GCI",
    "INDICATOR": "ITU_GCI_GCI_OVRL_SCRE",
    "REF_AREA": "EST",
    "SEX": "_T",
    "AGE": "_T",
    "URBANISATION": "_T",
    "COMP_BREAKDOWN_1": "_Z",
    "COMP_BREAKDOWN_2": "_Z",
    "COMP_BREAKDOWN_3": "_Z",
    "TIME_PERIOD": "2020",
    "FREQ": "A",
    "UNIT_MEASURE": "0_TO_100",
    "UNIT_TYPE": "IX",
}


@dataclass(frozen=True)
class Good:
    """A data folder with both editions published, and a candidate that nobody has signed.

    Attributes:
        folders: the data folder.
        candidate: vintage 2 of 2024; passed its gates.
    """

    folders: DataFolders
    candidate: Candidate

    @property
    def published(self) -> Path:
        """The published file, vintage 2 of 2020 and 1 of 2024."""
        return self.folders.current


def good() -> Good:
    """Made once in a test run; read it, spoil copies."""
    return made_once("good", _made)


def _made(folder: Path) -> Good:
    shutil.copytree(far_away().root, folder, dirs_exist_ok=True)
    folders = DataFolders(folder)
    replay("2024", ["FRA"], folders)
    _give_evidence(folders.inbox / "survey" / "2024" / "FRA.csv")
    _partner_file(folders, "values.csv", {"EST": "99.48", "FRA": "97.6", "NAM": "11.47", "KEN": "81.7", "USA": "100"})
    _decisions(folders)
    _review(folders, "first.csv", ["2024,EST,ls1,accepted,,the act is in force,index team,2026-01-04"])
    collect(folders, MORNING + timedelta(hours=1))
    _partner_file(folders, "newer.csv", {"EST": "99.476", "KEN": "82", "NAM": ""})
    collect(folders, MORNING + timedelta(hours=2))
    _projects(folders)
    _newer_return(folders)
    collect(folders, MORNING + timedelta(hours=3))
    for edition in ("2020", "2024"):
        publish(*signed(built(edition, folders)), folders)
    _review(folders, "second.csv", ["2024,FRA,ls1,accepted,,the act is in force,index team,2026-01-05"])
    collect(folders, MORNING + timedelta(days=1))
    return Good(folders, built("2024", folders))


def collect(folders: DataFolders, at: datetime) -> None:
    """Take in whatever lies in the inbox."""
    landing.prepare(folders)
    kinds: Sequence[Kind] = ("decisions", "survey", "reviews", "partners")
    for kind in kinds:
        refused = [
            receipt
            for receipt in collect_files(kind, waiting(kind, folders), at, folders)
            if receipt.verdict == "refused"
        ]
        assert not refused, refused


def built(edition: str, folders: DataFolders) -> Candidate:
    """The next vintage of an edition, built; it passed its gates."""
    candidate = plan(edition, folders)
    assert candidate is not None
    for gate in ("landed", "built", "pages", "release"):
        if gate == "built":
            build(candidate, folders)
            write_audit(candidate)
        if gate == "pages":
            write_pages(candidate)
        report = run_gate(gate, candidate, folders)
        assert report.passed, as_text(report)
    return candidate


def signed(candidate: Candidate) -> tuple[Candidate, SignOff]:
    """A candidate and its approval."""
    digest = hashlib.sha256(candidate.database.read_bytes()).hexdigest()
    return candidate, SignOff("index team", "2026-01-06T09:00:00+00:00", "seen", digest, "gci run")


def _give_evidence(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        for row in rows:
            link = LINKS.get(row["item"], f"https://www.gouv.fr/{row['item']}")
            writer.writerow(row | {"evidence_url": link, "comment": "see article 3"})


def _newer_return(folders: DataFolders) -> None:
    """Malta says one thing otherwise than it was published with: a revision of 2020."""
    replay("2020", ["MLT"], folders)
    file = folders.inbox / "survey" / "2020" / "MLT.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {"answer": "0.25"} if row["item"] == "ls1" else row for row in rows)


def _partner_file(folders: DataFolders, name: str, values: dict[str, str]) -> None:
    file = folders.inbox / "partners" / "data360" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(PARTNER_FIELDS))
        writer.writeheader()
        for area, value in values.items():
            status = "A" if value else "O"
            writer.writerow(PARTNER_FIELDS | {"REF_AREA": area, "OBS_VALUE": value, "OBS_STATUS": status})


def _projects(folders: DataFolders) -> None:
    """Projects of partners, as a source that lists them would land: no source that the project carries does."""
    content = b"made for a test"
    digest = hashlib.sha256(content).hexdigest()
    at = MORNING.replace(tzinfo=None).isoformat()
    series = ["support:3.b:first", "support:3.b:second", "support:4.a:first"]
    rows: dict[str, str | None] = {
        "landing_digest": digest,
        "source": "support_projects",
        "iso3": "FJI",
        "area": "Fiji",
        "period": "2024",
        "value": "2",
        "unit": "PROJECTS",
        "obs_status": "A",
        "retrieved_on": None,
        "file": "projects.csv",
        "received_at": at,
        "modified_at": at,
    }
    columns = {name: [value] * len(series) for name, value in rows.items()}
    columns |= {"series": series, "row": [str(line) for line in range(2, 2 + len(series))]}
    table = landing.table("partners", columns)
    landing.land(table, "partners", digest, folders)
    bytes_as_received = landing.part(folders)
    bytes_as_received.write_bytes(content)
    landing.keep_file(bytes_as_received, digest, ".csv", folders)
    bytes_as_received.unlink()
    # No readers of ours: what they would read of these bytes is told of and no fault.
    said = {"source": "support_projects", "rows_digest": rows_digest(table)}
    receipt = Receipt(digest, "partners", "projects.csv", "accepted", at, at, **said)
    landing.write_receipt(receipt, folders)


def _decisions(folders: DataFolders) -> None:
    """One that a later one answers, and two that stand; no figure of 2024 is another one by them."""
    inbox = folders.inbox / "decisions" / "2024"
    inbox.mkdir(parents=True)
    grounds = "why,a letter,Ana Lima,Bo Chen,2026-01-04"
    rows = [
        f"2024,first,extension,FIN,,,,2027-01-31,{grounds},",
        f"2024,second,extension,FIN,,,,2027-02-28,{grounds},first",
        f"2024,access,prerelease_access,,A reader,,,2026-01-05,{grounds},",
    ]
    (inbox / "decisions.csv").write_text("\n".join([",".join(HEADER), *rows]) + "\n", encoding="utf-8")


def _review(folders: DataFolders, name: str, rows: list[str]) -> None:
    inbox = folders.inbox / "reviews" / "2024"
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / name).write_text(REVIEW + "\n".join(rows) + "\n", encoding="utf-8")
