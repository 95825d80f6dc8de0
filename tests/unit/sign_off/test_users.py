"""Who may log in: users, roles, passwords."""

from __future__ import annotations

import json
import stat

import pytest

from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.sign_off.users import ROLES, passwords, setting, users


@pytest.fixture
def folders(tmp_path) -> DataFolders:
    (tmp_path / "airflow").mkdir()
    return DataFolders(tmp_path)


def test_without_a_word_there_is_one_user_for_each_role() -> None:
    assert {user.name: user.role.name for user in users("")} == {name: name for name in ROLES}


def test_names_of_people_have_blanks() -> None:
    known = users(" Jane Doe : publisher, ops:engineer")
    assert setting(known) == "Jane Doe:user,ops:op"


@pytest.mark.parametrize("told", ["Jane", "Jane:", "Jane:admin", ":viewer", "a:b:viewer", "a:viewer,a:engineer"])
def test_what_cannot_be_read_is_said(told: str) -> None:
    with pytest.raises(WrongUsage, match="GCI_USERS"):
        users(told)


def test_passwords_are_made_once_kept_and_taken_away_with_their_user(folders: DataFolders) -> None:
    file = passwords(users("a:viewer,b:engineer"), folders)
    first = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len({*first.values()}) == 2
    assert min(map(len, first.values())) > 16
    again = json.loads(passwords(users("b:engineer,c:publisher"), folders).read_text())
    assert again["b"] == first["b"]
    assert set(again) == {"b", "c"}


@pytest.mark.parametrize("text", ["[1, 2]", "{", "3"])
def test_a_file_that_holds_something_else_is_not_overwritten(folders: DataFolders, text: str) -> None:
    file = passwords(users(""), folders)
    file.write_text(text)
    with pytest.raises(WrongUsage, match="passwords"):
        passwords(users(""), folders)
    assert file.read_text() == text
