"""`gci diff`: what changed between two vintages, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gci.cli.diff_tree import carried_over, file_of, ranks_alone, states
from gci.cli.printing import console, number, print_json, text
from gci.core.disclaimer import SYNTHETIC
from gci.core.lines import PARTNERS

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = 20
"""States, and lines of a list, that are shown where nobody asked for all."""


def diff(
    earlier: Annotated[str, typer.Argument(metavar="E@V1", help="The vintage to start from, e.g. 2024@v1.")],
    later: Annotated[str, typer.Argument(metavar="E@V2", help="The vintage to compare with, e.g. 2024@v2.")],
    everything: Annotated[bool, typer.Option("--all", help="All states and lines, however many.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show what changed between two vintages: per state from the tier down to the answer and the file behind it.

    Of two editions the scores are shown; the table score_changes says what of them is comparable.
    """
    from gci.core.paths import data_folders
    from gci.inspection.diff import diff as compare
    from gci.storage.release_log import find

    folders = data_folders()
    found = compare(find(earlier, folders), find(later, folders), folders)
    if as_json:
        print_json(found)
    else:
        _show(found, everything=everything)


def _show(found: dict[str, Any], *, everything: bool) -> None:
    out = console()
    for line in _behind(found):
        out.print(line)
    if found["from"]["edition"] != found["to"]["edition"]:
        _list("Scores", _scores(found["changes"]), len(found["changes"]) if everything else FIRST)
        return
    if found["to"]["edition"] == PARTNERS:
        _list("Values of partners", _values(found["changes"]), len(found["changes"]) if everything else FIRST)
        return
    trees = states(found)
    out.print(f"\n[bold]States[/bold]: {len(trees) or 'none'} with another answer, score, rank or tier")
    for tree in trees if everything else trees[:FIRST]:
        out.print(tree)
    if len(trees) > FIRST and not everything:
        out.print(f"… {len(trees) - FIRST} more states: --all shows them")
    for line in (*ranks_alone(found), *carried_over(found)):
        out.print(line)
    for title, lines in _of_no_state(found).items():
        _list(title, lines, len(lines) if everything else FIRST)
    followed = sum(not change["moved"] for change in found["group_scores"])
    if followed:
        out.print(f"\nFigures of groups that follow from their members' scores: {followed}")
    if found["other_tables"]:
        further = len(found["other_tables"])
        out.print(f"Other rows follow in {further} further table{'' if further == 1 else 's'}: --json counts them.")


def _behind(found: dict[str, Any]) -> Iterator[str]:
    """Both vintages, and what went into one of them alone."""
    for side in ("from", "to"):
        told = found[side]
        note = f": {text(told['note'])}" if told["note"] else ""
        if told["synthetic"]:
            yield f"[bold yellow]{SYNTHETIC}[/bold yellow]"
        yield (
            f"{side:4} {told['edition']}@v{told['vintage']}, published {told['published_at']}, "
            f"signed by {text(told['signed_by'])}{note} (code {told['code_version']})"
        )
    for what in ("added", "removed"):
        for entry in found["inputs"][what]:
            yield f"{what} {entry['kind']} {file_of(entry)}"
    for one in found["reference"]:
        yield f"revised {one['class']}: {text(one['seed'])}"


def _scores(changes: list[dict[str, Any]]) -> list[str]:
    """The scores of two editions that differ."""
    return [
        f"{one['of']['iso3']} {one['of'].get('pillar', 'overall')}: {number(one['old'])} → {number(one['new'])}"
        for one in changes
    ]


def _values(changes: list[dict[str, Any]]) -> list[str]:
    """The values of partners that differ."""
    return [
        f"{text(' '.join(one['of'].values()))}: {_value(one['old'])} → {_value(one['new'])}, {one['cause'][:12]}"
        for one in changes
    ]


def _of_no_state(found: dict[str, Any]) -> dict[str, list[str]]:
    """What changed beside the states, by title."""
    groups = [_group(change) for change in found["group_scores"] if change["moved"]]
    return {
        "Framework": [_other(change, change["node"]) for change in found["framework"]],
        "Members of groups": [_other(change, _member(change)) for change in found["group_members"]],
        "Figures of groups with other members": groups,
        "Register of known errors": [_other(change, change["id"]) for change in found["corrections"]],
    }


def _list(title: str, lines: list[str], most: int) -> None:
    out = console()
    if lines:
        out.print(f"\n[bold]{title}[/bold]: {len(lines)} change{'' if len(lines) == 1 else 's'}")
    for line in lines[:most]:
        out.print(f"  {line}")
    if len(lines) > most:
        out.print(f"  … {len(lines) - most} more: --all shows them")


def _member(change: dict[str, Any]) -> str:
    return f"{change['iso3']} in {change['grouping']} {change['member_group']}"


def _group(change: dict[str, Any]) -> str:
    name = f"{change['grouping']} {change['member_group']} {change['dimension']}"
    return f"{_other(change, name)} ({text(change['because'])})"


def _other(change: dict[str, Any], name: str) -> str:
    if change["what"] != "changed":
        return f"{text(name)}: {change['what']}"
    moves = [f"{one} {_value(change['before'][one])} → {_value(change['after'][one])}" for one in change["differs"]]
    return f"{text(name)}: {', '.join(moves)}"


def _value(value: Any) -> str:
    """A value of any column: figures of scores with four decimals, nothing as a dash."""
    if isinstance(value, float):
        return number(value, 4)
    return "–" if value is None else text(value)
