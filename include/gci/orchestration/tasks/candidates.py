"""A candidate as tasks hand it on: plain values, the folder by its name, so that any worker finds its own."""

from __future__ import annotations

from pathlib import Path

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.orchestration.hand_overs import PackedCandidate

LABEL = "{{ task.op_kwargs['candidate']['label'] }}"
"""What Airflow calls one of many tasks that are about a candidate each."""


def to_dict(candidate: Candidate) -> PackedCandidate:
    """The candidate as plain values."""
    return {
        "edition": candidate.edition,
        "vintage": candidate.vintage,
        "folder": candidate.folder.name,
        "inputs_digest": candidate.inputs_digest,
        "label": f"{candidate.edition} vintage {candidate.vintage}",
    }


def from_dict(values: PackedCandidate, folders: DataFolders) -> Candidate:
    """The candidate again, under this data folder. Raises Blocked when it names a folder elsewhere."""
    if Path(values["folder"]).name != values["folder"]:
        raise Blocked(f"{values['folder']!r} is no folder of candidates.")
    return Candidate(
        edition=values["edition"],
        vintage=values["vintage"],
        folder=folders.candidates / values["folder"],
        inputs_digest=values["inputs_digest"],
    )
