"""A copy of the project whose seeds hold n times the states, so that the same code can be timed on more of them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

from gci.core.paths import PROJECT

PARTS = ("dags", "dbt_project", "expectations", "include", "pyproject.toml")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def scaled_project(times: int, folder: Path) -> Path:
    """Copy the project into `folder` and repeat every row about a state `times` times, each under a code of its own.

    Args:
        times: how many states stand for each one; 1 copies the project as it is.
        folder: where the copy goes; must not exist.

    Returns:
        The folder; `folder/include` is what PYTHONPATH needs.
    """
    folder.mkdir(parents=True)
    for part in PARTS:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__", "target", "logs"))
        else:
            shutil.copy(source, folder / part)
    if times > 1:
        _admit_more_states(folder)
    codes = _codes(times, folder)
    for file in [*folder.glob("dbt_project/seeds/**/*.csv"), *folder.glob("include/replay/*.csv")]:
        _repeat(file, times, codes)
    return folder


def _admit_more_states(folder: Path) -> None:
    """Let this copy have more states than the world: codes with digits, counts and ranks beyond 250."""
    for suite in folder.glob("expectations/*.yml"):
        text = suite.read_text("utf-8").replace("[A-Z]{3}", "[0-9A-Z]{3}").replace(", 250]", ", 50000]")
        suite.write_text(text, "utf-8")


def _codes(times: int, folder: Path) -> dict[tuple[str, int], str]:
    """An unused three-character code for every state and repetition; repetition 0 keeps its own."""
    states = [row["iso3"] for row in _read(folder / "dbt_project/seeds/states/seed_member_states.csv")]
    unused = (code for code in (a + b + c for a in DIGITS for b in DIGITS for c in DIGITS) if code not in set(states))
    return {(iso3, k): iso3 if k == 0 else next(unused) for k in range(times) for iso3 in states}


def _repeat(file: Path, times: int, codes: dict[tuple[str, int], str]) -> None:
    rows = _read(file)
    if times == 1 or not rows or "iso3" not in rows[0]:
        return
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(copy for k in range(times) for copy in _copies(rows, k, codes))


def _copies(rows: list[dict[str, str]], k: int, codes: dict[tuple[str, int], str]) -> Iterator[dict[str, str]]:
    for row in rows:
        copy = row | {"iso3": codes[row["iso3"], k]}
        if k and "id" in row:
            copy["id"] = f"{row['id']}-{k}"
        if k and "name_en" in row:
            copy |= {name: f"{text} {k}" for name, text in row.items() if name.startswith("name_")}
        yield copy


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
