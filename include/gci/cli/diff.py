"""`gci diff`: what changed between two vintages, and why."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gci.cli.printing import console, number, print_json, text


def diff(
    earlier: Annotated[str, typer.Argument(metavar="E@V1", help="The vintage to start from, e.g. 2024@v1.")],
    later: Annotated[str, typer.Argument(metavar="E@V2", help="The vintage to compare with, e.g. 2024@v2.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show what changed between two vintages: answers with what is behind each, scores, ranks, tiers, framework.

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
        _show(found)


def _show(found: dict[str, Any]) -> None:
    out = console()
    for side in ("from", "to"):
        told = found[side]
        note = f": {text(told['note'])}" if told["note"] else ""
        out.print(
            f"{side:4} {told['edition']}@v{told['vintage']}, published {told['published_at']}, "
            f"signed by {text(told['signed_by'])}{note} (code {told['code_version']})"
        )
    if found["from"]["edition"] != found["to"]["edition"]:
        _show_scores(found["changes"])
        return
    for what in ("added", "removed"):
        for entry in found["inputs"][what]:
            out.print(f"{what} {entry['kind']} {_file(entry)}")
    for one in found["reference"]:
        out.print(f"revised {one['class']}: {text(one['seed'])}")
    for title, lines in (
        ("Scores", [_score(change) for change in found["overall_scores"]]),
        ("Answers", [_answer(change) for change in found["answers"]]),
        ("Framework", [_other(change, change["node"]) for change in found["framework"]]),
        ("Members of groups", [_other(change, _member(change)) for change in found["group_members"]]),
        (
            "Figures of groups with other members",
            [_group(change) for change in found["group_scores"] if change["moved"]],
        ),
        ("Register of known errors", [_other(change, change["id"]) for change in found["corrections"]]),
    ):
        out.print(f"\n[bold]{title}[/bold]: {len(lines) or 'no'} change{'' if len(lines) == 1 else 's'}")
        for line in lines:
            out.print(f"  {line}")
    followed = sum(not change["moved"] for change in found["group_scores"])
    if followed:
        out.print(f"\nFigures of groups that follow from their members' scores: {followed}")
    if found["other_tables"]:
        counts = ", ".join(f"{table} {count}" for table, count in found["other_tables"].items())
        out.print(f"\nRows that differ in further tables: {counts}")


def _show_scores(changes: list[dict[str, Any]]) -> None:
    for one in changes:
        of = one["of"]
        console().print(f"  {of['iso3']} {of.get('pillar', 'overall')}: {number(one['old'])} → {number(one['new'])}")


def _file(entry: dict[str, Any]) -> str:
    said = entry.get("receipt")
    name = f"{text(said['file'])}, received {said['received_at']}, " if said else ""
    return f"{name}SHA-256 {entry['digest'][:12]}"


def _score(change: dict[str, Any]) -> str:
    before, after = (change[side] or {} for side in ("before", "after"))
    moves = [f"{number(before.get('score'))} → {number(after.get('score'))}"]
    moves += [
        f"{name} {text(before.get(name)) or '–'} → {text(after.get(name)) or '–'}"
        for name in ("rank", "tier", "respondent_status", "answered")
        if name in change["differs"]
    ]
    return f"{change['iso3']}: {', '.join(moves)} ({text(change['because'])})"


def _answer(change: dict[str, Any]) -> str:
    before, after = (change[side] or {} for side in ("before", "after"))
    why = change["why"]
    behind = f"; {_file(why)}" if why.get("digest") else ""
    return (
        f"{change['iso3']} {change['item']}: {number(before.get('answer'), 4)} → {number(after.get('answer'), 4)} "
        f"({text(why['says'])}{behind})"
    )


def _member(change: dict[str, Any]) -> str:
    return f"{change['iso3']} in {change['grouping']} {change['member_group']}"


def _group(change: dict[str, Any]) -> str:
    name = f"{change['grouping']} {change['member_group']} {change['dimension']}"
    return f"{_other(change, name)} ({text(change['because'])})"


def _other(change: dict[str, Any], name: str) -> str:
    if change["what"] != "changed":
        return f"{text(name)}: {change['what']}"
    moves = [f"{one} {text(change['before'][one])} → {text(change['after'][one])}" for one in change["differs"]]
    return f"{text(name)}: {', '.join(moves)}"
