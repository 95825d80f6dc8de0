"""Readers: bytes → rows with their place. One file per format; a new format is one file and a line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from gci.diagnostics.problems import Report
from gci.readers import csv, html, json, sdmx, sdmx_json, xlsx
from gci.readers.rows import Columns, Form, Row

Reader = Callable[[BinaryIO, Sequence[Columns], Report], Generator[Row, None, None]]


@dataclass(frozen=True)
class Format:
    """A form in which data arrives.

    Attributes:
        suffixes: ends of the names of its files.
        read: the reader.
    """

    suffixes: tuple[str, ...]
    read: Reader


FORMATS: dict[str, Format] = {
    "csv": Format((".csv", ".tsv"), csv.read),
    "xlsx": Format((".xlsx",), xlsx.read),
    "json": Format((".json", ".jsonl"), json.read),
    "sdmx-csv": Format((".csv",), sdmx.read_csv),
    "sdmx-json": Format((".json",), sdmx_json.read),
    "html": Format((".html", ".htm"), html.read),
}

__all__ = ["FORMATS", "Columns", "Form", "Format", "Reader", "Row"]
