"""What is said wherever figures or open points of invented returns are shown to people."""

from __future__ import annotations

SYNTHETIC = "SYNTHETIC, made from invented returns: nothing here says anything of a state."
