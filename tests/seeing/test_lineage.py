"""The events alone lead from a published score back to the landing zone."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from notifications.run_told import Told
from seeing.run_seen import Seen
from watched_run import events_file

Column = tuple[str, str, str]


def made_of(events: list[dict[str, Any]]) -> dict[Column, set[Column]]:
    """By column (namespace, table, column) the columns that it is made of, as the events of finished runs say."""
    found: dict[Column, set[Column]] = defaultdict(set)
    for event in events:
        if event["eventType"] not in ("COMPLETE", "RUNNING"):
            continue
        for output in event["outputs"]:
            fields = output.get("facets", {}).get("columnLineage", {}).get("fields", {})
            for column, said in fields.items():
                found[output["namespace"], output["name"], column] |= {
                    (one["namespace"], one["name"], one["field"]) for one in said["inputFields"]
                }
    return found


def reached(start: Column, graph: dict[Column, set[Column]]) -> set[Column]:
    """Everything that a column is made of, all the way."""
    found: set[Column] = set()
    left = [start]
    while left:
        for origin in graph.get(left.pop(), ()):
            if origin not in found:
                found.add(origin)
                left.append(origin)
    return found


def test_a_published_score_is_made_of_what_landed(seen: Seen) -> None:
    current = str(seen.data / "published/gci.duckdb")
    graph = made_of(seen.events)
    origins = reached((f"duckdb://{current}", "gci.main.overall_scores", "score"), graph)
    assert ("file", str(seen.data / "landing/survey"), "answer") in origins
    assert ("file", str(seen.data / "landing/reviews"), "answer") in origins
    tables = {name.rpartition(".")[2] for _, name, _ in origins}
    assert {"int_indicator_scores", "int_answers", "int_answers_resolved", "stg_survey__answers"} <= tables
    assert ("file", str(seen.data / "landing/partners"), "value") not in origins, "partners never move a score"


def test_the_landing_zone_is_written_by_the_task_that_collects(seen: Seen) -> None:
    landing = ("file", str(seen.data / "landing/survey"))
    writers = {
        event["job"]["name"]
        for event in seen.events
        for output in event["outputs"]
        if (output["namespace"], output["name"]) == landing
    }
    assert writers == {"collect_survey.landing.collect_batch"}


def test_nearly_every_column_of_the_marts_has_an_origin(seen: Seen) -> None:
    marts = {key: origins for key, origins in made_of(seen.events).items() if ".main." in key[1]}
    without = {(name.rpartition(".")[2], column) for (_, name, column), origins in marts.items() if not origins}
    assert len(marts) > 400  # of the candidate and of the published file
    assert len(without) < 0.05 * len(marts), without  # constants and counts of rows
    scores = {"answers", "indicator_scores", "pillar_scores", "overall_scores"}
    assert not {one for one in without if one[0] in scores}


def test_models_hang_below_the_task_that_built_them(seen: Seen) -> None:
    models = [event for event in seen.events if event["job"]["name"].endswith("overall_scores.build.run")]
    assert {event["eventType"] for event in models} == {"START", "COMPLETE"}
    assert {event["run"]["facets"]["parent"]["job"]["name"] for event in models} == {
        "build_index.build.build_candidate"
    }


def test_it_is_off_in_a_shell_unless_asked_for(told: Told) -> None:
    assert told.first.document["editions"][0]["outcome"] == "blocked", "it ran"
    assert not events_file(told.data).exists()
