"""What an audit is to do, with what the index does as default."""

from __future__ import annotations

from dataclasses import dataclass

from gci.audit.answers import PARTIAL
from gci.audit.ranks import Rule
from gci.audit.scores import Missing
from gci.audit.weights import SPREAD
from gci.core.errors import WrongUsage
from gci.core.replications import REPLICATIONS

SEED = 2024
_MOST = 1_000_000  # draws; what lies behind the first ten thousand moves no figure that is told


@dataclass(frozen=True)
class Plan:
    """The choices of an audit.

    Attributes:
        replications: how many draws.
        seed: of all that is random; the same seed gives the same bytes.
        spread: f of w' = w (1 + f (2u − 1)), where weights are not drawn from experts' allotments.
        missing: what a missing item counts.
        rank: how ranks go on after a tie.
        partial: what a partial answer is read as, from and to; None to read it as it is.
        coverage: what simultaneous tier sets and rank confidence sets hold with, at least.
    """

    replications: int = REPLICATIONS
    seed: int = SEED
    spread: float = SPREAD
    missing: Missing = "zero"
    rank: Rule = "competition"
    partial: tuple[float, float] | None = PARTIAL
    coverage: float = 0.95

    def __post_init__(self) -> None:
        """Raises WrongUsage, naming the option, where a choice cannot be."""
        if self.replications < 1:
            raise WrongUsage(f"--replications {self.replications}: there has to be at least one.")
        if self.replications > _MOST:
            raise WrongUsage(f"--replications {self.replications}: more than {_MOST:,} are not drawn.")
        if self.seed < 0:
            raise WrongUsage(f"--seed {self.seed}: a seed is a whole number from 0.")
        if not 0 <= self.spread < 1:
            raise WrongUsage(f"--spread {self.spread:g}: it has to lie from 0 to below 1, e.g. 0.25 for ±25 %.")
        if not 0 < self.coverage < 1:
            raise WrongUsage(f"coverage {self.coverage:g}: it has to lie between 0 and 1.")
