"""Descriptions of sources: a new one is a YAML file and no code; a wrong one is named by file and key."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from gci.collect.check_file import check_file
from gci.collect.collect import collect_files
from gci.core.paths import PARTNERS, DataFolders
from gci.partners.contracts import BrokenContractError, contracts
from gci.reference.validation_context import validation_context

NEW = """\
source: broadband
title: Broadband prices
owner: An owner
licence: CC BY 4.0
page: https://example.org/broadband
format: csv
cadence_days: 365
stale_days: 500
layouts:
  table:
    columns: [Land, Jahr, Preis]
    delimiter: ";"
    encoding: cp1252
roles: {area: Land, period: Jahr}
area_codes: name
measures:
  Preis: {series: price, empty: missing}
units: {USD: [0, 1000]}
series:
  price: {unit: USD, title: Price of a basket}
"""
SENT = "Land;Jahr;Preis\nCôte d'Ivoire;2024;12.5\nEstonia;2024;\n"


def written(folder: Path, text: str, name: str = "broadband.yml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_new_source_is_a_description_and_no_code(tmp_path: Path) -> None:
    book = replace(validation_context(), described_in=(written(tmp_path / "partners", NEW),))
    folders = DataFolders(tmp_path / "data")
    path = folders.inbox / "partners" / "broadband" / "prices.2025-02-01.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(SENT.encode("cp1252"))
    table = check_file(path, "partners", book=book).table
    assert table is not None
    assert [(row["iso3"], row["period"], row["value"], row["obs_status"]) for row in table.to_pylist()] == [
        ("CIV", "2024", 12.5, None),
        ("EST", "2024", None, "O"),
    ]
    (receipt,) = collect_files("partners", [path], datetime(2025, 2, 2, tzinfo=UTC), folders, book)
    assert (receipt.verdict, receipt.source, receipt.answered, receipt.items) == ("accepted", "broadband", 1, 2)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("owner: An owner\n", ""), "the file: 'owner' is a required property"),
        (("stale_days: 500", "stale_days: soon"), "stale_days: 'soon' is not of type 'integer'"),
        (("stale_days: 500", "stale_days: 500\ncolour: red"), "the file: Additional properties"),
        (("format: csv", "format: pdf"), "format: 'pdf' is not one of"),
        (("{area: Land,", "{area: Staat,"), "roles.area: there is no column 'Staat'"),
        (("{series: price, empty", "{series: preis, empty"), "measures.Preis.series: there is no series 'preis'"),
        (("Preis: {series: price, empty: missing}", "Price: {series: price}"), "measures.Price: there is no column"),
        (("unit: USD", "unit: EUR"), "series.price.unit: there is no unit 'EUR'"),
        (("source: broadband", "source: narrowband"), "source: 'narrowband' is not the name of the file"),
        (("area_codes: name", "area_codes: name\ntolerates: [rust]"), "tolerates: there is no problem 'rust'"),
        (
            ("area_codes: name", "area_codes: name\nnot_states: [moons]"),
            "not_states: _defaults.yml has no list 'moons'",
        ),
        (("measures:\n  Preis: {series: price, empty: missing}\n", ""), "measures: say in exactly one way"),
        (("    encoding: cp1252", '    further: "(["'), "the pattern '(['"),
        (("source: broadband", "source: [broadband"), "is no YAML"),
    ],
)
def test_a_wrong_description_is_named_by_file_and_key(change: tuple[str, str], key: str, tmp_path: Path) -> None:
    assert change[0] in NEW
    with pytest.raises(BrokenContractError) as raised:
        contracts(written(tmp_path, NEW.replace(*change)))
    assert str(raised.value).startswith("broadband.yml")
    assert key in str(raised.value)


def test_every_description_says_who_owns_the_data_and_under_which_terms() -> None:
    for source, contract in contracts().items():
        assert contract.owner, source
        assert contract.licence, source
        assert contract.page.startswith("https://"), source
        assert contract.stale_days > contract.cadence_days, source
        assert all(series.title or source == "data360" for series in contract.series.values()), source


def test_areas_that_are_no_states_are_none_of_the_member_states() -> None:
    states = validation_context().states
    for contract in contracts().values():
        listed = [area for area in contract.not_states if area in states or validation_context().names.resolve(area)]
        assert listed == []
        assert set(contract.areas.values()) <= set(states)


def test_shared_lists_are_read_by_somebody() -> None:
    shared = yaml.safe_load((PARTNERS / "_defaults.yml").read_text("utf-8"))["not_states"]
    used = {
        name for path in PARTNERS.glob("[!_]*.yml") for name in yaml.safe_load(path.read_text()).get("not_states", [])
    }
    assert used == set(shared)
