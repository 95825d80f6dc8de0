"""What people read of one edition, made anew: its site in six languages, and the profile of each state on paper.

    python tests/bench/reading.py
    GCI_DATA=data python tests/bench/reading.py        of what is published there

Each figure is one whole process on this machine. The site is beside a loop that writes the same bytes to the disk, the
profiles beside Typst alone, which sets one of them as often: those ratios are what to compare between machines.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import COMMAND, Measured, measure

EDITION = "2024"
LANGUAGES = ("en", "fr", "es", "ar", "zh", "ru")
WRITTEN = """
import sys
from pathlib import Path
there, out = map(Path, sys.argv[1:])
for page in sorted(there.rglob("*.html")):
    text = page.read_text("utf-8")
    copy = out / page.relative_to(there)
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(text, "utf-8")
"""
TYPST = """
import json, sys
import typst
from pathlib import Path
import gci.site
from gci.site.profile import of_state
from gci.site.profile_data import profile_data
from gci.core.paths import data_folders
content, state = of_state("EST", sys.argv[1], data_folders())
told = {"told": json.dumps(profile_data(content, state, "en"))}
template = Path(gci.site.__file__).with_name("templates") / "profile.typ"
fonts = typst.Fonts()
for _ in content.states:
    typst.compile(str(template), format="pdf", sys_inputs=told, pdf_standards=["a-2a", "ua-1"], font_paths=fonts)
"""


def reading(folder: Path, environment: dict[str, str]) -> list[tuple[str, Measured, Measured, str]]:
    """Measure both.

    Args:
        folder: where to write; empty.
        environment: of the processes; its GCI_DATA has the edition published.

    Returns:
        What, its process, the process beside it, and what that one does.
    """
    spoken = [word for language in LANGUAGES for word in ("--language", language)]
    site = measure([*COMMAND, "site", "--edition", EDITION, *spoken, "--out", str(folder / "site")], environment)
    written = measure(["-c", WRITTEN, str(folder / "site"), str(folder / "copy")], environment)
    pdf = ["profile", "all", "--edition", EDITION, "--pdf", str(folder / "pdf")]
    profiles = measure([*COMMAND, *pdf], environment)
    typst = measure(["-c", TYPST, EDITION], environment)
    count = len(list((folder / "pdf").glob("*.pdf")))
    return [
        (f"site of {EDITION} in {len(LANGUAGES)} languages, read back", site, written, "writing the same bytes"),
        (f"{count} profiles in one language", profiles, typst, "Typst alone, one profile as often"),
    ]


def main() -> None:
    """Publish the edition where no data folder is named; measure, and print a table."""
    with tempfile.TemporaryDirectory(prefix="gci-bench-") as folder:
        environment = dict(os.environ)
        if "GCI_DATA" not in environment:
            environment["GCI_DATA"] = f"{folder}/data"
            measure([*COMMAND, "replay", "--edition", EDITION], environment)
            measure([*COMMAND, "run", "--edition", EDITION, "--sign-off", "bench"], environment)
        table = Table(title="what people read", title_justify="left")
        for heading in ("", "seconds", "processor seconds", "times as long as", "", "peak MiB"):
            table.add_column(heading, justify="right" if heading else "left")
        for what, one, beside, called in reading(Path(folder), environment):
            ratio = f"{one.seconds / beside.seconds:.1f}"
            table.add_row(what, f"{one.seconds:.1f}", f"{one.processor:.1f}", ratio, called, f"{one.peak:.0f}")
        Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
