from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gci.build.change_detection import editions_with_news, has_news, inputs, reference_digest, seed_digests
from gci.build.touched import revised
from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import SEEDS, DataFolders
from gci.reference.seeds import editions
from gci.storage.chain import landed_digests
from landed import land_decisions, land_partner, land_replay, land_return, land_review


def released(edition: str, folders: DataFolders) -> None:
    """The least that makes a release: what went into it."""
    folder = folders.release(edition, 1)
    document = {"sequence": 1, "inputs_digest": inputs(edition, folders).digest}
    folder.mkdir(parents=True)
    (folder / "release.json").write_text(json.dumps(document), encoding="utf-8")


def test_an_edition_without_returns_has_no_news(folders: DataFolders) -> None:
    assert editions_with_news(folders) == []
    land_review(folders, "2020", [("EST", "ls1", "accepted", None)])
    land_partner(folders, "EST", "1")
    assert editions_with_news(folders) == []


def test_a_return_is_news_for_its_edition_alone(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    assert editions_with_news(folders) == ["2024"]


def test_editions_come_sorted(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    land_replay(folders, "2020", ["EST"])
    assert editions_with_news(folders) == ["2020", "2024"]


def test_what_was_released_is_no_news(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    assert editions_with_news(folders) == []


@pytest.mark.parametrize("collector", ["state", "desk"])
def test_another_return_is_news_again(folders: DataFolders, collector: str) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    land_return(folders, "2024", "EST", {"ls1": "0.5"}, collector)
    assert editions_with_news(folders) == ["2024"]


def test_a_review_is_news_again(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    land_review(folders, "2024", [("EST", "ls1", "changed", "0.5")])
    assert editions_with_news(folders) == ["2024"]


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "known_error", "iso3": "EST", "subject": "print/overall", "was": "99.5", "value": "99.48"},
        {"kind": "extension", "iso3": "EST", "day": "2026-02-28"},
        {"kind": "group_class", "iso3": "EST", "subject": "income", "value": "upper_middle", "day": "2024-01-01"},
        {"kind": "calendar_date", "subject": "published_on", "day": "2026-09-12"},
    ],
    ids=lambda said: said["kind"],
)
def test_a_decision_is_news_for_its_edition_alone(folders: DataFolders, said: dict[str, str]) -> None:
    for edition in ("2020", "2024"):
        land_replay(folders, edition, ["EST"])
        released(edition, folders)
    land_decisions(folders, "2024", [said])
    assert editions_with_news(folders) == ["2024"]


def test_access_to_a_release_before_its_day_is_no_news(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    land_decisions(folders, "2024", [{"kind": "prerelease_access", "subject": "A reader", "day": "2026-03-01"}])
    assert editions_with_news(folders) == []


def test_a_partner_file_is_no_news_of_an_edition(folders: DataFolders) -> None:
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    digest = land_partner(folders, "EST", "1")
    assert editions_with_news(folders) == ["partners"]
    assert landed_digests("partners", folders) == (digest,)


def test_partner_files_are_news_of_the_partner_release_once_an_edition_is_out(folders: DataFolders) -> None:
    land_partner(folders, "EST", "1")
    assert editions_with_news(folders) == []
    land_replay(folders, "2024", ["EST"])
    released("2024", folders)
    assert editions_with_news(folders) == ["partners"]
    released("partners", folders)
    assert editions_with_news(folders) == []
    land_return(folders, "2024", "EST", {"ls1": "0.5"})
    assert editions_with_news(folders) == ["2024"]
    land_partner(folders, "EST", "2")
    assert editions_with_news(folders) == ["2024", "partners"]


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    there, back = DataFolders(tmp_path / "there"), DataFolders(tmp_path / "back")
    land_replay(there, "2024", ["EST", "FIN", "ISL"])
    land_replay(back, "2024", ["ISL", "FIN", "EST"])
    assert inputs("2024", there) == inputs("2024", back)
    assert len(inputs("2024", there).survey) == 3


def test_an_unknown_edition_is_wrong_usage(folders: DataFolders) -> None:
    from gci.build.candidate import plan

    with pytest.raises(WrongUsage, match="2019"):
        plan("2019", folders)


def test_looking_for_news_writes_nothing(folders: DataFolders) -> None:
    assert not has_news(inputs("2024", folders), folders)
    assert not folders.root.exists()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """The seeds, to be changed."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def test_a_changed_weight_changes_its_edition_alone(seeds: Path) -> None:
    framework = seeds / "frameworks" / "seed_framework_2020.csv"
    text = framework.read_text(encoding="utf-8")
    assert "374400,40763" in text
    framework.write_text(text.replace("374400,40763", "374401,40763"), encoding="utf-8")
    assert reference_digest("2020", seeds) != reference_digest("2020")
    assert reference_digest("2024", seeds) == reference_digest("2024")
    assert reference_digest(None, seeds) != reference_digest()


def test_a_new_edition_changes_no_other(seeds: Path) -> None:
    with (seeds / "seed_editions.csv").open("a", encoding="utf-8") as editions:
        editions.write("2026,2026,,,,open,question,tiers,Global Cybersecurity Index 2026\n")
    assert reference_digest("2024", seeds) == reference_digest("2024")


def touched(seeds: Path) -> set[str]:
    """The editions that a change of the seeds is news for."""
    return {edition for edition in editions() if reference_digest(edition, seeds) != reference_digest(edition)}


def changed(seeds: Path, name: str, change: Callable[[dict[str, str]], object]) -> int:
    """Change rows of a seed in place; gives how many are others afterwards."""
    (path,) = seeds.rglob(f"seed_{name}.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    before = [dict(row) for row in rows]
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return sum(one != other for one, other in zip(before, rows, strict=True))


@pytest.mark.parametrize(
    ("first", "editions_touched"),
    [("2020-07-01", {"2020", "2024"}), ("2025-07-01", set()), ("2026-07-01", {"2026"})],
)
def test_changed_income_rows_are_news_for_the_editions_whose_reference_date_they_cover(
    seeds: Path, first: str, editions_touched: set[str]
) -> None:
    def change(row: dict[str, str]) -> None:
        if row["grouping"] == "income" and row["valid_from"] == first:
            row["basis"] = "not_confirmed"

    assert changed(seeds, "member_state_groups", change) >= 160
    assert touched(seeds) == editions_touched


def test_193_changed_income_rows_are_news_for_every_edition(seeds: Path) -> None:
    def change(row: dict[str, str]) -> None:
        if row["grouping"] == "income" and row["valid_from"] <= "2020-12-31":
            row["member_group"] = "high" if row["member_group"] == "low" else "low"

    assert changed(seeds, "member_state_groups", change) == 193
    assert touched(seeds) == {"2020", "2024"}


@pytest.mark.parametrize(
    ("iso3", "column", "value", "editions_touched"),
    [
        ("VUT", "valid_to", "2024-12-31", {"2020", "2024"}),  # it came off the list on 4 December 2020
        ("STP", "valid_to", "2025-12-12", {"2024"}),  # in force in 2020 as before, and now in 2024 too
        ("STP", "valid_to", "2019-12-12", {"2020"}),
        (
            "STP",
            "valid_to",
            "2023-12-12",
            set(),
        ),  # at the ends of 2020 and 2024 as before
        ("MDV", "valid_to", "2011-12-31", set()),  # before any edition kept here
        ("TUV", "valid_from", "1987-01-01", set()),
        ("TUV", "valid_from", "2021-01-01", {"2020"}),
    ],
)
def test_one_changed_date_of_the_least_developed_countries_is_news_where_it_counts(
    seeds: Path, iso3: str, column: str, value: str, editions_touched: set[str]
) -> None:
    def change(row: dict[str, str]) -> None:
        if (row["iso3"], row["member_group"]) == (iso3, "ldc"):
            row[column] = value

    assert changed(seeds, "member_state_groups", change) == 1
    assert touched(seeds) == editions_touched


def test_groups_of_a_state_touch_the_editions_that_it_takes_part_in(seeds: Path) -> None:
    def change(row: dict[str, str]) -> None:
        if row["iso3"] == "PLW":
            row["note"] = "seen again"

    assert changed(seeds, "member_state_groups", change) > 3  # one of them covers the reference date of 2024
    assert touched(seeds) == {"2026"}


@pytest.mark.parametrize(
    ("seed", "column", "editions_touched"),
    [
        ("groups", "label_en", set()),
        ("concept_labels", "label", set()),
        ("question_texts", "text", set()),
        ("gca_activities", "asks_en", set()),
        ("state_languages", "language", set()),
        ("gca_measures", "label_en", {"2020", "2024", "2026"}),
        ("composed_groups", "note", {"2020", "2024", "2026"}),
        ("member_states", "name_en", set()),
        ("member_states", "m49", {"2020", "2024", "2026"}),
    ],
)
def test_a_changed_label_behaves_as_its_seed_declares(
    seeds: Path, seed: str, column: str, editions_touched: set[str]
) -> None:
    def change(row: dict[str, str]) -> None:
        row[column] += " "

    assert changed(seeds, seed, change)
    assert touched(seeds) == editions_touched
    assert reference_digest(None, seeds) != reference_digest()


def test_another_region_of_palau_is_news_for_the_edition_that_it_takes_part_in(seeds: Path) -> None:
    def change(row: dict[str, str]) -> None:
        if row["iso3"] == "PLW":
            row["itu_region"] = "AMS"

    assert changed(seeds, "member_states", change) == 1
    assert touched(seeds) == {"2026"}


@pytest.mark.parametrize("declared", ["", "      meta: {touches: most}\n"])
def test_a_seed_that_does_not_declare_what_it_touches_stops_everything(seeds: Path, declared: str) -> None:
    described = seeds / "states" / "seed_groups.yml"
    text = described.read_text(encoding="utf-8")
    described.write_text(text.replace("      meta: {touches: none}\n", declared), encoding="utf-8")
    with pytest.raises(Blocked, match=r"groups\.yml.*touches.*edition, every_edition, member, reference_date, none"):
        reference_digest("2024", seeds)


def test_what_was_revised_is_named_with_its_class() -> None:
    before = seed_digests("2024")
    after = before | {"states/member_state_groups": "another"}
    assert revised(before, after) == [{"class": "reference data", "seed": "states/member_state_groups"}]
    assert revised({}, after) == []
    assert revised(before, before) == []


def test_line_ends_and_quotes_do_not_matter(seeds: Path) -> None:
    tiers = seeds / "seed_tiers.csv"
    header, *lines = tiers.read_text(encoding="utf-8").splitlines()
    quoted = [",".join(f'"{cell}"' for cell in line.split(",")) for line in lines]
    tiers.write_bytes("\r\n".join([header, *quoted]).encode() + b"\r\n")
    assert reference_digest("2024", seeds) == reference_digest("2024")
