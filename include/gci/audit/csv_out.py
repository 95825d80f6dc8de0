"""What `gci audit` writes: CSV, one row a unit or node, numbers in their shortest form, empty where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_AT_ONCE = 2_000_000  # cells that are put in words at once


def write_matrix(
    path: Path,
    names: Sequence[str],
    columns: Sequence[str],
    nominal: NDArray[np.generic] | None,
    values: NDArray[np.generic],
    nothing: float = np.nan,
) -> None:
    """Write one row per name, the values of which are the columns of a matrix: replications lie beside each other.

    Args:
        path: the file to make.
        names: (N,), the first cell of each row.
        columns: the header, its first name for `names`.
        nominal: (N,), the second cell of each row; None for rows of replications alone.
        values: (R, N), one cell per replication.
        nothing: the value that is left empty, as NaN is.
    """
    step = max(1, _AT_ONCE // max(1, len(values)))
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(map(_cell, columns)) + "\n")
        for first in range(0, len(names), step):
            part = np.ascontiguousarray(values[:, first : first + step].T)
            if nominal is not None:
                part = np.column_stack([nominal[first : first + step], part])
            for name, row in zip(names[first : first + step], _rows(part, nothing), strict=True):
                out.write(f"{_cell(name)},{row}\n")


def _rows(part: NDArray[np.generic], nothing: float) -> list[str]:
    flat = part.ravel()
    empty = flat == nothing if nothing == nothing else np.isnan(flat)
    words = pa.array(flat, mask=empty).cast(pa.string()).fill_null("")
    ends = pa.array(np.arange(0, len(flat) + 1, max(1, part.shape[1])), pa.int64())
    joined: list[str] = pc.binary_join(pa.LargeListArray.from_arrays(ends, words), ",").to_pylist()
    return joined


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as mappings by column; None and NaN stay empty, lists are joined with spaces.

    Args:
        path: the file to make.
        columns: the header.
        rows: one mapping per row.
    """
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(columns) + "\n")
        for row in rows:
            out.write(",".join(_cell(_word(row[name])) for name in columns) + "\n")


def _word(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, list | tuple):
        return " ".join(map(_word, value))
    if isinstance(value, float | np.floating):
        return repr(float(value)).removesuffix(".0")
    return str(value)


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(sign in text for sign in ',"\n\r') else text
