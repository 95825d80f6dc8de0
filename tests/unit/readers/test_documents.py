"""JSON, SDMX-JSON and web pages: what is there is read, any bytes are a refusal and never a fault."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gci.diagnostics.problems import Report, UnreadableError
from gci.readers import FORMATS, Columns, Form, Row

SMALL = Columns(("key", "value"), form=Form(ignores_others=True))
PAGED = Columns(("key", "value"), form=Form(rows_at="data.rows", total_at="data.total"))
OBSERVED = Columns(("AREA", "TIME", "OBS_VALUE"), ("STATUS", "UNIT"))


def read(name: str, content: bytes | str, layout: Columns) -> tuple[list[Row], Report]:
    report = Report()
    raw = content if isinstance(content, bytes) else content.encode()
    return list(FORMATS[name].read(io.BytesIO(raw), (layout,), report)), report


def refusal(name: str, content: bytes | str, layout: Columns) -> str:
    report = Report()
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(UnreadableError):
        list(FORMATS[name].read(io.BytesIO(raw), (layout,), report))
    return report.problems[-1].code


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({"key": texts, "value": texts}),
        min_size=1,
        max_size=12,
        unique_by=lambda row: (row["key"], row["value"]),
    ),
    st.integers(1, 5),
)
def test_rows_in_pages_read_back_as_in_one(rows: list[dict[str, str]], size: int) -> None:
    pages = [rows[start : start + size] for start in range(0, len(rows), size)]
    text = "\n".join(json.dumps({"data": {"total": len(rows), "rows": page}}) for page in pages)
    found, report = read("json", text, PAGED)
    assert [row.cells for row in found] == [{name: text.strip() for name, text in row.items()} for row in rows]
    assert [row.number for row in found] == list(range(1, len(rows) + 1))
    assert not report.problems


KEYED = Columns(("key", "value"), ("at",), form=Form(key=("key",), ignores_others=True))


@pytest.mark.parametrize(
    ("rows", "layout", "found"),
    [
        ([{"key": 1, "value": 2}, {"value": 2, "key": 1}], SMALL, ["row_twice"]),
        ([{"key": 1, "value": 2}, {"key": 1, "value": 3}], SMALL, []),
        ([{"key": 1, "value": 2}, {"key": 1, "value": 3}], KEYED, ["row_twice"]),
        ([{"key": "", "value": 2}, {"key": None, "value": 3}], KEYED, []),
        ([{"key": "", "value": 2, "seen": 1}, {"key": None, "value": 2, "seen": 2}], KEYED, ["row_twice"]),
        ([{"KEY": 1, "value": 2}, {"KEY": 1, "value": 3}], KEYED, ["row_twice"]),
        ([{"key": 1, "value": 2}, {"key": "1", "value": 3}, {"key": 1.0, "value": 4}], KEYED, ["row_twice"]),
    ],
)
def test_a_row_that_comes_twice_is_refused(rows: list[dict[str, Any]], layout: Columns, found: list[str]) -> None:
    report = Report()
    with suppress(UnreadableError):
        list(FORMATS["json"].read(io.BytesIO(json.dumps(rows).encode()), (layout,), report))
    assert [problem.code for problem in report.problems] == found


UNKEYED = Columns(("name", "year"), form=Form(ignores_others=True))
NAMED_BY = Columns(("name", "year"), ("id",), Form(ignores_others=True, key=("id",)))


@pytest.mark.parametrize("layout", [UNKEYED, NAMED_BY], ids=["without a key", "with another key"])
@pytest.mark.parametrize("called", ["_id", "uuid", "teamId", "team_id", "@id", "slug", "GUID"])
def test_a_row_is_known_by_whatever_is_called_an_id(called: str, layout: Columns) -> None:
    def twice(*ids: int) -> list[str]:
        rows = [{"name": "a", "year": 2020, called: one, "fetched": place} for place, one in enumerate(ids)]
        report = Report()
        with suppress(UnreadableError):
            list(FORMATS["json"].read(io.BytesIO(json.dumps(rows).encode()), (layout,), report))
        return [problem.code for problem in report.problems]

    assert twice(1, 1) == ["row_twice"]
    assert twice(1, 2) == []


def test_an_id_that_rows_of_several_years_share_makes_them_no_repetition() -> None:
    rows = [{"name": "a", "year": year, "id": "EST"} for year in (2020, 2021)]
    found, report = read("json", json.dumps(rows), UNKEYED)
    assert len(found) == 2
    assert not report.problems


def test_an_object_that_has_a_name_twice_is_not_read_by_its_last() -> None:
    assert refusal("json", '[{"key": 1, "value": 2, "value": 3}]', SMALL) == "not_json"


def test_pages_that_overlap_although_their_sum_is_right_are_refused() -> None:
    pages = [{"data": {"total": 4, "rows": [{"key": key, "value": 1} for key in page]}} for page in ("ab", "bc")]
    assert refusal("json", "\n".join(map(json.dumps, pages)), PAGED) == "row_twice"


def test_values_of_json_are_texts() -> None:
    values: list[Any] = [1, 1.0, 0.1, True, None, " a ", ["b"], {"c": 1}]
    found, _ = read("json", json.dumps([{"key": "k", "value": value, "more": 0} for value in values]), SMALL)
    assert [row.cells["value"] for row in found] == ["1", "1", "0.1", "TRUE", "", "a", '["b"]', '{"c": 1}']


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty_file"),
        ("{", "not_json"),
        ('[{"key": 1, "value": NaN}]', "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"rows": []}', "no_list"),
        ("[]", "no_rows"),
        ("[1, 2]", "no_list"),
        (b"\xff\xfe[", "encoding_unknown"),
        ('[{"key": 1}]', "missing_column"),
    ],
)
def test_what_is_no_list_of_rows_is_refused(content: str | bytes, code: str) -> None:
    assert refusal("json", content, SMALL) == code


def message(version: int) -> dict[str, Any]:
    dimensions = {
        "series": [{"id": "AREA", "values": [{"id": "EST"}, {"id": "NAM"}]}],
        "observation": [{"id": "TIME", "values": [{"id": "2020"}, {"id": "2024"}]}],
    }
    attributes = {
        "dataSet": [{"id": "UNIT", "values": [{"id": "PT"}]}],
        "observation": [{"id": "STATUS", "values": [{"id": "A"}, {"id": "O"}]}],
    }
    structure = {"dimensions": dimensions, "attributes": attributes}
    sets = [
        {
            "attributes": [0],
            "series": {
                "0": {"observations": {"0": [1, 0], "1": [2.5, None]}},
                "1": {"observations": {"1": [None, 1]}},
            },
        }
    ]
    if version == 1:
        return {"structure": structure, "dataSets": sets}
    return {"data": {"structures": [structure], "dataSets": sets}}


@pytest.mark.parametrize("version", [1, 2])
def test_sdmx_json_gives_a_row_per_observation(version: int) -> None:
    found, report = read("sdmx-json", json.dumps(message(version)), OBSERVED)
    assert [tuple(row.cells[name] for name in OBSERVED.known) for row in found] == [
        ("EST", "2020", "1", "A", "PT"),
        ("EST", "2024", "2.5", "", "PT"),
        ("NAM", "2024", "", "O", "PT"),
    ]
    assert not report.problems


def test_sdmx_json_without_series_has_all_dimensions_at_the_observation() -> None:
    parts = [
        {"id": "AREA", "values": [{"id": "EST"}]},
        {"id": "TIME", "values": [{"id": "2020"}]},
    ]
    text = {
        "data": {
            "structure": {"dimensions": {"observation": parts}},
            "dataSets": [{"observations": {"0:0": [3]}}],
        }
    }
    found, _ = read("sdmx-json", json.dumps(text), Columns(("AREA", "TIME", "OBS_VALUE")))
    assert [row.cells for row in found] == [{"AREA": "EST", "TIME": "2020", "OBS_VALUE": "3"}]


@pytest.mark.parametrize("content", ["{}", "[]", "1", '{"data": {"dataSets": [{}]}}', json.dumps(message(1)) * 2])
def test_what_is_no_sdmx_is_refused(content: str) -> None:
    assert refusal("sdmx-json", content, OBSERVED) == "not_sdmx"


def test_a_place_that_is_not_in_the_list_is_refused() -> None:
    text = message(2)
    text["data"]["dataSets"][0]["series"]["7"] = {"observations": {"0": [1]}}
    assert refusal("sdmx-json", json.dumps(text), OBSERVED) == "not_sdmx"


PAGE = "<table><tr><th>key</th><th>value</th></tr>{}</table>"


def test_a_table_is_read_with_its_entities_and_without_what_is_hidden_in_it() -> None:
    rows = "<tr><td>C&ocirc;te</td><td> 1 <script>alert(2)</script><!-- 3 --></td></tr>"
    found, report = read("html", PAGE.format(rows), SMALL)
    assert [row.cells for row in found] == [{"key": "Côte", "value": "1"}]
    assert not report.problems


def test_tables_within_tables_are_tables_of_their_own() -> None:
    inner = "<tr><td>a</td><td>1<table><tr><td>x</td></tr></table></td></tr>"
    assert [row.number for row in read("html", PAGE.format(inner), SMALL)[0]] == [2]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_refusal_and_no_fault(content: bytes) -> None:
    assert refusal("html", b"<html>" + content, SMALL) in ("no_table", "encoding_unknown")
    assert refusal("json", content, PAGED)
    assert refusal("sdmx-json", content, OBSERVED)
