"""How many draws the statistical audit of an edition makes: one setting, written down in the candidate's manifest."""

from __future__ import annotations

import os

from gci.core.errors import WrongUsage

SETTING = "GCI_AUDIT_REPLICATIONS"
REPLICATIONS = 10_000
"""What an edition is published with. Fewer are for tests and for looking at a round that is on."""


def replications() -> int:
    """The number of draws for a candidate that is planned now: $GCI_AUDIT_REPLICATIONS, or 10,000.

    Raises:
        WrongUsage: the setting is no whole number from 1 to 100,000.
    """
    given = os.environ.get(SETTING) or str(REPLICATIONS)
    if not given.isdecimal() or not 1 <= int(given) <= 100_000:
        raise WrongUsage(f"{SETTING}={given!r} is no number of draws. Give a whole number from 1 to 100,000, or none.")
    return int(given)
