"""Held against the source files beside the checkout, where they are: nothing was lost or mended on the way here."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from shared_data import shared

DIMENSIONS = {
    "ITU_GCI_LEGL_SCRE": "legal",
    "ITU_GCI_TECH_SCORE": "technical",
    "ITU_GCI_ORG_SCORE": "organizational",
    "ITU_GCI_CDS_SCORE": "capacity_development",
    "ITU_GCI_COOP_SCORE": "cooperation",
    "ITU_GCI_GCI_OVRL_SCRE": "overall",
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def data360():
    return rows_of(shared("gci/gci_data360_full_alexrg17.csv"))


def test_published_scores_are_those_of_data360(seed, data360):
    theirs = {
        (row["TIME_PERIOD"], row["REF_AREA"], DIMENSIONS[row["INDICATOR"]]): float(row["OBS_VALUE"])
        for row in data360
        if row["INDICATOR"] in DIMENSIONS
    }
    ours = {
        (row["edition"], row["iso3"], row["dimension"]): float(row["published"])
        for row in seed("published_scores")
        if row["source"] == "data360"
    }
    assert ours == theirs


def test_values_to_replay_are_those_of_data360(replayed, data360):
    theirs = {}
    for row in data360:
        code = re.search(r"([A-Z]{2,3}\d) \(ITU GCI\)$", row["INDICATOR_LABEL"])
        if code:
            theirs[row["TIME_PERIOD"], row["REF_AREA"], code[1].lower()] = float(row["OBS_VALUE"])
    ours = {
        (edition, row["iso3"], code): float(value)
        for edition in ("2020", "2024")
        for row in replayed(edition)
        for code, value in row.items()
        if code not in {"iso3", "collector"}
    }
    derived = {key for key in ours if key[0] == "2024" and key[2] == "os4"}
    assert len(derived) == len({key[1] for key in theirs if key[0] == "2024"})
    assert {key: value for key, value in ours.items() if key not in derived} == theirs


def test_weights_are_the_recovered_fractions(seed):
    theirs = {
        (row["edition"], row["indicator"]): row["weight_fraction"]
        for row in rows_of(shared("gci/gci_indicator_weights_exact.csv"))
    }
    ours = {
        (edition, row["node"]): f"{row['weight_numerator']}/{row['weight_denominator']}"
        for edition in ("2020", "2024")
        for row in seed(f"framework_{edition}")
        if row["level"] == "indicator"
    }
    assert ours == theirs


@pytest.mark.parametrize(
    ("language", "file"), [("en", "en"), ("fr", "fr"), ("es", "es"), ("ar", "ar"), ("zh", "cn"), ("ru", "ru")]
)
def test_codes_and_names_are_those_of_m49(seed, language, file):
    theirs = {row["ISO-alpha3 Code"]: row for row in rows_of(shared(f"reference/unsd_m49_{file}.csv"))}
    corrected = {"CIV", "NLD"} if language == "en" else set()
    differing = set()
    for row in seed("member_states"):
        m49 = theirs[row["iso3"]]
        assert (row["iso2"], row["m49"]) == (m49["ISO-alpha2 Code"], m49["M49 Code"])
        if row[f"name_{language}"] != m49["Country or Area"]:
            differing.add(row["iso3"])
    assert differing == corrected


def test_regions_and_incomes_are_those_of_the_idi_table(seed):
    """IDI 2024 gives the region of 166 members and the income group of the fiscal year 2023/24."""
    theirs = {row["iso3"]: row for row in rows_of(shared("partners/itu_idi_2024_mpapi.csv"))}
    members = {row["iso3"]: row["itu_region"] for row in seed("member_states")}
    shown = members.keys() & theirs.keys()
    assert len(shown) == 166
    assert {iso3: members[iso3] for iso3 in shown} == {iso3: theirs[iso3]["region"] for iso3 in shown}
    codes = {"LI": "low", "LMI": "lower_middle", "UMI": "upper_middle", "HI": "high"}
    incomes = {
        row["iso3"]: row["member_group"]
        for row in seed("member_state_groups")
        if row["grouping"] == "income" and row["valid_from"] <= "2023-12-31" <= row["valid_to"]
    }
    assert {iso3: incomes.get(iso3) for iso3 in shown} == {
        iso3: codes.get(theirs[iso3]["income_group"]) for iso3 in shown
    }


def test_printed_scores_and_ranks_of_2020_are_those_of_the_export(seed):
    """The export has names with marks; a state is found again by its score and rank, which few share."""
    theirs = sorted(
        (float(row["Score (2020)"]), int(row["Rank (2020)"]), re.search(r"\**$", row["Country"].strip())[0])
        for row in rows_of(shared("gci/gci_dice_export_undp.csv"))
    )
    ours = sorted(
        (float(row["score"]), int(row["rank"]), row["respondent_mark"])
        for row in seed("published_history")
        if (row["edition"], row["source"]) == ("2020", "print")
    )
    assert ours == theirs


@pytest.mark.parametrize("edition", ["2014", "2017", "2018", "2020", "2024"])
def test_what_the_transcription_has_stands_as_it_has_it(seed, edition):
    """Of 2024 ITU printed no ranks: those of the transcription are its own and not carried over."""
    theirs = {
        row["iso"]: (float(row[f"s{edition}"]), None if edition == "2024" else int(float(row[f"r{edition}"])))
        for row in rows_of(shared("gci/gci_editions_2014_2024_transcribed_sspi_iso3.csv"))
        if row[f"s{edition}"]
    }
    ours = {
        row["iso3"]: (float(row["score"]), int(row["rank"]) if row["rank"] else None)
        for row in seed("published_history")
        if (row["edition"], row["source"]) == (edition, "transcription") and row["score"]
    }
    assert not ours.keys() - theirs.keys()
    assert theirs.keys() - ours.keys() <= {"HKG", "PLW"}
    assert {iso3: ours[iso3] for iso3 in ours.keys() & theirs.keys()} == {
        iso3: theirs[iso3] for iso3 in ours.keys() & theirs.keys()
    }
