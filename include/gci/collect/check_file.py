"""What collection would say of a file that lies anywhere: the same for `gci check` as in an inbox."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gci.collect.apart import check_apart
from gci.collect.check import Checked
from gci.core import clock
from gci.core.records import Kind
from gci.reference.validation_context import ValidationContext, validation_context
from gci.storage.arrival import arrive


def check_file(
    path: Path, kind: Kind = "survey", *, received_at: datetime | None = None, book: ValidationContext | None = None
) -> Checked:
    """The verdict on the file at `path`, which is only read.

    Args:
        path: the file; where it lies in an inbox, its folder counts too.
        kind: what it should be.
        received_at: the moment for the receipt; now when not given.
        book: what to hold it against; the project's own seeds when not given.

    Returns:
        Receipt and rows. A bad file is a verdict, not an exception; OSError when it cannot be read at all.
    """
    return check_apart(arrive(path, kind, received_at or clock.now()), book or validation_context())
