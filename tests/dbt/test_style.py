"""How models are written: docs and tests beside them, short, one shape."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from gci.core.paths import DBT_PROJECT
from gci.reference.seed_files import seeds_of_kind


def test_every_model_has_its_yml_beside_it_with_the_grain_first(models: list[Path]) -> None:
    for path in models:
        (model,) = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["models"]
        assert model["name"] == path.stem
        assert model["description"].startswith("One row per "), path.stem


def test_models_are_at_most_80_lines_and_end_in_a_plain_select(models: list[Path]) -> None:
    for path in models:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 80, path.stem
        last = text.rstrip().rsplit("\n\n", 1)[-1]
        assert last.startswith(("select", "{{ pillar_table(")), path.stem
        assert "join" not in last, path.stem


def test_only_one_macro_ranks_and_tiers(models: list[Path]) -> None:
    ranking = [path.name for path in models if "rank()" in path.read_text(encoding="utf-8")]
    assert ranking == []
    macros = [path.name for path in (DBT_PROJECT / "macros").glob("*.sql") if "rank()" in path.read_text()]
    assert macros == ["rank_and_tier.sql"]


def test_sums_over_scores_are_ordered(models: list[Path]) -> None:
    for path in models:
        for part in path.read_text(encoding="utf-8").split("sum(")[1:]:
            assert " order by " in part.split("\n")[0], f"{path.stem}: sum({part[:40]}"


def test_sources_and_seeds_are_read_in_staging_alone(models: list[Path]) -> None:
    for path in models:
        text = path.read_text(encoding="utf-8")
        if "source(" in text or "ref('seed_" in text or "_seeds()" in text:
            assert path.name.startswith("stg_"), path.stem


def test_intermediates_read_staging_and_one_another_alone(models: list[Path]) -> None:
    for path in models:
        if path.name.startswith("int_"):
            read = re.findall(r"ref\('(\w+)'\)", path.read_text(encoding="utf-8"))
            assert [name for name in read if not name.startswith(("stg_", "int_"))] == [], path.stem


def test_the_list_of_frameworks_for_dbt_by_hand_is_the_one_in_the_folder() -> None:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    seeds = list(seeds_of_kind("framework"))
    assert project["vars"]["frameworks"] == seeds, "add the new edition to vars: frameworks in dbt_project.yml"


def test_the_list_of_allotments_for_dbt_by_hand_is_the_one_in_the_folder() -> None:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    seeds = list(seeds_of_kind("allotment"))
    assert project["vars"]["allotments"] == seeds, "add the expert to vars: allotments in dbt_project.yml"


def test_nothing_is_sent_anywhere() -> None:
    project = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["flags"]["send_anonymous_usage_stats"] is False
    assert not (DBT_PROJECT / "packages.yml").exists()
    assert not (DBT_PROJECT / "dependencies.yml").exists()
