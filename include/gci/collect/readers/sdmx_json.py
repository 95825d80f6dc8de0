"""SDMX-JSON data messages (1.0 and 2.0) → rows, one per observation, with the columns that SDMX-CSV would have."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from gci.collect.problems import Report
from gci.collect.readers.grid import as_text
from gci.collect.readers.header import match
from gci.collect.readers.json import documents
from gci.collect.readers.rows import Columns, Row

Cells = dict[str, str]


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The observations of all data sets, in the order of the file; a row's number is its place in that order.

    Dimensions and attributes stand under their ids, the value under OBS_VALUE. Raises UnreadableError when the message
    has not the form that the standard gives it, or not the columns of the layout.
    """
    (message, *others) = documents(content, report)
    if others:
        raise report.stop("not_sdmx", found="several documents")
    try:
        found = list(_observations(message))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise report.stop("not_sdmx", found=f"{type(error).__name__}: {error}") from None
    if not found:
        raise report.stop("no_rows")
    header = match(list(found[0]), 1, layouts, report)
    for number, cells in enumerate(found, 1):
        yield Row(number, {name: cells.get(name, "") for name in header.layout.known})


def _observations(message: Mapping[str, Any]) -> Iterator[Cells]:
    data = message.get("data", message)  # version 1.0 has them at the top, 2.0 below `data`
    structures = data.get("structures") or [data.get("structure") or message["structure"]]
    for data_set in data["dataSets"]:
        structure = structures[data_set.get("structure", 0)]
        yield from _of_set(data_set, structure)


def _of_set(data_set: Mapping[str, Any], structure: Mapping[str, Any]) -> Iterator[Cells]:
    dimensions, attributes = structure["dimensions"], structure.get("attributes", {})
    same = _picked(dimensions.get("dataSet", []), [0] * len(dimensions.get("dataSet", [])))
    same |= _picked(attributes.get("dataSet", []), data_set.get("attributes", []))
    every = [*dimensions.get("series", []), *dimensions["observation"], *attributes.get("observation", [])]
    blank = {part["id"]: "" for part in [*every, *attributes.get("series", [])]} | {"OBS_VALUE": ""}
    series = data_set.get("series") or {"": {"observations": data_set.get("observations", {})}}
    for key, one in series.items():
        about = _picked(dimensions.get("series", []), _places(key))
        about |= _picked(attributes.get("series", []), one.get("attributes", []))
        for place, values in one["observations"].items():
            cells = blank | same | about | _picked(dimensions["observation"], _places(place))
            cells["OBS_VALUE"] = "" if values[0] is None else as_text(values[0])
            yield cells | _picked(attributes.get("observation", []), values[1:])


def _places(key: str) -> list[int]:
    return [int(place) for place in key.split(":")] if key else []


def _picked(parts: Sequence[Mapping[str, Any]], places: Sequence[Any]) -> Cells:
    """The value of each part by its place in the part's list; what is no place (2.0 allows it) is the value itself."""
    if len(places) > len(parts):
        raise ValueError(f"{len(places)} places for {len(parts)} parts")
    picked = {}
    for part, place in zip(parts, places, strict=False):
        if place is None:
            continue
        picked[part["id"]] = (
            _code(part["values"][place]) if isinstance(place, int) and part.get("values") else str(place)
        )
    return picked


def _code(value: Mapping[str, Any]) -> str:
    return str(value["id"] if "id" in value else value.get("value", value.get("name", "")))
