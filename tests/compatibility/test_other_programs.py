"""Programs that others wrote, in an environment of their own, read what describes a release, and find the database."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest
import yaml

from gci.core.checksums import read_sums
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.publish.formats.dictionary import dictionary

EDITIONS = ("2020", "2024")
PROGRAMS = ("frictionless==5.21.0", "pysdmx[data,xml]==1.21.0", "sdmx1==2.28.0", "mlcroissant==1.1.1", "rdflib==7.6.0")
NAMES = "frictionless,pysdmx,sdmx1,mlcroissant,rdflib"
READING = Path(__file__).with_name("reading_process.py")
FIGURES = """
select iso3, 'overall' as indicator, score as value from overall_scores where edition = $edition
union all select iso3, 'tier', tier from overall_scores where edition = $edition and $edition = '2024'
union all select iso3, 'rank', rank from overall_scores where edition = $edition and $edition = '2020'
union all select iso3, pillar, score from pillar_scores where edition = $edition
union all select iso3, indicator, score from indicator_scores where edition = $edition"""
Said = dict[str, dict[str, Any]]


def installed(folder: Path, *words: str) -> Path:
    """The folder, with packages from the package index."""
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--system-certs", "--python", sys.executable]
    done = subprocess.run([*uv, "--target", str(folder), *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words} could not be had from the package index: {done.stderr}"
    return folder


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("programs"), *PROGRAMS)


def asked(programs: Path, names: str, releases: list[Path]) -> Said:
    words = [sys.executable, "-I", str(READING), str(programs), names, *map(str, releases)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: Said = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def said(programs: Path, published_data: DataFolders) -> Said:
    """What every program says of both releases."""
    return asked(programs, NAMES, [published_data.release(edition, 1) for edition in EDITIONS])


def figures(edition: str, folders: DataFolders) -> dict[tuple[str, str], float | None]:
    """Every score of an edition by state and indicator, without those of states of which nothing is known."""
    with duckdb.connect(str(folders.release(edition, 1) / "gci.duckdb"), read_only=True) as connection:
        found = connection.execute(FIGURES, {"edition": edition}).fetchall()
        unknown = {
            iso3
            for (iso3,) in connection.execute(
                "select iso3 from overall_scores where edition = ? and respondent_status = 'no_data'", [edition]
            ).fetchall()
        }
    return {(iso3, indicator): None if iso3 in unknown else value for iso3, indicator, value in found}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_data_package_is_valid_with_every_table(edition: str, said: Said, published_data: DataFolders) -> None:
    found = said[edition]["frictionless"]
    assert (found["valid"], found["wrong"]) == (True, [])
    assert found["tables"] == sorted(path.stem for path in (published_data.release(edition, 1) / "csv").iterdir())


def test_the_data_package_refuses_a_figure_that_no_score_can_be(
    programs: Path, published_data: DataFolders, tmp_path: Path
) -> None:
    release, spoilt = published_data.release("2024", 1), tmp_path / "2024" / "v1"
    (spoilt / "csv").mkdir(parents=True)
    document = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    document["resources"] = [one for one in document["resources"] if one["name"] == "pillar_scores"]
    del document["resources"][0]["hash"], document["resources"][0]["bytes"]
    (spoilt / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    text = (release / "csv" / "pillar_scores.csv").read_text(encoding="utf-8")
    (spoilt / "csv" / "pillar_scores.csv").write_text(
        text.replace("2024,AFG,legal,5", "2024,AFG,legal,25"), encoding="utf-8"
    )
    found = asked(programs, "frictionless", [spoilt])["2024"]["frictionless"]
    assert not found["valid"]
    assert "maximum" in found["wrong"][0]


@pytest.mark.parametrize("edition", EDITIONS)
def test_sdmx_gives_every_figure_with_its_status(edition: str, said: Said, published_data: DataFolders) -> None:
    found = said[edition]["pysdmx"]
    read = {
        (row["REF_AREA"], row["INDICATOR"]): None
        if str(row["OBS_VALUE"]).lower() in ("", "nan")
        else float(row["OBS_VALUE"])
        for row in found["rows"]
    }
    assert read == figures(edition, published_data)
    assert found["structure"] == f"Dataflow=ITU:GCI({edition}.1.0)"
    lists = {"REF_AREA": "CL_AREA", "INDICATOR": "CL_GCI_INDICATOR", "OBS_STATUS": "CL_OBS_STATUS"}
    for column, name in (lists | {"UNIT_MEASURE": "CL_GCI_UNIT"}).items():
        assert {row[column] for row in found["rows"]} <= set(found["lists"][name]), column
    for row in found["rows"]:
        assert (row["OBS_STATUS"] in ("O", "L", "Q")) == (read[row["REF_AREA"], row["INDICATOR"]] is None), row


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_second_program_reads_the_same_sdmx(edition: str, said: Said, published_data: DataFolders) -> None:
    read = {(iso3, indicator): value for iso3, indicator, _, value in said[edition]["sdmx1"]["rows"]}
    due = figures(edition, published_data)
    assert {key: float(value) for key, value in read.items() if value} == {
        key: value for key, value in due.items() if value is not None
    }
    assert read.keys() == due.keys()


@pytest.mark.parametrize("edition", EDITIONS)
def test_croissant_gives_the_records(edition: str, said: Said, published_data: DataFolders) -> None:
    found = said[edition]["mlcroissant"]
    assert found["wrong"] == []
    read = {row["overall_scores/iso3"]: row["overall_scores/score"] for row in found["rows"]}
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        due = connection.execute("select iso3, score from overall_scores where edition = ?", [edition]).fetchall()
    assert read == dict(due)


@pytest.mark.parametrize("edition", EDITIONS)
def test_dcat_names_files_that_are_there_with_their_digests(
    edition: str, said: Said, published_data: DataFolders
) -> None:
    release = published_data.release(edition, 1)
    named = {
        address.removeprefix(release.as_uri() + "/"): one for address, one in said[edition]["rdflib"]["files"].items()
    }
    there = read_sums(release)
    assert {
        "gci.duckdb",
        f"gci_{edition}_v1.xlsx",
        "sdmx/scores.csv",
        "coin/iData.csv",
        "csv/answers.csv",
    } <= named.keys()
    assert {name: there[name] for name in named} == named


def test_the_citation_keeps_the_format(published_data: DataFolders, tmp_path: Path) -> None:
    schema = installed(tmp_path, "--no-deps", "cffconvert==2.0.0") / "cffconvert" / "schemas" / "1.2.0" / "schema.json"
    text = (published_data.release("2024", 1) / "CITATION.cff").read_text(encoding="utf-8")
    told = yaml.load(text, Loader=yaml.BaseLoader)  # days stay texts, as the schema wants them
    jsonschema.validate(told, json.loads(schema.read_text(encoding="utf-8")))
    assert told["version"] == "2024.1.0"


@pytest.mark.parametrize("edition", EDITIONS)
def test_weights_and_data_for_the_coin_tool_give_the_published_scores(
    edition: str, published_data: DataFolders
) -> None:
    folder = published_data.release(edition, 1) / "coin"
    data, meta = (list(csv.DictReader((folder / name).open(encoding="utf-8"))) for name in ("iData.csv", "iMeta.csv"))
    below = {one["iCode"]: [two for two in meta if two["Parent"] == one["iCode"]] for one in meta}

    def scored(node: str, row: dict[str, str]) -> float:
        if not below[node]:
            return float(row[node])
        weights = [float(one["Weight"]) for one in below[node]]
        parts = [scored(one["iCode"], row) for one in below[node]]
        return sum(weight * part for weight, part in zip(weights, parts, strict=True)) / sum(weights)

    due = {key[0]: value for key, value in figures(edition, published_data).items() if key[1] == "overall"}
    known = [row for row in data if row["ls1"]]
    assert {row["uCode"] for row in data} == due.keys()
    assert {row["uCode"] for row in known} == {iso3 for iso3, score in due.items() if score is not None}
    for row in known:
        assert 100 * scored("GCI", row) == pytest.approx(due[row["uCode"]], abs=1e-6), row["uCode"]


def test_every_number_of_a_release_says_what_it_is_counted_in(published_data: DataFolders) -> None:
    from gci.core.database.warehouse_file import reading

    with reading(published_data.current) as connection:
        tables = [*dictionary(connection, "2024"), *dictionary(connection, PARTNERS)]
    unknown = [f"{table.name}.{column.name}" for table in tables for column in table.columns if column.unit == ""]
    assert unknown == [], "name them in include/gci/publish/formats/units.yml"
    bare = [one.name for table in tables for one in table.columns if one.type.startswith("DOUBLE") and not one.unit]
    assert bare == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_parquet_files_say_what_they_are(edition: str, published_data: DataFolders) -> None:
    file = published_data.release(edition, 1) / "parquet" / "overall_scores.parquet"
    told = {
        bytes(name).decode(): bytes(text).decode()
        for name, text in duckdb.sql(f"select key, value from parquet_kv_metadata('{file}')").fetchall()
    }
    assert told["title"] == f"Global Cybersecurity Index {edition}, vintage 1"
    assert {"licence", "source", "table"} <= told.keys()
    columns = [name for name, *_ in duckdb.sql(f"describe from '{file}'").fetchall()]
    assert list(json.loads(told["columns"])) == columns
