"""Member states: codes, names in six languages, membership, spellings, groups with their dates."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

SCRIPTS = {"en": "LATIN", "fr": "LATIN", "es": "LATIN", "ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC"}
EDITIONS = ["2020", "2024"]
REFERENCE_DATES = {"2020": date(2020, 12, 31), "2024": date(2024, 12, 31)}


def scripts_of(name: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in name if letter.isalpha()}


def folded(name: str) -> str:
    """A name without case, accents and punctuation, as people mix them up."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", bare).strip()


@pytest.fixture(scope="module")
def states(seed):
    return {row["iso3"]: row for row in seed("member_states")}


@pytest.fixture(scope="module")
def periods(seed):
    """(state, grouping) → list of (group, first day, last day or None)."""
    found = defaultdict(list)
    for row in seed("member_state_groups"):
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
        found[row["iso3"], row["grouping"]].append((row["member_group"], date.fromisoformat(row["valid_from"]), last))
    return found


def groups_on(periods, iso3: str, grouping: str, day: date) -> set[str]:
    return {
        group
        for group, first, last in periods.get((iso3, grouping), [])
        if first <= day and (last is None or day <= last)
    }


def test_194_states_with_three_codes_each(states):
    assert len(states) == 194
    for column, form in (("iso3", r"[A-Z]{3}"), ("iso2", r"[A-Z]{2}"), ("m49", r"\d{3}")):
        codes = [row[column] for row in states.values()]
        assert all(re.fullmatch(form, code) for code in codes)
        assert len(set(codes)) == 194


def test_namibia_is_no_missing_value(states):
    assert states["NAM"]["iso2"] == "NA"


def test_palestine_is_in_and_what_is_no_member_is_not(states):
    assert "PSE" in states
    assert not {"HKG", "MAC", "PLW", "TWN", "XKX", "COK", "NIU"} & states.keys()


@pytest.mark.parametrize("language", SCRIPTS)
def test_names_are_in_the_script_of_their_language(states, language):
    names = [row[f"name_{language}"] for row in states.values()]
    assert len(set(names)) == 194
    assert {name: found for name in names if (found := scripts_of(name)) != {SCRIPTS[language]}} == {}


def test_names_differ_between_languages_where_they_must(states):
    assert [states["DEU"][f"name_{language}"] for language in SCRIPTS] == [
        "Germany",
        "Allemagne",
        "Alemania",
        "ألمانيا",
        "德国",
        "Германия",
    ]


def test_no_state_stands_twice_under_two_names(states, aliases):
    """A name in any language, or a reviewed spelling of it, means one state: Swaziland is Eswatini."""
    meant = defaultdict(set)
    for iso3, row in states.items():
        for language in SCRIPTS:
            meant[folded(row[f"name_{language}"])].add(iso3)
    for row in aliases:
        meant[folded(row["alias"])].add(row["iso3"])
    assert {name: found for name, found in meant.items() if len(found) > 1} == {}
    assert meant["swaziland"] == {"SWZ"} == meant["eswatini"]
    assert meant["cape verde"] == {"CPV"} == meant["cabo verde"]


def test_aliases_are_of_member_states_and_no_bare_copy_of_a_name(states, aliases):
    names = {row[f"name_{language}"] for row in states.values() for language in SCRIPTS}
    assert {row["iso3"] for row in aliases} <= states.keys()
    assert [row["alias"] for row in aliases if row["alias"] in names] == []
    assert len({row["alias"].casefold() for row in aliases}) == len(aliases)
    assert all(row["kind"] for row in aliases)


@pytest.mark.parametrize(
    ("spelling", "iso3"),
    [
        ("Egypt, Arab Rep.", "EGY"),
        ("Congo, Dem. Rep.", "COD"),
        ("Congo, Rep.", "COG"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Korea, Rep.", "KOR"),
        ("Turkey", "TUR"),
        ("Czech Republic", "CZE"),
        ("Macedonia", "MKD"),
        ("Dem. Rep. of the Congo", "COD"),
        ("Congo (Rep. of the)", "COG"),
        ("West Bank and Gaza", "PSE"),
    ],
)
def test_well_known_spellings_are_reviewed(aliases, spelling, iso3):
    assert {row["alias"]: row["iso3"] for row in aliases}[spelling] == iso3


@pytest.mark.parametrize("spelling", ["Korea", "Ireland (Northern)", "Virgin Islands", "America"])
def test_ambiguous_spellings_are_left_out(aliases, spelling):
    assert spelling not in {row["alias"] for row in aliases}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_has_194_members(seed, states, edition):
    members = [row["iso3"] for row in seed("membership") if row["edition"] == edition]
    assert len(members) == 194
    assert set(members) == states.keys()


def test_groups_are_named_and_dates_are_in_order(seed, periods, states):
    named = {(row["grouping"], row["member_group"]) for row in seed("groups")}
    for (iso3, grouping), found in periods.items():
        assert iso3 in states
        for group, first, last in found:
            assert (grouping, group) in named
            assert date(1971, 1, 1) <= first <= date(2030, 1, 1)
            assert last is None or first <= last


def test_periods_of_one_group_never_overlap(periods):
    """Nor do two groups of one state where groups exclude each other: regions and incomes."""
    for (iso3, grouping), found in periods.items():
        for exclusive in [found] if grouping != "development" else by_group(found):
            ordered = sorted(exclusive, key=lambda period: period[1])
            for (_, _, last), (_, first, _) in pairwise(ordered):
                assert last is not None, (iso3, grouping)
                assert last < first, (iso3, grouping)


def by_group(found):
    return [[period for period in found if period[0] == group] for group in {period[0] for period in found}]


@pytest.mark.parametrize("edition", EDITIONS)
def test_one_region_and_at_most_one_income_group_at_the_reference_date(states, periods, edition):
    day = REFERENCE_DATES[edition]
    regions: Counter[str] = Counter()
    for iso3, row in states.items():
        assert groups_on(periods, iso3, "itu_region", day) == {row["itu_region"]}
        regions[row["itu_region"]] += 1
        assert len(groups_on(periods, iso3, "income", day)) == (
            iso3 not in {"VAT"} and (iso3, edition) != ("VEN", "2024")
        )
    assert regions == {"AFR": 44, "AMS": 35, "ARB": 22, "ASP": 38, "CIS": 9, "EUR": 46}


@pytest.mark.parametrize(("edition", "least_developed"), [("2020", 46), ("2024", 44)])
def test_development_groups_at_the_reference_date(states, periods, edition, least_developed):
    held = Counter(
        group for iso3 in states for group in groups_on(periods, iso3, "development", REFERENCE_DATES[edition])
    )
    assert held == {"ldc": least_developed, "lldc": 32, "sids": 36}


GRADUATED = {
    "BWA": date(1994, 12, 19),
    "CPV": date(2007, 12, 20),
    "MDV": date(2011, 1, 1),
    "WSM": date(2014, 1, 1),
    "GNQ": date(2017, 6, 4),
    "VUT": date(2020, 12, 4),
    "BTN": date(2023, 12, 13),
    "STP": date(2024, 12, 13),
}


def test_a_graduated_state_is_no_least_developed_country_from_its_day_on(states, periods):
    ended = {
        iso3: last + timedelta(days=1)
        for iso3 in states
        for group, _, last in periods.get((iso3, "development"), [])
        if group == "ldc" and last
    }
    assert ended == GRADUATED


def test_itu_regions_are_not_the_regions_of_the_united_nations(states):
    assert {iso3: states[iso3]["itu_region"] for iso3 in ("GEO", "UKR", "TUR", "ISR", "COM", "SDN", "IRN", "IND")} == {
        "GEO": "EUR",
        "UKR": "EUR",
        "TUR": "EUR",
        "ISR": "EUR",
        "COM": "ARB",
        "SDN": "ARB",
        "IRN": "ASP",
        "IND": "ASP",
    }
