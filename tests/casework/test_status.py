"""Status held against what was sent, counted by hand."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path

from command_line import GCI, environment, gci
from gci.casework.status import status, summary
from gci.core.paths import DataFolders
from gci.orchestration.ui.status_page import status_page
from gci.reference.seeds import items, members
from round_of_2026 import ALL_YES, copied, links_of, returned, send

INVITED = len(members("2026"))
AT = {"SOURCE_DATE_EPOCH": "1775779200"}  # 10 April 2026


def test_totals_are_what_was_sent(april: DataFolders) -> None:
    found = status("2026", april)
    totals = found["totals"]
    # AUT DEU EST FIN LTU NOR POL SWE have a return that counts, Estonia without one answer.
    assert (totals["invited"], totals["received"], totals["complete"]) == (INVITED, 8, 7)
    # Latvia, Poland, Iceland and nobody sent files that were refused.
    assert (totals["refused"], totals["refused_files"]) == (3, 4)
    assert (totals["overdue"], totals["late"], totals["withdrawn"]) == (0, 0, 0)
    assert f"8 of {INVITED} states have sent something, 7 are complete" in summary(found)


def test_a_state_is_told_as_it_stands(april: DataFolders) -> None:
    states = {state["iso3"]: state for state in status("2026", april)["states"]}
    count = len(items("2026"))
    assert (states["EST"]["answered"], states["EST"]["files"]) == (count - 1, ["est_3.csv"])
    assert (states["EST"]["received_at"], states["EST"]["form"]) == ("2026-04-05T00:00:00", "csv")
    assert states["LTU"]["reviewed"] == round(1 / count, 4)
    assert states["LTU"]["last_change"] == "2026-04-08T00:00:00"
    # Its verdict is about an answer that is another by now.
    assert states["NOR"]["reviewed"] == 0
    (refused,) = states["POL"]["refused"]
    assert (refused["file"], refused["problems"][0]["code"]) == ("pol.csv", "answer_not_in_list")
    assert Path(refused["report"]).is_file()
    report = Path(states["EST"]["report"])
    assert f"{count - 1} of {count}" in report.read_text(encoding="utf-8")
    assert "est_3.csv" in report.read_text(encoding="utf-8")
    assert states["NOR"]["report"] is None  # complete, and read as it was
    assert (states["TUV"]["extended_to"], states["FRA"]["last_day"]) == ("2027-07-31", "2027-06-30")
    assert [one["file"] for one in status("2026", april)["not_placed"]] == ["hello.csv"]


def test_after_the_last_day_the_silent_are_overdue(over: DataFolders) -> None:
    totals = status("2026", over)["totals"]
    assert totals["overdue"] == INVITED - 8 - 1


def test_the_commands_show_the_same(april: DataFolders) -> None:
    done = gci(april.root, "status", "--edition", "2026", "--json", **AT)
    assert done.document["totals"] == status("2026", april)["totals"]
    shown = gci(april.root, "cases", "--edition", "2026", "--state", "est", **AT)
    assert "2026-EST-missing_answers-legal" in shown.out
    assert "(1× again)" in shown.out
    told = gci(april.root, "cases", "--edition", "2026", "--state", "EST", "--json", **AT).document
    lives = {one["kind"]: [event["event"] for event in one["life"]] for one in told}
    assert lives == {
        "missing_answers": ["opened", "closed", "reopened"],
        "draft": ["opened", "asked", "closed"],
    }
    assert gci(april.root, "cases", "--edition", "2026", "--state", "XXX", **AT).code == 2


def test_what_waits_in_the_inbox_is_told_with_the_reason(april: DataFolders, tmp_path: Path) -> None:
    folders = copied(april, tmp_path / "data")
    inbox = folders.inbox / "survey"
    for edition in ("2024", "2026"):
        (inbox / edition).mkdir(parents=True, exist_ok=True)
        (inbox / edition / "part.csv.part").touch()
    decided = folders.inbox / "decisions" / "2026" / "later.csv"
    decided.parent.mkdir(parents=True)
    decided.write_text("edition,id\n", encoding="utf-8")
    with (inbox / "2026" / "fra.csv").open("w") as sender:
        sender.write("edition,")
        sender.flush()
        found = status("2026", folders)
        told = {one["file"]: one["reason"] for one in found["not_taken"]}
        shown = gci(folders.root, "status", "--edition", "2026", **AT).out
    assert list(told) == ["survey/2026/fra.csv", "survey/2026/part.csv.part"]
    assert "closed it" in told["survey/2026/fra.csv"]
    assert "survey/2026/fra.csv" in shown
    assert "1 file of decisions waits in the inbox and is not counted yet" in " ".join(shown.split())
    assert "survey/2026/fra.csv: it is still being written" in status_page(found, [], ["2026"])
    assert status("2026", folders)["not_taken"][0]["file"] == "survey/2026/part.csv.part"


def test_a_kill_leaves_the_file_as_it_was(april: DataFolders, tmp_path: Path) -> None:
    folders = copied(april, tmp_path / "data")
    before = folders.survey.read_bytes()
    send({"fra.csv": returned("FRA", ALL_YES, links_of("fr"))}, (4, 9), folders)
    with subprocess.Popen(
        [GCI, "status", "--edition", "2026"],
        env=environment(folders.root) | AT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as making:
        hidden = folders.root / f".survey.duckdb.{making.pid}"
        while making.poll() is None and not (hidden / "dbt" / "candidate.duckdb").exists():
            time.sleep(0.05)
        making.send_signal(signal.SIGKILL)
    assert making.returncode == -signal.SIGKILL
    assert folders.survey.read_bytes() == before
    assert status("2026", folders)["totals"]["received"] == 8
    shutil.rmtree(hidden)  # a day later the next refresh takes it away


def test_a_letter_that_went_out_is_in_the_ledger_once(april: DataFolders, tmp_path: Path) -> None:
    folders = copied(april, tmp_path / "data")
    out = tmp_path / "letter.html"
    order = ("letter", "--edition", "2026", "--state", "EST", "--lang", "fr", "--out", str(out))
    done = gci(folders.root, *order, "--sent", **AT)
    assert (done.code, done.out) == (0, "")
    assert '<html lang="fr" dir="ltr">' in out.read_text(encoding="utf-8")
    (entry,) = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in folders.letters.glob("*.json")
        if "EST" in path.read_text(encoding="utf-8")
    ]
    assert (entry["sent_at"], entry["language"]) == ("2026-04-10T00:00:00", "fr")
    assert [case["case_id"] for case in entry["cases"]] == ["2026-EST-missing_answers-legal"]
