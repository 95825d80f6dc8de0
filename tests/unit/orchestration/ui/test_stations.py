"""The control room's figures: an empty folder, refusals by the dozen, what landed and nobody built, what is red."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from gci.casework.reading import rows_of
from gci.collect.collect import collect_files
from gci.collect.replay import replay
from gci.core.checksums import sha256
from gci.core.errors import TryAgain
from gci.core.paths import DataFolders
from gci.orchestration.ui.airflow_state import Dag, Request, Task
from gci.orchestration.ui.room import REFUSED_SHOWN, room
from gci.orchestration.ui.stations import NAMES, Line, Station, lines
from gci.orchestration.ui.todo import todo
from gci.publish.release import publish
from gci.sign_off.pending import mark_asked
from gci.storage.drafts import Note, record
from small_candidate import sign_off, small_candidate, write_gates

BEGAN = datetime(2026, 1, 5, 6, tzinfo=UTC)
BROKEN = "edition,iso3,item,answer,evidence_url,comment\n2020,{},ls1,1.7,,\n"
TODAY = date(2026, 3, 1)


@pytest.fixture
def folders(tmp_path: Path) -> DataFolders:
    return DataFolders(tmp_path / "data")


def refuse(folders: DataFolders, number: int) -> None:
    """So many refused files of the edition 2020."""
    inbox = folders.inbox / "survey/2020"
    inbox.mkdir(parents=True, exist_ok=True)
    for one in range(number):
        (inbox / f"{one}.csv").write_text(BROKEN.format("EST") + f"2020,EST,ls2,{one + 2},,\n", encoding="utf-8")
    collect_files("survey", sorted(inbox.iterdir()), BEGAN, folders)


def station(found: list[Line], title: str, name: str) -> Station:
    (line,) = [one for one in found if one.title == title]
    return line.stations[NAMES.index(name)]


def test_an_empty_folder_has_nothing_anywhere_and_says_what_comes_next(folders: DataFolders) -> None:
    shown = room(folders, [], {}, {})
    assert shown["empty"]
    assert shown["todo"] == []
    (open_one,) = [line for line in shown["lines"] if line.title == "2026"]
    assert {said for said, _, _ in open_one.dates} <= {"collection opens", "collection closes", "publication"}
    assert shown["open_edition"] == "2026"
    assert not folders.root.exists()  # looking makes nothing


def test_days_are_counted_to_each_date(folders: DataFolders) -> None:
    (line,) = [one for one in lines(folders, {}, date(2027, 6, 20)) if one.title == "2026"]
    assert ("collection closes", "2027-06-30", 10) in line.dates


def test_dozens_of_refusals_are_one_thing_to_do_and_the_first_few_rows(folders: DataFolders) -> None:
    refuse(folders, 42)
    shown = room(folders, [], {}, {})
    (waits,) = shown["todo"]
    assert waits.what == "42 refused files not sent again."
    assert len(shown["refused"]) == REFUSED_SHOWN
    assert len(shown["refused_more"]) == 42 - REFUSED_SHOWN
    assert all((folders.root / one["report"].removeprefix("/reports/")).is_file() for one in shown["refused"])


def test_what_is_wrong_with_a_file_is_said_in_english_whatever_its_sender_reads(folders: DataFolders) -> None:
    file = folders.inbox / "survey/2020/FRA.csv"
    file.parent.mkdir(parents=True)
    file.write_text("edition,iso3,item,answer,evidence_url,comment\n2020,FRA,ls1,1.7,,\n", encoding="utf-8")
    collect_files("survey", [file], BEGAN, folders)
    (refused,) = room(folders, [], {}, {})["refused"]
    assert "is not between 0 and 1" in refused["first"]
    report = (folders.root / refused["report"].removeprefix("/reports/")).read_text(encoding="utf-8")
    assert "n’est pas entre 0 et 1" in report


def test_a_file_that_was_replaced_is_refused_no_longer(folders: DataFolders) -> None:
    refuse(folders, 1)
    replay("2020", ["EST"], folders)
    collect_files("survey", list((folders.inbox / "survey/2020").iterdir()), BEGAN.replace(day=6), folders)
    assert room(folders, [], {}, {})["refused"] == []


def test_what_landed_and_nobody_built_is_said_at_its_station_and_waits_for_somebody(folders: DataFolders) -> None:
    replay("2020", ["EST"], folders)
    collect_files("survey", list((folders.inbox / "survey/2020").iterdir()), BEGAN, folders)
    shown = room(folders, [Dag("build_index", paused=True, known=True)], {}, {})
    landing = station(shown["lines"], "2020", "Landing")
    assert (landing.mark, landing.more) == ("waits", "1 return in no candidate")
    assert datetime.fromisoformat(landing.since) == BEGAN
    assert [one.what for one in shown["todo"]] == [
        "2020: 1 return landed, in no candidate since 2026-01-05 06:00 UTC.",
        "build_index is paused: nothing runs it, and what lands meanwhile waits.",
    ]


def test_a_published_edition_without_a_round_is_right(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    publish(candidate, sign_off(candidate), folders)
    found = lines(folders, {}, TODAY)
    assert station(found, "2024", "Published").said == "vintage 1"
    assert station(found, "2024", "Sign-off").said.startswith("by ")
    assert station(found, "2024", "Gates").mark == "good"
    assert [one.dates for one in found if one.title == "2024"] == [()]


def test_who_is_waited_for_is_one_click_away(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    assert station(lines(folders, {}, TODAY), "2024", "Sign-off").said == "nobody is asked yet"
    mark_asked(candidate, sha256(candidate.database), "run 1")
    asked = {"run 1": Request("run 1", "2026-02-01T00:00:00+00:00", "/dags/publish_edition/runs/run%201")}
    waits = station(lines(folders, asked, TODAY), "2024", "Sign-off")
    assert (waits.said, waits.since) == ("waits for a publisher", "2026-02-01T00:00:00+00:00")
    assert waits.links[0].address == "/dags/publish_edition/runs/run%201"
    (todo,) = room(folders, [], asked, {})["todo"]
    assert todo.whom == "index team"
    assert todo.links[0].address == "/dags/publish_edition/runs/run%201"
    small_candidate(folders, score=62)  # as when more comes in, or the program is another one
    newer = station(lines(folders, asked, TODAY), "2024", "Sign-off")
    assert (newer.said, newer.more) == ("nobody is asked yet", "trigger publish_edition; 1 older request void")
    assert newer.links[-1].address == "/dags/publish_edition/runs/run%201"


def test_what_is_red_is_red_with_its_rows_and_the_way_to_its_log(folders: DataFolders) -> None:
    candidate = small_candidate(folders)
    write_gates(candidate, passed=False, rows=3, message="every state has a row")
    log, other = "/dags/build_index/runs/a/tasks/build.gate_built/mapped/0", "/dags/collect_survey/runs/b/tasks/inbox"
    dags = [
        Dag("build_index", known=True, state="failed", red=(Task("build.gate_built · 2024", log, "failed"),)),
        Dag("collect_survey", known=True, state="failed", red=(Task("inbox", other, "failed"),)),
    ]
    shown = room(folders, dags, {}, {"collect_survey · inbox": "The disk is full."})
    assert station(shown["lines"], "2024", "Gates").mark == "bad"
    assert station(shown["lines"], "2024", "Sign-off") == Station()  # nobody can be asked about it
    red = [one for one in shown["todo"] if one.mark == "bad"]
    assert shown["todo"][: len(red)] == red
    (built,) = [one for one in red if "Gate built" in one.what]
    assert "3 rows" in built.rows[0]
    assert log in [link.address for link in built.links]
    (run,) = [one for one in red if "collect_survey" in one.what]
    assert run.rows == ("inbox: The disk is full.",)
    assert "Gate built" not in run.what


def test_a_comment_on_a_draft_waits_for_somebody_until_it_is_answered(tmp_path: Path) -> None:
    folders = DataFolders(tmp_path)
    told = [("sent", "2026-12-01", ""), ("comment", "2026-12-02", "<b>No</b>"), ("answer", "2026-12-03", "See 4")]
    counted = []
    for what, day, text in told:
        record(Note(what, "2026", "EST", f"{day}T09:00:00+00:00", by="Ana Lima" if text else "", text=text), folders)
        counted.append([one.rows for one in todo(folders, [], {}, {}, [], [], []) if "draft" in one.what])
    assert counted == [[], [("EST: <b>No</b>",)], []]


def test_a_round_file_of_another_version_takes_nothing_else_from_the_page(folders: DataFolders) -> None:
    folders.root.mkdir(parents=True)
    with duckdb.connect(str(folders.survey)) as connection:
        for table in ("survey_status", "refused_files", "cases"):
            connection.execute(f"create table {table} (edition varchar, iso3 varchar, received_at timestamp)")
        connection.execute("alter table refused_files add column file varchar")
        connection.execute("alter table refused_files add column digest varchar")
        connection.execute("insert into survey_status values ('2026', 'EST', null)")
    (told,) = [one for one in room(folders, [], {}, {})["rounds"] if one["edition"] == "2026"]
    assert "another version of the program" in told["wrong"] or "could not be read" in told["wrong"]
    with pytest.raises(TryAgain, match="another version of the program and has no `draft`"):
        _ = rows_of("survey_status", "2026", "iso3", folders)[0]["draft"]


def test_a_line_says_that_its_returns_are_invented(folders: DataFolders) -> None:
    file = folders.inbox / "survey/2026/EST.csv"
    file.parent.mkdir(parents=True)
    file.write_text("edition,iso3,item,answer,evidence_url,comment,synthetic\n2026,EST,ls1.1,yes,,,true\n", "utf-8")
    (receipt,) = collect_files("survey", [file], BEGAN, folders)
    assert receipt.synthetic
    said = {line.title: line.note for line in lines(folders, {}, TODAY)}
    assert said["2026"] == "rehearsal, synthetic"
    assert "synthetic" not in said["2024"]
