"""Corruptions of what landed and of a candidate before it is published, which `gci gate` on a file cannot see."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from gci.core.paths import EXPECTATIONS, SEEDS
from gci.gates.inputs import Inputs, inputs_of
from gci.gates.run import run_gates
from gci.gates.suite import load_suite
from gci.partners.freshness import SourceAge
from gci.storage.landing import from_json
from mutants.good import good
from mutants.violations import add_violations


@dataclass
class Case:
    """A candidate with copies of everything around it.

    Attributes:
        inputs: its landing zone and manifest.
        database: its file.
        seeds: the seeds it is held against.
    """

    inputs: Inputs
    database: Path
    seeds: Path

    def digest(self, kind: str, where: str = "true") -> str:
        """The digest of the first landed file with such a row."""
        names = {"survey": "return_digest", "reviews": "review_digest", "partners": "landing_digest"}
        files = str(self.inputs.landing / kind / "*.parquet")
        found = duckdb.execute(
            f"select {names[kind]} from read_parquet(?) where {where} order by 1 limit 1", [files]
        ).fetchone()
        assert found is not None
        return str(found[0])

    def rows(self, kind: str, digest: str, select: str) -> None:
        """Rewrite a landed file: `select` is SQL over its rows, which are called landed."""
        file = self.inputs.landing / kind / f"{digest}.parquet"
        with duckdb.connect() as connection:
            connection.execute("create table landed as from read_parquet(?)", [str(file)])
            connection.execute(f"copy ({select}) to '{file}' (format parquet)")

    def receipt(self, digest: str, /, **changed: object) -> None:
        """Change a receipt."""
        file = self.inputs.landing / "receipts" / f"{digest}.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | changed))

    def built(self, sql: str) -> None:
        """Change the candidate's file."""
        with duckdb.connect(str(self.database)) as connection:
            connection.execute(sql)

    def seed(self, name: str, change: Callable[[list[str]], list[str]]) -> None:
        """Change the lines of a seed."""
        (file,) = self.seeds.rglob(name)
        file.write_text("".join(change(file.read_text(encoding="utf-8").splitlines(keepends=True))), encoding="utf-8")


def copied(folder: Path) -> Case:
    """A case of its own in `folder`, as good as the original."""
    held = good()
    shutil.copytree(held.folders.landing, folder / "landing")
    shutil.copytree(SEEDS, folder / "seeds")
    shutil.copyfile(held.candidate.database, folder / "candidate.duckdb")
    inputs = replace(inputs_of(held.candidate, held.folders), landing=folder / "landing")
    return Case(inputs, folder / "candidate.duckdb", folder / "seeds")


def failing(case: Case, *gates: str) -> set[str]:
    """The checks of the gates that fail."""
    built = None if gates == ("landed",) else case.database
    held = run_gates(gates, built, good().published, case.inputs, seeds=case.seeds)
    return {check.check for report in held for check in report.checks if not check.passed}


@dataclass(frozen=True)
class Spoiling:
    """One way to spoil a case.

    Attributes:
        name: what was done.
        spoil: does it.
        stopped_by: checks that must fail.
    """

    name: str
    spoil: Callable[[Case], object]
    stopped_by: tuple[str, ...]


ANY = "true"
ESTONIA = "iso3 = 'EST' and edition = '2024'"


def rows(kind: str, select: str, where: str = ESTONIA) -> Callable[[Case], None]:
    """Rewrite the first landed file of a kind with such a row."""
    return lambda case: case.rows(kind, case.digest(kind, where), select)


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


def _known_error_unregistered(case: Case) -> None:
    """As the candidate would be built without the register."""
    case.seed("corrections.csv", lambda lines: lines[:1])
    case.built(
        "delete from corrections; update reconciliation set verdict = 'unexplained', note = null, correction_id = null "
        "where verdict = 'known_error'"
    )


def _entry_that_does_not_bite(case: Case) -> None:
    """As the candidate would be built with an entry for an error that is none."""
    case.seed("corrections.csv", lambda lines: [*lines, lines[1].replace("2020-AFG-legal,2020,AFG", "odd,2020,EST")])
    case.built(
        "insert into corrections select * replace ('odd' as id, 'EST' as iso3, false as bites) from corrections "
        "where id = '2020-AFG-legal'"
    )


def _difference_unregistered(case: Case) -> None:
    """As the candidate would be built without the register of differences between sources."""
    case.seed("source_differences.csv", lambda lines: lines[:1])
    case.built(
        "update reconciliation set verdict = 'unexplained', note = null, cause = null where source != 'data360' "
        "and verdict = 'known_error'"
    )


def _difference_that_does_not_bite(case: Case) -> None:
    """As the candidate would be built with an entry for a state whose sources agree."""
    case.seed("source_differences.csv", lambda lines: [*lines, lines[-1].replace(lines[-1][5:8], "EST")])


def _said_to_ask_the_same(case: Case) -> None:
    """As the candidate would be built if the register took an indicator for the same whose possible values changed."""

    def taken_for_the_same(lines: list[str]) -> list[str]:
        return [
            line.replace("same_concept", "same_questions") if ",international_participation," in line else line
            for line in lines
        ]

    case.seed("comparability.csv", taken_for_the_same)
    case.built(
        "update indicator_comparability set comparability = 'same_questions' "
        "where concept = 'international_participation'"
    )


def _respondents_unknown_to_print(case: Case) -> None:
    """As in an edition of which no source says who answered; the file says that nobody does."""
    case.seed("respondents.csv", lambda lines: [line for line in lines if not line.startswith("2024,")])


OF_A_CANDIDATE = (
    Spoiling("a known error that is not registered", _known_error_unregistered, ("no_difference_is_unexplained",)),
    Spoiling("an entry that does not bite", _entry_that_does_not_bite, ("every_correction_applies",)),
    Spoiling(
        "a difference between sources that is not registered",
        _difference_unregistered,
        ("no_difference_is_unexplained",),
    ),
    Spoiling(
        "an entry on sources that do not differ", _difference_that_does_not_bite, ("every_source_difference_bites",)
    ),
    Spoiling(
        "other questions taken for the same by the register",
        _said_to_ask_the_same,
        ("same_questions_have_the_same_values",),
    ),
    Spoiling(
        "a reviewed drop without its note",
        lambda case: case.seed("reviewed_changes.csv", lambda lines: lines[:1]),
        ("big_drops_are_reviewed",),
    ),
    Spoiling(
        "a note for a drop that is not there",
        lambda case: case.seed("reviewed_changes.csv", lambda lines: [*lines, lines[1].replace("MKD", "EST")]),
        ("big_drops_are_reviewed",),
    ),
    Spoiling(
        "a status that does not follow from who answered",
        _respondents_unknown_to_print,
        ("respondents_agree_with_the_sources", "respondents_follow_from_what_landed"),
    ),
    Spoiling(
        "a review passed over",
        lambda case: case.built(
            "update answers set source = 'returned', reason = 'returned', review_digest = null, review_reason = null "
            "where iso3 = 'EST' and item = 'ls1' and edition = '2024'"
        ),
        ("answers_count_by_precedence",),
    ),
    Spoiling(
        "a return that landed and is not listed",
        lambda case: case.built("delete from returns_received where iso3 = 'EST' and edition = '2024'"),
        ("every_return_is_listed", "answers_come_from_returns_that_count"),
    ),
    Spoiling(
        "a partner's value left out",
        lambda case: case.built("delete from partner_values where iso3 = 'EST'"),
        ("partner_values_are_the_newest", "partner_values_do_not_vanish"),
    ),
    Spoiling(
        "a value that drifted and is not reported",
        lambda case: case.built("delete from partner_value_revisions where iso3 = 'KEN'"),
        ("partner_value_revisions_follow_from_files",),
    ),
    Spoiling(
        "another edition moved along",
        lambda case: case.built("update editions set vintage = 2 where edition = '2020'"),
        ("only_the_candidate_moves", "releases_cover_the_vintages"),
    ),
)


def spoil_landing_everywhere(folder: Path) -> tuple[set[str], set[str]]:
    """Break every check of a column of what landed; gives the checks that are due, and those that fired."""
    case = copied(folder)
    receipt = str(case.inputs.landing / "receipts" / f"{case.digest('survey', ESTONIA)}.json")
    due = set()
    tables = {table.name: table for table in load_suite("landed", EXPECTATIONS).tables}
    for kind, where in (("survey", ESTONIA), ("reviews", "true"), ("partners", "true")):
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
