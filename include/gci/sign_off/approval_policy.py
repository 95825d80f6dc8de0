"""What is asked of a signer, and which answers count: by whom, about which file, until when.

The rules are held by the server before it records an answer (`gci.sign_off.recording`), so that whoever answers is told
at once, and again by the tasks that take the answer up. Who wrote reviews is read from what has landed each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from gci.core.errors import Blocked
from gci.core.people import same_person

APPROVED, REJECTED = "Approve", "Reject"
"""The two answers, as Airflow's UI shows them."""

PUBLISHER = "publisher"
"""The role that may answer."""

SHELL = "shell"
"""What stands in place of the role for `gci run --sign-off`: whoever has the shell and the data folder."""


ASKED = "asked"
"""Under which key Airflow's task state keeps the request (`Asked`), as soon as it is shown."""

ANSWER = "answer"
"""Under which key it keeps the answer, as the server signed it (`gci.sign_off.signed`)."""


@dataclass(frozen=True)
class Asked:
    """A request for a sign-off, as Airflow keeps it for the task that asks.

    Attributes:
        digest: SHA-256 of the candidate's DuckDB file.
        until: the last moment for an answer, ISO 8601 UTC.
        tries: how many tries the task had been given when it asked; a person who clears it gives it more.
    """

    digest: str
    until: str
    tries: int

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Asked:
        """From what `as_dict` gave. Raises Blocked when it is something else."""
        try:
            datetime.fromisoformat(kept["until"]).astimezone(UTC)
            return cls(str(kept["digest"]), kept["until"], int(kept["tries"]))
        except (KeyError, TypeError, ValueError) as error:
            raise Blocked(
                "What is kept of the request cannot be read: somebody wrote over it. Clear sign_off to ask anew."
            ) from error

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return asdict(self)


@dataclass(frozen=True)
class Answerer:
    """Who answers, as the server knows them.

    Attributes:
        names: all that they are known by there: user name, full name, e-mail address.
        role: `publisher` or `shell`; None for anybody else.
    """

    names: tuple[str, ...]
    role: str | None


@dataclass(frozen=True)
class Refusal:
    """Why an answer does not count.

    Attributes:
        kind: `who` (never by this person) or `what` (this person may answer, but not so, or no more).
        message: for the one who answers.
    """

    kind: str
    message: str


def refusal(asked: Asked, by: Answerer, digest: str | None, at: datetime, reviewers: Iterable[str]) -> Refusal | None:
    """Why an answer does not count; None when it does.

    Args:
        asked: what was asked.
        by: who answers.
        digest: which file they say that they answer about.
        at: when, with a time zone.
        reviewers: who wrote the reviews that the candidate rests on, as the review files have it.
    """
    refused = refused_person(by, reviewers)
    if refused:
        return refused
    if not digest:
        return Refusal("what", f"The answer does not say which file it is about: give the digest {asked.digest}.")
    if digest != asked.digest:
        return Refusal(
            "what",
            f"The answer is about another file: SHA-256 {digest}, while {asked.digest} is asked about. Look at the "
            "request again.",
        )
    if at > datetime.fromisoformat(asked.until):
        return Refusal(
            "what",
            f"The answer came at {at.astimezone(UTC):%F %T} UTC, after its time ({asked.until}). Trigger "
            "publish_edition with the edition to ask again.",
        )
    return None


def refused_person(by: Answerer, reviewers: Iterable[str]) -> Refusal | None:
    """Why somebody cannot sign off at all; None when they can.

    Args:
        by: who answers.
        reviewers: who wrote the reviews that the candidate rests on.
    """
    name = by.names[0] if by.names else "nobody"
    if by.role not in (PUBLISHER, SHELL):
        return Refusal("who", f"Only the role {PUBLISHER} signs off, and {name} does not have it. Ask one who has.")
    wrote = same_person(by.names, reviewers)
    if wrote:
        return Refusal(
            "who",
            f"{wrote[0]} wrote a review of this edition (as {wrote[1]}) and cannot sign it off: four eyes see more "
            "than two. Somebody else must answer.",
        )
    return None
