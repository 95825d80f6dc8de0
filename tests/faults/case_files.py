"""The cases: one file as it arrives, and beside it (.yml) what must be said of it. Adding the two adds the test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from gci.records import Kind

FOLDER = Path(__file__).with_name("cases")


@dataclass(frozen=True)
class Case:
    """One file and what must be said of it.

    Attributes:
        path: the file, named <verdict>__<fault>.<suffix>.
        lies_in: folder of the inbox that it arrives in.
        arrives_as: its name there.
        problems: code, row and column of each problem, in order.
        repeated: text that follows the bytes of the file, so many times; keeps large files out of the repository.
    """

    path: Path
    lies_in: str
    arrives_as: str
    problems: list[tuple[str, int | None, str | None]]
    repeated: str

    @property
    def verdict(self) -> str:
        return self.path.name.partition("__")[0]

    @property
    def kind(self) -> Kind:
        return cast(Kind, self.lies_in.partition("/")[0])

    @property
    def content(self) -> bytes:
        return self.path.read_bytes() + self.repeated.encode()

    def arrive(self, inbox: Path) -> Path:
        """Put the file where it arrives."""
        path = inbox / self.lies_in / self.arrives_as
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.content)
        return path


def cases() -> list[Case]:
    """All cases, by name."""
    return [_case(path) for path in sorted(FOLDER.iterdir()) if path.suffix != ".yml" and path.name[0] != "."]


def _case(path: Path) -> Case:
    said: dict[str, Any] = yaml.safe_load(path.with_suffix(".yml").read_text("utf-8"))
    repeated = said.get("repeated", {"text": "", "times": 0})
    return Case(
        path=path,
        lies_in=said.get("lies_in", "survey/2024"),
        arrives_as=said.get("arrives_as", path.name),
        problems=[(one["code"], one.get("row"), one.get("column")) for one in said["problems"]],
        repeated=repeated["text"] * repeated["times"],
    )
