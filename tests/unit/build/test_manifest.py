from __future__ import annotations

import json

from gci.build.manifest import documents
from gci.build.news import inputs
from gci.paths import DataFolders
from gci.publish.release import publish
from landed import land_partner, land_replay, land_return, land_review
from small_candidate import sign_off, small_candidate


def manifest(edition: str, folders: DataFolders) -> dict:
    return json.loads(documents(inputs(edition, folders), 1, folders)["manifest.json"])


def test_it_names_every_input_of_the_edition_and_all_partner_files(folders: DataFolders) -> None:
    state = land_return(folders, "2024", "EST", {"ls1": "1"})
    desk = land_return(folders, "2024", "FIN", {"ls1": "1"}, "desk")
    review = land_review(folders, "2024", [("EST", "ls1", "accepted", None)])
    partner = land_partner(folders, "EST", "1")
    found = manifest("2024", folders)
    assert found["editions"] == [{"edition": "2024", "vintage": 1}]
    assert found["inputs"] == [
        {"edition": None, "kind": "partners", "digest": partner},
        {"edition": "2024", "kind": "reviews", "digest": review},
        *({"edition": "2024", "kind": "survey", "digest": digest} for digest in sorted([state, desk])),
    ]


def test_what_landed_for_an_edition_that_was_never_released_does_not_go_in(folders: DataFolders) -> None:
    land_replay(folders, "2020", ["EST"])
    land_replay(folders, "2024", ["EST"])
    assert {entry["edition"] for entry in manifest("2024", folders)["inputs"]} == {"2024"}


def test_a_released_edition_goes_in_with_exactly_its_inputs(folders: DataFolders) -> None:
    first = small_candidate(folders, "2020")
    publish(first, sign_off(first), folders)
    land_replay(folders, "2020", ["EST"])
    land_replay(folders, "2024", ["EST"])
    found = manifest("2024", folders)
    assert found["editions"] == [{"edition": "2020", "vintage": 1}, {"edition": "2024", "vintage": 1}]
    of_2020 = [entry for entry in found["inputs"] if entry["edition"] == "2020"]
    assert of_2020 == [{"edition": "2020", "kind": "survey", "digest": "a" * 64}]


def test_the_rows_of_earlier_releases_are_carried_over(folders: DataFolders) -> None:
    first = small_candidate(folders, "2020")
    publish(first, sign_off(first), folders)
    second = small_candidate(folders, "2020", vintage=2, score=50)
    publish(second, sign_off(second), folders)
    land_replay(folders, "2024", ["EST"])
    texts = documents(inputs("2024", folders), 1, folders)
    rows = json.loads(texts["releases.json"])
    assert [(row["edition"], row["vintage"]) for row in rows] == [("2020", 1), ("2020", 2)]
    assert rows[0]["signed_at"] == "2026-01-02 03:04:05"
    gates = json.loads(texts["gate_results.json"])
    assert len(gates) == 6
    assert {row["vintage"] for row in gates} == {1, 2}


def test_the_same_inputs_give_the_same_text(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["FIN", "EST"])
    now = inputs("2024", folders)
    assert documents(now, 1, folders) == documents(now, 1, folders)
    assert now.digest == manifest("2024", folders)["inputs_digest"]
