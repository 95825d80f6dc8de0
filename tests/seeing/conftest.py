"""The run that the tests of this folder look at."""

from __future__ import annotations

from seeing.run_seen import seen

__all__ = ["seen"]
