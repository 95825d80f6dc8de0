"""Draws which package of gci uses which, into docs/architecture.md: `make picture`.

An arrow that only repeats what follows from others is left out, so that the layers can be seen.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import grimp

PAGE = Path(__file__).with_name("architecture.md")
BETWEEN = re.compile(r"(<!-- packages -->\n).*?(<!-- /packages -->)", re.DOTALL)


def uses() -> dict[str, set[str]]:
    """Which packages each package of gci imports, by their names within gci."""
    graph = grimp.build_graph("gci", cache_dir=None)
    packages = {name.removeprefix("gci.") for name in graph.find_children("gci")}
    found: dict[str, set[str]] = {name: set() for name in packages}
    for name in packages:
        inside = {f"gci.{name}"} | graph.find_descendants(f"gci.{name}")
        imported = {one.split(".")[1] for module in inside for one in graph.find_modules_directly_imported_by(module)}
        found[name] = imported & packages - {name}
    return found


def picture(arrows: dict[str, set[str]]) -> str:
    """The arrows that do not follow from others, as a flowchart in Mermaid."""
    lines = [f"    {one} --> {other}" for one in sorted(arrows) for other in sorted(_shortest(one, arrows))]
    return "\n".join(["```mermaid", "flowchart TD", *lines, "```", ""])


def _shortest(one: str, arrows: dict[str, set[str]]) -> set[str]:
    return {other for other in arrows[one] if not any(other in _below(step, arrows) for step in arrows[one] - {other})}


def _below(one: str, arrows: dict[str, set[str]]) -> set[str]:
    return arrows[one] | {far for step in arrows[one] for far in _below(step, arrows)}


def drawn(page: str) -> str:
    """The page with the picture as it is now."""
    return BETWEEN.sub(lambda found: found[1] + picture(uses()) + found[2], page)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    now = drawn(text)
    if "--check" in sys.argv and now != text:
        sys.exit("docs/architecture.md shows other packages than there are: make picture")
    PAGE.write_text(now, encoding="utf-8")
