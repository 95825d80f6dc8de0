"""What a run came to, as records and as the JSON of `gci run --json`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from gci.core.lines import PARTNERS

Outcome = Literal["published", "nothing_new", "embargoed", "waiting_for_sign_off", "blocked", "rejected"]


@dataclass(frozen=True)
class GateSummary:
    """How a gate came out.

    Attributes:
        gate: landed, built or release.
        passed: whether every check passed.
        checks: how many there were.
        failed: how many did not pass.
    """

    gate: str
    passed: bool
    checks: int
    failed: int


@dataclass(frozen=True)
class EditionResult:
    """What a run came to for one edition.

    Attributes:
        edition: the edition, or `partners`.
        outcome: what happened.
        message: what there is to know or to do, for a person.
        vintage: the vintage published, waiting or stopped; the one that stands when there is nothing new.
        folder: the release, or the candidate while it is none.
        database: the file to look into.
        gates: the gates as far as they were held.
        figures: states, tiers or ranks, top, bottom, known_errors; None when nothing was built.
        signed_by: who approved it.
        synthetic: whether it was built from invented returns.
    """

    edition: str
    outcome: Outcome
    message: str
    vintage: int | None = None
    folder: str | None = None
    database: str | None = None
    gates: tuple[GateSummary, ...] = ()
    figures: dict[str, Any] | None = None
    signed_by: str | None = None
    synthetic: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        figures = self.figures or {}
        return {
            "edition": self.edition,
            "outcome": self.outcome,
            "message": self.message,
            "vintage": self.vintage,
            "release": self.folder if self.outcome in ("published", "nothing_new") else None,
            "candidate": self.folder if self.outcome not in ("published", "nothing_new") else None,
            "database": self.database,
            "gates": [asdict(gate) for gate in self.gates],
            "checks": sum(gate.checks for gate in self.gates),
            "states": figures.get("states"),
            "tiers": figures.get("tiers"),
            "ranks": figures.get("ranks"),
            "top": figures.get("top", []),
            "bottom": figures.get("bottom", []),
            "known_errors": figures.get("known_errors", []),
            "signed_by": self.signed_by,
            "synthetic": self.synthetic,
        }


@dataclass(frozen=True)
class RunResult:
    """What a run came to.

    Attributes:
        editions: per edition asked for, in that order.
        refused: files that were refused in this run.
        failures: tasks that failed although no gate and no file was at fault.
        seconds: time by stage.
        partners: partners that could not be fetched, each with the reason; what they gave before stays in use.
        untold: channels that could not be told, each with the reason; no part of the document, which is out by then.
    """

    editions: tuple[EditionResult, ...]
    refused: tuple[dict[str, Any], ...] = ()
    failures: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 when all that was asked was done; 1 when a gate, the sign-off or a refusal stood in the way."""
        if self.failures or any(result.outcome in ("blocked", "rejected") for result in self.editions):
            return 1
        refused = {PARTNERS if one["kind"] == PARTNERS else one["edition"] for one in self.refused}
        return int(any(result.outcome == "nothing_new" and result.edition in refused for result in self.editions))

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON values."""
        return {
            "editions": [result.as_dict() for result in self.editions],
            "refused": list(self.refused),
            "failures": list(self.failures),
            "partners": list(self.partners),
            "seconds": {stage: round(seconds, 2) for stage, seconds in self.seconds.items()},
        }
