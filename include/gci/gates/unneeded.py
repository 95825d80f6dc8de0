"""Parts of Great Expectations that cost as much to import as the rest, and that no check of ours asks for.

Great Expectations imports scipy's statistics and altair's charts for two expectations on distributions, wherever it is
imported. Here both are set to load when something of them is first used: nothing is lost but the time.
"""

from __future__ import annotations

import importlib.util
import sys

LATE = ("altair", "scipy.stats")
"""Modules that nothing needs until it uses them."""


def load_late() -> None:
    """From now on in this process. What is loaded already, or is not installed, stays as it is."""
    for name in LATE:
        if name not in sys.modules and (found := importlib.util.find_spec(name)) and found.loader:
            found.loader = importlib.util.LazyLoader(found.loader)
            module = importlib.util.module_from_spec(found)
            sys.modules[name] = module
            found.loader.exec_module(module)
            parent, _, child = name.rpartition(".")
            if parent:
                setattr(sys.modules[parent], child, module)
