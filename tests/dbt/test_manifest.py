"""How the dbt project hangs together, sentence by sentence, as dbt's own manifest of it says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from gci.core.paths import EXPECTATIONS, PROJECT
from warehouse import warehouse

Nodes = dict[str, dict[str, Any]]
OF_WHAT_IS_PUBLISHED = {"int_audit"}
"""Reads marts as the gate and `gci audit` do, from the published file: the audit is of what goes out."""
STEPS = {"int_findings", "int_findings_in_changes", "int_findings_in_files", "int_findings_in_links"}
STEPS |= {"int_findings_in_pairs", "int_findings_in_partners", "int_findings_gathered"}
"""Findings that several files may say at once, row by row the same: int_case_intervals, which has a key, joins them."""
STAGING, INTERMEDIATE, PUBLISHED = "staging", "intermediate", ("marts", "survey")


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    said: dict[str, Any] = json.loads((warehouse().both.folder / "dbt" / "manifest.json").read_bytes())
    return said


@pytest.fixture(scope="module")
def nodes(manifest: dict[str, Any]) -> Nodes:
    """Models and seeds by their id."""
    found = {name: node for name, node in manifest["nodes"].items() if node["resource_type"] in ("model", "seed")}
    assert len(found) > 150
    return found


def layer(node: dict[str, Any]) -> str:
    """The folder of models that a model lies in; `seed` for a seed."""
    return "seed" if node["resource_type"] == "seed" else str(node["fqn"][1])


def edges(nodes: Nodes) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Who reads whom."""
    return [
        (node, nodes[read]) for node in nodes.values() for read in node["depends_on"].get("nodes", ()) if read in nodes
    ]


def told(node: dict[str, Any]) -> list[dict[str, Any]]:
    return list(node["columns"].values())


def names(found: list[dict[str, Any]]) -> list[str]:
    return sorted(node["name"] for node in found)


def test_seeds_are_called_so_and_read_by_staging_alone(nodes: Nodes) -> None:
    assert names([node for node in nodes.values() if layer(node) == "seed" and node["name"][:5] != "seed_"]) == []
    assert {layer(one) for one, read in edges(nodes) if layer(read) == "seed"} == {STAGING}


def test_sources_are_read_by_staging_alone(manifest: dict[str, Any], nodes: Nodes) -> None:
    reading = [node for node in nodes.values() if set(node["depends_on"].get("nodes", ())) & set(manifest["sources"])]
    assert {layer(node) for node in reading} == {STAGING}


def test_no_mart_is_read_by_an_intermediate(nodes: Nodes) -> None:
    backwards = {one["name"] for one, read in edges(nodes) if layer(read) in PUBLISHED and layer(one) not in PUBLISHED}
    assert backwards == OF_WHAT_IS_PUBLISHED


def test_no_model_is_called_by_its_layer_where_people_read_it(nodes: Nodes) -> None:
    published = [node for node in nodes.values() if layer(node) in PUBLISHED]
    assert names([node for node in published if node["name"].startswith(("mart_", "fct_", "dim_", "int_"))]) == []
    prefixes = {STAGING: "stg_", INTERMEDIATE: "int_"}
    wrong = [node for node in nodes.values() if not node["name"].startswith(prefixes.get(layer(node), ""))]
    assert names(wrong) == []


def test_every_model_that_holds_rows_of_its_own_has_a_key(nodes: Nodes) -> None:
    """Of marts the file holds it, of all others the end of each run (macro assert_primary_keys)."""
    held = [node for node in nodes.values() if layer(node) in (INTERMEDIATE, *PUBLISHED)]
    keyless = [node for node in held if not any(one["type"] == "primary_key" for one in node["constraints"])]
    assert set(names(keyless)) == STEPS


def test_nothing_is_unread(nodes: Nodes) -> None:
    """A model is published or read by another; a seed that none reads, by the program or a rule of the gates."""
    read = {read["name"] for _, read in edges(nodes)}
    unread = [node for node in nodes.values() if layer(node) not in PUBLISHED and node["name"] not in read]
    assert names([node for node in unread if layer(node) != "seed"]) == []
    program = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "include" / "gci").rglob("*.py"))
    rules = "".join(path.read_text(encoding="utf-8") for path in EXPECTATIONS.rglob("*.sql"))
    for seed in unread:
        name = seed["name"].removeprefix("seed_")
        assert name in program or f"seeds.{name}" in rules, name


def test_every_exposure_has_an_owner_and_stands_on_what_is_published(manifest: dict[str, Any], nodes: Nodes) -> None:
    exposures = {one["name"]: one for one in manifest["exposures"].values()}
    assert set(exposures) == {"analysts_file", "site", "status_page"}
    for name, one in exposures.items():
        assert one["owner"]["name"], name
        assert one["description"], name
        assert {layer(nodes[read]) for read in one["depends_on"]["nodes"]} <= set(PUBLISHED), name


def test_every_model_belongs_to_a_group_with_an_owner(manifest: dict[str, Any], nodes: Nodes) -> None:
    owners = {one["name"]: one["owner"]["name"] for one in manifest["groups"].values()}
    assert names([node for node in nodes.values() if node["resource_type"] == "model" and not node["group"]]) == []
    assert all(owners.values())


def test_macros_are_described_with_what_they_are_given(manifest: dict[str, Any]) -> None:
    ours = [one for one in manifest["macros"].values() if one["package_name"] == "gci"]
    overriding = ("materialization_", "generate_", "duckdb__")  # dbt knows what they are given
    for macro in ours:
        assert macro["description"], macro["name"]
        if not macro["name"].startswith(overriding):
            assert all(one["description"] for one in macro["arguments"]), macro["name"]


def test_columns_are_described(nodes: Nodes) -> None:
    models = [node for node in nodes.values() if layer(node) != "seed"]
    bare = [f"{node['name']}.{one['name']}" for node in models for one in told(node) if not one["description"]]
    assert bare == []
    assert names([node for node in models if not node["description"]]) == []
