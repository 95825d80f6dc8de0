"""The report of the audit: one HTML page per edition in the order of the OECD/JRC handbook's ten steps.

Nothing is fetched, nothing runs: texts and pictures are made here, the pictures as SVG. The same tables give the same
page, to the byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.audit.certainty import SURE, percent, tiers_told
from gci.audit.report_data import report_data

if TYPE_CHECKING:
    from jinja2 import Environment


def report(database: Path, edition: str, vintage: int, *, synthetic: bool = False) -> str:
    """The page.

    Args:
        database: the candidate or the release's file; only read.
        edition: the edition.
        vintage: the vintage that it is, or would become.
        synthetic: whether it was built from invented returns, which the page then says on top.
    """
    from gci.core.disclaimer import SYNTHETIC

    found = report_data(database, edition)
    page = _environment().get_template("report.html")
    return page.render(
        edition=edition,
        vintage=vintage,
        disclaimer=SYNTHETIC if synthetic else "",
        sure=SURE,
        **(_shown(found) if found else {"summary": None}),
    )


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    """The rows as the template asks for them, with what it cannot count by itself."""
    states = found["states"]
    has_tiers = bool(found["tiers"])
    unsure = [
        one | {"told": tiers_told(one["tier_probabilities"])}
        for one in states
        if has_tiers and one["tier_probability"] < SURE
    ]
    off_weight = [one for one in found["framework"] if one["level"] == "indicator" and one["ratio"] is not None]
    return found | {
        "has_tiers": has_tiers,
        "unsure": sorted(unsure, key=lambda one: (one["tier_probability"], one["iso3"])),
        "pillars": [one for one in found["framework"] if one["level"] == "pillar"],
        "indicators": [one for one in found["framework"] if one["level"] == "indicator"],
        "matrix": _matrix(found["pillar_pairs"]),
        "one_answer": [one for one in found["fragile"] if one["changes"] == 1],
        "low_alpha": [one for one in found["coherence"] if one["alpha"] is not None and one["alpha"] < 0.7],
        "extreme_items": [one for one in found["items"] if max(one["floor"] or 0, one["ceiling"] or 0) >= 0.9],
        "redundant": [one for one in found["marked_pairs"] if one["mark"] == "redundant"],
        "negative": [one for one in found["marked_pairs"] if one["mark"] == "negative"],
        "counts_less": sorted((one for one in off_weight if one["ratio"] < 0.67), key=lambda one: one["ratio"]),
        "counts_more": sorted((one for one in off_weight if one["ratio"] > 1.5), key=lambda one: -one["ratio"]),
    }


def _matrix(pairs: list[dict[str, Any]]) -> dict[tuple[str, str], float | None]:
    """Correlations by pair, both ways round."""
    both = {(one["node"], one["other"]): one["pearson"] for one in pairs}
    return both | {(other, node): value for (node, other), value in both.items()}


def _environment() -> Environment:
    from gci.texts import translator
    from gci.texts.templates import environment

    made = environment("gci.audit", translator("en"))
    made.filters |= {"fixed": _fixed, "percent": _percent, "counted": _counted}
    return made


def _fixed(value: float | None, decimals: int = 2) -> str:
    """A number for reading; a dash where there is none."""
    return "–" if value is None else f"{value:,.{decimals}f}"


def _percent(share: float | None, decimals: int = 0) -> str:
    """A share for reading; a dash where there is none."""
    if share is None:
        return "–"
    return f"{100 * share:.{decimals}f}\u00a0%" if decimals else percent(share)


def _counted(number: int, one: str, several: str = "") -> str:
    """A number with its noun: 1 state, 2 states."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
