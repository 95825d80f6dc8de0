"""The page on which a data engineer sees how a round stands: one HTML document, nothing to load, everything escaped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from gci.casework.status import summary
from gci.orchestration.ui.look import STYLE

_PAGE = Path(__file__).with_name("status_page.html")
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
    rows = [
        _row(state, found["items"], open_cases[state["iso3"]], report_address)
        for state in sorted(shown, key=_who_needs_attention)
    ]
    return Template(_PAGE.read_text("utf-8")).substitute(
        title=escape(f"Edition {edition}"),
        style=STYLE,
        script=f"<script>{script}</script>" if script else "",
        root=escape(root, quote=True),
        summary=escape(summary(found)),
        editions="".join(_link(f"{root}/status/{one}", one, one == edition) for one in editions),
        as_of=escape(f"As of {found['as_of']}, by what had come in then. Times are UTC."),
        totals="".join(_total(name, said, found["totals"][name]) for name, said in _TOTALS.items()),
        not_placed=_not_placed(found["not_placed"], report_address) + _not_taken(found["not_taken"]),
        choices="".join(
            _link(f"{root}/status/{edition}?show={name}", f"{said} ({counted[name]})", name == chosen)
            for name, said in SHOW.items()
            if counted[name] or name == chosen or not name.startswith("draft_")
        ),
        rows="\n".join(rows),
    )


def _who_needs_attention(state: Mapping[str, Any]) -> tuple[Any, ...]:
    """Sorts those first whose open case is most urgent, then those with a refused file, then the least complete."""
    refused, cases = len(state["refused"]), (-state["to_ask"], -state["open_cases"])
    return (state["attention"] or _NOBODY, *cases, -refused, state["complete"], state["iso3"])


def _link(address: str, said: str, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    return f'<a href="{escape(address, quote=True)}"{current}>{escape(said)}</a>'


def _total(name: str, said: str, number: int) -> str:
    loud = ' class="red"' if number and name in ("refused", "overdue", "to_ask") else ""
    return f"<div><dt>{escape(said)}</dt><dd{loud}>{number}</dd></div>"


def _not_taken(files: Sequence[Mapping[str, Any]]) -> str:
    """What waits in the inbox, each with the reason."""
    if not files:
        return ""
    told = "".join(f"<li>{escape(one['file'])}: {escape(one['reason'])}</li>" for one in files)
    shown = " open" if len(files) <= _FEW else ""
    return f"<details{shown}><summary>In the inbox and not collected: {len(files)}</summary><ul>{told}</ul></details>"


def _not_placed(files: Sequence[Mapping[str, Any]], link: Callable[[str], str] | None) -> str:
    if not files:
        return ""
    listed = "".join(f"<li>{_refused(one, link)}</li>" for one in files)
    told = f"Refused, of no state that could be read: {len(files)}"
    shown = " open" if len(files) <= _FEW else ""  # many of them would push the states out of sight
    return f'<details{shown}><summary class="red">{told}</summary><ul>{listed}</ul></details>'


def _row(
    state: Mapping[str, Any], items: int, cases: Sequence[Mapping[str, Any]], link: Callable[[str], str] | None
) -> str:
    came = state["received_at"] is not None
    cells = [
        ("State", f"<strong>{escape(state['name'])}</strong> <small>{escape(state['iso3'])}</small>", ""),
        ("Needs", _tags(state), ""),
        ("Received", _received(state), "when"),
        ("Complete", _share(state["complete"], f"{state['answered']}/{items}") if came else "", "n"),
        ("Reviewed", _share(state["reviewed"], f"{state['reviewed']:.0%}") if came else "", "n"),
        ("Refused", _list([_refused(one, link) for one in state["refused"]]), ""),
        ("Draft", _draft(state), "when"),
        ("Open cases", _cases(cases), ""),
        ("Last change", escape(_moment(state["last_change"])), "when"),
    ]
    return "<tr>" + "".join(f'<td data-of="{of}" class="{kind}">{said}</td>' for of, said, kind in cells) + "</tr>"


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


def _tags(state: Mapping[str, Any]) -> str:
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
    return " ".join(f'<span class="tag {kind}">{escape(said)}</span>' for kind, said in tags)


def _received(state: Mapping[str, Any]) -> str:
    if state["received_at"] is None:
        return ""
    how = " · ".join(filter(None, (state["form"], state["language"], ", ".join(state["collectors"]))))
    return f"{escape(_moment(state['received_at']))}<br><small>{escape(how)}</small>"


def _draft(state: Mapping[str, Any]) -> str:
    """How its draft stands, and until when it may be answered; empty before one is made."""
    if state["draft"] is None:
        return ""
    sent, last = state["draft_sent_on"], state["draft_last_day"]
    days = " · ".join(filter(None, (sent and f"sent {sent}", last and f"until {last}")))
    left = state["comments_to_answer"]
    to_answer = f'<br><span class="tag amber">{left} to answer</span>' if left else ""
    said = _DRAFT_SAID[state["draft"]]
    return f"{escape(said)}{to_answer}" + (f"<br><small>{escape(days)}</small>" if days else "")


def _share(share: float, said: str) -> str:
    return f'<meter min="0" max="1" value="{share:.4f}"></meter> {escape(said)}'


def _refused(one: Mapping[str, Any], link: Callable[[str], str] | None) -> str:
    """A refused file, the first of its errors, and its report."""
    errors = [problem for problem in one["problems"] if problem["severity"] == "error"]
    first = f": {errors[0]['message']}" if errors else ""
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    if link is None:
        report = f"<small>{escape(one['report'])}</small>"
    else:
        report = f'<a href="{escape(link(one["report"]), quote=True)}">report</a>'
    return f'<bdi class="red">{escape(one["file"])}</bdi><bdi>{escape(first + more)}</bdi> {report}'


def _cases(cases: Sequence[Mapping[str, Any]]) -> str:
    if not cases:
        return ""
    told = [_case(case) for case in cases[:_LONGEST]]
    if len(cases) > _LONGEST:
        told.append(f"<small>and {len(cases) - _LONGEST} more</small>")
    return f"<details><summary>{len(cases)}</summary>{_list(told)}</details>"


def _case(case: Mapping[str, Any]) -> str:
    kind, owner = case["kind"].replace("_", " "), case["owner"].replace("_", " ")
    how = f"{case['state']}, {owner}, since {case['opened_on']}"
    return f"{escape(kind)} <bdi>{escape(case['subject'])}</bdi> <small>{escape(how)}</small>"


def _list(told: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in told)}</ul>" if told else ""


def _moment(said: str | None) -> str:
    return (said or "").replace("T", " ")[:16]
