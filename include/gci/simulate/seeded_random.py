"""Chance that can be repeated: a generator of its own for whatever is named, so that no draw moves another."""

from __future__ import annotations

import random


def seeded_random(*about: object) -> random.Random:
    """A generator that depends on nothing but these names, on every machine and under any hash seed."""
    return random.Random("/".join(str(one) for one in about))  # noqa: S311  (a simulation, no secret)
