"""Readers: bytes → rows with their place. One file per format; a new format is one file and a line in READERS."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import BinaryIO

from gci.collect.problems import Report
from gci.collect.readers import csv
from gci.collect.readers.rows import Columns, Row

Reader = Callable[[BinaryIO, Sequence[Columns], Report], Generator[Row, None, None]]

READERS: dict[str, Reader] = {".csv": csv.read}

__all__ = ["READERS", "Columns", "Reader", "Row"]
