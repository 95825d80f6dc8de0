"""The site of everything that is published: which vintages it tells of, in which languages."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gci.core.errors import WrongUsage
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.reference.labels import language as known_language
from gci.site.read_back import Difference
from gci.site.texts import untranslated
from gci.site.write import Written, write_edition, write_ways_in
from gci.storage.release_log import Release, find, releases


@dataclass(frozen=True)
class Told:
    """What came of it.

    Attributes:
        lines: for a person: what was written where, and what is not as it should be.
        differences: figures on pages that are not what the file says.
    """

    lines: list[str]
    differences: list[Difference]


def site(
    named: Sequence[str], languages: Sequence[str], out: Path, folders: DataFolders, step: Callable[[str], None]
) -> Told:
    """Write the site.

    Args:
        named: editions or vintages, e.g. `2024` or `2024@v1`; none means all vintages of all editions.
        languages: codes; none means those of $GCI_LANGUAGES, separated by commas, or English.
        out: the site's folder; what it holds of these vintages is replaced.
        folders: what is published.
        step: is told what is being done.

    Raises:
        WrongUsage: nothing is published, an edition or language is not known, or `out` is a file.
    """
    if out.exists() and not out.is_dir():
        raise WrongUsage(f"{out} is a file. Name a folder for the site.")
    asked = [one for one in os.environ.get("GCI_LANGUAGES", "").replace(" ", "").split(",") if one]
    chosen = list(dict.fromkeys(known_language(code) for code in languages or asked or ["en"]))
    every = [one for one in releases(folders) if one.edition != PARTNERS]
    if PARTNERS in {name.partition("@")[0] for name in named}:
        raise WrongUsage("A partner release has no pages of its own. Name an edition.")
    wanted = [find(name, folders) for name in named] if named else every
    if not wanted:
        raise WrongUsage(
            f"Nothing is published in {folders.root}: there is nothing to make pages of. Call gci run first."
        )
    newest = {one.edition: max(each.vintage for each in every if each.edition == one.edition) for one in wanted}
    written = []
    for one in sorted(wanted, key=lambda each: (each.edition, each.vintage)):
        step(f"The pages of {one.name} are written.")
        newer = newest[one.edition] if one.vintage < newest[one.edition] else None
        written.append((one, write_edition(one.database, one.edition, out, chosen, newer)))
    write_ways_in(out, [made for one, made in written if _is_last(one, written)], chosen)
    lines = [f"{one.name}: {_counted(made)}: {made.home}" for one, made in written]
    lines += [
        f"{code}: {len(missing)} texts are not translated and stand in English."
        for code in chosen
        if (missing := untranslated(code))
    ]
    wrong = [each for _, made in written for each in made.differences]
    lines += [f"{each.page}: {each.cell} is shown as {each.shown}; the file says {each.expected}." for each in wrong]
    return Told(lines, wrong)


def _is_last(one: Release, written: Sequence[tuple[Release, Written]]) -> bool:
    return one.vintage == max(each.vintage for each, _ in written if each.edition == one.edition)


def _counted(made: Written) -> str:
    return f"{len(made.pages)} pages, {made.figures} figures read back, {len(made.differences)} differ"
