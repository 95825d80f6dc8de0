"""The change of a state from the tier down to the answer and the file behind it, as `gci diff` draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gci.cli.printing import number, text

if TYPE_CHECKING:
    from rich.tree import Tree

_NAMED = 12  # states that a line names
Changes = list[dict[str, Any]]


def states(found: dict[str, Any]) -> list[Tree]:
    """A tree for each state of which an answer, or a score, changed: the largest change of the overall score first.

    Args:
        found: what `gci.inspection.diff.diff` gave.
    """
    overall = {change["iso3"]: change for change in found["overall_scores"]}
    moved = {change["iso3"] for table in ("pillar_scores", "indicator_scores") for change in found[table]}
    moved |= {change["iso3"] for change in found["answers"] if _is_another(change)}
    moved |= {
        iso3 for iso3, change in overall.items() if set(change["differs"]) - {"rank"} or change["what"] != "changed"
    }
    return [
        _state(iso3, overall.get(iso3), found)
        for iso3 in sorted(moved, key=lambda one: (-_size(overall.get(one)), one))
    ]


def ranks_alone(found: dict[str, Any]) -> list[str]:
    """A line on the states whose rank moved with the scores of others.

    Args:
        found: what gci.inspection.diff found; of it `overall_scores` is read (per row: iso3, what, differs).

    Returns:
        One line, or none where no rank moved alone.
    """
    others = [one["iso3"] for one in found["overall_scores"] if one["what"] == "changed" and one["differs"] == ["rank"]]
    if not others:
        return []
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    return [f"Rank alone, since others' scores changed: {', '.join(others[:_NAMED])}{more}"]


def carried_over(found: dict[str, Any]) -> list[str]:
    """A line on the answers that are the same and only stand in another file, or were confirmed by a review.

    Args:
        found: what gci.inspection.diff found; of it `answers` is read.

    Returns:
        One line, or none where there is no such answer.
    """
    same = [change for change in found["answers"] if not _is_another(change)]
    if not same:
        return []
    of = sorted({change["iso3"] for change in same})
    more = f" and {len(of) - _NAMED} more" if len(of) > _NAMED else ""
    return [
        f"Besides {len(same)} answers are what they were, in a newer file or with another verdict: "
        f"{', '.join(of[:_NAMED])}{more}"
    ]


def file_of(entry: dict[str, Any]) -> str:
    """A file as its receipt names it, and the beginning of its digest.

    Args:
        entry: digest (SHA-256 in hex), receipt (a receipt as a dict, or None where there is none), says (what has been
            said of it already: a name that stands there is not told again).
    """
    said = entry.get("receipt")
    digest = f"SHA-256 {entry['digest'][:12]}"
    if not said:
        return digest
    name = "" if said["file"] in entry.get("says", "") else f"{text(said['file'])}, "
    return f"{name}received {said['received_at'][:19]}, {digest}"


def _state(iso3: str, overall: dict[str, Any] | None, found: dict[str, Any]) -> Tree:
    from rich.tree import Tree

    tree = Tree(f"[bold]{iso3}[/bold] {_overall(overall)}")
    answers = [change for change in found["answers"] if change["iso3"] == iso3 and _is_another(change)]
    indicators = [change for change in found["indicator_scores"] if change["iso3"] == iso3]
    pillars = [change for change in found["pillar_scores"] if change["iso3"] == iso3]
    where = found["places"]
    shown: set[str] = set()
    for pillar in pillars:
        branch = tree.add(f"{pillar['pillar'].replace('_', ' ')}: {_move(pillar, 'score', 2)} of 20")
        for indicator in (one for one in indicators if where.get(one["indicator"]) == pillar["pillar"]):
            leaf = branch.add(_indicator(indicator))
            for answer in (one for one in answers if where.get(one["item"]) == indicator["indicator"]):
                leaf.add(_answer(answer))
                shown.add(answer["item"])
            for answer in (one for one in answers if one["item"] == indicator["indicator"]):
                leaf.add(_answer(answer))
                shown.add(answer["item"])
    for answer in answers:
        if answer["item"] not in shown:
            tree.add(f"{_answer(answer)}; it moves no score")
    return tree


def _overall(change: dict[str, Any] | None) -> str:
    """What became of the overall score, the tier and the rest of the row."""
    if change is None:
        return "the overall score is the same"
    if change["what"] != "changed":
        return str(change["what"])
    before, after = change["before"], change["after"]
    told = [_move(change, "score", 2) if "score" in change["differs"] else f"{number(after['score'])}, as before"]
    for name in ("tier", "rank"):
        if name in change["differs"]:
            told.append(f"[bold]{name} {_plain(before[name])} → {_plain(after[name])}[/bold]")
        elif after[name] is not None:
            told.append(f"{name} {after[name]} as before")
    told += [
        f"{name.replace('_', ' ')} {_plain(before[name])} → {_plain(after[name])}"
        for name in ("respondent_status", "answered")
        if name in change["differs"]
    ]
    return f"{', '.join(told)} ({text(change['because'])})"


def _indicator(change: dict[str, Any]) -> str:
    told = f"{change['indicator']}: {_move(change, 'score', 4)}"
    if "weight" in change["differs"]:
        told += f", weight {_move(change, 'weight', 4)}"
    return f"{told}, {_move(change, 'points', 2)} points"


def _answer(change: dict[str, Any]) -> str:
    why = change["why"]
    behind = f"; {file_of(why)}" if why.get("digest") else ""
    return f"answer {change['item']}: {_move(change, 'answer', 4)} ({text(why['says'])}{behind})"


def _move(change: dict[str, Any], name: str, decimals: int) -> str:
    before, after = (change[side] or {} for side in ("before", "after"))
    return f"{number(before.get(name), decimals)} → {number(after.get(name), decimals)}"


def _is_another(answer: dict[str, Any]) -> bool:
    """Whether the value of the answer changed, and not only where it stands."""
    return answer["what"] != "changed" or "answer" in answer["differs"]


def _size(change: dict[str, Any] | None) -> float:
    """How far the overall score moved."""
    if change is None or not change["before"] or not change["after"]:
        return 0.0 if change is None else 100.0
    return abs(float(change["after"]["score"] or 0.0) - float(change["before"]["score"] or 0.0))


def _plain(value: Any) -> str:
    return "–" if value is None else text(value)
