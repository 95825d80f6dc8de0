"""What is set to load late loads when something of it is used, and not when it is imported."""

from __future__ import annotations

import importlib
import sys

import pytest

from gci.gates.unneeded import load_late


@pytest.mark.parametrize("name", ["wave", "wsgiref.simple_server"])
def test_a_module_loads_when_it_is_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, name, raising=False)
    load_late([name])
    late = importlib.import_module(name)
    parent, _, child = name.rpartition(".")
    assert not parent or getattr(sys.modules[parent], child) is late
    assert "__all__" not in vars(late)
    assert late.__all__
    found = sys.modules[name]
    assert found is not late
    assert vars(late).items() >= {key: vars(found)[key] for key in found.__all__}.items()
    with pytest.raises(AttributeError):
        late.no_such_name  # noqa: B018


def test_what_is_loaded_stays_and_what_is_not_there_is_not_made() -> None:
    load_late(["json", "no_such_module_at_all"])
    assert sys.modules["json"] is importlib.import_module("json")
    assert "no_such_module_at_all" not in sys.modules
