"""The paper of an edition's pages: in which languages they are, whether they are official, with which fonts."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from gci.core import canonical_json
from gci.reference.labels import LANGUAGES

PAPER = "pages.json"


@dataclass(frozen=True)
class Paper:
    """What is to be known of the pages without looking at them.

    Attributes:
        edition: the edition.
        vintage: the vintage.
        official: whether they are those of an official release: in six languages, with profiles on paper.
        languages: codes of the languages that they are in.
        profiles: those in which there are profiles on paper.
        left_out: languages without profiles, with the font families that this machine lacks for them.
        fonts: file name → SHA-256 of the fonts that the profiles are set in.
        untranslated: how many texts stand in English for want of a translation, by language.
    """

    edition: str
    vintage: int
    official: bool
    languages: list[str]
    profiles: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    untranslated: dict[str, int] = field(default_factory=dict)

    def lacking(self) -> list[str]:
        """The languages of the United Nations that there are no pages in."""
        return [one for one in LANGUAGES if one not in self.languages]

    def lacking_profiles(self) -> list[str]:
        """The languages of the United Nations that there are no profiles in."""
        return [one for one in LANGUAGES if one not in self.profiles]


def write_paper(paper: Paper, folder: Path) -> None:
    """Write the paper into the folder of the pages."""
    (folder / PAPER).write_bytes(canonical_json.document(asdict(paper)))


def read_paper(folder: Path) -> Paper | None:
    """The paper in a folder; None where there is none that can be read."""
    try:
        return Paper(**json.loads((folder / PAPER).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
