"""How answers spread, item by item, and which units moved as no other did since the edition before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Floats

OUTLIER = 3.5
"""A robust z beyond it is an outlier (Iglewicz and Hoaglin 1993)."""
_NORMAL = 1.4826  # median absolute deviation → standard deviation, of a normal distribution


@dataclass(frozen=True)
class Distribution:
    """The answers to one item; shares are of the units that answered, NaN where none did.

    Attributes:
        answered: units with an answer.
        missing: units without.
        mean: of the answers.
        sd: standard deviation, n − 1.
        floor: share at 0.
        ceiling: share at 1.
        skewness: third standardised moment; NaN where answers do not vary.
        kurtosis: fourth, less 3.
    """

    answered: int
    missing: int
    mean: float
    sd: float
    floor: float
    ceiling: float
    skewness: float
    kurtosis: float


def distribution(answers: Floats) -> list[Distribution]:
    """How the answers to each item spread.

    Args:
        answers: (N, K), 0–1, NaN where missing.
    """
    found = []
    for column in answers.T:
        known = column[~np.isnan(column)]
        varies = len(known) > 1 and np.ptp(known) > 0
        found.append(
            Distribution(
                answered=len(known),
                missing=len(column) - len(known),
                mean=float(known.mean()) if len(known) else float("nan"),
                sd=float(known.std(ddof=1)) if len(known) > 1 else float("nan"),
                floor=float((known == 0).mean()) if len(known) else float("nan"),
                ceiling=float((known == 1).mean()) if len(known) else float("nan"),
                skewness=_moment(known, 3) if varies else float("nan"),
                kurtosis=_moment(known, 4) - 3.0 if varies else float("nan"),
            )
        )
    return found


def _moment(values: Floats, order: int) -> float:
    """A standardised moment: mean of the powers of deviations, over that power of the standard deviation."""
    away = values - values.mean()
    spread = np.sqrt(np.mean(away * away))
    return float(np.mean((away / spread) ** order))


def robust_z(changes: Floats) -> Floats:
    """How far each change lies from the median, in standard deviations as the median absolute deviation tells them.

    Args:
        changes: (N,).

    Returns:
        (N,); NaN where more than half of the changes are the same, so that there is no scale.
    """
    away = changes - np.median(changes)
    scale = _NORMAL * np.median(np.abs(away))
    result: Floats = away / scale if scale > 0 else np.full(len(changes), np.nan)
    return result
