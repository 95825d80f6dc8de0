"""Partner data between editions: releases of its own, by which no edition moves."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from lxml import html

from folder_tree import tree
from gci.build.candidate import build, plan
from gci.build.change_detection import editions_with_news
from gci.core.checksums import sha256
from gci.core.lines import BUILT
from gci.core.paths import DataFolders
from gci.gates.report import as_text
from gci.gates.run import gate_file
from gci.inspection.diff import diff
from gci.inspection.verify import verify
from gci.orchestration.ui.stations import lines
from gci.publish.release import publish
from gci.sign_off.request import summary
from gci.site.stage import write_pages
from gci.storage.release_log import find
from partner_line import partner_line
from published import RECEIVED, passed
from small_candidate import sign_off

MOVED = {*BUILT, "releases", "gate_results"}


@pytest.fixture
def folders(published_data: DataFolders) -> DataFolders:
    """Two releases of partner data beside the editions. Read it."""
    return partner_line(published_data)


def asked(database: Path, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_analysts_find_the_figures_of_partners_and_what_does_not_go_together(folders: DataFolders) -> None:
    sources = "select source, count(*) from partner_values group by source order by source"
    assert asked(folders.current, sources) == [
        ("data360", 9894),
        ("worldbank_gdp_per_capita", 2083),
        ("worldbank_internet_users", 2023),
    ]
    of_estonia = "select survey_value > 90, partner_value from review_worklist where iso3 = 'EST' and edition = '2024'"
    assert asked(folders.current, of_estonia) == [(True, 50.0)]
    rounded = "select only_rounded, count(*) from partner_value_revisions group by all order by all"
    assert asked(folders.current, rounded)[0][0] is False
    assert len(asked(folders.current, rounded)) == 2


def test_no_edition_moves(folders: DataFolders, published_data: DataFolders) -> None:
    for edition in ("2020", "2024"):
        assert tree(folders.published / edition) == tree(published_data.published / edition)
    with duckdb.connect() as connection:
        for name, file in (("before", published_data.current), ("now", folders.current)):
            connection.execute(f"attach '{file}' as {name} (read_only)")
        named = "select table_name from duckdb_tables() where database_name = 'now' and schema_name = 'main'"
        for (table,) in connection.execute(named).fetchall():
            if table not in MOVED:
                differing = f"(from now.{table} except all from before.{table})"
                assert connection.execute(f"select count(*) from {differing}").fetchone() == (0,), table
    assert asked(folders.current, "select edition, vintage from releases order by all") == [
        ("2020", 1),
        ("2024", 1),
        ("partners", 1),
        ("partners", 2),
    ]
    assert editions_with_news(folders) == []


@pytest.mark.slow
def test_the_file_passes_the_whole_gates(folders: DataFolders) -> None:
    reports = gate_file(folders.current, None, folders)
    assert all(report.passed for report in reports), "\n".join(map(as_text, reports))


def test_it_is_made_anew_from_its_own_inputs(folders: DataFolders) -> None:
    found = verify(find("partners", folders), folders)
    assert found["passed"], json.dumps(found, indent=1)
    assert found["same_code"]


def test_what_changed_is_told(folders: DataFolders) -> None:
    earlier, later = find("partners@1", folders), find("partners", folders)
    (cell,) = json.loads((later.folder / "changes.json").read_text())["changes"]
    assert (cell["of"]["series"], cell["of"]["iso3"], cell["new"]) == ("ITU_GCI_GCI_OVRL_SCRE", "EST", 50.0)
    found = diff(earlier, later, folders)
    assert found["changes"] == [cell]
    assert [one["kind"] for one in found["inputs"]["added"]] == ["partners"]
    assert set(found["other_tables"]) == {"partner_values", "partner_value_revisions", "review_worklist"}


def test_people_read_what_arrived_and_what_does_not_go_together(folders: DataFolders) -> None:
    release = find("partners", folders)
    page = html.fromstring((release.folder / "en/index.html").read_bytes())
    sources, questions = page.xpath("//table")
    told = {row.findtext("th"): row.xpath("td[@class='n']") for row in sources.iter("tr") if row.find("td") is not None}
    figures, changed = (" ".join("".join(cell.itertext()).split()) for cell in next(iter(told.values())))
    assert (figures, len(told)) == ("9,894", 3)
    assert int(changed) == asked(folders.current, "select count(*) from partner_value_revisions")[0][0]
    assert ["Estonia", "2024", "50.00"] in [
        [" ".join("".join(row[place].itertext()).split()) for place in (0, 1, 5)] for row in questions.iter("tr")
    ]
    assert page.xpath("//nav[@aria-label='Pages']//a/text()") == ["Partner data", "Downloads", "How to verify"]
    downloads = html.fromstring((release.folder / "en/downloads/index.html").read_bytes())
    for address in downloads.xpath("//tbody//a/@href"):
        assert (release.folder / "en/downloads" / address).is_file(), address


def test_the_control_room_has_its_way(folders: DataFolders) -> None:
    (line,) = (one for one in lines(folders, {}, RECEIVED.date()) if one.title == "partners")
    assert [station.said for station in line.stations[2:]] == [
        "vintage 2",
        "all 4 passed",
        "by A. Signer",
        "vintage 2",
    ]


@pytest.mark.slow
def test_what_is_carried_over_is_what_building_all_of_it_gives(folders: DataFolders, tmp_path: Path) -> None:
    """The same inputs give the same bytes, whether the editions' tables are carried over or built from nothing."""
    shutil.copytree(folders.root, tmp_path / "data", ignore=shutil.ignore_patterns("candidates"))
    own = DataFolders(tmp_path / "data")
    shutil.rmtree(own.release("partners", 2))
    (own.released / "000004.json").unlink()
    shutil.copyfile(own.release("partners", 1) / "gci.duckdb", own.current)
    candidate = plan("partners", own)
    assert candidate is not None
    build(candidate, own)
    carried = sha256(candidate.database)
    manifest = json.loads((candidate.folder / "manifest.json").read_text())
    assert manifest.pop("carried_over")["release"] == "partners@v1"
    (candidate.folder / "manifest.json").write_text(json.dumps(manifest))
    build(candidate, own)
    assert sha256(candidate.database) == carried
    write_pages(candidate)
    for gate in ("landed", "built", "pages", "release"):
        passed(gate, candidate, own)
    assert "1 values of 1 series" in summary(candidate, own)
    publish(candidate, sign_off(candidate), own)
