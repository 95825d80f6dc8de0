"""What a gate says of a file: good, broken in one place, in a thousand, or not to be looked into at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gci.core.records import Failure, GateReport
from gci.gates.inputs import Inputs
from gci.gates.suite import load_suite
from gci.gates.validation_database import open_bench


def failing(report: GateReport) -> dict[str, int]:
    """Failing checks with the number of rows."""
    return {check.check: check.rows for check in report.checks if not check.passed}


def test_a_good_file_passes_both_gates(held: Any) -> None:
    assert held("built").passed
    assert held("release").passed


def test_a_failure_names_key_column_and_both_values(held: Any, change: Any) -> None:
    change("update scores set score = 120.25 where iso3 = 'AFG'")
    (failure,) = held().failures
    assert failure == Failure(
        "built", "scores.score.between", "scores", "score", {"iso3": "AFG"}, "120.25", "between 0 and 100"
    )


@pytest.mark.parametrize("value", ["null", "'nan'", "'infinity'", "'-infinity'"])
def test_missing_is_allowed_where_the_suite_says_so_and_no_number_is_not(held: Any, change: Any, value: str) -> None:
    change(f"update scores set score = {value} where iso3 = 'NAM'")
    assert failing(held()) == ({} if value == "null" else {"scores.score.between": 1})


def test_a_whole_number_beside_missing_ones_is_shown_as_it_is(held: Any, change: Any) -> None:
    change("insert into scores values ('EST', 1, 9007199254740993 % 2147483647, 'other')")
    (failure,) = held().failures
    assert (failure.check, failure.keys, failure.found) == ("scores.status.one_of", {"iso3": "EST"}, "other")


@pytest.mark.parametrize("iso3", ["afg", "AFG ", "AFG\n", "AF", "", "ÅFG"])
def test_a_key_that_only_looks_right_is_found(held: Any, change: Any, iso3: str) -> None:
    change(f"update scores set iso3 = '{iso3}' where iso3 = 'AFG'")
    assert failing(held()) == {"scores.iso3.like": 1}


def test_every_one_of_a_thousand_failing_rows_is_kept(held: Any, change: Any) -> None:
    change(
        "insert into scores select chr(65 + (i // 676)::int) || chr(65 + (i // 26 % 26)::int)"
        " || chr(65 + (i % 26)::int), 1000 + i, 1, null from range(3000, 4000) as numbers (i)"
    )
    report = held()
    assert failing(report) == {"scores.score.between": 1000, "scores.status.not_null": 1000}
    beyond = [one for one in report.failures if one.check == "scores.score.between"]
    assert {one.found for one in beyond} == {f"{1000 + i}.0" for i in range(3000, 4000)}
    assert len({one.keys["iso3"] for one in beyond}) == 1000


def test_every_one_of_a_thousand_rows_that_break_a_rule_is_kept(held: Any, change: Any) -> None:
    change("insert into scores select 'S' || i, 50, 1, 'responded' from range(1000) as numbers (i)")
    report = held("release")
    assert failing(report) == {"no_score_is_50": 1000}
    assert {one.keys["iso3"] for one in report.failures} == {f"S{i}" for i in range(1000)}
    assert {(one.found, one.expected) for one in report.failures} == {("50.0", "another score")}


def test_a_doubled_key_is_named_with_every_row(held: Any, change: Any) -> None:
    change("insert into scores from scores where iso3 = 'NAM'")
    report = held()
    assert failing(report) == {"scores.key": 2}
    assert [one.keys for one in report.failures] == [{"iso3": "NAM"}] * 2


@pytest.mark.parametrize(
    "sql",
    [
        "alter table scores drop column rank",
        "alter table scores rename column rank to place",
        "alter table scores add column surplus integer",
        "create or replace table scores as select score, iso3, rank, status from scores",
    ],
    ids=["gone", "renamed", "surplus", "other order"],
)
def test_columns_must_be_the_declared_ones(held: Any, change: Any, sql: str) -> None:
    change(sql)
    report = held()
    assert "scores.columns" in failing(report)
    (failure,) = [one for one in report.failures if one.check == "scores.columns"]
    assert failure.expected == "iso3, score, rank, status"


def test_a_missing_table_fails_every_check_of_it(held: Any, change: Any) -> None:
    change("drop table scores")
    report = held()
    assert not any(check.passed for check in report.checks)
    assert {one.found for one in report.failures} == {"there is no such table"}
    assert not held("release").passed


def test_a_rule_with_an_error_fails_and_says_which(held: Any, suites: Any) -> None:
    suites.rule("no_score_is_50", "select sccore as found from candidate.scores")
    (failure,) = held("release").failures
    assert failure.check == "no_score_is_50"
    assert failure.found is not None
    assert "sccore" in failure.found


def test_a_rule_does_not_fail_for_what_the_recomputation_lacks_alone(held: Any, suites: Any) -> None:
    (suites.folder / "recomputation.sql").write_text(
        "create schema recomputed; create table recomputed.x as from gone;"
    )
    assert held("release").passed
    suites.rule("no_score_is_50", "select 1 as found from recomputed.x")
    assert failing(held("release")) == {"no_score_is_50": 1}


def test_a_broken_suite_fails_the_gate(held: Any, suites: Any) -> None:
    suites.write("release", "")
    report = held("release")
    assert failing(report) == {"suite_can_be_used": 1}
    assert "release.yml is empty" in str(report.failures[0].found)


def test_a_gate_that_checks_nothing_of_a_file_fails(held: Any, suites: Any) -> None:
    suites.write("release", {"rules": {"no_score_is_50": {"table": "scores", "holds": "x", "only": "candidate"}}})
    assert failing(held("release")) == {"suite_can_be_used": 1}


def test_a_file_that_was_never_built_fails(held: Any, tmp_path: Path) -> None:
    assert failing(held(file=tmp_path / "nothing.duckdb")) == {"file_can_be_opened": 1}


@pytest.mark.parametrize("name", ["GCI_SKIP_GATES", "GCI_GATES", "GX_SKIP", "GX_ANALYTICS_ENABLED"])
def test_no_variable_of_the_environment_turns_a_gate_off(
    name: str, held: Any, change: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    change("update scores set score = -1")
    monkeypatch.setenv(name, "off")
    assert not held().passed


@pytest.mark.parametrize("content", [b"", b"iso3,score\nAFG,12.5\n", b"\0" * 100_000], ids=["empty", "CSV", "zeros"])
def test_what_is_no_duckdb_file_is_refused_in_words(held: Any, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.duckdb"
    file.write_bytes(content)
    report = held(file=file)
    assert failing(report) == {"file_can_be_opened": 1}
    assert "file.duckdb cannot be opened" in str(report.failures[0].found)
    assert file.read_bytes() == content


def test_a_file_cut_short_is_refused_in_words(held: Any, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "short.duckdb"
    file.write_bytes(database.read_bytes()[: 4096 * 3])
    assert not held(file=file).passed


def test_a_file_that_someone_writes_to_is_refused_in_words(held: Any, database: Path) -> None:
    code = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); c.execute('begin; delete from scores'); "
        "print('open', flush=True); sys.stdin.read()"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        report = held()
    finally:
        writer.communicate()
    assert failing(report) == {"file_can_be_opened": 1}


def test_nothing_leaves_the_machine(database: Path, suites: Any, seeds: Path, tmp_path: Path) -> None:
    guard = """
import sys

def guard(event, arguments):
    between_processes = event == "socket.connect" and isinstance(arguments[1], (str, bytes))  # a socket in a folder
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto") and not between_processes:
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(guard)
"""
    code = """
import sys
from pathlib import Path
from gci.gates.inputs import Inputs
from gci.gates.run import run_gates

file, suites, seeds, folder = map(Path, sys.argv[1:])
(report,) = run_gates(["built"], file, None, Inputs(folder / "landing"), suites, seeds, folder)
print(report.passed)
"""
    places = [str(place) for place in (database, suites.folder, seeds, tmp_path)]
    # In every Python that begins, so in the processes of Great Expectations too.
    (tmp_path / "sitecustomize.py").write_text(guard)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, *places], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "True\n"), done.stderr


def test_the_file_under_test_is_never_changed(held: Any, database: Path) -> None:
    before = database.read_bytes()
    held("built")
    held("release", against=database)
    assert database.read_bytes() == before
    assert sorted(path.name for path in database.parent.iterdir()) == ["expectations", "scores.duckdb", "seeds"]


def test_a_view_that_fails_at_its_last_row_fails_every_check_in_words(held: Any, change: Any) -> None:
    change(
        "drop table scores; create view scores as select case when i = 199999 then error('a broken row') end as score"
        " from range(200000) as numbers (i)"
    )
    report = held()
    assert not any(check.passed for check in report.checks)
    assert all("a broken row" in str(one.found) for one in report.failures)


def test_a_view_in_the_file_reads_nothing_of_this_machine(held: Any, change: Any, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("iso3,score,rank,status\nAFG,12.5,2,responded\n")
    change(f"drop table scores; create view scores as from read_csv('{secret}')")
    report = held()
    assert not report.passed
    assert {one.check for one in report.failures} == {"file_holds_tables_alone"}


def test_the_same_file_gives_the_same_report(held: Any, change: Any) -> None:
    change("insert into scores select 'S' || i, 50, 1, null from range(300) as numbers (i)")
    assert held("release") == held("release")
    with duckdb.connect(":memory:"):
        assert held("built") == held("built")


# What is put into a file to be run by whoever reads it.


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("create view league as select sum(a.range) from range(1000000000) a, range(1000000000) b", "main.league"),
        ("create schema x; create view x.scores as from read_text('/etc/hostname')", "x.scores"),
        ("create table made (a integer, b double as (random()))", "main.made"),
    ],
    ids=["an endless view", "a view of files", "a generated column"],
)
def test_what_is_computed_when_it_is_read_is_named_and_not_read(held: Any, change: Any, sql: str, named: str) -> None:
    change(sql)
    for gate in ("built", "release"):
        report = held(gate)
        assert failing(report) == {"file_holds_tables_alone": 1}
        assert [failure.keys["object"] for failure in report.failures] == [named]


def test_a_file_published_before_that_is_computed_when_it_is_read_is_refused(
    held: Any, database: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.duckdb"
    with duckdb.connect(str(earlier)) as connection:
        connection.execute("create view scores as select 1 as i")
    assert failing(held("release", database, earlier)) == {"file_can_be_opened": 1}


def test_a_log_beside_the_file_is_refused(held: Any, database: Path) -> None:
    database.with_name(f"{database.name}.wal").write_bytes(b"somebody's writes")
    (failure,) = held().failures
    assert failure.check == "file_can_be_opened"
    assert "scores.duckdb.wal" in str(failure.found)


def test_what_never_ends_is_ended(database: Path, suites: Any, seeds: Path, tmp_path: Path) -> None:
    tables = {table.name: table for table in load_suite("built", suites.folder).tables}
    laid_out = (database, None, Inputs(tmp_path / "landing"), tables, seeds, "create schema recomputed;")
    with open_bench(*laid_out, processor=1) as bench:
        for _ in range(2):
            with pytest.raises(duckdb.InterruptException, match="1 seconds of processor time"):
                bench.ask("select count(*) from range(1000000000000) where range % 7 = 3")
