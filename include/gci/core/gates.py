"""The gates, by name, in the order in which a candidate comes to them."""

from __future__ import annotations

from typing import Final

LANDED: Final = "landed"
BUILT: Final = "built"
PAGES: Final = "pages"
RELEASE: Final = "release"

GATES = (LANDED, BUILT, PAGES, RELEASE)
BEFORE_SIGN_OFF = (LANDED, BUILT, PAGES)
"""Those that a candidate has passed before anyone is asked; `release` is held when somebody is."""
