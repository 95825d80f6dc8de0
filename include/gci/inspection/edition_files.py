"""The files of a new edition: made from those of an earlier one, to be filled in."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from gci.core.errors import WrongUsage
from gci.core.paths import DBT_PROJECT
from gci.reference.seed_files import Row, rows_of, seed_file
from gci.reference.seeds import edition, members

_FRAMEWORKS = re.compile(r"(frameworks: \[[^\]]*)\]")
CARRIED = {
    "tiers": "edition",
    "survey/question_dependencies": "edition",
    "labels/question_texts": "edition",
}
"""Seeds whose rows of the earlier edition are carried over, and the column that names the edition."""


def new_edition(name: str, earlier: str, project: Path = DBT_PROJECT) -> list[Path]:
    """Make what a new edition needs from an earlier one: framework, texts, form version, calendar, members, tiers.

    Dates are empty and the status is `rehearsal` until somebody decides them; weights are those of the earlier edition,
    or empty where experts allot points.

    Args:
        name: the new edition, e.g. 2028.
        earlier: the edition to begin with.
        project: the dbt project that it is made in.

    Returns:
        The files that were made or added to, in the order of their names.

    Raises:
        WrongUsage: the new edition is there already or is no year, or the earlier one is unknown.
    """
    seeds = project / "seeds"
    known = edition(earlier)
    if not (name.isdecimal() and len(name) == 4 and name > earlier):
        raise WrongUsage(f"{name!r} is no edition that follows {earlier}. Name it by its year, e.g. 2028.")
    listed = rows_of(seed_file("editions", seeds))
    if any(row["edition"] == name for row in listed):
        raise WrongUsage(f"Edition {name} is there already. `gci edition check {name}` says what it lacks.")
    (before,) = (row for row in listed if row["edition"] == earlier)
    dates = dict.fromkeys(("collection_from", "collection_to", "published_on"), "")
    title = f"Global Cybersecurity Index {name}"
    own = before | {"edition": name, "reference_year": name, "status": "rehearsal", "title_en": title} | dates
    made = [_add(seed_file("editions", seeds), [own]), *_framework(name, earlier, seeds)]
    joined = [{"edition": name, "iso3": iso3} for iso3 in sorted(members(earlier))]
    made.append(_add(seed_file("states/membership", seeds), joined))
    for seed, column in CARRIED.items():
        file = seed_file(seed, seeds)
        made.append(_add(file, [row | {column: name} for row in rows_of(file) if row[column] == earlier]))
    if known.item_level == "question":
        first = {"edition": name, "form_version": f"{name}-1", "valid_from": "", "new_items": "", "note": "To be dated"}
        made.append(_add(seed_file("frameworks/form_versions", seeds), [first]))
    return sorted(set(made))


def _framework(name: str, earlier: str, seeds: Path) -> list[Path]:
    """The tree, and what describes it."""
    source, target = (seed_file(f"frameworks/framework_{one}", seeds) for one in (earlier, name))
    rows = [row | {"edition": name} for row in rows_of(source)]
    target.write_text(_text(list(rows[0]), rows), encoding="utf-8")
    described = source.with_suffix(".yml").read_text(encoding="utf-8").replace(earlier, name)
    target.with_suffix(".yml").write_text(described, encoding="utf-8")
    listed = seeds.parent / "dbt_project.yml"
    text = listed.read_text(encoding="utf-8")
    listed.write_text(_FRAMEWORKS.sub(rf'\1, "{name}"]', text), encoding="utf-8")
    return [target, target.with_suffix(".yml"), listed]


def _add(seed: Path, rows: list[Row]) -> Path:
    """Add rows to the end of a seed, as its columns are."""
    with seed.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    text = seed.read_text(encoding="utf-8")
    added = _text(columns, rows).partition("\n")[2]
    seed.write_text(text + ("" if text.endswith("\n") else "\n") + added, encoding="utf-8")
    return seed


def _text(columns: list[str], rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
