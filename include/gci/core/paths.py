"""The folders of the warehouse: the project's own, and those under $GCI_DATA. The only place that spells them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
DAGS = PROJECT / "dags"
DBT_PROJECT = PROJECT / "dbt_project"
SEEDS = DBT_PROJECT / "seeds"
MARTS = DBT_PROJECT / "models" / "marts"
EXPECTATIONS = PROJECT / "expectations"
INCLUDE = PROJECT / "include"
REPLAY = INCLUDE / "replay"
PARTNERS = INCLUDE / "partners"
REJECTIONS = "rejections"


@dataclass(frozen=True)
class DataFolders:
    """Everything that a run writes. Two roots side by side never touch each other.

    Attributes:
        root: the folder that $GCI_DATA names.
        store: the object storage that $GCI_STORE names, through which several such folders are one; None without.
    """

    root: Path
    store: str | None = None

    @property
    def inbox(self) -> Path:
        """Where files arrive: survey/<edition>, reviews/<edition>, decisions/<edition>, partners/<source>."""
        return self.root / "inbox"

    @property
    def brought(self) -> Path:
        """What a worker has from the store and may lose: files to be collected, notes on versions."""
        return self.root / "store"

    @property
    def landing(self) -> Path:
        """Append-only: files/, receipts/, reports/, chain/, and Parquet in one folder per kind of inbox."""
        return self.root / "landing"

    @property
    def gathered(self) -> Path:
        """What is remembered of each partner between fetches, one file per source."""
        return self.landing / "gathered"

    @property
    def chain(self) -> Path:
        """The chain of landing: one seal a file, each with the digest of the one before; append-only."""
        return self.landing / "chain"

    @property
    def released(self) -> Path:
        """What landing knows of the releases: one file each, with the digests of its papers; append-only."""
        return self.landing / "released"

    @property
    def signed(self) -> Path:
        """The signed answers that releases went out on, each by the digest of the candidate; append-only."""
        return self.landing / "signed"

    @property
    def noted_embargoes(self) -> Path:
        """What landing knows of releases that were approved before their hour: one file each; append-only."""
        return self.landing / "embargoed"

    @property
    def prerelease(self) -> Path:
        """The ledger of copies that were given before a release, one file each; append-only."""
        return self.landing / "prerelease"

    @property
    def drafts(self) -> Path:
        """The ledger of drafts of scores that went to states, and of their comments, one file each; append-only."""
        return self.landing / "drafts"

    @property
    def seed_notes(self) -> Path:
        """Which seeds of the program each edition rested on from when on, one file each; append-only."""
        return self.landing / "seeds"

    @property
    def letters(self) -> Path:
        """The ledger of letters of queries that went out, one file each; append-only."""
        return self.landing / "letters"

    @property
    def survey(self) -> Path:
        """The state of every survey round: status, cases, worklists. Replaced as a whole whenever something lands."""
        return self.root / "survey.duckdb"

    @property
    def quarantine(self) -> Path:
        """Refused files beside the report for their sender."""
        return self.root / "quarantine"

    @property
    def simulated(self) -> Path:
        """What was planted in each simulated round, for tests and for whoever rehearses."""
        return self.root / "simulated"

    @property
    def candidates(self) -> Path:
        """One folder per candidate: the built file, its manifest, its gate reports."""
        return self.root / "candidates"

    @property
    def rejections(self) -> Path:
        """What is kept of candidates that were rejected; among the candidates, and none itself."""
        return self.candidates / REJECTIONS

    @property
    def published(self) -> Path:
        """Releases at <edition>/v<k>/ and the file that analysts read, gci.duckdb."""
        return self.root / "published"

    @property
    def embargoed(self) -> Path:
        """Releases that are approved and wait for their hour; no web server shows this folder."""
        return self.root / "embargoed"

    @property
    def current(self) -> Path:
        """The published DuckDB file: latest vintage of every edition."""
        return self.published / "gci.duckdb"

    @property
    def lineage(self) -> Path:
        """OpenLineage events, one a line, where that is on and nothing else is said."""
        return self.root / "lineage" / "events.jsonl"

    @property
    def airflow(self) -> Path:
        """Airflow's own home: metadata database, logs, configuration."""
        return self.root / "airflow"

    def release(self, edition: str, vintage: int) -> Path:
        """The folder of one release."""
        return self.published / edition / f"v{vintage}"


def data_folders() -> DataFolders:
    """The folders under $GCI_DATA (default ./data), as absolute paths, and $GCI_STORE. Creates nothing."""
    return DataFolders(Path(os.environ.get("GCI_DATA", "data")).resolve(), os.environ.get("GCI_STORE") or None)
