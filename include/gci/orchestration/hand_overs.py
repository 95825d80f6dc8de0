"""What tasks hand on to each other: plain values, each declared once. Airflow keeps them as JSON.

Paths stand below $GCI_DATA, so that any worker finds its own. Whoever may write XComs can write anything there: one
that must not be deceived reads the folder that it is handed and believes nothing else (`publish` does so).
"""

from __future__ import annotations

from typing import Any, TypedDict

from gci.core.records import Kind


class PackedCandidate(TypedDict):
    """A candidate: edition, vintage, the name of its folder, the digest of its inputs, and a label for people."""

    edition: str
    vintage: int
    folder: str
    inputs_digest: str
    label: str


class Batch(TypedDict):
    """Files of one kind to collect: paths below $GCI_DATA, a label for people, the moment of the whole run (ISO)."""

    kind: Kind
    files: list[str]
    label: str
    received_at: str


class Refusal(TypedDict):
    """A refused file: a label and a name for people, whose it is, its SHA-256, where it lies with its report, and why.

    `edition` is that of the inbox folder where the file does not say; None for partners. `problems` are those of the
    receipt (gci.core.records.Problem, as a dict).
    """

    label: str
    file: str
    kind: Kind
    edition: str | None
    iso3: str | None
    digest: str
    quarantine: str
    problems: list[dict[str, Any]]


class Collected(TypedDict):
    """What became of a batch: the number of accepted files by edition or source, and each refused file."""

    accepted: dict[str, int]
    refused: list[Refusal]


class FetchedPartner(TypedDict):
    """A partner that is fetched: its source, and a label for people."""

    source: str
    label: str


class SignOffRequest(TypedDict):
    """What a signer is asked: subject and summary (Markdown), and the SHA-256 of the file that it is about."""

    subject: str
    summary: str
    digest: str


class NearDate(TypedDict):
    """A date of an edition's calendar: its day and hour (ISO; no hour: empty), edition and kind, a label for people."""

    on: str
    edition: str
    what: str
    at: str
    label: str


class Channel(TypedDict):
    """A channel that is on, and a label for people."""

    channel: str
    label: str


class Told(TypedDict):
    """How many notices a channel was told: what blocks, what is new, what is known."""

    blocks: int
    new: int
    known: int
