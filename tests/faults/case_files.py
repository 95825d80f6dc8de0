"""The cases: one file as it arrives, and beside it (.yml) what must be said of it. Adding the two adds the test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from faults.workbook_cases import MADE
from gci.core.records import Kind

FOLDER = Path(__file__).with_name("cases")


@dataclass(frozen=True)
class Case:
    """One file and what must be said of it.

    Attributes:
        path: the file, named <verdict>__<fault>.<suffix>; one of workbook_cases.py is made anew and lies nowhere.
        lies_in: folder of the inbox that it arrives in.
        arrives_as: its name there.
        problems: code, row and column of each problem, in order.
        submissions: of an export: what must be said of each.
        repeated: text that follows the bytes of the file, so many times; keeps large files out of the repository.
    """

    path: Path
    lies_in: str
    arrives_as: str
    problems: list[tuple[str, int | None, str | None]]
    submissions: list[dict[str, Any]]
    repeated: str

    @property
    def verdict(self) -> str:
        return self.path.name.partition("__")[0]

    @property
    def kind(self) -> Kind:
        return cast(Kind, self.lies_in.partition("/")[0])

    @property
    def content(self) -> bytes:
        if self.path.stem in MADE:
            return MADE[self.path.stem]()
        return self.path.read_bytes() + self.repeated.encode()

    def arrive(self, inbox: Path) -> Path:
        """Put the file where it arrives."""
        path = inbox / self.lies_in / self.arrives_as
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content)
        return path


@cache
def cases() -> list[Case]:
    """All cases, by name."""
    there = [path for path in FOLDER.iterdir() if path.suffix != ".yml" and path.name[0] != "."]
    return [_case(path) for path in sorted([*there, *(FOLDER / f"{name}.xlsx" for name in MADE)])]


def _case(path: Path) -> Case:
    said: dict[str, Any] = yaml.load(path.with_suffix(".yml").read_text("utf-8"), yaml.CSafeLoader)
    repeated = said.get("repeated", {"text": "", "times": 0})
    return Case(
        path=path,
        lies_in=said.get("lies_in", "survey/2024"),
        arrives_as=said.get("arrives_as", path.name),
        problems=places(said["problems"]),
        submissions=said.get("submissions", []),
        repeated=repeated["text"] * repeated["times"],
    )


def places(problems: list[dict[str, Any]]) -> list[tuple[str, int | None, str | None]]:
    """Code, row and column of problems as the .yml lists them."""
    return [(one["code"], one.get("row"), one.get("column")) for one in problems]
