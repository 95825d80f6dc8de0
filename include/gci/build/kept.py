"""Reference data that an edition keeps until its own next vintage: rows of the seeds as its latest release had them.

A correction may touch several editions, and each goes out with a vintage of its own. The candidate of one must leave
the others as they were published, so where the seeds have other rows for them by now, it is built and gated with the
rows of their releases. This is for the seeds that say `touches: edition`; the members of groups, whose rows touch
several editions at once, are kept as group_members.json beside the manifest (gci.build.manifest).
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from gci.build.touched import declared, touching
from gci.core.paths import DBT_PROJECT, SEEDS
from gci.reference.seed_files import Row, rows_of, seed_file, seed_files
from gci.storage.release_log import Release

REFERENCE = "reference.json"
"""In a candidate and in a release: by seed the rows of its edition."""
FOLDER = "seeds"
"""In a candidate: the seeds that keep rows of other editions, each as a whole. Not there where none does."""


def of_edition(edition: str, seeds: Path = SEEDS) -> dict[str, list[Row]]:
    """By seed (gci.reference.seed_files names it) the rows that are of this edition alone."""
    found = touching(edition, seeds)
    return {seed: rows for seed, rows in found.items() if declared(seed_file(seed, seeds)) == "edition"}


def kept_seeds(others: Sequence[Release], seeds: Path = SEEDS) -> dict[str, str]:
    """The seeds of a candidate that are not those of the project.

    Args:
        others: the latest release of each edition that does not move.
        seeds: the folder of the seeds.

    Returns:
        Text of each by its place in the candidate's folder. A release from before releases kept their rows has those
        of today.
    """
    replaced: dict[str, dict[str, list[Row]]] = {}
    for release in others:
        file = release.folder / REFERENCE
        if not file.is_file():
            continue
        before: dict[str, list[Row]] = json.loads(file.read_text(encoding="utf-8"))
        now = of_edition(release.edition, seeds)
        for seed in before.keys() | now.keys():
            if before.get(seed) != now.get(seed) and seed_file(seed, seeds).is_file():
                replaced.setdefault(seed, {})[release.edition] = before.get(seed, [])
    return {f"{FOLDER}/{seed}.csv": _text(seed_file(seed, seeds), rows) for seed, rows in sorted(replaced.items())}


@contextmanager
def project_of(candidate: Path, project: Path = DBT_PROJECT) -> Iterator[Path]:
    """The dbt project with the seeds that the candidate in a folder keeps; the project itself where it keeps none."""
    if not (candidate / FOLDER).is_dir():
        yield project
        return
    with tempfile.TemporaryDirectory(prefix="gci-project-") as folder:
        copy = Path(folder) / project.name
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns("target", "logs"))
        for name, kept in seed_files(candidate / FOLDER).items():
            shutil.copyfile(kept, seed_file(name, copy / "seeds"))
        yield copy


def _text(seed: Path, replaced: Mapping[str, Sequence[Row]]) -> str:
    """A seed as CSV in which editions have the rows of `replaced` in place of their own."""
    with seed.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    rows = [row for row in rows_of(seed) if row["edition"] not in replaced]
    rows += [row for edition in sorted(replaced) for row in replaced[edition]]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
