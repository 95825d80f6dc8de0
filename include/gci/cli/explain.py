"""`gci explain`: a state's score down to answer, evidence, file and row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gci.cli.printing import console, number, print_json, text

if TYPE_CHECKING:
    from rich.tree import Tree


def explain(
    iso3: Annotated[str, typer.Argument(help="State, ISO 3166 alpha-3, e.g. EST.")],
    edition: Annotated[str, typer.Option(help="Edition, e.g. 2024; or a vintage of it, 2024@v1.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")] = False,
) -> None:
    """Show what a published score rests on: pillars, indicators, weights, answers, evidence, file and row."""
    from gci.core.paths import data_folders
    from gci.inspection.explain import explain as take_apart

    found = take_apart(iso3, edition, data_folders())
    if as_json:
        print_json(found)
    else:
        console().print(_tree(found))


def _tree(found: dict[str, Any]) -> Tree:
    from rich.tree import Tree

    from gci.core.disclaimer import SYNTHETIC

    overall, release = found["overall"], found["release"]
    place = f"rank {overall['rank']}" if overall["rank"] is not None else f"tier {number(overall['tier'], 0)}"
    tree = Tree(
        f"[bold]{text(found['state']['name_en'])} ({found['state']['iso3']}), {found['edition']}[/bold]: "
        f"[bold]{number(overall['score'])}[/bold] of 100, {place}, {overall['respondent_status']} "
        f"({overall['obs_status']}), {overall['answered']} of {overall['items']} items answered"
    )
    if found["synthetic"]:
        tree.add(f"[bold yellow]{SYNTHETIC}[/bold yellow]")
    signed = f"signed by {text(release['signed_by'])}"
    tree.add(f"vintage {found['vintage']}, published {release['published_at']}, {signed}")
    for printed in found["printed"]:
        as_printed = f"published ({text(printed['source'])}): {printed['score']} (scale {printed['scale']})"
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
            f"{indicator['weight_fraction']} = {number(indicator['points'], 4)} points"
        )
        for answer in indicator["answers"]:
            leaf.add(_answer(answer, indicator))


def _answer(answer: dict[str, Any], indicator: dict[str, Any]) -> str:
    item = "" if answer["item"] == indicator["indicator"] else f"{answer['item']} × {answer['weight_fraction']}: "
    if answer["source"] == "none":
        return f"[dim]{item}no answer[/dim]"
    told = [f"{item}{number(answer['answer'], 4)}, {answer['reason'] or answer['source']}"]
    if answer.get("taken_from"):
        told.append(f"taken over from {text(answer['taken_from'])}; answered by: {answer['origin']}")
    if answer["file"]:
        sheet = f"sheet {text(answer['sheet'])} " if answer.get("sheet") else ""
        told.append(f"{text(answer['file'])} {sheet}row {answer['row']}")
    if answer["return_digest"]:
        told.append(f"return {answer['return_digest'][:12]}")
    if answer["receipt"]:
        told.append(f"received {answer['receipt']['received_at']}")
    if answer.get("review_reason"):
        told.append(f"reviewer: {text(answer['review_reason'])}")
    told += [text(said) for said in (answer["evidence_url"], answer["comment"]) if said]
    return " · ".join(told)
