"""An edition that asks questions, of which nothing has been published: reviews, desk research, silence, and what comes
late, is withdrawn, or is of a state that joins or leaves. No model changes for it: it is seeds and returns.
"""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from gci.audit.stage import write_audit
from gci.build.dbt_job import Job
from gci.build.dbt_run import build_file
from gci.core.database.warehouse_file import write
from gci.core.paths import DBT_PROJECT, DataFolders
from gci.core.records import Candidate
from gci.gates.inputs import Inputs
from landed import land_return, land_review
from made_once import made_once

PILLARS = {
    "legal": "ls1",
    "technical": "ts1",
    "organizational": "os1",
    "capacity_development": "cds1",
    "cooperation": "cs1",
}
HEADER = (DBT_PROJECT / "seeds" / "frameworks" / "seed_framework_2024.csv").read_text().splitlines()[0].split(",")


@dataclass(frozen=True)
class QuestionEdition:
    """The edition 2028, built. Read it.

    Attributes:
        project: the dbt project with the edition.
        inputs: what landed for it.
        database: its file.
    """

    project: Path
    inputs: Inputs
    database: Path

    @property
    def layers(self) -> Path:
        """The file with staging and intermediate tables beside the published ones."""
        return self.database.parent / "dbt" / "candidate.duckdb"


def question_edition() -> QuestionEdition:
    """Made once in a test run."""
    return made_once("question_edition", _made)


def _made(folder: Path) -> QuestionEdition:
    project, inputs = _project(folder), _inputs(DataFolders(folder / "data"))
    return QuestionEdition(project, inputs, _built(project, inputs, folder / "candidate"))


def _project(folder: Path) -> Path:
    """The dbt project with an edition 2028: five pillars of one indicator of two questions, a few member states."""
    copy = Path(shutil.copytree(DBT_PROJECT, folder / "dbt_project"))
    rows = []
    for pillar, code in PILLARS.items():
        rows += [
            ["2028", pillar, "", "pillar", pillar, pillar, pillar, "20", "1", ""],
            ["2028", code, pillar, "indicator", pillar, f"about_{code}", code, "20", "1", ""],
            ["2028", f"{code}.1", code, "question", pillar, f"{code}_1", "first", "1", "3", "true"],
            ["2028", f"{code}.2", code, "question", pillar, f"{code}_2", "second", "2", "3", "false"],
        ]
    seeds = copy / "seeds"
    added = {
        "seed_editions.csv": [
            ["2028", "2028", "2028-01-01", "2028-06-30", "", "open", "question", "tiers", "GCI 2028"]
        ],
        "seed_tiers.csv": [["2028", "1", "T1", "Role-modelling", "95"], ["2028", "2", "T2", "All others", "0"]],
        "states/seed_membership.csv": [["2028", iso3] for iso3 in ("EST", "FIN", "ISL", "LVA", "NOR", "POL", "SWE")],
        "seed_round_events.csv": [
            ["2028", "NOR", "withdrawn", "2028-02-01", "the return was not cleared", "index team"],
            ["2028", "SWE", "left", "2028-02-01", "takes no part in this round", "index team"],
            ["2028", "DNK", "joined", "2028-01-02", "takes part after all", "index team"],
            ["2028", "FIN", "extended", "2028-07-31", "asked for another month", "index team"],
        ],
        "published/seed_respondents.csv": [["2028", "ISL", "no_data", "nobody answered"]],
        "states/seed_group_exceptions.csv": [
            [iso3, "income", "any", "2028-01-01", "", "not_known", "invented"]
            for iso3 in ("DNK", "EST", "FIN", "ISL", "LVA", "NOR", "POL", "SWE")
        ],
        "frameworks/seed_framework_2028.csv": [HEADER, *rows],
    }
    for name, lines in added.items():
        with (seeds / name).open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
    described = (seeds / "frameworks" / "seed_framework_2024.yml").read_text(encoding="utf-8")
    (seeds / "frameworks" / "seed_framework_2028.yml").write_text(described.replace("2024", "2028"), encoding="utf-8")
    return copy


def _inputs(folders: DataFolders) -> Inputs:
    """Estonia answers twice, Finland and Latvia are researched, Latvia's answers are reviewed; Iceland says nothing.

    Estonia's newer answers were given under another version of the form. Norway withdraws, Poland is late, Sweden
    leaves, Denmark joins, and adds one answer to its return. One verdict on Estonia is older than its answer.
    """
    everything = {f"{code}.{number}": "yes" for code in PILLARS.values() for number in (1, 2)}
    later = "2028-01-07 06:00:00"
    digests = [
        ("survey", land_return(folders, "2028", "EST", everything)),
        (
            "survey",
            land_return(
                folders,
                "2028",
                "EST",
                everything | {"ts1.1": "partial", "cs1.2": ""},
                "state",
                later,
                "2028-2",
                "1 Legal",
            ),
        ),
        ("survey", land_return(folders, "2028", "EST", {"cs1.2": "no", "ls1.1": "no"}, "desk", later)),
        ("survey", land_return(folders, "2028", "FIN", {"ls1.1": "yes", "ls1.2": "no"}, "desk")),
        ("survey", land_return(folders, "2028", "LVA", {"ts1.1": "partial", "ts1.2": "yes"}, "desk")),
        ("survey", land_return(folders, "2028", "NOR", everything)),
        ("survey", land_return(folders, "2028", "SWE", everything)),
        ("survey", land_return(folders, "2028", "DNK", everything)),
        (
            "survey",
            land_return(folders, "2028", "DNK", {"ls1.2": "no", "os1.1": ""}, received_at=later, addition=True),
        ),
        ("survey", land_return(folders, "2028", "POL", everything, "state", "2028-07-01 00:00:00")),
        (
            "reviews",
            land_review(folders, "2028", [("LVA", "ts1.1", "accepted", None), ("LVA", "ts1.2", "accepted", None)]),
        ),
        (
            "reviews",
            land_review(
                folders,
                "2028",
                [
                    ("EST", "cds1.2", "evidence_missing", None),
                    ("EST", "os1.2", "changed", "no"),
                    ("EST", "os1.1", "accepted", None),
                    ("FIN", "cs1.1", "changed", "yes"),
                    ("ISL", "cs1.1", "accepted", None),
                    ("EST", "ts1.1", "changed", "no"),
                    ("NOR", "ts1.1", "changed", "no"),
                    ("SWE", "ts1.1", "changed", "no"),
                    ("DNK", "ls1.2", "accepted", None),
                    ("DNK", "ts1.1", "accepted", None),
                ],
                "2028-01-08",
            ),
        ),
    ]
    named = tuple(("2028", kind, digest) for kind, digest in digests)
    audits = (("2028", 1, folders.root / "audit"),)
    return Inputs(folders.landing, "2028", 1, (("2028", 1),), named, are_known=True, audits=audits)


def _built(project: Path, inputs: Inputs, folder: Path) -> Path:
    folder.mkdir()
    named = [{"edition": edition, "kind": kind, "digest": digest} for edition, kind, digest in inputs.digests]
    documents = {"manifest": {"inputs": named, "editions": [{"edition": "2028", "vintage": 1}]}}
    for name in ("manifest", "releases", "gate_results", "group_members", "figures_before", "revisions"):
        (folder / f"{name}.json").write_text(json.dumps(documents.get(name, [])), encoding="utf-8")
    job = Job(folder, folder, inputs.landing, project=project)
    build_file(job)
    write(job.file, folder / "candidate.duckdb")
    ((*_, audit),) = inputs.audits
    shutil.copytree(write_audit(Candidate("2028", 1, folder, "")), audit)
    return folder / "candidate.duckdb"
