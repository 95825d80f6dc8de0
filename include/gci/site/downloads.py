"""What a release holds besides its pages, so that pages can lead to it before it is there: they are signed first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gci.site.content import Content
from gci.texts import marked


class Download(NamedTuple):
    """A file that lies with the pages once they are published.

    Attributes:
        name: its path in the release.
        says: what it holds, a key of the catalogues.
        table: the table of which it has the rows, if it is about one.
    """

    name: str
    says: str
    table: str | None = None


WHOLE = {
    "gci.duckdb": marked("The whole warehouse: all editions, every table and column with its comment."),
    "gci_{edition}_v{vintage}.xlsx": marked(
        "The edition as a workbook, with a sheet of formulas from answers to score."
    ),
    "codebook.html": marked("The codebook: every table and column, its unit and its codes, in English."),
    "datapackage.json": marked("The tables as a Data Package, for programs that read such."),
    "sdmx/structures.xml": marked("SDMX: the structures of the scores."),
    "sdmx/scores.csv": marked("SDMX-CSV: the scores with their observation status."),
    "coin/iData.csv": marked("For the COIN tool of the Joint Research Centre: the indicators of each state."),
    "coin/iMeta.csv": marked("For the COIN tool of the Joint Research Centre: the framework and its weights."),
    "croissant.json": marked("The tables as a Croissant dataset, for machine learning."),
    "dcat.jsonld": marked("What a catalogue of data needs to know (DCAT)."),
    "CITATION.cff": marked("How to cite the release, for programs."),
    "audit/report.html": marked("The report of the statistical audit, in English."),
    "audit/report.pdf": marked("The same report on paper."),
    "audit/draws.parquet": marked("Every draw of the audit."),
    "notes.md": marked("What has changed since the vintage before, in English."),
    "release.json": marked("Who signed what, when, with which inputs and checks."),
    "SHA256SUMS": marked("The digest of every file."),
}
"""What the release of an edition holds, and what it says."""

OF_PARTNERS = ("gci.duckdb", "notes.md", "release.json", "SHA256SUMS")
"""What of it that of partner data has: a workbook of a hundred thousand rows is for nobody."""


def downloads(content: Content) -> Iterator[Download]:
    """The files of the release that the pages belong to, the whole ones first."""
    for name, says in WHOLE.items():
        if content.of_partners and name not in OF_PARTNERS:
            continue
        yield Download(name.format(edition=content.name, vintage=content.vintage), says)
    for table in content.tables:
        for kind in ("csv", "parquet"):
            yield Download(f"{kind}/{table}.{kind}", "", table)
