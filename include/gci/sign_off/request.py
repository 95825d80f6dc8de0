"""What the signer is shown: gates, known errors, what changes, who moved, and exactly which file is asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gci.build.manifest import is_synthetic
from gci.core.checksums import sha256
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.gates.report import load_reports, partner_ages
from gci.publish.figures import changes, figures, movers
from gci.sign_off.certainty import how_sure
from gci.sign_off.markdown import code, table, text

ROWS_SHOWN = 30


def summary(candidate: Candidate, folders: DataFolders, pages: str = "") -> str:
    """The request for a sign-off, as Markdown.

    Args:
        candidate: what would be published; its gates have reported.
        folders: where the published file lies.
        pages: address of the project's pages in Airflow, for links; empty for none.
    """
    came_out = figures(candidate.database, candidate.edition)
    parts = [
        *([_SYNTHETIC] if is_synthetic(candidate.folder) else []),
        [
            f"**GCI {candidate.edition}, vintage {candidate.vintage}**: {came_out['states']} states with a score, "
            f"{_places(came_out)}.",
        ],
        ["### Gates", *_gates(candidate)],
        ["### How sure the result is", *how_sure(candidate, pages)],
        ["### Known errors", *_known_errors(came_out["known_errors"])],
        ["### Against the vintage that is published", *_changes(candidate, folders)],
        ["### Largest moves since the edition before", *_movers(candidate)],
        ["### Top and bottom", *table(_SCORED, (_scored(row) for row in _ends(came_out)))],
        ["### Partner data", *_partners(candidate)],
        ["### What is asked about", *_files(candidate, pages)],
    ]
    return "\n\n".join("\n".join(part) if len(part) == 1 else part[0] + "\n\n" + "\n".join(part[1:]) for part in parts)


_SYNTHETIC = [
    "**SYNTHETIC.** Built from invented returns, as in a rehearsal: no figure says anything of a state. "
    "Not to be shown as the index."
]
_SCORED = ("state", "score", "rank or tier")


def _places(came_out: dict[str, Any]) -> str:
    if came_out["tiers"]:
        return "tiers " + " ".join(f"{tier}: {states}" for tier, states in came_out["tiers"].items())
    return f"ranks 1 to {came_out['ranks']}" if came_out["ranks"] else "neither ranks nor tiers"


def _gates(candidate: Candidate) -> list[str]:
    reports = load_reports(candidate.folder / "gates")
    rows = (
        (
            text(report.gate),
            "passed" if report.passed else "**failed**",
            str(len(report.checks)),
            str(len(report.failures)),
        )
        for report in reports
    )
    return table(("gate", "verdict", "checks", "failing rows"), rows)


def _known_errors(known: Sequence[dict[str, Any]]) -> list[str]:
    if not known:
        return ["None in this edition."]
    rows = (
        (
            text(row["id"]),
            text(row["iso3"]),
            text(row["dimension"]),
            _figure(row["published"]),
            _figure(row["corrected"]),
            text(row["what_is_wrong"]),
        )
        for row in known
    )
    return table(("entry", "state", "dimension", "as published", "by the method", "what is wrong"), rows)


def _changes(candidate: Candidate, folders: DataFolders) -> list[str]:
    if candidate.vintage == 1:
        return ["This is the first vintage."]
    changed = changes(candidate.database, folders.current, candidate.edition)
    reference = _revised_reference(candidate)
    if not changed:
        return ["No score, rank or tier changes.", *reference]
    moved = [row for row in changed if (row["rank"], row["tier"]) != (row["was_rank"], row["was_tier"])]
    counted = f"{len(changed)} states with another score, rank or tier; {len(moved)} with another rank or tier."
    lines = [counted, *reference, ""]
    rows = (
        (
            _state(row),
            _score(row["was_score"]),
            _score(row["score"]),
            _place({"rank": row["was_rank"], "tier": row["was_tier"]}),
            _place(row),
        )
        for row in changed[:ROWS_SHOWN]
    )
    lines += table(("state", "score was", "is", "rank or tier was", "is"), rows)
    return lines + ([f"\nand {len(changed) - ROWS_SHOWN} more"] if len(changed) > ROWS_SHOWN else [])


def _revised_reference(candidate: Candidate) -> list[str]:
    """The reference data that was corrected since the vintage before, where any was."""
    manifest = json.loads((candidate.folder / "manifest.json").read_text(encoding="utf-8"))
    seeds = ", ".join(f"`{one['seed']}`" for one in manifest.get("revised_reference", []))
    return [f"\nRevised reference data: {seeds}. Figures of groups may change with it."] if seeds else []


def _movers(candidate: Candidate) -> list[str]:
    moved = movers(candidate.database, candidate.edition)
    if not moved:
        return ["There is no earlier edition to compare with."]
    rows = ((_state(row), text(row["from_edition"]), f"{row['change']:+.2f}") for row in moved)
    return table(("state", "since", "points"), rows)


def _ends(came_out: dict[str, Any]) -> list[dict[str, Any]]:
    """Top and bottom, each state once where there are few."""
    return list({row["iso3"]: row for row in came_out["top"] + came_out["bottom"]}.values())


def _scored(row: dict[str, Any]) -> tuple[str, str, str]:
    return _state(row), _score(row["score"]), _place(row)


def _state(row: dict[str, Any]) -> str:
    return text(f"{row['name']} ({row['iso3']})")


def _partners(candidate: Candidate) -> list[str]:
    """How old the data of each partner is of which any has landed, or which is too old."""
    ages = [one for one in partner_ages(candidate.folder / "gates") if one["file"] or one["too_old"]]
    if not ages:
        return ["None has landed."]
    rows = (
        (
            text(one["source"]),
            text(one["taken_on"] or "never"),
            "" if one["age_days"] is None else text(one["age_days"]),
            f"**too old**, more than {one['stale_days']}" if one["too_old"] else f"up to {one['stale_days']}",
            text(one["failure"] or ""),
        )
        for one in ages
    )
    return table(("source", "taken on", "days since it was current", "may be", "last fetch failed"), rows)


def _files(candidate: Candidate, pages: str) -> list[str]:
    there = f"{pages}/candidates/{candidate.folder.name}"
    linked = {
        "audit": "audit/report.html",
        "Data Docs": "data_docs/index.html",
        "dbt docs": "dbt_docs/index.html",
        "dbt run": "dbt",
    }
    links = " · ".join(f"[{name}]({there}/{path})" for name, path in linked.items())
    return [
        *([f"- look at: {links}"] if pages else []),
        f"- file: {code(candidate.database)}",
        f"- SHA-256: `{sha256(candidate.database)}` (only this file can be published by the approval)",
        f"- Data Docs: {code(candidate.folder / 'data_docs' / 'index.html')}",
        f"- inputs: {code(candidate.folder / 'manifest.json')}",
    ]


def _figure(value: float | None) -> str:
    """A score or a rank, to six digits: the register has all of them."""
    return "" if value is None else f"{value:.6g}"


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _place(row: dict[str, Any]) -> str:
    if row["tier"] is not None:
        return f"T{row['tier']}"
    return str(row["rank"]) if row["rank"] is not None else ""
