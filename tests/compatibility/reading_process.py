"""Reads what describes releases with the programs in a folder: `python -I reading_process.py FOLDER NAMES RELEASE …`.

Prints as JSON what each of the programs named (parted by commas) made of each release, by the release's edition.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def frictionless(release: Path) -> dict[str, Any]:
    """The Data Package: whether every table keeps its schema, and what is wrong."""
    from frictionless import Package

    os.chdir(release)
    report = Package("datapackage.json").validate()
    wrong = [" ".join(map(str, one)) for one in report.flatten(["title", "rowNumber", "fieldName", "note"])]
    return {"valid": report.valid, "tables": [task.name for task in report.tasks], "wrong": wrong}


def pysdmx(release: Path) -> dict[str, Any]:
    """SDMX, as pysdmx reads it: it holds the structures against the schemas of the standard."""
    from pysdmx.io import get_datasets, read_sdmx

    structures = read_sdmx(release / "sdmx" / "structures.xml", validate=True)
    (found,) = get_datasets(release / "sdmx" / "scores.csv", release / "sdmx" / "structures.xml")
    lists = {one.id: [code.id for code in one.items] for one in structures.get_codelists()}
    rows = found.data.astype(str).to_dict("records")
    return {"lists": lists, "structure": found.short_urn, "rows": rows}


def sdmx1(release: Path) -> dict[str, Any]:
    """SDMX, as sdmx1 reads it."""
    import sdmx

    structure = sdmx.read_sdmx(release / "sdmx" / "structures.xml").structure["GCI"]
    (found,) = sdmx.read_sdmx(release / "sdmx" / "scores.csv", structure=structure).data
    key = ("REF_AREA", "INDICATOR", "TIME_PERIOD")
    return {"rows": [[*(str(one.key[part].value) for part in key), one.value] for one in found.obs]}


def mlcroissant(release: Path) -> dict[str, Any]:
    """Croissant: the records of one table as the program reads them, once it has held the file's digest."""
    import mlcroissant

    dataset = mlcroissant.Dataset(str(release / "croissant.json"))
    records = list(dataset.records("overall_scores"))
    plain = [{name: getattr(value, "decode", lambda v=value: v)() for name, value in one.items()} for one in records]
    return {"wrong": sorted(dataset.metadata.issues.errors), "rows": plain}


def rdflib(release: Path) -> dict[str, Any]:
    """DCAT: the files that it names, with their digests."""
    from rdflib import Graph, Namespace

    dcat, spdx = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://spdx.org/rdf/terms#")
    file = release / "dcat.jsonld"
    graph = Graph().parse(file, format="json-ld", publicID=file.as_uri())
    found = {}
    for one in graph.subjects(dcat.downloadURL):
        address = str(graph.value(one, dcat.downloadURL))
        found[address] = str(graph.value(graph.value(one, spdx.checksum), spdx.checksumValue))
    return {"files": found}


def main(folder: str, names: str, releases: list[str]) -> None:
    """Ask every program about every release."""
    sys.path.insert(0, folder)
    asked = {name: globals()[name] for name in names.split(",")}
    said = {Path(one).parent.name: {name: ask(Path(one)) for name, ask in asked.items()} for one in releases}
    print(json.dumps(said, default=str))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
