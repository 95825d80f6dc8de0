"""Spellings of states: resolved when certain, None otherwise."""

from __future__ import annotations

import pytest

from gci import reference
from gci.collect.names import Names
from gci.collect.rulebook import rulebook
from gci.reference import MemberState


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh", "ru"])
def test_every_state_by_its_name_in_six_languages(language: str) -> None:
    states = reference.member_states()
    resolved = {iso3: rulebook().names.resolve(state.names[language]) for iso3, state in states.items()}
    assert resolved == {iso3: iso3 for iso3 in states}


def test_every_state_by_its_codes() -> None:
    for iso3, state in reference.member_states().items():
        assert {rulebook().names.resolve(code) for code in (iso3, iso3.lower(), state.iso2, state.m49)} == {iso3}


def test_every_reviewed_alias() -> None:
    for alias, iso3 in reference.aliases().items():
        assert rulebook().names.resolve(alias) == iso3


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("NA", "NAM"),
        ("Egypt, Arab Rep.", "EGY"),
        ("Swaziland", "SWZ"),
        ("Cape Verde", "CPV"),
        ("  estonia** ", "EST"),
        ("COTE D’IVOIRE*", "CIV"),
        ("Sierra  Leone", "SLE"),
        ("El Salvador", "SLV"),
    ],
)
def test_spellings_met_in_real_tables(text: str, iso3: str) -> None:
    assert rulebook().names.resolve(text) == iso3


@pytest.mark.parametrize("text", ["", "*", "no", "na", "Korea", "Atlantis", "Estoni", "World", "123"])
def test_what_is_not_certain_is_not_guessed(text: str) -> None:
    assert rulebook().names.resolve(text) is None


def test_a_name_of_two_states_names_none() -> None:
    def state(iso3: str) -> MemberState:
        return MemberState(iso3, iso3[:2], iso3, {"en": "Ruritania"}, "EUR")

    names = Names([state("RUA"), state("RBB")], {"Kingdom of Ruritania": "RUA"})
    assert names.resolve("Ruritania") is None
    assert names.resolve("kingdom of ruritania") == "RUA"
