from __future__ import annotations

import json

import duckdb
import pytest

from gci.build.change_detection import inputs
from gci.build.manifest import documents
from gci.core.errors import WrongUsage
from gci.core.gates import GATES
from gci.core.paths import DataFolders
from gci.core.replications import REPLICATIONS, SETTING, replications
from gci.publish.release import publish
from landed import land_partner, land_replay, land_return, land_review
from small_candidate import sign_off, small_candidate, write_gates


def manifest(edition: str, folders: DataFolders) -> dict:
    return json.loads(documents(inputs(edition, folders), 1, folders)["manifest.json"])


def test_it_names_every_input_of_the_edition_and_all_partner_files(folders: DataFolders) -> None:
    state = land_return(folders, "2024", "EST", {"ls1": "1"})
    desk = land_return(folders, "2024", "FIN", {"ls1": "1"}, "desk")
    review = land_review(folders, "2024", [("EST", "ls1", "accepted", None)])
    partner = land_partner(folders, "EST", "1")
    found = manifest("2024", folders)
    assert found["editions"] == [{"edition": "2024", "vintage": 1, "replications": replications()}]
    assert found["inputs"] == [
        {"edition": None, "kind": "partners", "digest": partner},
        {"edition": "2024", "kind": "reviews", "digest": review, "vintage": 1},
        *({"edition": "2024", "kind": "survey", "digest": digest, "vintage": 1} for digest in sorted([state, desk])),
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
    assert found["editions"] == [
        {"edition": "2020", "vintage": 1, "replications": REPLICATIONS},  # its papers name none
        {"edition": "2024", "vintage": 1, "replications": replications()},
    ]
    of_2020 = [entry for entry in found["inputs"] if entry["edition"] == "2020"]
    assert of_2020 == [{"edition": "2020", "kind": "survey", "digest": "a" * 64, "vintage": 1}]


def test_an_edition_has_the_partner_files_of_the_latest_partner_release(folders: DataFolders) -> None:
    first = small_candidate(folders, "2020")
    publish(first, sign_off(first), folders)
    land_partner(folders, "EST", "1")
    land_replay(folders, "2024", ["EST"])
    along = [entry for entry in manifest("2024", folders)["inputs"] if entry["kind"] == "partners"]
    assert len(along) == 1
    partners = small_candidate(folders, "partners")
    text = json.loads((partners.folder / "manifest.json").read_text()) | {"inputs": along}
    (partners.folder / "manifest.json").write_text(json.dumps(text))
    publish(partners, sign_off(partners), folders)
    land_partner(folders, "EST", "2")
    found = manifest("2024", folders)
    assert [entry for entry in found["inputs"] if entry["kind"] == "partners"] == along
    assert found["partners"] == 1
    own = manifest("partners", folders)
    assert len([entry for entry in own["inputs"] if entry["kind"] == "partners"]) == 2
    assert own["carried_over"]["release"] == "partners@v1"
    assert [entry["edition"] for entry in own["editions"]] == ["2020"]


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
    assert len(gates) == 2 * len(GATES)
    assert {row["vintage"] for row in gates} == {1, 2}


def test_the_same_inputs_give_the_same_text(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["FIN", "EST"])
    now = inputs("2024", folders)
    assert documents(now, 1, folders) == documents(now, 1, folders)
    assert now.digest == manifest("2024", folders)["inputs_digest"]


def test_the_members_of_groups_of_a_released_edition_are_carried_over_as_published(folders: DataFolders) -> None:
    first = small_candidate(folders, "2020")
    with duckdb.connect(str(first.database)) as connection:
        connection.execute(
            "create table group_members (edition varchar, grouping varchar, member_group varchar, iso3 varchar, "
            "basis varchar, primary key (edition, grouping, member_group, iso3))"
        )
        connection.execute("insert into group_members values ('2020', 'income', 'low', 'AFG', 'listed')")
    write_gates(first)
    publish(first, sign_off(first), folders)
    land_replay(folders, "2024", ["EST"])
    text = documents(inputs("2024", folders), 1, folders)["group_members.json"]
    assert json.loads(text) == [
        {"edition": "2020", "grouping": "income", "member_group": "low", "iso3": "AFG", "basis": "listed"}
    ]
    land_replay(folders, "2020", ["EST"])
    assert json.loads(documents(inputs("2020", folders), 2, folders)["group_members.json"]) == []


def test_it_keeps_what_the_reference_data_was_and_names_what_was_revised_since(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    now = inputs("2024", folders)
    found = manifest("2024", folders)
    assert found["reference"] == dict(now.seeds)
    assert {"states/member_state_groups", "frameworks/framework_2024"} <= set(found["reference"])
    assert found["revised_reference"] == []
    first = small_candidate(folders)
    kept = dict(now.seeds) | {"states/member_state_groups": "another"}
    file = first.folder / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | {"reference": kept}), encoding="utf-8")
    publish(first, sign_off(first), folders)
    assert manifest("2024", folders)["revised_reference"] == [
        {"class": "reference data", "seed": "states/member_state_groups"}
    ]


def test_an_edition_that_does_not_move_keeps_its_draws(folders: DataFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    first = small_candidate(folders, "2020")
    named = json.loads((first.folder / "manifest.json").read_text(encoding="utf-8"))
    named["editions"] = [entry | {"replications": 300} for entry in named["editions"]]
    (first.folder / "manifest.json").write_text(json.dumps(named), encoding="utf-8")
    publish(first, sign_off(first), folders)
    land_replay(folders, "2024", ["EST"])
    monkeypatch.setenv(SETTING, "7")
    found = manifest("2024", folders)["editions"]
    assert [(entry["edition"], entry["replications"]) for entry in found] == [("2020", 300), ("2024", 7)]


@pytest.mark.parametrize("given", ["many", "0", "-5", "1.5", "100001"])
def test_a_number_of_draws_that_cannot_be_is_told(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, given)
    with pytest.raises(WrongUsage, match="100,000"):
        replications()
