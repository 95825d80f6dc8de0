"""What describes a release, and its scores in the forms that other programs take: all made from one declaration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gci.core import canonical_json
from gci.publish.formats import coin, sdmx
from gci.publish.formats.about import About
from gci.publish.formats.citation import citation
from gci.publish.formats.codebook import codebook
from gci.publish.formats.croissant import croissant
from gci.publish.formats.data_package import data_package
from gci.publish.formats.dcat import dcat
from gci.publish.formats.dictionary import Table
from gci.publish.formats.files import listed
from gci.publish.formats.needs import met

if TYPE_CHECKING:
    import duckdb


def write(
    connection: duckdb.DuckDBPyConnection,
    about: About,
    tables: tuple[Table, ...],
    folder: Path,
    languages: Sequence[str] = (),
) -> None:
    """Write sdmx/, coin/, codebook.html, CITATION.cff, datapackage.json, croissant.json and dcat.jsonld.

    Args:
        connection: has the release's file in use (gci.core.database.warehouse_file.reading).
        about: the release.
        tables: its declaration (gci.publish.formats.dictionary).
        folder: of the release; its tables lie there as CSV and Parquet, and its workbook.
        languages: codes of the languages that it has pages in.
    """
    made: list[Path] = []
    if met(connection, sdmx.NEEDS):
        made += sdmx.write(connection, about, _folder(folder, sdmx.FOLDER))
    if met(connection, coin.NEEDS):
        made += coin.write(connection, about, _folder(folder, coin.FOLDER))
    (folder / "codebook.html").write_text(codebook(about, tables), encoding="utf-8")
    (folder / "CITATION.cff").write_text(citation(about), encoding="utf-8")
    parts = (path for kind in ("csv", "parquet") for path in sorted((folder / kind).iterdir()))
    there = [folder / "gci.duckdb", *sorted(folder.glob("*.xlsx")), folder / "codebook.html", *parts, *made]
    files = listed(folder, there)
    documents = {
        "datapackage.json": data_package(about, tables, files),
        "croissant.json": croissant(about, tables, files),
        "dcat.jsonld": dcat(about, files.values(), languages),
    }
    for name, document in documents.items():
        (folder / name).write_bytes(canonical_json.document(document))


def _folder(release: Path, name: str) -> Path:
    (release / name).mkdir()
    return release / name
