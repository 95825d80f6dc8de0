"""gci check and gci replay from a shell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from faults.case_files import FOLDER

GCI = [sys.executable, "-c", "from gci.cli import main; main()"]
FIELDS = ["file", "verdict", "edition", "iso3", "answered", "items", "problems"]
PROBLEM_FIELDS = {"severity", "code", "sheet", "row", "column", "item", "message"}
ACCEPTED = FOLDER / "accepted__answer_percent.csv"
REFUSED = FOLDER / "refused__answer_percent_without_sign.csv"


def gci(*words: object, data: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"GCI_DATA": str(data)} if data else {})
    command = [*GCI, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, stdin=subprocess.DEVNULL
    )


def test_json_has_the_form_that_the_design_fixes() -> None:
    done = gci("check", ACCEPTED, REFUSED, "--json")
    accepted, refused = json.loads(done.stdout)
    assert done.returncode == 1
    assert list(accepted) == FIELDS
    assert (accepted["file"], accepted["verdict"]) == (str(ACCEPTED), "accepted")
    assert (refused["verdict"], refused["edition"], refused["iso3"]) == ("refused", "2024", "EST")
    (problem,) = refused["problems"]
    assert set(problem) == PROBLEM_FIELDS
    assert (problem["severity"], problem["row"], problem["column"]) == ("error", 2, "answer")
    assert (problem["item"], problem["sheet"]) == ("ls1", None)
    assert done.stderr == ""


def test_accepted_files_give_exit_code_0() -> None:
    done = gci("check", ACCEPTED)
    assert done.returncode == 0
    assert "accepted" in done.stdout
    assert "read as 0.5" in " ".join(done.stdout.split())


def test_refused_files_give_exit_code_1_and_say_what_to_do() -> None:
    done = gci("check", REFUSED)
    assert done.returncode == 1
    assert "87.5" in done.stdout
    assert "from 0 to 1" in " ".join(done.stdout.replace("│", " ").split())


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        done = gci("check", path)
        assert done.returncode == 2
        assert str(path) in done.stderr
        assert "Traceback" not in done.stderr


def test_replay_says_how_many_and_where(tmp_path: Path) -> None:
    done = gci("replay", "--edition", "2024", "--state", "EST", "--state", "NAM", data=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("2 returns of edition 2024 written to ")
    assert sorted(path.name for path in (tmp_path / "inbox/survey/2024").iterdir()) == ["EST.csv", "NAM.csv"]


def test_replay_of_an_unknown_edition_is_wrong_usage(tmp_path: Path) -> None:
    done = gci("replay", "--edition", "2019", data=tmp_path)
    assert done.returncode == 2
    assert "2020, 2024" in done.stderr
