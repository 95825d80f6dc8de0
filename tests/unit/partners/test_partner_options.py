"""What a description can say of a source: codes of areas, several areas in a cell, dates, texts that mean nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gci.partners.contracts import BrokenContractError
from unit.partners.described import check, codes, values

USERS = {
    "layouts": {"table": ["Code", "Area", "Year", "Value"]},
    "roles": {"area": "Code", "area_name": "Area", "period": "Year"},
    "area_codes": "m49",
    "measures": {"Value": {"series": "users", "empty": "missing"}},
    "series": {"users": {"unit": "PERCENT"}},
    "not_states": ["territories"],
    "further_not_states": {"001": "World"},
}
HEADER = "Code,Area,Year,Value\n"


@pytest.mark.parametrize("code", ["4", "04", "004", "4.0", "004.00", "'004"])
def test_codes_of_m49_without_their_zeros_are_read(tmp_path: Path, code: str) -> None:
    checked = check(tmp_path, USERS, f"{HEADER}{code},Afghanistan,2024,20\n242,Fiji,2024,30\n")
    assert codes(checked) == []
    assert values(checked) == [("users", "AFG", "2024", 20), ("users", "FJI", "2024", 30)]


@pytest.mark.parametrize("code", ["4.5", "0.4", "4,0", "٤", "-4", "4e0", "0004", "999"])
def test_what_is_no_code_of_m49_is_not_guessed(tmp_path: Path, code: str) -> None:
    checked = check(tmp_path, USERS, f'{HEADER}"{code}",Somewhere,2024,20\n')
    assert codes(checked) == ["area_unresolved"]


def test_a_code_and_its_padded_form_are_one_state(tmp_path: Path) -> None:
    assert codes(check(tmp_path, USERS, f"{HEADER}4,Afghanistan,2024,20\n004,Afghanistan,2024,21\n")) == ["key_twice"]


def test_a_code_beside_the_name_of_another_state_is_refused(tmp_path: Path) -> None:
    assert codes(check(tmp_path, USERS, f"{HEADER}8,Afghanistan,2024,20\n")) == ["area_label_differs"]


def test_areas_that_are_no_states_are_known_by_their_codes_and_names(tmp_path: Path) -> None:
    checked = check(tmp_path, USERS, f"{HEADER}4,Afghanistan,2024,20\n1,World,2024,60\n533,Aruba,2024,90\n")
    assert codes(checked) == ["areas_not_states"]
    assert values(checked) == [("users", "AFG", "2024", 20)]


LAWS = {
    "layouts": {"table": ["Parties", "Signed", "In force"]},
    "roles": {"area": "Parties"},
    "area_codes": "name",
    "areas_separated_by": ";",
    "means_empty": ["-", "n/a"],
    "measures": {
        "Signed": {"series": "signed", "reads": "date"},
        "In force": {"series": "in_force", "reads": "date", "years_from": 2018},
    },
    "series": {"signed": {"unit": "YES_NO"}, "in_force": {"unit": "YES_NO"}},
}
LAW_HEADER = "Parties,Signed,In force\n"


def test_a_status_is_given_for_the_ends_of_years_by_its_date(tmp_path: Path) -> None:
    text = f"{LAW_HEADER}Estonia,01/02/2010,31/12/2019\nFiji,01/02/2010,01/01/2020\nChad,,\n"
    checked = check(tmp_path, LAWS, text, "list.2021-06-01.csv")
    assert codes(checked) == []
    in_force = {(area, period): value for series, area, period, value in values(checked) if series == "in_force"}
    assert in_force == {
        **{("EST", year): float(year > "2018") for year in ("2018", "2019", "2020", "2021-06-01")},
        **{("FJI", year): float(year > "2019") for year in ("2018", "2019", "2020", "2021-06-01")},
        **{("TCD", year): 0.0 for year in ("2018", "2019", "2020", "2021-06-01")},
    }
    assert {period for series, _, period, _ in values(checked) if series == "signed"} == {"2021-06-01"}


def test_a_date_after_the_day_of_the_list_has_not_come(tmp_path: Path) -> None:
    checked = check(tmp_path, LAWS, f"{LAW_HEADER}Estonia,01/02/2010,01/07/2021\n", "list.2021-06-01.csv")
    assert ("in_force", "EST", "2021-06-01", 0.0) in values(checked)


def test_a_list_of_an_unknown_day_says_nothing_of_earlier_years(tmp_path: Path) -> None:
    checked = check(tmp_path, LAWS, f"{LAW_HEADER}Estonia,01/02/2010,31/12/2019\n")
    assert len(values(checked)) == 2


@pytest.mark.parametrize("date", ["31/02/2019", "2019-13-01", "13/13/2019", "2019", "yes", "1/2/19", "00/01/2019"])
def test_what_is_no_day_is_no_date(tmp_path: Path, date: str) -> None:
    assert codes(check(tmp_path, LAWS, f"{LAW_HEADER}Estonia,{date},\n", "a.2021-06-01.csv")) == ["value_not_a_date"]


def test_the_month_comes_first_where_the_description_says_so(tmp_path: Path) -> None:
    measures = {"In force": LAWS["measures"]["In force"] | {"dates": "mdy"}}  # type: ignore[index]
    checked = check(tmp_path, LAWS | {"measures": measures}, f"{LAW_HEADER}Chad,,12/31/2019 a\n", "a.2020-06-01.csv")
    assert [value for *_, value in values(checked)] == [1.0, 0.0, 1.0]


def test_several_states_in_a_cell_each_get_the_value(tmp_path: Path) -> None:
    text = f'{LAW_HEADER}"Estonia; Fiji;Estonia;",01/02/2010,-\n"Bolivia (Plurinational State of)",n/a,-\n'
    checked = check(tmp_path, LAWS, text, "list.2021-06-01.csv")
    assert codes(checked) == []
    signed = [(area, value) for series, area, _, value in values(checked) if series == "signed"]
    assert signed == [("EST", 1.0), ("FJI", 1.0), ("BOL", 0.0)]


def test_without_a_separator_or_tokens_nothing_is_guessed(tmp_path: Path) -> None:
    plain = {name: one for name, one in LAWS.items() if name not in ("areas_separated_by", "means_empty")}
    checked = check(tmp_path, plain, f'{LAW_HEADER}"Estonia; Fiji",01/02/2010,-\n', "list.2021-06-01.csv")
    assert sorted(codes(checked)) == ["area_unresolved", "value_not_a_date"]


def test_codes_and_names_of_several_states_go_together(tmp_path: Path) -> None:
    text = f"{HEADER}4;8,Afghanistan;Albania,2024,20\n242;12,Fiji,2024,30\n"
    checked = check(tmp_path, USERS | {"areas_separated_by": ";"}, text)
    assert [area for _, area, _, _ in values(checked)] == ["AFG", "ALB", "FJI", "DZA"]
    wrong = f"{HEADER}4;8,Albania;Afghanistan,2024,20\n"
    assert set(codes(check(tmp_path, USERS | {"areas_separated_by": ";"}, wrong, "b.csv"))) == {"area_label_differs"}


def test_things_of_several_states_count_for_each(tmp_path: Path) -> None:
    teams = {
        "layouts": {"table": ["Team", "Country"]},
        "roles": {"area": "Country"},
        "area_codes": "iso2",
        "areas_separated_by": "/",
        "classes": [{"series": "teams", "when": {}}],
        "series": {"teams": {"unit": "PERCENT"}},
    }
    checked = check(tmp_path, teams, "Team,Country\nA,EE/FI\nB,EE\n", "teams.2026-01-01.csv")
    assert values(checked) == [("teams", "EST", "2026-01-01", 2), ("teams", "FIN", "2026-01-01", 1)]


def test_a_text_that_means_nothing_says_that_the_value_is_missing(tmp_path: Path) -> None:
    series = {
        "layouts": {"table": ["Code", "Series", "Year", "Value"]},
        "roles": {"area": "Code", "series": "Series", "period": "Year", "value": "Value"},
        "means_empty": [".."],
        "series": {"users": {"unit": "PERCENT"}},
    }
    header = "Code,Series,Year,Value\n"
    assert values(check(tmp_path, series, f"{header}EST,users,2020,..\n")) == [("users", "EST", "2020", None)]
    assert codes(check(tmp_path, series, f"{header}EST,users,2020,\n")) == ["value_missing"]


def test_such_a_text_is_no_value_also_where_a_cell_must_have_one_and_no_zero_has_a_sign(tmp_path: Path) -> None:
    users = USERS | {"means_empty": ["-"], "measures": {"Value": {"series": "users"}}}
    checked = check(tmp_path, users, f"{HEADER}4,Afghanistan,2024,-\n8,Albania,2024,-0\n")
    assert [repr(value) for *_, value in values(checked)] == ["None", "0.0"]
    assert codes(check(tmp_path, users, f"{HEADER}4,Afghanistan,2024,\n", "b.csv")) == ["value_empty"]


YEARS = {
    "layouts": {"wide": {"columns": ["Code", "Series"], "further": r"(19|20)\d\d"}},
    "roles": {"area": "Code", "series": "Series"},
    "years": {"empty": "skip"},
    "series": {"users": {"unit": "PERCENT"}},
}


def test_a_year_with_something_around_it_is_named(tmp_path: Path) -> None:
    for number, label in enumerate(["X2024", "YR2024", "2024 [a]", "2024.0"]):
        (problem,) = check(tmp_path, YEARS, f"Code,Series,{label}\nEST,users,20\n", f"{number}.csv").receipt.problems
        assert (problem.code, "“2024”" in problem.message) == ("unknown_column", True)


def test_a_text_below_a_table_of_years_is_said(tmp_path: Path) -> None:
    assert codes(check(tmp_path, YEARS, "Code,Series,2024\nEST,users,20\nSource: office,,\n")) == ["area_unresolved"]


def test_row_names_are_told_by_codes_and_years_that_stand_elsewhere(tmp_path: Path) -> None:
    named = "Code,Series,2024\n7,EST,users,20\n12,FIN,users,30\n"
    assert codes(check(tmp_path, YEARS, named)) == ["column_without_name"]
    split = "Code,Series,2024\nEST,users,20,5\nFIN,users,30,1\n"
    assert codes(check(tmp_path, YEARS, split, "b.csv")) == ["long_row", "long_row"]


def test_a_text_without_a_value_in_the_description_is_named_as_that(tmp_path: Path) -> None:
    laws = LAWS | {"measures": {"Signed": {"series": "signed", "codes": {"Yes": 1, "No": 0}, "empty": "skip"}}}
    assert codes(check(tmp_path, laws, f"{LAW_HEADER}Chad,yes,\n", "a.2021-06-01.csv")) == ["value_not_a_code"]


def test_a_state_that_comes_twice_is_told_once_for_all_years(tmp_path: Path) -> None:
    text = LAW_HEADER + "Chad,01/02/2010,01/02/2011\n" * 2
    assert codes(check(tmp_path, LAWS, text, "a.2021-06-01.csv")) == ["key_twice"] * 2  # once for each measure


def test_years_of_a_measure_that_is_no_date_are_refused_by_key(tmp_path: Path) -> None:
    wrong = LAWS | {"measures": {"Signed": {"series": "signed", "years_from": 2014}}}
    with pytest.raises(BrokenContractError, match=r"listed.yml: measures.Signed.years_from"):
        check(tmp_path, wrong, LAW_HEADER)
