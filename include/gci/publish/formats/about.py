"""What every file of a release says of itself: title, edition, vintage, whose it is, on which terms, how to cite it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import quoted, rows

if TYPE_CHECKING:
    import duckdb

AGENCY = "ITU"
PRODUCER = "International Telecommunication Union"
KEYWORDS = ("cybersecurity", "Global Cybersecurity Index", "composite indicator", "member states")
SOURCE = (
    "Returns of the member states and desk research of the edition. The answers of 2020 and 2024 are taken over from "
    "the indicator values that ITU has published (World Bank Data360, database ITU_GCI)."
)
LICENCE = (
    "The figures remain those of their producers (ITU, United Nations, World Bank …), on the terms that each of them "
    "sets: see docs/sources.md of the program. Whoever passes them on names the source."
)
_WHAT = "How far the member states of ITU are committed to cybersecurity: answers, scores and tiers of the edition"


def title(edition: str, vintage: int | str, *, synthetic: bool) -> str:
    """The title of a release, for people; says so where its returns are invented."""
    return f"{'SYNTHETIC: ' if synthetic else ''}Global Cybersecurity Index {edition}, vintage {vintage}"


@dataclass(frozen=True)
class About:
    """A release, as its files tell it.

    Attributes:
        edition: the edition, e.g. 2024.
        vintage: its vintage, from 1.
        title: of the release, for people; says so where its returns are invented.
        reference_year: the year that the figures stand for.
        published_at: the moment of publication, in UTC.
        signed_by: who approved it.
        known_errors: entries of the register that bite.
        content_digest: SHA-256 over its figures and texts.
        code_version: the program that made it.
        synthetic: whether its returns are invented.
        besides: what is told besides, label and text: of a copy for one reader.
    """

    edition: str
    vintage: int
    title: str
    reference_year: int
    published_at: datetime
    signed_by: str
    known_errors: int
    content_digest: str
    code_version: str
    synthetic: bool
    besides: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, release: dict[str, Any], reference_year: int, published_at: datetime) -> About:
        """What the row of a release in the table `releases` says.

        Args:
            release: edition, vintage, signed_by, known_errors (how many), content_digest, code_version, synthetic.
            reference_year: of the edition.
            published_at: when the vintage went out, in UTC.
        """
        named = title(release["edition"], release["vintage"], synthetic=release["synthetic"])
        told = ("edition", "vintage", "signed_by", "known_errors", "content_digest", "code_version", "synthetic")
        rest = {name: release[name] for name in told}
        return cls(title=named, reference_year=reference_year, published_at=published_at, **rest)

    @property
    def name(self) -> str:
        """A name for programs, e.g. gci-2024-v1."""
        return f"gci-{self.edition}-v{self.vintage}"

    @property
    def version(self) -> str:
        """Edition and vintage as a version of three numbers: 2024.1.0."""
        return f"{self.edition}.{self.vintage}.0"

    @property
    def day(self) -> str:
        """The day of publication."""
        return self.published_at.date().isoformat()

    @property
    def moment(self) -> str:
        """The moment of publication to the second, in UTC."""
        return self.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def description(self) -> str:
        """One sentence on what this is."""
        return f"{_WHAT} {self.edition}, vintage {self.vintage}."

    @property
    def told(self) -> dict[str, str]:
        """What a reader is told of it, label and text, in their order."""
        return {
            "Title": self.title,
            **self.besides,
            "Edition": self.edition,
            "Vintage": str(self.vintage),
            "Published at": self.moment,
            "Signed off by": self.signed_by,
            "Publisher": PRODUCER,
            "Source": SOURCE,
            "Licence": LICENCE,
            "To cite": self.cite,
            "Content digest": self.content_digest,
            "Code version": self.code_version,
        }

    @property
    def cite(self) -> str:
        """How to cite it."""
        return f"{self.title}, published {self.day}, content digest {self.content_digest[:12]}."


def reference_year(connection: duckdb.DuckDBPyConnection, edition: str) -> int:
    """The year that the figures of an edition stand for."""
    asked = f"select reference_year from editions where edition = {quoted(edition)}"
    found = [row["reference_year"] for row in rows(connection, asked)]
    return int(found[0] if found and found[0] is not None else edition)
