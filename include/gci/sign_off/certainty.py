"""What the signer is told of how sure the tiers are, and of what would move them."""

from __future__ import annotations

from typing import Any

from gci.audit.certainty import certainty_of_edition, move_told, tiers_told
from gci.audit.stage import FOLDER, REPORT
from gci.core.database.warehouse_file import reading
from gci.core.records import Candidate
from gci.sign_off.markdown import code, table, text


def how_sure(candidate: Candidate, pages: str = "", rows_shown: int = 15) -> list[str]:
    """The part of the request about the audit, as lines of Markdown.

    Args:
        candidate: what would be published.
        pages: address of the project's pages in Airflow, for the link to the report; empty for none.
        rows_shown: how many states are named, the least sure first; 0 for no table.
    """
    with reading(candidate.database) as connection:
        found = certainty_of_edition(connection, candidate.edition)
    if not found:
        return ["No audit lies in this file."]
    lines = [text(found["sentence"])] if found["sentence"] else []
    if found["below_095"] is not None:
        counted = f"{found['tiers_always_kept']} of {found['states']} states keep their tier in each of"
        lines.append(
            f"{counted} {found['replications']:,} draws; {len(found['unsure'])} are in it in less than 95 % of them."
        )
    lines.append(_place(candidate, pages))
    if not found["unsure"] or not rows_shown:
        return lines
    rows = (
        (
            text(f"{one['name']} ({one['iso3']})"),
            f"{one['score']:.2f}",
            f"T{one['tier']}",
            tiers_told(one["tier_probabilities"]),
            text(_nearest(one["moves"])),
        )
        for one in found["unsure"][:rows_shown]
    )
    lines += ["", *table(("state", "score", "tier", "draws", "what would move it"), rows)]
    more = len(found["unsure"]) - rows_shown
    return lines + ([f"\nand {more} more, in the report"] if more > 0 else [])


def _nearest(moves: list[dict[str, Any]]) -> str:
    """What takes the fewest answers, of up and down."""
    return move_told(min(moves, key=lambda move: (move["changes"], move["direction"]))) if moves else ""


def _place(candidate: Candidate, pages: str) -> str:
    there = f"{pages}/candidates/{candidate.folder.name}/{FOLDER}/{REPORT}"
    if pages:
        return f"All of it: [the report of the audit]({there})."
    return f"All of it: the report of the audit, {code(candidate.folder / FOLDER / REPORT)}"
