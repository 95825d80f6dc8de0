"""The page on which a data engineer sees how a round stands: one HTML document, nothing to load, everything escaped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from gci.casework.status import summary
from gci.orchestration.ui.look import STYLE
from gci.texts import translator
from gci.texts.templates import environment

_NOBODY = 99  # behind every priority
_TOTALS = {
    "invited": "invited",
    "received": "received",
    "complete": "complete",
    "reviewed": "wholly reviewed",
    "refused": "with a refused file",
    "overdue": "overdue",
    "late": "late",
    "withdrawn": "withdrawn",
    "open_cases": "open cases",
    "to_ask": "cases to ask about",
}
SHOW = {
    "": "all states",
    "attention": "who needs attention",
    "to_ask": "who is to be asked",
    "refused": "with a refused file",
    "overdue": "overdue or late",
    "incomplete": "incomplete",
    "unreviewed": "not wholly reviewed",
    "nothing": "nothing received",
    "draft_unsent": "draft not sent",
    "draft_waiting": "draft not answered",
    "draft_comment": "comment to be answered",
    "draft_answered": "draft answered",
    "draft_silent": "silent on the draft",
}
_DRAFT_SAID = {
    "made": "made, not sent",
    "waiting": "sent, not answered",
    "return": "answered by a return",
    "comment": "answered by a comment",
    "silence": "silent",
}
_LOUD = ("refused", "overdue", "to_ask")
_FEW = 3  # files that are listed without a click
_LONGEST = 12  # cases shown of one state; `gci cases` has them all


def status_page(
    found: Mapping[str, Any],
    cases: Sequence[Mapping[str, Any]],
    editions: Sequence[str],
    show: str = "",
    root: str = "",
    report_address: Callable[[str], str] | None = None,
    script: str = "",
) -> str:
    """The page of one edition. The same figures give the same page.

    Args:
        found: what `gci.casework.status.status` gave.
        cases: what `gci.casework.cases.cases` gave for the edition.
        editions: the editions to switch to.
        show: which states: a key of SHOW; all of them for any other text.
        root: where the pages are; links go to `<root>/status/<edition>?show=<show>`.
        report_address: the address of the report that lies at a path; where there is none the path itself is shown.
        script: the pages' own script, which follows Airflow's theme; none when not given.

    Returns:
        HTML without any other script: what matters most stands first, and every text from outside is escaped.
    """
    open_cases = defaultdict(list)
    for case in cases:
        if case["state"] != "closed":
            open_cases[case["iso3"]].append(case)
    edition, chosen = str(found["edition"]), show if show in SHOW else ""
    counted = Counter(name for state in found["states"] for name in _is(state))
    shown = [state for state in found["states"] if chosen in _is(state)]
    return _template().render(
        title=f"Edition {edition}",
        edition=edition,
        style=Markup(STYLE),  # noqa: S704 - the pages' own
        script=Markup(script),  # noqa: S704 - the pages' own
        root=root,
        summary=summary(found),
        editions=editions,
        as_of=found["as_of"],
        totals=[
            (said, found["totals"][name], found["totals"][name] and name in _LOUD) for name, said in _TOTALS.items()
        ],
        not_placed=found["not_placed"],
        not_taken=found["not_taken"],
        few=_FEW,
        choices=[
            (name, f"{said} ({counted[name]})", name == chosen)
            for name, said in SHOW.items()
            if counted[name] or name == chosen or not name.startswith("draft_")
        ],
        states=[
            {
                **state,
                "came": state["received_at"] is not None,
                "tags": _tags(state),
                "how": " · ".join(filter(None, (state["form"], state["language"], ", ".join(state["collectors"])))),
                "cases": open_cases[state["iso3"]],
            }
            for state in sorted(shown, key=_who_needs_attention)
        ],
        items=found["items"],
        longest=_LONGEST,
        draft_said=_DRAFT_SAID,
        report_address=report_address,
    )


@cache
def _template() -> Template:
    made = environment("gci.orchestration.ui", translator("en"))
    made.filters["moment"] = _moment
    return made.get_template("status.html")


def _who_needs_attention(state: Mapping[str, Any]) -> tuple[Any, ...]:
    """Sorts those first whose open case is most urgent, then those with a refused file, then the least complete."""
    refused, cases = len(state["refused"]), (-state["to_ask"], -state["open_cases"])
    return (state["attention"] or _NOBODY, *cases, -refused, state["complete"], state["iso3"])


def _is(state: Mapping[str, Any]) -> list[str]:
    """By which choices of the filter a state is shown."""
    holds = {
        "": True,
        "attention": state["attention"] is not None,
        "to_ask": state["to_ask"],
        "refused": state["refused"],
        "overdue": state["overdue"] or state["late"],
        "incomplete": state["received_at"] is not None and state["complete"] < 1,
        "unreviewed": state["answered"] and state["reviewed"] < 1,
        "nothing": state["received_at"] is None,
        "draft_unsent": state["draft"] == "made",
        "draft_waiting": state["draft"] == "waiting",
        "draft_comment": state["comments_to_answer"],
        "draft_answered": state["draft"] in ("return", "comment"),
        "draft_silent": state["draft"] == "silence",
    }
    return [name for name, true in holds.items() if true]


def _tags(state: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a state needs: class and words."""
    tags = [("red", name) for name in ("overdue", "late", "withdrawn") if state[name]]
    if state["to_ask"]:
        tags.append(("amber", f"ask about {state['to_ask']}"))
    elif state["open_cases"] and state["attention"]:
        tags.append(("amber", f"{state['open_cases']} open"))
    elif state["complete"] == 1 and state["reviewed"] == 1:
        tags.append(("green", "done"))
    if state["extended_to"]:
        tags.append(("", f"until {state['extended_to']}"))
    if not state["invited"]:
        tags.append(("", "left"))
    if state["synthetic"]:
        tags.append(("", "synthetic"))
    return tags


def _moment(said: str | None) -> str:
    return (said or "").replace("T", " ")[:16]
