"""Corruptions of what landed, which `gci gate` on a file cannot see."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from gci.core.paths import EXPECTATIONS
from gci.gates.suite import load_suite
from gci.partners.freshness import SourceAge
from gci.storage.landing import from_json
from mutants.case import ESTONIA, Case, Spoiling, copied, failing, rows
from mutants.violations import add_violations


def _file(kind: str, act: Callable[[Path], object]) -> Callable[[Case], None]:
    """Act on the landed file (kind) of Estonia's return, or on its original bytes (`files`) or receipt (`receipts`)."""

    def spoil(case: Case) -> None:
        (file,) = (case.inputs.landing / kind).glob(f"{case.digest('survey', ESTONIA)}*")
        act(file)

    return spoil


def _leave_out_the_first_review(case: Case) -> None:
    first = case.digest("reviews", "iso3 = 'EST'")
    case.inputs = replace(case.inputs, digests=tuple(one for one in case.inputs.digests if one[2] != first))


def _partner_too_old(case: Case) -> None:
    """As in an edition that needs a partner of which the latest file is of the year before last."""
    old = SourceAge("partner", "a partner", required=True, stale_days=400, current_on=date(2023, 1, 1), age_days=500)
    case.inputs = replace(case.inputs, sources=(old,))


LANDED = (
    Spoiling(
        "a return gone",
        _file("survey", Path.unlink),
        ("every_input_has_landed", "every_member_has_a_return"),
    ),
    Spoiling(
        "a return's bytes changed", _file("files", lambda file: file.write_bytes(b"x")), ("every_input_has_landed",)
    ),
    Spoiling("a receipt gone", _file("receipts", Path.unlink), ("every_input_has_landed",)),
    Spoiling(
        "a return that cannot be read",
        _file("survey", lambda file: file.write_bytes(b"PAR1 nothing PAR1")),
        ("landed_files_can_be_read", "every_input_has_landed"),
    ),
    Spoiling(
        "a receipt that cannot be read",
        _file("receipts", lambda file: file.write_text("{")),
        ("landed_files_can_be_read",),
    ),
    Spoiling(
        "a return without its columns",
        rows("survey", "select iso3, item from landed"),
        ("survey.return_digest.not_null", "every_input_has_landed"),
    ),
    Spoiling(
        "a refused file built from",
        lambda case: case.receipt(case.digest("survey", ESTONIA), verdict="refused"),
        ("every_input_has_landed",),
    ),
    Spoiling(
        "a return put under another state",
        rows("survey", "select * replace ('LVA' as iso3) from landed"),
        ("rows_agree_with_their_receipt", "every_member_has_a_return"),
    ),
    Spoiling(
        "answers added to a return",
        rows("survey", "select * replace (coalesce(answer, '1') as answer) from landed union all from landed limit 21"),
        ("survey.key", "rows_agree_with_their_receipt"),
    ),
    Spoiling(
        "a version of the form that the edition has not",
        rows("survey", "select * replace ('2026-1' as form_version) from landed"),
        ("landed_form_versions_are_of_the_edition",),
    ),
    Spoiling(
        "a return that is invented and no longer says so",
        lambda case: case.receipt(case.digest("survey", ESTONIA), synthetic=True),
        ("rows_agree_with_their_receipt",),
    ),
    Spoiling(
        "two states in one return",
        rows("survey", "select * replace (if(item = 'ls1', 'LVA', iso3) as iso3) from landed"),
        ("a_return_is_about_one_state",),
    ),
    Spoiling(
        "a return of another edition",
        rows("survey", "select * replace ('2020' as edition) from landed where item != 'os4'"),
        ("a_return_is_about_one_state",),
    ),
    Spoiling(
        "a synthetic return among real ones",
        rows("survey", "select * replace (true as synthetic) from landed"),
        ("synthetic_and_real_do_not_mix",),
    ),
    Spoiling(
        "an item of another edition",
        rows("survey", "select * replace (if(item = 'ls1', 'ts4', item) as item) from landed"),
        ("landed_items_are_of_the_edition",),
    ),
    Spoiling(
        "a state that is no member",
        rows("survey", "select * replace ('XKX' as iso3) from landed"),
        ("landed_states_are_members",),
    ),
    Spoiling(
        "an answer beyond 1",
        rows("survey", "select * replace (if(item = 'ls1', '1.5', answer) as answer) from landed"),
        ("landed_answers_are_in_range",),
    ),
    Spoiling(
        "yes to an indicator",
        rows("survey", "select * replace (if(item = 'ls1', 'yes', answer) as answer) from landed"),
        ("landed_answers_are_in_range",),
    ),
    Spoiling(
        "a review of an item that is not there",
        rows("reviews", "select * replace ('ts4' as item) from landed", "iso3 = 'EST'"),
        ("landed_items_are_of_the_edition",),
    ),
    Spoiling(
        "a changed answer without the answer",
        rows("reviews", "select * replace ('changed' as verdict) from landed", "iso3 = 'EST'"),
        ("verdicts_are_complete",),
    ),
    Spoiling(
        "two values for one in a partner's file",
        rows(
            "partners",
            "from landed union all select * replace (value + 1 as value, row + 9 as row) from landed",
            "true",
        ),
        ("a_value_is_given_once",),
    ),
    Spoiling("a partner that is needed and too old", _partner_too_old, ("required_partners_are_not_too_old",)),
    Spoiling("an older review left out", _leave_out_the_first_review, ("earlier_releases_are_contained",)),
)


def spoil_landing_everywhere(folder: Path) -> tuple[set[str], set[str]]:
    """Break every check of a column of what landed; gives the checks that are due, and those that fired."""
    case = copied(folder)
    receipt = str(case.inputs.landing / "receipts" / f"{case.digest('survey', ESTONIA)}.json")
    due = set()
    tables = {table.name: table for table in load_suite("landed", EXPECTATIONS).tables}
    for kind, where in (("survey", ESTONIA), ("reviews", "true"), ("decisions", "true"), ("partners", "true")):
        digest = case.digest(kind, where)
        file = case.inputs.landing / kind / f"{digest}.parquet"
        with duckdb.connect() as connection:
            connection.execute("create table landed as from read_parquet(?)", [str(file)])
            due.update(add_violations(connection, "landed", tables[kind]))
            connection.execute(f"copy landed to '{file}' (format parquet)")
    with duckdb.connect() as connection:
        columns = {column.name: column.type for column in tables["receipts"].columns}
        connection.execute("create table landed as from read_json(?, columns = ?)", [receipt, columns])
        checks = add_violations(connection, "landed", tables["receipts"])
        rows = connection.execute("select to_json(landed)::varchar from landed").fetchall()
    whole = json.loads(Path(receipt).read_text(encoding="utf-8"))
    for number, ((row,), check) in enumerate(zip(rows, ["", *checks], strict=True)):
        text = json.dumps(whole | json.loads(row))
        (case.inputs.landing / "receipts" / f"{number:064x}.json").write_text(text)
        if check:
            due.add(check if _is_receipt(text) else "landed_files_can_be_read")
    return due, failing(case, "landed")


def _is_receipt(text: str) -> bool:
    """Whether it is read as a receipt, so that its columns are looked at."""
    try:
        from_json(text.encode())
    except ValueError:
        return False
    return True
