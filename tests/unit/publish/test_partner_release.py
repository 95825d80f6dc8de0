"""The partner release beside editions: what it holds, and what becomes of the others that wait."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish.release import publish
from gci.sign_off.pending import pending
from gci.storage.release_log import whole
from gci.storage.released import known
from small_candidate import sign_off, small_candidate, write_gates

WITH_PARTNERS = """
create table partner_values (source varchar not null, series varchar not null, iso3 varchar not null,
    period varchar not null, value double, landing_digest varchar, primary key (source, series, iso3, period));
create table review_worklist (edition varchar not null, iso3 varchar not null, check_code varchar not null,
    primary key (edition, iso3, check_code));
create table gca_activity_measures (activity varchar not null, measure varchar not null, edition varchar not null,
    value double, primary key (activity, measure, edition));
"""


def candidate(folders: DataFolders, line: str, vintage: int = 1, value: float | None = None) -> Candidate:
    """A candidate in which Namibia has this value of a partner; as published where none is given."""
    made = small_candidate(folders, line, vintage, further_tables=WITH_PARTNERS)
    with duckdb.connect(str(made.database)) as connection:
        if value is not None:
            connection.execute("delete from partner_values; delete from review_worklist; ")
            connection.execute("insert into partner_values values ('p', 's', 'NAM', '2024', ?, 'd')", [value])
            connection.execute("insert into review_worklist values ('2024', 'NAM', 'c')")
        if line == "2024" and vintage == 1:
            connection.execute(
                "insert into gca_activity_measures values ('1.b', 'data_protection_law_share', '2024', 1)"
            )
            connection.execute("insert into gca_activity_measures values ('1.b', 'regulation_mean', '2024', 1)")
    write_gates(made)
    return made


def out(made: Candidate, folders: DataFolders) -> Path:
    return publish(made, sign_off(made), folders)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """2024 is published, with a partner's value that went along; then the first release of partner data. Read it."""
    made = DataFolders(tmp_path_factory.mktemp("two"))
    out(candidate(made, "2024", value=1.0), made)
    out(candidate(made, "partners", value=2.0), made)
    return made


@pytest.fixture
def folders(two: DataFolders, tmp_path: Path) -> DataFolders:
    """The same, to be changed."""
    shutil.copytree(two.root, tmp_path / "data")
    return DataFolders(tmp_path / "data")


def asked(database: Path, question: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(question).fetchall()


def test_it_is_one_more_release_and_no_edition_moves(two: DataFolders) -> None:
    assert [one.name for one in whole(two)] == ["2024@v1", "partners@v1"]
    assert [one.name for one in known(two)] == ["2024@v1", "partners@v1"]
    assert two.current.read_bytes() == (two.release("partners", 1) / "gci.duckdb").read_bytes()
    assert asked(two.current, "select edition, vintage from editions") == [("2024", 1)]
    assert asked(two.current, "select value from partner_values") == [(2.0,)]
    published = json.loads((two.release("2024", 1) / "release.json").read_text())
    digest = "select content_digest from releases where edition = '2024'"
    assert asked(two.current, digest) == [(published["content_digest"],)]


def test_each_line_has_its_own_rows(two: DataFolders) -> None:
    names = {"partner_values", "review_worklist", "gca_activity_measures", "releases", "gate_results"}
    assert {path.stem for path in (two.release("partners", 1) / "csv").iterdir()} == names
    of_edition = two.release("2024", 1) / "csv"
    assert not {"partner_values", "review_worklist"} & {path.stem for path in of_edition.iterdir()}
    for line, measure in (("2024", "regulation_mean"), ("partners", "data_protection_law_share")):
        rows = (two.release(line, 1) / "csv" / "gca_activity_measures.csv").read_text().splitlines()[1:]
        assert [row.split(",")[1] for row in rows] == [measure]


def test_the_content_of_an_edition_does_not_depend_on_partner_data(two: DataFolders, tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    other = out(candidate(folders, "2024", value=7.0), folders)
    digests = {
        json.loads((one / "release.json").read_text())["content_digest"] for one in (other, two.release("2024", 1))
    }
    assert len(digests) == 1


def test_what_changed_is_told_by_series_and_by_value(folders: DataFolders) -> None:
    release = out(candidate(folders, "partners", 2, value=3.0), folders)
    (cell,) = json.loads((release / "changes.json").read_text())["changes"]
    assert (cell["of"]["iso3"], cell["old"], cell["new"], cell["cause"]) == ("NAM", 2.0, 3.0, "d")
    assert "| p | s | 0 | 1 | 0 |" in (release / "notes.md").read_text()
    said = "s: 0 values new, 1 changed, 0 gone."
    for news in ("feed.xml", "feeds/class/partner-data.xml", "errata.html"):
        assert said in (folders.published / news).read_text(encoding="utf-8")
    assert "1 partner value changed since vintage 1." in (folders.published / "feed.xml").read_text()
    assert said not in (folders.published / "feeds/class/error.xml").read_text()


@pytest.mark.parametrize(("waits", "first"), [("2024", "partners"), ("partners", "2024")])
def test_a_release_of_one_line_makes_a_waiting_candidate_of_another_void(
    folders: DataFolders, waits: str, first: str
) -> None:
    """An approval given before it is for a file that would take what has gone out meanwhile away again."""
    waiting = candidate(folders, waits, 2, value=4.0 if waits == "partners" else None)
    signed = sign_off(waiting)
    assert pending(folders) == [waiting]
    out(candidate(folders, first, 2, value=5.0 if first == "partners" else None), folders)
    before = folders.current.read_bytes()
    assert pending(folders, waits) == []
    with pytest.raises(Blocked, match=rf"built on other releases than those published now \({first}@v2\)"):
        publish(waiting, signed, folders)
    assert folders.current.read_bytes() == before


def test_a_candidate_that_does_not_know_of_the_partner_release_is_stopped(folders: DataFolders) -> None:
    made = candidate(folders, "2024", 2)
    manifest = json.loads((made.folder / "manifest.json").read_text())
    del manifest["partners"]
    (made.folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(Blocked, match="does not hold partners@v1"):
        out(made, folders)
