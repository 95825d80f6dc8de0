"""Principal components, and how many of them the handbook's rule keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Floats
from gci.audit.covariance import correlations

EIGENVALUE, EACH, TOGETHER = 1.0, 0.10, 0.60
"""OECD and JRC (2008), section 4.2: eigenvalues above 1, each more than 10 % of the variance, together above 60 %."""
_DECIMALS = 9


@dataclass(frozen=True, eq=False)
class Components:
    """The principal components of some columns.

    Attributes:
        names: the columns that vary, (V,).
        eigenvalues: of their correlations, falling, (V,), rounded to 9 decimals.
        kept: how many of the first the rule keeps.
        enough: whether these explain more than 60 % together, as the rule also asks.
    """

    names: tuple[str, ...]
    eigenvalues: Floats
    kept: int
    enough: bool

    @property
    def shares(self) -> Floats:
        """Share of the variance of each, (V,)."""
        result: Floats = self.eigenvalues / max(1, len(self.eigenvalues))
        return result

    @property
    def explained(self) -> float:
        """Share of the variance of those that are kept, together; NaN where there are no components."""
        return float(self.shares[: self.kept].sum()) if len(self.eigenvalues) else float("nan")


def components(values: Floats, names: Sequence[str]) -> Components:
    """The principal components of the correlations of columns.

    Args:
        values: (N, C), NaN where missing (left out pair by pair).
        names: of the columns.

    Returns:
        The components; none with fewer than two columns that vary and have units in common.
    """
    correlation = correlations(values)
    vary = ~np.isnan(np.diag(correlation))
    correlation = correlation[np.ix_(vary, vary)]
    if len(correlation) < 2 or np.isnan(correlation).any():
        return Components((), np.empty(0), 0, False)
    eigenvalues = np.asarray(np.round(np.linalg.eigvalsh(correlation)[::-1], _DECIMALS) + 0.0, dtype=np.float64)
    shares = eigenvalues / len(eigenvalues)
    kept = int(((eigenvalues > EIGENVALUE) & (shares > EACH)).sum())
    named = tuple(name for name, one in zip(names, vary, strict=True) if one)
    return Components(named, eigenvalues, kept, bool(shares[:kept].sum() > TOGETHER))
