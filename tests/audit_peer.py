"""The figures of an audit in the plainest way: one unit, one node, one replication at a time, in fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np


def score(tree, answers, weights, missing):
    """The score of one unit as a Fraction; None where it has none. `answers` by item, `weights` by node."""

    def value(node):
        below = [child for child, parent in tree.items() if parent == node]
        if not below:
            answer = answers[node]
            return (Fraction(0) if missing == "zero" else None) if answer is None else Fraction(answer)
        known = [(Fraction(weights[child]), value(child)) for child in below]
        known = [(weight, found) for weight, found in known if found is not None]
        whole = sum(weight for weight, _ in known)
        return sum(weight * found for weight, found in known) / whole if whole else None

    root = next(node for node, parent in tree.items() if parent == "")
    found = value(root)
    return None if found is None else found * 100


def ranks(scores, rule):
    """Ranks of one replication by counting who is better."""
    there = [one for one in scores if one is not None]
    better = there if rule == "competition" else set(there)
    return [None if one is None else 1 + sum(other > one for other in better) for one in scores]


def quantile(values, share):
    """Linear interpolation between order statistics."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def alpha(columns):
    """Cronbach's alpha from pandas' covariances over complete pairs."""
    import pandas as pd

    covariance = pd.DataFrame(columns).cov().to_numpy()
    count = len(covariance)
    return count / (count - 1) * (1 - np.trace(covariance) / covariance.sum())
