"""What a checked file says, before it becomes a table."""

from __future__ import annotations

from dataclasses import dataclass, field

Column = list[str | None]


@dataclass(frozen=True)
class Content:
    """What the rows of one file say, with everything wrong about them in the report that went along.

    Attributes:
        edition: the edition they are about, when it is one.
        iso3: the state they are about, when it is one.
        collector: `state` or `desk`, for returns.
        source: the partner, for partner files.
        answered: rows with an answer (or value).
        items: items of the edition's framework (for partner files: rows).
        form_version: version of the form that the answers were given in, for returns.
        synthetic: whether the file says that its answers are invented.
        addition: for returns: whether it only adds to the sender's earlier one.
        parts: for an export of submissions: how many of them were accepted.
        pillars: for returns: per pillar its code, items with an answer, items.
        columns: columns of the landing table that differ by row, as text; None where a cell is empty.
    """

    edition: str | None = None
    iso3: str | None = None
    collector: str | None = None
    source: str | None = None
    answered: int = 0
    items: int = 0
    form_version: str | None = None
    synthetic: bool = False
    addition: bool = False
    parts: int = 0
    pillars: tuple[tuple[str, int, int], ...] = ()
    columns: dict[str, Column] = field(default_factory=dict)
