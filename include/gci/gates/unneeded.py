"""Parts of Great Expectations that cost as much to import as the rest, and that no check of ours asks for.

Great Expectations imports scipy's statistics and altair's charts for two expectations on distributions, wherever it is
imported. Here both are set to load when something of them is first used: nothing is lost but the time.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

LATE = ("altair", "scipy.stats")
"""Modules that nothing needs until it uses them."""


class _Late(ModuleType):
    """Stands for a module until something of it is used: importlib's LazyLoader loads when it is imported again."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in ("__path__", "__all__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        found = importlib.import_module(self.__name__)
        self.__dict__.update(found.__dict__)
        return getattr(found, name)


def load_late(names: Iterable[str] = LATE) -> None:
    """From now on in this process. What is loaded already, or is not installed, stays as it is.

    Args:
        names: modules; the packages that they are in are loaded.
    """
    for name in names:
        if name not in sys.modules and importlib.util.find_spec(name):
            sys.modules[name] = _Late(name)
            parent, _, child = name.rpartition(".")
            if parent:
                setattr(sys.modules[parent], child, sys.modules[name])
