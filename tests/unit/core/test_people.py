"""One person under several spellings is one person, and two people are two."""

from __future__ import annotations

import pytest

from gci.core.people import is_a_name, same_person

JOSE = ("jmg", "José Müller-García", "jose.muller@example.org")


@pytest.mark.parametrize(
    "reviewer",
    [
        "JOSÉ  MÜLLER-GARCÍA",
        "Jose\u0301 Mu\u0308ller-Garci\u0301a",  # the same letters, each accent a character of its own
        "Jose Muller Garcia",
        "José\u00a0Müller\u2011García",
        "Jo\u200bsé Müller-García\u200e",
        "Ｊｏｓé Müller-García",
        "Müller-García, José",
        "Dr. José Müller-García (index team)",
        "José Müller-García <jmg@example.org>",
        "Max Muster; José Müller-García",
        "JOSE.MULLER@EXAMPLE.ORG",
        "jose.muller@another.example",
        "José Müller",
        "JMG",
        "Max Muster, jmg",
        "José Mueller García",
        "JoséMüller-García",
        "Jоsé Müllеr-García",  # Cyrillic о and е
        "J0SÉ MÜLLΕR-GARCÍΑ",  # a zero, and Greek capitals
        "J. Müller-García",
        "jgarcia",
    ],
)
def test_another_spelling_is_the_same_person(reviewer: str) -> None:
    found = same_person(JOSE, ["Somebody Else", reviewer])
    assert found is not None
    assert found[1] == reviewer


@pytest.mark.parametrize(
    "reviewer", ["", " ", "-", "José Pérez", "Max Müller", "jmgx", "the jmg of old", "jose.perez@example.org"]
)
def test_somebody_else_is_somebody_else(reviewer: str) -> None:
    assert same_person(JOSE, [reviewer]) is None
    assert same_person(("", "…"), [reviewer]) is None


def test_marks_that_are_letters_tell_people_apart() -> None:
    assert same_person(["राम"], ["रमा"]) is None
    assert same_person(["مُحَمَّد"], ["مُحَمَّد"]) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dr. Jane Doe", "Jane Doe"),
        ("Jane Doe (index team)", "doe, jane"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Søren Ibsen", "soren ibsen"),
        ("Ali Işık", "ali isik"),
        ("Иван Петров", "ИВАН ПЕТРОВ"),
        ("Jane O'Brien", "Jane OBrien"),
        ("Jane\u200bDoe", "Jane Doe"),
    ],
)
def test_it_does_not_matter_which_of_two_is_spelled_how(one: str, other: str) -> None:
    assert same_person([one], [other]) == (one, other)
    assert same_person([other], [one]) == (other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("J. Doe", "J. Roe"), ("Su Li", "Sue Li"), ("王伟", "王伟明"), ("Jane Doe", "John Doe"), ("Bo Chen", "Bo Cheng")],
)
def test_who_only_sounds_alike_is_two(one: str, other: str) -> None:
    assert same_person([one], [other]) is None


def test_a_dash_is_nobody() -> None:
    assert not any(map(is_a_name, ("", "-", " … ", "\u200b")))
    assert all(map(is_a_name, ("Ana", "王伟", "7")))
