"""A candidate of the warehouse's shape with two states, for tests of publication that need no dbt run.

Its scores are whatever a test asks for: what goes in must come out, that is all that publication promises.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import duckdb

from gci.core.gates import GATES
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import Candidate, SignOff
from gci.site.stage import pages_digest
from gci.storage.release_log import releases

TABLES = """
create table member_states (iso3 varchar not null, iso2 varchar not null, name_en varchar not null, name_ar varchar,
    primary key (iso3));
create table editions (edition varchar not null, reference_year integer, published_on date, vintage integer,
    primary key (edition));
create table answers (edition varchar not null, iso3 varchar not null, item varchar not null, pillar varchar not null,
    indicator varchar not null, answer double, points double, source varchar not null, evidence_url varchar,
    return_digest varchar, comment varchar, reason varchar, file varchar, "row" integer,
    primary key (edition, iso3, item));
create table overall_scores (edition varchar not null, iso3 varchar not null, score double, rank integer, tier integer,
    respondent_status varchar not null, primary key (edition, iso3));
create table score_changes (iso3 varchar not null, from_edition varchar not null, to_edition varchar not null,
    dimension varchar not null, change double, comparable boolean not null,
    comparability varchar not null,
    primary key (iso3, from_edition, to_edition, dimension));
create table reconciliation (edition varchar not null, iso3 varchar not null, dimension varchar not null,
    published double, recomputed double, difference double, verdict varchar not null,
    primary key (edition, iso3, dimension));
create table corrections (id varchar not null, edition varchar not null, iso3 varchar not null, reason varchar,
    recorded_on date, bites boolean not null, primary key (id));
create table releases (edition varchar not null, vintage integer not null, published_at timestamp not null,
    planned_for timestamp, signed_by varchar not null, signed_at timestamp not null, sign_off_note varchar,
    sign_off_via varchar not null, candidate_digest varchar not null, inputs_digest varchar not null,
    content_digest varchar not null, returns integer not null, reviews integer not null, synthetic boolean not null,
    checks integer not null, known_errors integer not null,
    code_version varchar not null, primary key (edition, vintage));
create table gate_results (edition varchar not null, vintage integer not null, gate varchar not null,
    check_name varchar not null, table_name varchar not null, column_name varchar, passed boolean not null,
    rows bigint not null, message varchar not null, primary key (edition, vintage, gate, check_name));
comment on table overall_scores is 'One row per edition × state. What the method gives.';
comment on column overall_scores.score is 'Overall score, 0–100; null where there is no answer.';
comment on table answers is 'One row per edition × state × item.';
create schema staging;
create table staging.inner_working (note varchar);
"""

COMMENTS = ('=HYPERLINK("http://x")', "+1", "-1", "@x", "'quoted'", 'two\nlines, and a "quote"', "", None, "ليس صفرا")


def small_candidate(
    folders: DataFolders,
    edition: str = "2024",
    vintage: int = 1,
    score: float = 61.25,
    states: int = 2,
    further_tables: str = "",
    pages: Mapping[str, str] = MappingProxyType({}),
) -> Candidate:
    """A built candidate that passed its gates, on top of what `folders` has published.

    Every state of the edition scores `score`, with one answer for each of COMMENTS; of `partners` nothing is filled in.
    `further_tables` is SQL that makes tables beside the usual ones; `pages` are what people read of it, by path.
    """
    inputs_digest = hashlib.sha256(f"{edition} {vintage} {score}".encode()).hexdigest()
    folder = folders.candidates / f"{edition}-v{vintage}-{inputs_digest[:12]}"
    folder.mkdir(parents=True)
    candidate = Candidate(edition, vintage, folder, inputs_digest)
    earlier = releases(folders)
    held = {release.edition: release for release in earlier} | {edition: None}
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute(TABLES + further_tables)
        _carry_over(connection, folders)
        for name in held:
            if name == edition != PARTNERS:
                _fill(connection, edition, vintage, score, states)
    vintages = {name: held[name].vintage if held[name] else vintage for name in held}
    manifest = {
        "edition": edition,
        "vintage": vintage,
        "inputs_digest": inputs_digest,
        "editions": [{"edition": name, "vintage": one} for name, one in vintages.items() if name != PARTNERS],
        "inputs": [{"edition": edition, "kind": "survey", "digest": "a" * 64}],
    } | {name: one for name, one in vintages.items() if name == PARTNERS}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    before = [{"edition": release.edition, "vintage": release.vintage} for release in earlier]
    (folder / "releases.json").write_text(json.dumps(before), encoding="utf-8")
    for name, text in pages.items():
        (folder / "pages" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "pages" / name).write_text(text, encoding="utf-8")
    write_gates(candidate)
    (folder / "data_docs").mkdir()
    (folder / "data_docs" / "index.html").write_text("<h1>Checks</h1>\n", encoding="utf-8")
    return candidate


def _carry_over(connection: duckdb.DuckDBPyConnection, folders: DataFolders) -> None:
    """What is published stays in the file, as dbt rebuilds it there."""
    if folders.current.is_file():
        connection.execute(f"attach '{folders.current}' as published (read_only)")
        named = "select table_name from duckdb_tables() where database_name = 'published' and schema_name = 'main'"
        for (table,) in connection.execute(named).fetchall():
            connection.execute(f"insert into main.{table} from published.main.{table}")
        connection.execute("detach published")


def _fill(connection: duckdb.DuckDBPyConnection, edition: str, vintage: int, score: float, states: int) -> None:
    for table in ("editions", "answers", "overall_scores", "reconciliation", "corrections"):
        connection.execute(f"delete from {table} where edition = ?", [edition])
    connection.execute("insert into editions values (?, ?, '2024-09-12', ?)", [edition, int(edition), vintage])
    if not connection.execute("select count(*) from member_states").fetchone()[0]:
        connection.execute("insert into member_states values ('NAM', 'NA', 'Namibia', 'ناميبيا')")
        connection.execute("insert into member_states values ('AFG', 'AF', 'Afghanistan', 'أفغانستان')")
    for number in range(states):
        iso3 = ("NAM", "AFG")[number] if number < 2 else f"X{number:05}"
        connection.execute(
            "insert into overall_scores values (?, ?, ?, null, 3, 'unknown')", [edition, iso3, score + number / 3]
        )
        connection.executemany(
            "insert into answers values (?, ?, ?, 'legal', 'lm1', ?, ?, 'returned', null, ?, ?, null, 'NAM.csv', ?)",
            [
                [edition, iso3, f"lm{place}", 1 / (place + 3), None, "a" * 64, comment, place + 2]
                for place, comment in enumerate(COMMENTS)
            ],
        )
    connection.execute("insert into reconciliation values (?, 'AFG', 'legal', 1, 2, 1, 'known_error')", [edition])
    connection.execute(
        "insert into corrections values (?, ?, 'AFG', 'another scale', '2026-01-01', true)", [f"c-{edition}", edition]
    )


def write_gates(candidate: Candidate, **changed: object) -> None:
    """Write the reports of the gates on the candidate as it is; `changed` goes into the one check of each."""
    gates = candidate.folder / "gates"
    gates.mkdir(exist_ok=True)
    for gate in GATES:
        check = {
            "gate": gate,
            "check": "scores_are_there",
            "table": "overall_scores",
            "column": None,
            "passed": True,
            "rows": 0,
            "message": "every state has a row",
        }
        report = {
            "gate": gate,
            "passed": True,
            "candidate_digest": digest(candidate.database),
            "inputs_digest": candidate.inputs_digest,
            "checks": [check | changed],
            "failures": [],
        }
        if gate == "pages":
            report["pages_digest"] = pages_digest(candidate.folder / "pages")
        (gates / f"{gate}.json").write_text(json.dumps(report), encoding="utf-8")


def sign_off(candidate: Candidate, name: str = "A. Signer") -> SignOff:
    """An approval of exactly this candidate."""
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).isoformat()
    return SignOff(name, at, "seen", digest(candidate.database), "gci run")


def digest(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
