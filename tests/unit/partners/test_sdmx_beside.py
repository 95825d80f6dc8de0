"""What SDMX says beside a value, at every level of a message and in either form, counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from unit.partners.described import check, codes, values

USERS = {
    "format": "sdmx-json",
    "layouts": {
        "message": {
            "columns": ["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE"],
            "optional": ["OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE"],
        }
    },
    "roles": {
        "series": "INDICATOR",
        "area": "REF_AREA",
        "period": "TIME_PERIOD",
        "value": "OBS_VALUE",
        "status": "OBS_STATUS",
        "unit": "UNIT_MEASURE",
    },
    "allowed": {"UNIT_MULT": ["0", ""]},
    "missing": ["O"],
    "units": {"PERCENT": [0, 100], "": [0, 100]},
    "series": {"USERS": {"unit": "PERCENT"}},
}
ATTRIBUTES: dict[str, dict[str, Any]] = {
    "UNIT_MULT": {"id": "UNIT_MULT", "values": [{"id": "0"}, {"id": "3"}]},
    "OBS_STATUS": {"id": "OBS_STATUS", "values": [{"id": "A"}, {"id": "M"}]},
    "UNIT_MEASURE": {"id": "UNIT_MEASURE", "values": [{"id": "PERCENT"}, {"id": "TIMES"}]},
}
EVERY = dict.fromkeys(ATTRIBUTES, 0)
REFUSED = {"UNIT_MULT": "value_not_allowed", "OBS_STATUS": "value_and_status", "UNIT_MEASURE": "unit_differs"}
LEVELS = ("dataSet", "dimensionGroup", "series", "observation")


def message(level: str, places: dict[str, int], version: int = 2, key: str = ":0", action: str = "") -> str:
    """Estonia's users of 2018 and 2019, with attributes at one level."""
    dimensions = {
        "series": [
            {"id": "REF_AREA", "values": [{"id": "EST"}, {"id": "FIN"}]},
            {"id": "INDICATOR", "values": [{"id": "USERS"}]},
        ],
        "observation": [{"id": "TIME_PERIOD", "values": [{"id": "2018"}, {"id": "2019"}]}],
    }
    said = list(places.values())
    own = said if level == "observation" else []
    one: dict[str, Any] = {"observations": {"0": [90.5, *own], "1": [91, *own]}}
    data_set: dict[str, Any] = {"structure": 0, "series": {"0:0": one}}
    if level == "series":
        one["attributes"] = said
    if level == "dataSet":
        data_set["attributes"] = said
    if level == "dimensionGroup":
        data_set["dimensionGroupAttributes"] = {key: said}
    if action:
        data_set["action"] = action
    structure = {"dimensions": dimensions, "attributes": {level: [ATTRIBUTES[name] for name in places]}}
    if version == 1:
        return json.dumps({"structure": structure, "dataSets": [data_set]})
    return json.dumps({"data": {"structures": [structure], "dataSets": [data_set]}})


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("level", LEVELS)
def test_attributes_of_every_level_are_read(tmp_path: Path, level: str, version: int) -> None:
    checked = check(tmp_path, USERS, message(level, EVERY, version), "a.json")
    assert codes(checked) == []
    assert values(checked) == [("USERS", "EST", "2018", 90.5), ("USERS", "EST", "2019", 91)]


@pytest.mark.parametrize("name", ATTRIBUTES)
@pytest.mark.parametrize("level", LEVELS)
def test_attributes_of_every_level_count(tmp_path: Path, level: str, name: str) -> None:
    checked = check(tmp_path, USERS, message(level, EVERY | {name: 1}), "a.json")
    assert set(codes(checked)) == {REFUSED[name]}


@pytest.mark.parametrize("key", [":0", ":0:", "0:", "0:0", "::1", ""])
def test_a_group_is_of_the_dimensions_that_its_key_names(tmp_path: Path, key: str) -> None:
    assert codes(check(tmp_path, USERS, message("dimensionGroup", EVERY | {"UNIT_MULT": 1}, key=key), "a.json"))


def test_a_group_of_another_state_says_nothing_of_this_one(tmp_path: Path) -> None:
    text = json.loads(message("dimensionGroup", EVERY))
    text["data"]["dataSets"][0]["dimensionGroupAttributes"]["1:"] = [1, 1, 1]
    assert codes(check(tmp_path, USERS, json.dumps(text), "a.json")) == []


def test_a_narrower_group_counts_for_more(tmp_path: Path) -> None:
    text = json.loads(message("dimensionGroup", EVERY))
    text["data"]["dataSets"][0]["dimensionGroupAttributes"]["0:0"] = [1, 0, 0]
    assert codes(check(tmp_path, USERS, json.dumps(text), "a.json")) == ["value_not_allowed"]


def test_attributes_of_a_level_that_is_not_known_are_refused(tmp_path: Path) -> None:
    text = json.loads(message("series", EVERY))
    text["data"]["dataSets"][0]["groupAttributes"] = {"0": [1]}
    assert codes(check(tmp_path, USERS, json.dumps(text), "a.json")) == ["not_sdmx"]


@pytest.mark.parametrize("action", ["Delete", "delete", "D"])
def test_a_message_that_deletes_is_refused(tmp_path: Path, action: str) -> None:
    assert codes(check(tmp_path, USERS, message("series", EVERY, action=action), "a.json")) == ["sdmx_deletes"]


@pytest.mark.parametrize(
    ("part", "name"), [("header", "action"), ("header", "DataSetAction"), ("meta", "dataSetAction")]
)
def test_what_the_head_of_a_message_says_counts_where_a_data_set_says_nothing(
    tmp_path: Path, part: str, name: str
) -> None:
    deletes = {part: {name: "Delete"}}
    silent = json.dumps(json.loads(message("series", EVERY)) | deletes)
    assert codes(check(tmp_path, USERS, silent, "a.json")) == ["sdmx_deletes"]
    speaks = json.dumps(json.loads(message("series", EVERY, action="Append")) | deletes)
    assert codes(check(tmp_path, USERS, speaks, "a.json")) == []


@pytest.mark.parametrize("action", ["Information", "Append", "Replace", "Merge"])
def test_a_message_that_gives_values_is_taken(tmp_path: Path, action: str) -> None:
    assert codes(check(tmp_path, USERS, message("series", EVERY, action=action), "a.json")) == []


TABLE = USERS | {
    "format": "sdmx-csv",
    "roles": {name: column for name, column in USERS["roles"].items() if name not in ("status", "unit")},  # type: ignore[attr-defined]
    "layouts": {
        "table": {"columns": ["REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE"], "ignores_others": True},
    },
    "allowed": {},
}
HEADER = "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("I,EST,USERS,2018,90,A,0", []),
        ("A,EST,USERS,2018,90,,", []),
        ("D,EST,USERS,2018,90,A,0", ["sdmx_deletes"]),
        ("D,EST,USERS,2018,,,", ["sdmx_deletes"]),
        ("d,EST,USERS,2018,90,A,0", ["sdmx_deletes"]),
        ("I,EST,USERS,2018,90,A,3", ["unit_multiplied"]),
        *((f"I,EST,USERS,2018,0,{status},0", ["value_and_status"]) for status in "HLMOQ"),
        *((f"I,EST,USERS,2018,90,{status},0", []) for status in "ABEFINPUV"),
        *((f"I,EST,USERS,2018,,{status},0", []) for status in "HLMOQ"),
        *((f"I,EST,USERS,2018,,{status},0", ["value_missing"]) for status in ("A", "E", "")),
        ("I,EST,USERS,2018,0,m,0", ["value_and_status"]),
        ("I,EST,USERS,2018,0,M: Missing value,0", ["value_and_status"]),
    ],
)
def test_what_stands_in_columns_that_are_passed_over_counts(tmp_path: Path, row: str, found: list[str]) -> None:
    checked = check(tmp_path, TABLE, f"{HEADER}dataflow,X:Y(1.0),{row}\n")
    assert codes(checked) == found


def test_an_empty_value_without_a_status_of_missing_is_refused(tmp_path: Path) -> None:
    layouts = {"table": {"columns": [*HEADER.strip().split(",")]}}
    described = TABLE | {"layouts": layouts, "roles": TABLE["roles"] | {"status": "OBS_STATUS"}}  # type: ignore[operator]
    said = {
        status: codes(check(tmp_path, described, f"{HEADER}dataflow,X:Y(1.0),I,EST,USERS,2018,,{status},0\n"))
        for status in ("A", "", "O")
    }
    assert said == {"A": ["value_missing"], "": ["value_missing"], "O": []}


@pytest.mark.parametrize(
    ("row", "found"), [("D,EST,USERS,2018,,A,0", ["sdmx_deletes"]), ("I,EST,USERS,2018,9,A,6", ["unit_multiplied"])]
)
def test_a_column_that_is_named_and_not_held_to_codes_counts(tmp_path: Path, row: str, found: list[str]) -> None:
    described = TABLE | {"layouts": {"table": {"columns": [*HEADER.strip().split(",")]}}}
    assert codes(check(tmp_path, described, f"{HEADER}dataflow,X:Y(1.0),{row}\n")) == found


@pytest.mark.parametrize("status", ["H", "L", "M", "O", "Q"])
def test_a_status_of_the_standard_says_why_a_value_is_missing(tmp_path: Path, status: str) -> None:
    checked = check(tmp_path, TABLE, f"{HEADER}dataflow,x,I,EST,USERS,2018,,{status},0\n")
    assert checked.table is not None
    assert [(row["value"], row["obs_status"]) for row in checked.table.to_pylist()] == [(None, status)]


UNASKED = USERS | {"layouts": TABLE["layouts"], "allowed": {}, "roles": TABLE["roles"]}


@pytest.mark.parametrize(("described", "found"), [(USERS, "value_not_allowed"), (UNASKED, "unit_multiplied")])
def test_columns_in_other_letters_are_the_same_columns(tmp_path: Path, described: Any, found: str) -> None:
    text = message("dataSet", {"UNIT_MULT": 1}).replace("UNIT_MULT", "Unit_Mult")
    assert found in codes(check(tmp_path, described, text, "a.json"))


def test_attributes_that_only_a_later_data_set_has_count(tmp_path: Path) -> None:
    text = json.loads(message("observation", {"OBS_STATUS": 0}))
    later = json.loads(message("dataSet", {"UNIT_MULT": 1}).replace("2018", "2020").replace("2019", "2021"))["data"]
    text["data"]["structures"] += later["structures"]
    text["data"]["dataSets"] += [later["dataSets"][0] | {"structure": 1}]
    assert "value_not_allowed" in codes(check(tmp_path, USERS, json.dumps(text), "a.json"))


def test_a_message_with_errors_of_its_server_may_not_be_whole(tmp_path: Path) -> None:
    text = json.loads(message("series", EVERY)) | {"errors": [{"code": 413, "title": "too large"}]}
    assert codes(check(tmp_path, USERS, json.dumps(text), "a.json")) == ["not_sdmx"]


def test_an_observation_without_a_value_is_told_by_its_place(tmp_path: Path) -> None:
    text = json.loads(message("series", EVERY))
    text["data"]["dataSets"][0]["series"]["0:0"]["observations"]["0"] = []
    assert codes(check(tmp_path, USERS, json.dumps(text), "a.json")) == ["value_missing"]
