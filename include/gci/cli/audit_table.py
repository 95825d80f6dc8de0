"""How `gci audit --edition` prints: what is told first, then the states whose tier is not sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gci.audit.certainty import SURE
from gci.cli.printing import console, number, text


def show(told: Mapping[str, Any], states: Sequence[Mapping[str, Any]]) -> None:
    """Print the summary of an audit, and the states that may well be in another tier.

    Args:
        told: the row of `audit_summary`.
        states: the rows of `score_uncertainty`.
    """
    from rich.table import Table

    out = console()
    drawn = "experts drawn anew" if told["weights_from"] == "experts" else f"weights within ±{told['spread']:.0%}"
    out.print(
        f"[bold]{told['edition']}[/bold]: {told['states']} states, {told['replications']:,} draws "
        f"(seed {told['seed']}), {drawn}, {told['uncertain_answers']:,} answers drawn, alpha {number(told['alpha'], 3)}"
    )
    out.print(text(told["sentence"]))
    if told["tiers_always_kept"] is None:
        out.print("This edition has ranks; --json and --out have the confidence set of each.")
        return
    out.print(
        f"{told['tiers_always_kept']} states keep their tier in every draw; for {told['below_095']} no tier has "
        f"0.95, for {told['below_075']} none has 0.75. {told['within_1_point']} states lie within 1 point of a cut, "
        f"{told['within_2_points']} within 2."
    )
    table = Table(title="States whose tier is not sure", title_justify="left")
    for heading in ("state", "score", "tier", "probability", "T1 to T5", "tiers at once", "changes up", "changes down"):
        table.add_column(heading)
    for state in sorted(states, key=lambda state: state["tier_probability"]):
        if state["tier_probability"] < SURE:
            table.add_row(*_row(state))
    out.print(table)


def _row(state: Mapping[str, Any]) -> list[str]:
    best, worst = state["tier_best"], state["tier_worst"]
    return [
        text(state["iso3"]),
        number(state["score"]),
        f"T{state['tier']}",
        number(state["tier_probability"], 3),
        " ".join(number(one, 2) for one in state["tier_probabilities"]),
        f"T{best}" if best == worst else f"T{best}–T{worst}",
        number(state["changes_up"], 0),
        number(state["changes_down"], 0),
    ]
