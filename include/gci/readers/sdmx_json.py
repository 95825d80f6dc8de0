"""SDMX-JSON data messages (1.0 and 2.0) → rows, one per observation, with the columns that SDMX-CSV would have."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from gci.diagnostics.problems import Report
from gci.readers.grid import as_text
from gci.readers.header import match
from gci.readers.json import documents
from gci.readers.rows import Columns, Row
from gci.readers.sdmx import ACTION, with_what_stands_beside, without_contradictions

Cells = dict[str, str]
_OF_GROUPS = "dimensionGroupAttributes"


def read(content: BinaryIO, layouts: Sequence[Columns], report: Report) -> Generator[Row, None, None]:
    """The observations of all data sets, in the order of the file; a row's number is its place in that order.

    Dimensions and attributes of every level stand under their ids, the value under OBS_VALUE. Raises UnreadableError
    when the message has not the form that the standard gives it, or not the columns of the layout.
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
    asked_for = any(ACTION in layout.known for layout in layouts)
    there = dict.fromkeys(name for cells in found for name in cells)  # data sets may differ in what they have
    labels = [name for name in there if name != ACTION or asked_for]
    header = match(labels, 1, [with_what_stands_beside(layout) for layout in layouts], report)
    spelt = {ACTION: ACTION} | {name: labels[index] for name, index in header.places.items()}
    absent = dict.fromkeys(header.missing, "")
    rows = (
        Row(number, absent | {name: cells.get(label, "") for name, label in spelt.items()})
        for number, cells in enumerate(found, 1)
    )
    known = frozenset(name for layout in layouts for name in layout.known)
    yield from without_contradictions(rows, known, report)


def _observations(message: Mapping[str, Any]) -> Iterator[Cells]:
    if message.get("errors"):
        raise ValueError(f"its server reports errors: {message['errors']}")
    heads = [
        message.get("header") or {},
        message.get("meta") or {},
    ]  # 1.0 and 2.0; its mark `test` real servers set, too
    header = {str(name).lower(): said for head in heads for name, said in head.items()}
    of_all = header.get("action") or header.get("datasetaction") or "I"
    data = message.get("data", message)  # version 1.0 has them at the top, 2.0 below `data`
    structures = data.get("structures") or [data.get("structure") or message["structure"]]
    for data_set in data["dataSets"]:
        structure = structures[data_set.get("structure", 0)]
        unread = [name for name in data_set if name.endswith("Attributes") and name != _OF_GROUPS]
        if unread:
            raise ValueError(f"{unread[0]} are not read")
        action = str(data_set.get("action") or of_all)[:1].upper()  # as SDMX-CSV writes it
        for cells in _of_set(data_set, structure):
            yield {ACTION: action} | cells


def _of_set(data_set: Mapping[str, Any], structure: Mapping[str, Any]) -> Iterator[Cells]:
    dimensions, attributes = structure["dimensions"], structure.get("attributes", {})
    whole = dimensions.get("dataSet", [])
    same = _picked(whole, [0] * len(whole)) | _picked(attributes.get("dataSet", []), data_set.get("attributes", []))
    blank = _blank(dimensions, attributes)
    groups = _groups(data_set, dimensions, attributes.get("dimensionGroup", []))
    measures = [part["id"] for part in structure.get("measures", {}).get("observation", [])]
    measures = measures if len(measures) > 1 else ["OBS_VALUE"]
    series = data_set.get("series") or {"": {"observations": data_set.get("observations", {})}}
    for key, one in series.items():
        about = _picked(dimensions.get("series", []), _places(key))
        own = _picked(attributes.get("series", []), one.get("attributes", []))
        for place, values in one["observations"].items():
            cells = about | _picked(dimensions["observation"], _places(place))
            for condition, said in groups:
                if condition.items() <= (same | cells).items():
                    cells = said | cells
            cells = blank | same | cells | own
            for name, value in zip(measures, values, strict=False):
                cells[name] = "" if value is None else as_text(value)
            cells.setdefault("OBS_VALUE", cells.get(measures[0], ""))
            yield cells | _picked(attributes.get("observation", []), values[len(measures) :])


def _blank(dimensions: Mapping[str, Any], attributes: Mapping[str, Any]) -> Cells:
    """Every column, with what an attribute is where nothing is said of it."""
    parts = [*dimensions.get("series", []), *dimensions["observation"]]
    said = [part for level in attributes.values() if isinstance(level, list) for part in level]
    return dict.fromkeys((part["id"] for part in parts), "") | {
        part["id"]: str(part.get("default") or "") for part in said
    }


def _groups(
    data_set: Mapping[str, Any], dimensions: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]
) -> list[tuple[Cells, Cells]]:
    """The attributes of groups: the dimensions of a group, and what is said of all its observations.

    A key has the place of each dimension, and nothing where the group is of all its values: `:0`. The narrowest group
    comes first: what is said of it counts for more.
    """
    every = [*dimensions.get("series", []), *dimensions["observation"]]
    with_set = [*dimensions.get("dataSet", []), *every]
    if all("keyPosition" in part for part in with_set):
        with_set.sort(key=lambda part: int(part["keyPosition"]))
    found = []
    for key, places in data_set.get(_OF_GROUPS, {}).items():
        at = key.split(":")
        of = every if len(at) <= len(every) else with_set
        if len(at) > len(of):
            raise ValueError(f"{len(at)} places for {len(of)} dimensions")
        condition = _picked(of, [int(place) if place else None for place in at])
        found.append((condition, _picked(parts, places)))
    return sorted(found, key=lambda one: -len(one[0]))


def _places(key: str) -> list[int]:
    return [int(place) for place in key.split(":")] if key else []


def _picked(parts: Sequence[Mapping[str, Any]], places: Sequence[Any]) -> Cells:
    """The value of each part by its place in the part's list; what is no place (2.0 allows it) is the value itself."""
    if len(places) > len(parts):
        raise ValueError(f"{len(places)} places for {len(parts)} parts")
    picked = {}
    for part, place in zip(parts, places, strict=False):
        if place is not None:
            several = place if isinstance(place, list) else [place]
            picked[part["id"]] = "; ".join(_value(part, one) for one in several)
    return picked


def _value(part: Mapping[str, Any], place: Any) -> str:
    is_place = isinstance(place, int) and not isinstance(place, bool) and part.get("values")
    if is_place and place < 0:
        raise IndexError(place)
    return _code(part["values"][place]) if is_place else str(place)


def _code(value: Mapping[str, Any]) -> str:
    return str(value["id"] if "id" in value else value.get("value", value.get("name", "")))
