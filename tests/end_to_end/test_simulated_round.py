"""A whole simulated round through dbt and the gates, beside the two editions that are in print.

It goes its way in this process, whose engines have begun; that `gci run` takes it through Airflow is a slow test.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest

from command_line import asked, gci
from computed_workbook import computed
from end_to_end.conftest import copy
from gci.casework.refresh import refresh
from gci.collect.quarantine import not_replaced, refusals
from gci.core.paths import PROJECT, DataFolders
from gci.core.records import Candidate
from gci.inspection.verify import verify
from gci.publish.figures import figures
from gci.publish.formats import how_scored
from gci.reference.seeds import members
from gci.sign_off.request import summary
from gci.storage.release_log import find
from published import collect, publish_next

TRUTH = PROJECT / "tests" / "backtests" / "truth"
FORMATS = "csv,json"
NUMBERS = ("answers", "indicator_scores", "pillar_scores", "overall_scores", "group_scores", "reconciliation")


@dataclass(frozen=True)
class Round:
    """A data folder after a simulated round was brought out.

    Attributes:
        folders: the data folder.
        before: digests of all files of the releases that were there before.
        candidate: what was published.
        planted: what the simulation planted.
    """

    folders: DataFolders
    before: dict[str, str]
    candidate: Candidate
    planted: dict[str, Any]

    @property
    def broken(self) -> list[str]:
        """The names of the files that are to be refused."""
        return sorted(file["name"] for file in self.planted["files"] if file["verdict"] == "refused")


def released(folders: DataFolders) -> dict[str, str]:
    files = [path for path in sorted(folders.published.glob("*/v*/**/*")) if path.is_file()]
    return {str(path.relative_to(folders.root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def simulated(published_data: DataFolders, tmp_path_factory: pytest.TempPathFactory) -> Round:
    """All states in CSV and JSON, a fifth of them with a broken file first; collected, gated, signed and published."""
    folders = copy(published_data, tmp_path_factory.mktemp("round"))
    before, candidates = released(folders), []
    planted = simulate(folders)
    collect(folders, datetime.now(UTC))
    publish_next("2026", folders, built=candidates.append)
    assert refresh(folders)  # in this process, whose dbt has begun
    return Round(folders, before, candidates[0], planted)


def simulate(folders: DataFolders) -> dict[str, Any]:
    """Have the round written into the inbox; gives what was planted."""
    made = gci(folders.root, "simulate", "--edition", "2026", "--seed", "1", "--faults", "0.2", "--formats", FORMATS)
    assert made.code == 0, made.err
    assert made.out.startswith("SYNTHETIC")
    planted: dict[str, Any] = json.loads((folders.simulated / "2026-1.json").read_text(encoding="utf-8"))
    return planted


def test_the_round_is_published_and_known_to_be_synthetic(simulated: Round) -> None:
    release = find("2026", simulated.folders)
    assert (release.name, release.document["synthetic"]) == ("2026@v1", True)
    assert figures(simulated.candidate.database, "2026")["states"] == len(members("2026"))


@pytest.mark.slow
def test_a_run_takes_it_through_airflow(published_data: DataFolders, tmp_path: Path) -> None:
    folders = copy(published_data, tmp_path / "data")
    planted = simulate(folders)
    document = gci(folders.root, "run", "--edition", "2026", "--sign-off", "rehearsal", "--json").document
    (edition,) = document["editions"]
    assert (edition["outcome"], edition["vintage"]) == ("published", 1), edition["message"]
    assert (edition["states"], edition["synthetic"]) == (len(members("2026")), True)
    assert all(gate["passed"] for gate in edition["gates"])
    broken = sorted(file["name"] for file in planted["files"] if file["verdict"] == "refused")
    assert sorted(refusal["file"] for refusal in document["refused"]) == broken
    ((body,),) = asked(folders.root, "select body from hitl_detail")
    assert body.startswith("**SYNTHETIC.**")


def test_every_paper_of_the_release_says_so(simulated: Round) -> None:
    folder = simulated.folders.release("2026", 1)
    assert json.loads((folder / "release.json").read_text(encoding="utf-8"))["synthetic"] is True
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["synthetic"] is True
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        said = connection.execute("select edition, synthetic from releases order by edition").fetchall()
        kinds = connection.execute("select distinct edition, synthetic from returns_received order by all").fetchall()
    assert said == kinds == [("2020", False), ("2024", False), ("2026", True)]
    assert summary(simulated.candidate, simulated.folders).startswith("**SYNTHETIC.**")
    assert "2026 SYNTHETIC" in gci(simulated.folders.root, "editions", COLUMNS="300").out


DESCRIBING = (
    *("datapackage.json", "croissant.json", "dcat.jsonld", "CITATION.cff", "codebook.html"),
    *("sdmx/structures.xml", "coin/iMeta.csv", "parquet/overall_scores.parquet", "audit/report.html"),
)


@pytest.mark.parametrize("name", DESCRIBING)
def test_whatever_describes_the_release_says_so(simulated: Round, name: str) -> None:
    assert b"SYNTHETIC" in (simulated.folders.release("2026", 1) / name).read_bytes()


def test_from_answers_to_questions_the_workbook_comes_to_the_published_score(simulated: Round, tmp_path: Path) -> None:
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        due = connection.execute(
            "select iso3, score, tier_label from index_overview where edition = '2026' order by score nulls first, iso3"
        ).fetchall()
    book = simulated.folders.release("2026", 1) / "gci_2026_v1.xlsx"
    chosen = [due[0], due[len(due) // 2], due[-1]]
    found = computed([(book, iso3) for iso3, _, _ in chosen], tmp_path)
    for iso3, score, tier in chosen:
        sheet = found[book.stem, iso3]
        if score is None:
            assert sheet[how_scored.SCORE] in (None, "")
        else:
            assert sheet[how_scored.SCORE] == pytest.approx(score, abs=1e-9), iso3
        assert (sheet.get(how_scored.TIER) or None) == tier


FLAGGED = (
    *(
        "answers",
        "indicator_scores",
        "pillar_scores",
        "overall_scores",
        "index_overview",
        "index_overview_in_languages",
    ),
    *("legal_measures", "technical_measures", "organizational_measures", "capacity_development", "cooperation"),
    *("group_scores", "capacity_gaps", "capacity_gap_peers", "tier_positions", "gca_activity_measures"),
)


@pytest.mark.parametrize("table", FLAGGED)
def test_every_row_of_the_rehearsal_says_so_and_no_other(simulated: Round, table: str) -> None:
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        said = connection.execute(f'select distinct edition, synthetic from "{table}" order by all').fetchall()
    assert said == [("2020", False), ("2024", False), ("2026", True)]


def test_the_spread_of_the_experts_is_in_the_file_of_the_rehearsal(simulated: Round) -> None:
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        kept = connection.execute("select node, experts, mean, minimum, maximum from weight_spread").fetchall()
        given = connection.execute(
            "select node, count(*), avg(points), min(points), max(points) from weight_allotments group by node"
        ).fetchall()
    assert len(kept) == len(given) > 100
    for (_, *found), (_, *due) in zip(sorted(kept), sorted(given), strict=True):
        assert found == pytest.approx(due, abs=1e-9)


def test_a_score_that_is_explained_says_whether_it_is_invented(simulated: Round) -> None:
    for edition, synthetic in (("2026", True), ("2024", False)):
        order = ("explain", "EST", "--edition", edition)
        assert ("SYNTHETIC" in gci(simulated.folders.root, *order).out) is synthetic
        assert gci(simulated.folders.root, *order, "--json").document["synthetic"] is synthetic


def test_exactly_the_broken_files_were_refused(simulated: Round) -> None:
    assert sorted(receipt.file for receipt in refusals(simulated.folders)) == simulated.broken
    assert len(simulated.broken) > 30


def test_all_who_count_refused_files_count_the_same(simulated: Round) -> None:
    totals = gci(simulated.folders.root, "status", "--edition", "2026", "--json").document["totals"]
    assert totals["refused_files"] == len(refusals(simulated.folders))
    assert totals["to_be_mended"] == len(not_replaced(simulated.folders)) > 10


def test_scores_and_tiers_are_near_those_of_the_edition_before(simulated: Round) -> None:
    with (TRUTH / "overall_scores.csv").open(encoding="utf-8", newline="") as lines:
        real = {row["iso3"]: float(row["score"]) for row in csv.DictReader(lines) if row["edition"] == "2024"}
    with (TRUTH / "tier_counts_2024.csv").open(encoding="utf-8", newline="") as lines:
        counts = {f"T{row['tier']}": int(row["member_states"]) for row in csv.DictReader(lines)}
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        rows = connection.execute("select iso3, score from overall_scores where edition = '2026'").fetchall()
    off = [abs(score - real[iso3]) for iso3, score in rows if iso3 in real]
    assert {iso3 for iso3, _ in rows} - real.keys() == {"PLW"}  # it has no figures of the past
    assert median(off) < 1.5
    assert max(off) < 8
    assert figures(simulated.candidate.database, "2026")["tiers"] == {
        tier: pytest.approx(count, abs=12) for tier, count in counts.items()
    }


def test_groups_do_not_die_from_one_edition_to_the_next(simulated: Round) -> None:
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        sizes = connection.execute(
            "select edition, member_states from group_scores where member_group = 'developing' and dimension = 'legal' "
            "order by edition"
        ).fetchall()
        incomes = connection.execute(
            "select member_group, member_states from group_scores where edition = '2026' and grouping = 'income' "
            "and dimension = 'overall' order by member_group"
        ).fetchall()
        unsure = connection.execute(
            "select member_group, iso3 from group_members "
            "where edition = '2026' and basis = 'not_confirmed' order by iso3"
        ).fetchall()
        without = connection.execute(
            "select iso3, reason from group_exceptions where grouping = 'income' "
            "and date '2026-12-31' between valid_from and coalesce(valid_to, date '2026-12-31') order by iso3"
        ).fetchall()
    assert sizes == [("2020", 142), ("2024", 140), ("2026", 140)]
    assert incomes == [("high", 64), ("low", 24), ("lower_middle", 46), ("upper_middle", 58)]
    assert unsure == [("ldc", "BGD"), ("ldc", "LAO"), ("ldc", "NPL")]
    assert without == [("ETH", "not_known"), ("VAT", "never_classified"), ("VEN", "not_known")]


def test_what_was_published_before_is_untouched(simulated: Round, published_data: DataFolders) -> None:
    now = released(simulated.folders)
    assert {name: now[name] for name in simulated.before} == simulated.before
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        connection.execute(f"attach '{published_data.current}' as earlier (read_only)")
        for table in NUMBERS:
            held = f"select * from {{}}{table} where edition in ('2020', '2024')"
            ours, theirs = held.format(""), held.format("earlier.main.")
            different = f"select count(*) from (({ours} except all {theirs}) union all ({theirs} except all {ours}))"
            assert connection.execute(different).fetchone() == (0,), table


def test_from_2026_on_a_measure_takes_the_single_question(simulated: Round) -> None:
    taken = (
        "select measure, source, value, counted from gca_activity_measures where edition = '2026' and grouping = 'all' "
        "and measure in ('strategy_in_force_share', 'national_cirt_operating_share') and activity = '4.c' order by all"
    )
    counted = (
        "select count(*) filter (where answer = 1) / count(answer), count(answer) from answers "
        "where edition = '2026' and item = ?"
    )
    status = "select data_status from gca_activity_status where edition = ? and activity in ('4.f', '4.i') order by all"
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        found = connection.execute(taken).fetchall()
        due = {item: connection.execute(counted, [item]).fetchone() for item in ("ts1.1", "os1.1")}
        said = {edition: connection.execute(status, [edition]).fetchall() for edition in ("2024", "2026")}
        asked = connection.execute(
            "select count(*) from gca_activity_measures where activity in ('4.f', '4.i') and edition = '2026' "
            "and grouping = 'all' and source like 'answers: cds%' and value is not null"
        ).fetchone()
        nobody = connection.execute("select count(*) from answers where edition = '2026' and taken_from is not null")
        assert nobody.fetchone() == (0,)
    assert [(measure, source) for measure, source, *_ in found] == [
        ("national_cirt_operating_share", "answers: ts1.1"),
        ("strategy_in_force_share", "answers: os1.1"),
    ]
    for (_, source, value, states), item in zip(found, due, strict=True):
        assert source.endswith(item)
        assert (value, states) == (pytest.approx(due[item][0], abs=1e-9), due[item][1])
    assert said == {"2024": [("no_data",), ("partly",)], "2026": [("followed",), ("partly",)]}
    assert asked == (6,)


def test_every_kind_of_verdict_came_about(simulated: Round) -> None:
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        reasons = connection.execute("select distinct reason from answers where edition = '2026'").fetchall()
        status = connection.execute("select distinct respondent_status from overall_scores where edition = '2026'")
        assert {"responded", "desk_validated", "desk_not_validated"} == {said for (said,) in status.fetchall()}
    assert {reason for (reason,) in reasons} == {
        *("returned", "desk", "none", "reviewed_accepted", "reviewed_changed"),
        *("reviewed_evidence_missing", "reviewed_no_evidence"),
    }


def test_doubtful_evidence_waits_for_reviewers(simulated: Round) -> None:
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        flags = connection.execute("select distinct flag from evidence_worklist where edition = '2026'").fetchall()
        alike = connection.execute(
            "select bool_and(evidence_url like '%region.example%') from evidence_worklist "
            "where edition = '2026' and flag = 'same_in_other_states'"
        ).fetchone()
    assert {flag for (flag,) in flags} >= {
        *("whitespace", "no_scheme", "not_on_the_web", "private_address", "placeholder", "same_in_other_states"),
    }
    assert alike == (True,)


def test_the_answers_that_count_are_the_true_ones(simulated: Round) -> None:
    """Whatever was claimed, sent twice or broken: in the end the reviewed round says what is true of each state."""
    values = {"no": 0.0, "partial": 0.5, "yes": 1.0}
    with duckdb.connect(str(simulated.folders.current), read_only=True) as connection:
        rows = connection.execute("select iso3, item, answer from answers where edition = '2026'").fetchall()
    wrong = [
        (iso3, item, answer)
        for iso3, item, answer in rows
        if (answer or 0.0) != values[simulated.planted["answers"][iso3][item]]
    ]
    assert wrong == []


def test_returns_under_a_wrong_name_end_as_refusals_and_cases(simulated: Round) -> None:
    refused = {one.file: one for one in refusals(simulated.folders)}
    for name, other in (("COD_1.csv", "COG"), ("COG_1.csv", "COD")):
        assert refused[name].iso3 == other
        assert "state_not_of_name" in {problem.code for problem in refused[name].problems}
    cases = gci(simulated.folders.root, "cases", "--edition", "2026", "--state", "SLV", "--json").document
    assert "two_focal_points" in {case["kind"] for case in cases if case["state"] == "open"}


@pytest.mark.slow
def test_the_release_is_rebuilt_from_its_own_inputs(simulated: Round) -> None:
    found = verify(find("2026", simulated.folders), simulated.folders)
    assert found["passed"], {part: said for part, said in found.items() if isinstance(said, list) and said}


def test_nobody_replays_or_simulates_into_an_edition_in_print(simulated: Round, tmp_path: Path) -> None:
    done = gci(tmp_path, "simulate", "--edition", "2024", "--seed", "1")
    assert (done.code, list(tmp_path.rglob("*.csv"))) == (2, [])
