"""`gci explain`: a state's score down to answer, evidence, file and row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gci.cli.printing import console, number, print_json, text

if TYPE_CHECKING:
    from rich.tree import Tree


def explain(
    iso3: Annotated[str, typer.Argument(help="State, ISO 3166 alpha-3, e.g. EST.")],
    edition: Annotated[str, typer.Option(help="Edition, e.g. 2024; or a vintage of it, 2024@v1.")],
    candidate: Annotated[
        Path | None, typer.Option(help="Folder of a candidate, or its DuckDB file, in place of what is published.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show what a score rests on: pillars, indicators, weights, answers, evidence, file and row.

    Scores and points are shown with two decimals, indicators and answers (0 to 1) with four; what was printed, as it
    was.
    """
    from gci.core.paths import data_folders
    from gci.inspection.explain import explain as take_apart

    found = take_apart(iso3, edition, data_folders(), candidate)
    if as_json:
        print_json(found)
    else:
        console().print(_tree(found))


def _tree(found: dict[str, Any]) -> Tree:
    from rich.tree import Tree

    from gci.core.disclaimer import SYNTHETIC
    from gci.site.codes import MEANINGS

    overall, release = found["overall"], found["release"]
    place = f"rank {overall['rank']}" if overall["rank"] is not None else f"tier {number(overall['tier'], 0)}"
    tree = Tree(
        f"[bold]{text(found['state']['name_en'])} ({found['state']['iso3']}), {found['edition']}[/bold]: "
        f"[bold]{number(overall['score'])}[/bold] of 100, {place}, "
        f"{overall['answered']} of {overall['items']} items answered"
    )
    if found["synthetic"]:
        tree.add(f"[bold yellow]{SYNTHETIC}[/bold yellow]")
    tree.add(MEANINGS["respondent_status"][overall["respondent_status"]])
    if release["published_at"]:
        signed = f"signed by {text(release['signed_by'])}"
        tree.add(f"vintage {found['vintage']}, published {release['published_at']}, {signed}")
    else:
        tree.add(f"[yellow]candidate[/yellow] of vintage {found['vintage']}, not published: {text(release['folder'])}")
    for printed in found["printed"]:
        said = printed["score"] if printed["decimals"] is None else number(printed["score"], printed["decimals"])
        as_printed = f"published ({text(printed['source'])}): {said} (scale {printed['scale']})"
        tree.add(f"{as_printed}, rank {printed['rank']}" if printed["rank"] else as_printed)
    for entry in found["register"]:
        tree.add(
            f"[yellow]known error {text(entry['id'])}[/yellow] ({entry['dimension']}, {entry['status']}): "
            f"{text(entry['what_is_wrong'])}"
        )
    if found["certainty"]:
        _certainty(tree, found["certainty"])
    for pillar in found["pillars"]:
        _pillar(tree, pillar)
    return tree


def _certainty(tree: Tree, certainty: dict[str, Any]) -> None:
    branch = tree.add("how sure")
    for line in certainty["told"]:
        branch.add(text(line))


def _pillar(tree: Tree, pillar: dict[str, Any]) -> None:
    branch = tree.add(
        f"[bold]{text(pillar['label'])}[/bold]: {number(pillar['score'])} of {number(pillar['weight'], 0)}"
    )
    for indicator in pillar["indicators"]:
        leaf = branch.add(
            f"{indicator['indicator']} {text(indicator['label'])}: {number(indicator['score'], 4)} × "
            f"{_weight(indicator)} = {number(indicator['points'])} points"
        )
        for answer in indicator["answers"]:
            leaf.add(_answer(answer, indicator))


def _weight(node: dict[str, Any]) -> str:
    """A weight as a number, and as the fraction that it is where the number is rounded."""
    shown = number(node["weight"], 4).rstrip("0").rstrip(".")
    exact = node["weight_fraction"]
    return shown if exact == f"{shown}/1" else f"{shown} ({exact})"


def _origin(answer: dict[str, Any]) -> str:
    from gci.site.codes import MEANINGS

    return MEANINGS["origin"][answer["origin"]]


def _answer(answer: dict[str, Any], indicator: dict[str, Any]) -> str:
    item = "" if answer["item"] == indicator["indicator"] else f"{answer['item']} × {_weight(answer)}: "
    if answer["source"] == "none":
        return f"[dim]{item}no answer[/dim]"
    published = answer["source"] == "published"
    why = "published" if published else answer["reason"] or answer["source"]
    told = [f"{item}{number(answer['answer'], 4)}, {why}"]
    if answer.get("taken_from"):
        told.append(f"taken over from {text(answer['taken_from'])}; answered by: {_origin(answer)}")
    if answer["file"] and not published:  # else the file was only made from that table
        sheet = f"sheet {text(answer['sheet'])} " if answer.get("sheet") else ""
        told.append(f"{text(answer['file'])} {sheet}row {answer['row']}")
    if answer["return_digest"] and not published:
        told.append(f"return {answer['return_digest'][:12]}")
    if answer["receipt"] and not published:
        told.append(f"received {answer['receipt']['received_at']}")
    if answer.get("review_reason"):
        told.append(f"reviewer: {text(answer['review_reason'])}")
    told += [text(said) for said in (answer["evidence_url"], answer["comment"]) if said]
    return " · ".join(told)
