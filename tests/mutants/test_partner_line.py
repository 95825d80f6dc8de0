"""Corruptions of a release of partner data and of its candidate, each stopped by the checks that are there for it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from gci.core.paths import SEEDS, DataFolders
from gci.core.records import Candidate
from gci.gates.inputs import inputs_of
from gci.gates.run import gate_file, run_gates
from gci.storage.release_log import find
from partner_line import partner_line

pytestmark = pytest.mark.slow

OF_ESTONIA = "source = 'data360' and series = 'ITU_GCI_GCI_OVRL_SCRE' and iso3 = 'EST' and period = '2024'"
BACK = f"""
create temp table older as from partner_value_revisions where {OF_ESTONIA} and value = 50;
update partner_values
set value = older.previous_value, landing_digest = older.previous_digest, retrieved_on = date '2026-05-06'
from older
where (partner_values.source, partner_values.series, partner_values.iso3, partner_values.period)
    = (older.source, older.series, older.iso3, older.period);
delete from partner_value_revisions where {OF_ESTONIA} and value = 50;
delete from review_worklist where iso3 = 'EST' and edition = '2024';
"""


@pytest.fixture
def folders(published_data: DataFolders) -> DataFolders:
    return partner_line(published_data)


def failing(sql: str, folders: DataFolders, folder: Path, *gates: str) -> set[str]:
    """The checks that fail for the candidate of the second partner release, spoilt, against the first one."""
    release = find("partners", folders)
    candidate = Candidate("partners", 2, folder, release.document["inputs_digest"])
    shutil.copyfile(release.folder / "manifest.json", folder / "manifest.json")
    first = find("partners@1", folders)
    shutil.copyfile(release.database, candidate.database)
    with duckdb.connect(str(candidate.database)) as connection:
        connection.execute("delete from releases where edition = 'partners' and vintage = 2")
        connection.execute("delete from gate_results where edition = 'partners' and vintage = 2")
        connection.execute(sql)
    before = [find(name, folders) for name in ("2020", "2024", "partners@1")]
    inputs = replace(inputs_of(candidate, folders, before), closely=False)
    held = run_gates(gates, candidate.database, first.database, inputs, seeds=SEEDS)
    # Rows taken out leave a gap, which whoever tampers can close.
    return {check.check for report in held for check in report.checks if not check.passed} - {"rows_stand_in_key_order"}


def test_a_good_one_passes(folders: DataFolders, tmp_path: Path) -> None:
    assert failing("select 1", folders, tmp_path, "built", "release") == set()


@pytest.mark.parametrize(
    ("sql", "stopped_by"),
    [
        pytest.param(
            "update index_overview set score = score - 1 where iso3 = 'EST' and edition = '2024'",
            "index_overview.stays_without_a_new_vintage",
            id="an edition's figure moved along",
        ),
        pytest.param(
            "update gca_activity_measures set note = 'another' where measure = 'overall_mean' and grouping = 'all'",
            "gca_activity_measures.stays_beside_partners",
            id="a measure of an edition moved along",
        ),
        pytest.param(
            "update editions set vintage = 2 where edition = '2024'", "only_the_candidate_moves", id="an edition moved"
        ),
        pytest.param(
            "update releases set vintage = 3 where edition = 'partners'",
            "releases_cover_the_vintages",
            id="a vintage of the partners left out",
        ),
        pytest.param(
            "update releases set returns = 1 where edition = 'partners'",
            "releases_count_their_returns",
            id="returns in a release of partner data",
        ),
    ],
)
def test_a_corruption_of_its_candidate_is_stopped(
    sql: str, stopped_by: str, folders: DataFolders, tmp_path: Path
) -> None:
    assert stopped_by in failing(sql, folders, tmp_path, "built", "release")


def test_partner_data_put_back_to_an_older_file_is_stopped_by_the_release_before_alone(
    folders: DataFolders, tmp_path: Path
) -> None:
    """All that the file says follows from files that landed: only what was published says that a newer one counts."""
    spoilt = tmp_path / "spoilt.duckdb"
    shutil.copyfile(folders.current, spoilt)
    with duckdb.connect(str(spoilt)) as connection:
        connection.execute(BACK)
    reports = gate_file(spoilt, folders.current, DataFolders(tmp_path))
    stopped = {check.check for report in reports for check in report.checks if not check.passed}
    assert stopped - {"rows_stand_in_key_order"} == {
        "partner_values.stays_without_a_partner_release",
        "partner_value_revisions.stays_without_a_partner_release",
        "review_worklist.stays_without_any_release",
    }
