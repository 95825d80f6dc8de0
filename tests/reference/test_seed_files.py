"""Form of every seed: a description beside it, types for all columns, a key that holds, text that survives reading."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
SEEDS = PROJECT / "dbt_project" / "seeds"
FILES = sorted(SEEDS.rglob("*.csv"))
KEYS = {
    "answer_values": ("from_edition", "answer"),
    "activity_texts": ("activity", "language"),
    "answer_labels": ("answer", "language"),
    "case_kinds": ("kind",),
    "code_labels": ("kind", "code", "language"),
    "comparability": ("from_edition", "to_edition", "concept"),
    "composed_groups": ("grouping", "member_group", "part_grouping", "part_member_group"),
    "concept_labels": ("concept", "language"),
    "corrections": ("id",),
    "cross_checks": ("check_code",),
    "editions": ("edition",),
    "form_versions": ("edition", "form_version"),
    "gca_activities": ("activity",),
    "gca_activity_status": ("activity", "from_edition"),
    "gca_measures": ("activity", "measure"),
    "group_exceptions": ("iso3", "grouping", "member_group", "valid_from"),
    "groups": ("grouping", "member_group"),
    "member_state_groups": ("iso3", "grouping", "member_group", "valid_from"),
    "member_states": ("iso3",),
    "membership": ("edition", "iso3"),
    "printed_counts": ("edition", "about"),
    "published_history": ("edition", "iso3", "source"),
    "published_scores": ("edition", "iso3", "dimension", "source"),
    "published_sources": ("edition", "source"),
    "question_dependencies": ("edition", "question", "answer", "depends_on"),
    "question_texts": ("edition", "question", "language"),
    "respondents": ("edition", "iso3"),
    "reviewed_changes": ("from_edition", "to_edition", "iso3"),
    "reviewed_coherence": ("edition", "node"),
    "round_events": ("edition", "iso3", "event", "day"),
    "source_differences": ("edition", "iso3", "dimension", "source"),
    "state_languages": ("iso3",),
    "taken_over": ("edition", "item"),
    "tiers": ("edition", "tier"),
}


def key_of(stem: str) -> tuple[str, ...]:
    if stem.startswith("seed_allotment_"):
        return ("edition", "expert", "node")
    return ("edition", "node") if stem.startswith("seed_framework_") else KEYS[stem.removeprefix("seed_")]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def columns_of(path: Path) -> list[str]:
    """Those of the header: a register may have no row yet."""
    return next(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def description_of(path: Path) -> dict:
    (described,) = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["seeds"]
    return described


def test_there_are_seeds():
    assert len(FILES) >= 13


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_description_beside_a_seed_names_and_types_its_columns(path: Path):
    described = description_of(path)
    columns = columns_of(path)
    assert described["name"] == path.stem
    assert path.stem.startswith("seed_")
    assert described["description"].startswith("One row per ")
    assert [column["name"] for column in described["columns"]] == columns
    assert all(column["description"].strip() for column in described["columns"])
    assert list(described["config"]["column_types"]) == columns


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_seed_declares_which_editions_its_rows_touch(path: Path):
    described = description_of(path)["config"]["meta"]
    columns = set(columns_of(path))
    needs = {
        "edition": {"edition"},
        "from_edition": {"from_edition"},
        "to_edition": {"to_edition"},
        "every_edition": set(),
        "member": {"iso3"},
        "reference_date": {"iso3", "valid_from", "valid_to"},
        "none": set(),
    }
    assert needs[described["touches"]] <= columns


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_seed_is_plain_utf8_with_one_key_per_row(path: Path):
    text = path.read_bytes()
    assert not text.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in text
    assert text.endswith(b"\n")
    rows = rows_of(path)
    assert all(None not in row and None not in row.values() for row in rows), (
        "a row is longer or shorter than the header"
    )
    assert [row for row in rows if any(cell != cell.strip() for cell in row.values())] == []
    keys = [tuple(row[column] for column in key_of(path.stem)) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(all(key) for key in keys)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_cell_reads_as_its_type(path: Path):
    types = description_of(path)["config"]["column_types"]
    casts = ", ".join(f"cast(nullif({column}, '') as {kind}) as {column}" for column, kind in types.items())
    with duckdb.connect() as database:
        read = database.execute(
            f"select {casts} from read_csv(?, all_varchar = true, header = true, nullstr = '\\0')", [str(path)]
        ).fetchall()
    for row, values in zip(rows_of(path), read, strict=True):
        for text, value in zip(row.values(), values, strict=True):
            assert (value is None) == (text == "")
            if isinstance(value, float):
                assert value == float(text)


def test_dbt_loads_the_seeds_as_they_are_written(tmp_path: Path):
    """The engine itself: empty cells stay null, Namibia's NA stays text, doubles stay what they are."""
    database = tmp_path / "seeds.duckdb"
    where = {"candidate": str(database), "folder": str(tmp_path), "landing": str(tmp_path)}
    command = [sys.executable, "-m", "dbt.cli.main", "--quiet", "seed", "--vars", json.dumps(where)]
    for option in ("project", "profiles"):
        command += [f"--{option}-dir", str(PROJECT / "dbt_project")]
    command += ["--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(database), read_only=True) as loaded:
        for path in FILES:
            (schema,) = loaded.execute(
                "select table_schema from information_schema.tables where table_name = ?", [path.stem]
            ).fetchone()
            values = loaded.execute(f"from {schema}.{path.stem}").fetchall()
            assert [as_text(row) for row in values] == as_read(path), path.stem


def as_text(row: tuple) -> list:
    return [value if value is None or isinstance(value, float) else _plain(value) for value in row]


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def as_read(path: Path) -> list[list]:
    types = description_of(path)["config"]["column_types"]
    return [
        [None if text == "" else float(text) if types[column] == "double" else text for column, text in row.items()]
        for row in rows_of(path)
    ]
