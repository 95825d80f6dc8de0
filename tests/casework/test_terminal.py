"""What the commands about a round show in a terminal of 80 columns, and that they count alike."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import termios
from pathlib import Path

import pytest

from command_line import GCI, environment, gci
from gci.cli.status_table import FIRST
from gci.core.paths import DataFolders

AT = {"SOURCE_DATE_EPOCH": "1775779200"}  # 10 April 2026


def in_terminal(data: Path, *arguments: str, columns: int = 80) -> list[str]:
    """The lines that `gci` shows in a terminal that is so wide, without what moves the cursor."""
    child, screen = pty.fork()
    if child == 0:
        os.execve(GCI, ["gci", *arguments], environment(data) | AT | {"TERM": "xterm"})
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    said = b""
    while True:
        try:
            part = os.read(screen, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        said += part
    os.waitpid(child, 0)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said.decode())
    return [line for line in plain.replace("\r\n", "\n").split("\n") if "\r" not in line]


@pytest.mark.parametrize("command", ["status", "cases"])
def test_lines_fit_and_nothing_but_a_name_is_cut(april: DataFolders, command: str) -> None:
    lines = in_terminal(april.root, command, "--edition", "2026")
    assert max(len(line) for line in lines if "quarantine" not in line) <= 80  # a path is never broken
    assert not [line for line in lines if "…" in line and not line.startswith(("AUT", "     …", *_codes(lines)))]


def _codes(lines: list[str]) -> list[str]:
    return [line[:3] for line in lines if re.match(r"[A-Z]{3} ", line)]


def test_the_round_comes_first_and_states_that_need_nobody_are_left_out(april: DataFolders) -> None:
    shown = gci(april.root, "status", "--edition", "2026", **AT).out
    lines = shown.splitlines()
    assert "8 of 195 states have sent something" in lines[0]
    listed = {line[:3] for line in lines if re.match(r"[A-Z]{3} +\w", line)}
    assert "POL" in listed
    assert "ZWE" not in listed
    assert len(lines) < 2 * FIRST + 40
    everything = gci(april.root, "status", "--edition", "2026", "--all", **AT).out
    assert sum(bool(re.match(r"[A-Z]{3} +\w", line)) for line in everything.splitlines()) >= 195


def test_filters_leave_what_they_say(april: DataFolders) -> None:
    one = gci(april.root, "status", "--edition", "2026", "--state", "pol", "--json", **AT).document
    assert [state["iso3"] for state in one["states"]] == ["POL"]
    region = gci(april.root, "status", "--edition", "2026", "--region", "arb", "--json", **AT).document
    assert len(region["states"]) == 22
    wrong = gci(april.root, "status", "--edition", "2026", "--region", "EURO", **AT)
    assert (wrong.code, wrong.out) == (2, "")
    assert "Is EUR meant?" in wrong.err


def test_a_refused_file_is_told_in_the_language_of_who_runs_the_warehouse(april: DataFolders) -> None:
    found = gci(april.root, "status", "--edition", "2026", "--json", **AT).document
    problems = [problem for state in found["states"] for one in state["refused"] for problem in one["problems"]]
    foreign = [problem for problem in problems if problem["english"]]
    shown = " ".join(gci(april.root, "status", "--edition", "2026", "--all", **AT).out.split())
    for problem in foreign:
        assert " ".join(problem["english"].split()) in shown
        assert problem["message"] not in shown


def test_status_and_cases_count_alike(april: DataFolders) -> None:
    of_status = gci(april.root, "status", "--edition", "2026", **AT).out.splitlines()[0]
    of_cases = gci(april.root, "cases", "--edition", "2026", **AT).out.splitlines()[0]
    counted = re.search(r"\d+ cases not closed = [^;]*; \d+ closed", of_status)
    assert counted
    assert counted[0] in of_cases
    listed = gci(april.root, "cases", "--edition", "2026", "--json", **AT).document
    assert counted[0].startswith(f"{sum(one['state'] != 'closed' for one in listed)} cases")


def test_before_collection_the_files_that_wait_are_told(tmp_path: Path) -> None:
    assert gci(tmp_path, "replay", "--edition", "2024", "--state", "EST", "--state", "FIN").code == 0
    shown = gci(tmp_path, "status", "--edition", "2024").out
    assert "0 of 194 states have sent something" in shown
    assert "2 returns wait in the inbox and are not counted yet" in shown
    assert "gci run --edition 2024" in shown
    assert "wait in the inbox" not in gci(tmp_path, "status", "--edition", "2020").out
