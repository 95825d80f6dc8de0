"""Synthetic returns of a survey round: drawn, written in every format, spoilt here and there, marked to the end."""

FAULTS = 0.5
"""Share of the states that answer whose first file is refused, unless asked otherwise: room for every fault once."""
