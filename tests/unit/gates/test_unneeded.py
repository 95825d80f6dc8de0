"""What Great Expectations imports and no check of ours uses is loaded when it is used, and then as ever."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from gci.gates.unneeded import load_late

_IMPORTED = """
import sys
import gci.gates.gx_runner
print(*(name for name in sys.modules if name.startswith(("altair.", "scipy.stats."))))
import altair
from scipy import stats
print(float(stats.entropy([0.5, 0.5], base=2)), altair.Chart is sys.modules["altair"].Chart)
"""


def test_charts_and_statistics_are_loaded_when_they_are_used_and_no_sooner() -> None:
    done = subprocess.run([sys.executable, "-c", _IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["", "1.0 True"]


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
