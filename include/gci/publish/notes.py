"""The notes of a release: what changed since the vintage before, for people; from the same data as changes.json."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gci.core.disclaimer import SYNTHETIC
from gci.core.lines import PARTNERS
from gci.publish.partner_changes import told_by_series

DIMENSIONS = ("overall_scores", "pillar_scores")
_NAMED = {
    "error": "An error was corrected",
    "late return": "A return came or counted later",
    "method": "The method changed",
    "reference data": "Reference data was corrected",
}


def notes(document: dict[str, Any], names: dict[str, str]) -> str:
    """The notes as Markdown.

    Args:
        document: what changes.json says.
        names: name of each state by iso3.
    """
    return "\n".join(_lines(document, names)) + "\n"


def _lines(document: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    if document["edition"] == PARTNERS:
        yield from _of_partners(document)
        return
    yield f"# Global Cybersecurity Index {document['edition']}, vintage {document['vintage']}"
    yield ""
    if document["synthetic"]:
        yield from (SYNTHETIC, "")
    if document["since"] is None:
        yield "The first vintage: there is nothing that it could differ from."
        return
    cells = document["changes"]
    scores = [cell for cell in cells if cell["table"] in DIMENSIONS and cell["column"] == "score"]
    states = sorted({cell["of"]["iso3"] for cell in scores})
    told = f"{len(scores)} score{_s(scores)} of {len(states)} state{_s(states)}" if scores else "no score"
    yield f"What is other than in vintage {document['since']}: {told}."
    for kind, heading in _NAMED.items():
        of_kind = [cell for cell in scores if cell["class"] == kind]
        if of_kind:
            yield from ("", f"## {heading}", "", "| state | figure | was | is | why | approved by | file |")
            yield "|---|---|---|---|---|---|---|"
            yield from (_row(cell, names) for cell in sorted(of_kind, key=_by_state))
    answers = [cell for cell in cells if cell["table"] == "answers"]
    if answers:
        yield from (
            "",
            "## Answers",
            "",
            "| state | item | was | is | why | approved by | file |",
            "|---|---|---|---|---|---|---|",
        )
        yield from (_row(cell, names) for cell in answers)
    moved = sorted({cell["of"]["iso3"] for cell in cells if cell["column"] in ("rank", "tier")})
    if moved:
        yield from ("", f"Another rank or tier: {', '.join(moved)}.")
    if document["decisions"]:
        yield from ("", "## Decisions", "")
        yield from (_decision(one) for one in document["decisions"])


def _of_partners(document: dict[str, Any]) -> Iterator[str]:
    yield f"# Global Cybersecurity Index, partner data, vintage {document['vintage']}"
    yield ""
    if document["since"] is None:
        yield "The first vintage: there is nothing that it could differ from."
        return
    cells = document["changes"]
    yield f"What is other than in vintage {document['since']}: {len(cells)} value{_s(cells)}; no figure of an edition."
    if cells:
        yield from ("", "| source | series | new | other | gone |", "|---|---|---|---|---|")
    for row in told_by_series(cells):
        yield "| " + " | ".join(_cell(one) for one in row) + " |"


def _row(cell: dict[str, Any], names: dict[str, str]) -> str:
    of = cell["of"]
    what = of.get("item") or of.get("pillar") or "overall"
    state = f"{names.get(of['iso3'], of['iso3'])} ({of['iso3']})"
    why = (state, what, _number(cell["old"]), _number(cell["new"]), cell["reason"], cell["approver"], cell["cause"])
    return "| " + " | ".join(_cell(one) for one in why) + " |"


def _decision(one: dict[str, Any]) -> str:
    said = [str(one[name]) for name in ("iso3", "subject", "was", "value", "day") if one[name] is not None]
    about = " ".join([*said, *([f"answers {one['answers']}"] if one["answers"] else [])])
    reason = _cell(one["reason"])
    stop = "" if reason.endswith((".", "!", "?")) else "."
    return f"- {one['id']}: {one['kind']} ({_cell(about)}). {reason}{stop} Approved by {_cell(one['approver'])}."


def _by_state(cell: dict[str, Any]) -> tuple[str, bool]:
    """States one after the other, the overall score of each first."""
    return cell["of"]["iso3"], cell["table"] != DIMENSIONS[0]


def _number(value: Any) -> str:
    return "" if value is None else f"{value:.9f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _cell(text: Any) -> str:
    """A text that stays in its cell."""
    return " ".join(str("" if text is None else text).split()).replace("|", "\\|").replace("<", "&lt;")


def _s(listed: list[Any]) -> str:
    return "" if len(listed) == 1 else "s"
