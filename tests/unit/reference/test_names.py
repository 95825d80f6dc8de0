"""Spellings of states: resolved when certain, a report otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from gci.reference import seeds
from gci.reference.names import CodeSystem, Names, unresolved
from gci.reference.seeds import MemberState
from gci.reference.validation_context import validation_context
from name_columns import COLUMNS, cells


@pytest.fixture(scope="module")
def names() -> Iterator[Names]:
    """What the project knows."""
    yield validation_context().names


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh", "ru"])
def test_every_state_by_its_name_in_six_languages(names: Names, language: str) -> None:
    states = seeds.member_states()
    resolved = {iso3: names.resolve(state.names[language]) for iso3, state in states.items()}
    assert resolved == {iso3: iso3 for iso3 in states}


@pytest.mark.parametrize("table", [seeds.aliases, seeds.un_names])
def test_every_reviewed_spelling(names: Names, table) -> None:
    assert {spelling: names.resolve(spelling) for spelling in table()} == table()


def test_every_state_by_its_codes_where_codes_are_declared(names: Names) -> None:
    for iso3, state in seeds.member_states().items():
        assert names.resolve(iso3, "alpha3") == names.resolve(iso3.lower(), "alpha3") == iso3
        assert names.resolve(state.iso2, "alpha2") == iso3
        assert names.resolve(state.m49, "m49") == names.resolve(state.m49.lstrip("0"), "m49") == iso3


def test_na_is_namibia_as_a_code_and_nothing_as_a_name(names: Names) -> None:
    assert names.resolve("NA", "alpha2") == "NAM"
    assert names.resolve("NA") is None


@pytest.mark.parametrize(
    ("code", "system"), [("NA", "alpha3"), ("NAM", "alpha2"), ("Namibia", "alpha3"), ("XKX", "alpha3"), ("", "m49")]
)
def test_a_code_of_another_system_or_of_no_member_is_no_state(names: Names, code: str, system: CodeSystem) -> None:
    assert names.resolve(code, system) is None


@pytest.mark.parametrize("text", ["EST", "est", "233", "NOR", "MAR", "PER"])
def test_codes_do_not_count_among_names(names: Names, text: str) -> None:
    assert names.resolve(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "France¹",
        "France ²",
        "France1",
        "France†",
        "France [b]",
        "France (a)",
        "France 1/",
        "France*",
        "«France»",
        "France.",
    ],
)
def test_marks_of_notes_behind_a_name_are_no_part_of_it(names: Names, text: str) -> None:
    assert names.resolve(text) == "FRA"


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Tanzania, United Rep.", "TZA"),
        ("Germany, Fed. Rep.", "DEU"),
        ("Rep. of Moldova", "MDA"),
        ("Rep. of the Congo", "COG"),
        ("Marshall Is.", "MHL"),
        ("S. Sudan", "SSD"),
        ("Netherlands, The", "NLD"),
        ("China, Rep.", None),
        ("Yemen, Dem. Rep.", None),
        ("Germany, Dem. Rep.", None),
        ("Africa (South)", None),
        ("Korea (1)", None),
        ("N. Cyprus", None),
    ],
)
def test_words_cut_short_and_put_behind(names: Names, text: str, iso3: str | None) -> None:
    assert names.resolve(text) == iso3


LOOK_ALIKES = {
    # The United Nations call the Republic of the Congo `Congo`; both long names and both cities are known.
    "COG": [
        "Congo",
        "Congo (the)",
        "Congo, Rep.",
        "Congo (Rep. of the)",
        "the Republic of the Congo",
        "Congo, Republic of",
        "刚果",
    ],
    "COD": ["Democratic Republic of the Congo", "Congo, Dem. Rep.", "DR Congo", "Congo-Kinshasa", "刚果民主共和国"],
    "KOR": ["Republic of Korea", "Korea, Rep.", "Korea, Republic of", "South Korea", "la République de Corée"],
    "PRK": ["Democratic People's Republic of Korea", "Korea (Democratic People's Republic of)", "North Korea", "DPRK"],
    "TZA": ["Tanzania, the United Republic of", "Tanzania (United Republic of)"],
    "NLD": ["Netherlands, Kingdom of the", "Netherlands (Kingdom of the)"],
    "KNA": ["St Kitts & Nevis", "Saint Kitts and Nevis"],
    "GIN": ["Guinea", "Guinée", "the Republic of Guinea", "Гвинея"],
    "GNB": ["Guinea-Bissau", "Guinée-Bissau", "Guinea Bissau"],
    "GNQ": ["Equatorial Guinea", "Guinea Ecuatorial", "Guinée équatoriale"],
    "PNG": ["Papua New Guinea", "Papouasie-Nouvelle-Guinée", "PNG"],
    "NER": ["Niger", "Niger (the)", "Niger (le)", "the Republic of the Niger"],
    "NGA": ["Nigeria", "Nigéria", "the Federal Republic of Nigeria"],
    "DMA": ["Dominica", "Dominique", "the Commonwealth of Dominica"],
    "DOM": ["Dominican Republic", "Dominican Rep.", "République dominicaine", "República Dominicana (la)"],
    "WSM": ["Samoa", "the Independent State of Samoa"],
    "FSM": ["Micronesia (Federated States of)", "Micronesia, Fed. Sts.", "Micronesia"],
    "SDN": ["Sudan", "Sudán (el)"],
    "SSD": ["South Sudan"],
    "GBR": ["United Kingdom", "the United Kingdom of Great Britain and Northern Ireland", "UK"],
    "IRL": ["Ireland", "Irlande"],
    "SWZ": ["Eswatini", "Swaziland"],
    "CPV": ["Cabo Verde", "Cape Verde", "Cap-Vert"],
}


@pytest.mark.parametrize("iso3", LOOK_ALIKES)
def test_states_whose_names_look_alike(names: Names, iso3: str) -> None:
    marked = [form for name in LOOK_ALIKES[iso3] for form in (name, f" {name.upper()}**", f"{name}*")]
    assert {name: names.resolve(name) for name in marked} == dict.fromkeys(marked, iso3)


@pytest.mark.parametrize(
    ("text", "may_mean"),
    [
        ("Korea", ("KOR", "PRK")),
        ("Corée", ("KOR", "PRK")),
        ("Virgin Islands", ("VGB", "VIR")),
        ("Saint Martin", ("MAF", "SXM")),
        ("America", ("USA",)),
    ],
)
def test_a_name_of_more_than_one_is_ambiguous(names: Names, text: str, may_mean: tuple[str, ...]) -> None:
    found = names.look_up(text)
    assert (found.verdict, found.iso3, found.may_mean) == ("ambiguous", None, may_mean)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("American Samoa", ("ASM",)),
        ("British Virgin Islands", ("VGB",)),
        ("Virgin Islands (U.S.)", ("VIR",)),
        ("Hong Kong SAR, China", ("HKG",)),
        ("Cook Islands (the) **", ("COK",)),
        ("World", ("WLD",)),
        ("Northern Ireland", ()),
    ],
)
def test_areas_and_aggregates_are_known_to_be_no_member(names: Names, text: str, area: tuple[str, ...]) -> None:
    found = names.look_up(text)
    assert (found.verdict, found.iso3, found.may_mean) == ("not_a_member", None, area)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Estonja", "Estonia"), ("Nigerria", "Nigeria"), ("Atlantis", None), ("", None), ("*", None), ("no", None)],
)
def test_what_is_not_certain_is_not_guessed_but_may_have_a_hint(names: Names, text: str, nearest: str | None) -> None:
    found = names.look_up(text)
    assert (found.verdict, found.iso3, found.nearest) == ("unknown", None, nearest)


def test_the_report_names_each_spelling_once_with_all_its_places(names: Names) -> None:
    column = ["Estonia", "Korea", "Estonja", "Korea", "World"]
    report = unresolved([(text, f"values.csv, row {row}") for row, text in enumerate(column, start=2)], names)
    assert [(one.resolution.spelling, one.resolution.verdict, one.places) for one in report] == [
        ("Korea", "ambiguous", ("values.csv, row 3", "values.csv, row 5")),
        ("Estonja", "unknown", ("values.csv, row 4",)),
        ("World", "not_a_member", ("values.csv, row 6",)),
    ]


def test_a_name_of_two_states_names_none() -> None:
    def state(iso3: str) -> MemberState:
        return MemberState(iso3, iso3[:2], iso3, {"en": "Ruritania"}, "EUR")

    two = Names([state("RUA"), state("RBB")], {"Kingdom of Ruritania": "RUA"})
    assert two.look_up("Ruritania").may_mean == ("RBB", "RUA")
    assert two.resolve("kingdom of ruritania") == "RUA"


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_name_of_the_source_files_is_a_state_or_on_the_list_of_no_members(names: Names, column) -> None:
    found = [(names.look_up(text), truth) for text, truth in cells(column)]
    assert found
    assert [one for one, _ in found if one.verdict == "unknown"] == []
    members = seeds.member_states().keys()
    assert [(one, truth) for one, truth in found if truth and one.iso3 != (truth if truth in members else None)] == []
    print(Counter(one.verdict for one, _ in found))


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("Islamic Republic of Afghanistan", "AFG"),
        ("République islamique d'Afghanistan", "AFG"),
        ("República Islámica del Afganistán", "AFG"),
        ("the Republic of Niger", "NER"),
        ("Republic of Niger", "NER"),
        ("Federal Republic of Nigeria", "NGA"),
        ("Republic of Congo", "COG"),
        ("Republic of the Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("Commonwealth of Bahamas", "BHS"),
        ("Saint Vincent and Grenadines", "VCT"),
        ("the Sudan", "SDN"),
        ("the Ukraine", "UKR"),
    ],
)
def test_long_names_without_their_articles(names: Names, text: str, iso3: str) -> None:
    assert names.resolve(text) == iso3


@pytest.mark.parametrize(
    "text", ["Republic", "Islamic Republic", "Salvador", "Republic of China", "Republic of Guineas"]
)
def test_a_part_of_a_long_name_is_none(names: Names, text: str) -> None:
    assert names.resolve(text) is None


@pytest.mark.parametrize("text", ["\u200fEstonia\u200e", "Esto\u00adnia", "Esto\u200bnia", "\ufeffEstonia"])
def test_what_does_not_show_is_no_part_of_a_name(names: Names, text: str) -> None:
    assert names.resolve(text) == "EST"


@pytest.mark.parametrize("text", ["4", "04", "4.0", "'004", " 4 "])
def test_codes_of_m49_as_spreadsheets_write_them(names: Names, text: str) -> None:
    assert names.resolve(text, "m49") == "AFG"


@pytest.mark.parametrize("text", ["4.5", "0004", "-4", "٤", "4a"])
def test_what_is_no_code_of_m49(names: Names, text: str) -> None:
    assert names.resolve(text, "m49") is None
