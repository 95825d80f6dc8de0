"""What the signer is shown: what changes and why, the gates, what is good to know, and exactly which file it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gci.build.manifest import carried_over, is_synthetic
from gci.core.checksums import sha256
from gci.core.clock import now
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.gates.report import load_reports, partner_ages
from gci.publish.causes import changed_answers, doubts
from gci.publish.changes import decided
from gci.publish.embargo import others_wait
from gci.publish.figures import changes, figures, movers
from gci.publish.since_review import SHORTEST, changed
from gci.sign_off.certainty import how_sure
from gci.sign_off.markdown import code, table, text
from gci.sign_off.open_comments import open_comments
from gci.sign_off.partner_changes import partner_changes
from gci.site.paper import read_paper
from gci.site.stage import FOLDER as PAGES
from gci.site.stage import front_page, pages_digest
from gci.storage.embargo import waiting
from gci.storage.hours import hour_of

ROWS_SHOWN = 12
"""Rows of a table in the request: whoever answers shall see the buttons below it. The pages have all of them."""
ANSWERS_SHOWN = 3
NAMES_SHOWN = 6


def summary(candidate: Candidate, folders: DataFolders, pages: str = "", rows: int = ROWS_SHOWN) -> str:
    """The request for a sign-off, as Markdown: what changes and why, then the gates, then what is good to know.

    Args:
        candidate: what would be published; its gates have reported.
        folders: where the published file lies.
        pages: address of the project's pages in Airflow, for links; empty for none.
        rows: how many rows of a table are shown.
    """
    if candidate.edition == PARTNERS:
        return _joined(_of_partners(candidate, folders, pages, rows))
    came_out = figures(candidate.database, candidate.edition)
    context = [
        ["### Largest moves since the edition before", *_movers(candidate)],
        ["### Top and bottom", *table(_SCORED, _ends(came_out))],
        ["### Partner data", *_partners(candidate)],
    ]
    is_short = bool(pages) and rows <= ROWS_SHOWN
    parts = [
        *([_SYNTHETIC] if is_synthetic(candidate.folder) else []),
        [
            f"**GCI {candidate.edition}, vintage {candidate.vintage}**: {came_out['states']} states with a score, "
            f"{_places(came_out)}.{_links(candidate, pages)}"
        ],
        *_when(candidate, folders),
        *_comments(candidate, folders),
        *_since_review(candidate, folders),
        ["### What changes, and why", *_changes(candidate, folders, rows)],
    ]
    if is_short:
        return _joined([*parts, *_in_brief(candidate, pages, came_out["known_errors"])])
    rest = [
        ["### Gates", *_gates(candidate)],
        ["### How sure the result is", *how_sure(candidate, pages, rows)],
        ["### Known errors", *_known_errors(came_out["known_errors"])],
        *context,
        ["### What is asked about", *_files(candidate)],
        [_NOTE],
    ]
    return _joined([*parts, *rest])


def _in_brief(candidate: Candidate, pages: str, known_errors: Sequence[dict[str, Any]]) -> list[list[str]]:
    """What follows the changes where the buttons stand below: the page behind the first link has the rest."""
    gates, read = _gates(candidate), candidate.folder / PAGES
    pages_asked_about = f"; its pages: `{pages_digest(read)}`" if read.is_dir() else ""
    return [
        [f"**Gates**: {gates[0]}"] if len(gates) == 1 else ["### Gates", *gates],
        [f"**How sure the result is**: {' '.join(how_sure(candidate, pages, 0))}"],
        *([[f"**Known errors**: {', '.join(text(row['id']) for row in known_errors)}."]] if known_errors else []),
        [
            f"**Asked about**: the file with the SHA-256 `{sha256(candidate.database)}`, and no other"
            f"{pages_asked_about}."
        ],
    ]


def _joined(parts: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(part) if len(part) == 1 else part[0] + "\n\n" + "\n".join(part[1:]) for part in parts)


def _of_partners(candidate: Candidate, folders: DataFolders, pages: str, rows: int) -> list[list[str]]:
    """The request for the partner release: no edition moves by it."""
    came_out = figures(candidate.database, PARTNERS)
    return [
        [
            f"**Partner data, vintage {candidate.vintage}**: {came_out['values']:,} values of {came_out['states']} "
            f"states, {came_out['series']} series of {came_out['sources']} sources. No edition moves by it."
            f"{_links(candidate, pages)}"
        ],
        ["### What changes", *partner_changes(candidate, folders, rows)],
        ["### Gates", *_gates(candidate)],
        ["### How old the sources are", *_partners(candidate)],
        ["### What is asked about", *_files(candidate)],
        [_NOTE],
    ]


_NOTE = "Say in the note what you compared, and with what: it goes into the release with your name."
_SYNTHETIC = [
    "**SYNTHETIC.** Built from invented returns, as in a rehearsal: no figure says anything of a state. "
    "Not to be shown as the index."
]
_SCORED = ("score", "rank or tier", "states", "which")


def _when(candidate: Candidate, folders: DataFolders) -> list[list[str]]:
    """When it would appear, where an hour is decided; and what waits for one already."""
    lines = []
    hour = hour_of(candidate.edition, folders)
    if hour:
        before = "It waits under embargo until then" if now() < hour.moment else "That is over: it appears at once"
        lines.append(f"Planned for {text(hour.said)} ({hour.moment:%F %R} UTC). {before}.")
    waits = waiting(folders).get(candidate.edition)
    if waits and waits.candidate != candidate.folder.name:
        lines.append(
            f"{text(waits.name)}, approved by {text(waits.by)}, waits already: an approval puts this in its place."
        )
    elif waits:
        lines.append(f"It is approved by {text(waits.by)} and waits; a rejection takes that back.")
    other = others_wait(candidate.edition, folders)
    if other:
        lines.append(f"{text(other.name)} waits for its hour: until then nothing else goes out.")
    return [["### When it appears", *lines]] if lines else []


def _comments(candidate: Candidate, folders: DataFolders) -> list[list[str]]:
    """A warning where states and the index team still talk of the drafts that were made of this edition."""
    told = open_comments(candidate.edition, folders)
    return [["### Before the talk on drafts is over", *(f"- **{text(one)}**" for one in told)]] if told else []


def _since_review(candidate: Candidate, folders: DataFolders) -> list[list[str]]:
    """What landed after the review had ended; what nobody else has approved stops the publication."""
    found = changed(candidate, folders)
    if not found:
        return []
    rows = (
        (
            text(one.file),
            f"`{one.digest[:SHORTEST]}`",
            text("; ".join(one.who)),
            text("; ".join(one.why)),
            text(one.approved_by) if one.approved_by else "**nobody else yet**",
        )
        for one in found
    )
    return [["### Changed since the review", *table(("file", "SHA-256", "who", "why", "approved by"), rows)]]


def _places(came_out: dict[str, Any]) -> str:
    if came_out["tiers"]:
        return "tiers " + " ".join(f"{tier}: {states}" for tier, states in came_out["tiers"].items())
    return f"ranks 1 to {came_out['ranks']}" if came_out["ranks"] else "neither ranks nor tiers"


def _gates(candidate: Candidate) -> list[str]:
    reports = load_reports(candidate.folder / "gates")
    if all(report.passed for report in reports):
        counted = ", ".join(f"{text(report.gate)} {len(report.checks)}" for report in reports)
        return [f"All {sum(len(report.checks) for report in reports)} checks passed: {counted}."]
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
    return [
        f"- {text(row['id'])}: {text(row['iso3'])} {text(row['dimension'])}, published {_figure(row['published'])}, "
        f"by the method {_figure(row['corrected'])}. {text(row['what_is_wrong'])}"
        for row in known
    ]


def _changes(candidate: Candidate, folders: DataFolders, shown: int) -> list[str]:
    if candidate.vintage == 1:
        return ["This is the first vintage. Everything in it is new.", "", *_doubts(candidate)]
    changed = changes(candidate.database, folders.current, candidate.edition)
    answers = changed_answers(candidate.database, folders.current, candidate.edition)
    reference = [*_revised_reference(candidate), *_decisions(candidate, folders, shown)]
    because: dict[str, list[str]] = {}
    for row in answers:
        because.setdefault(row["iso3"], []).append(_answer(row))
    doubted = [f"{text(row['iso3'])} {text(row['item'])}: {text(row['doubts'])}" for row in answers if row["doubts"]]
    counted = f"{len(answers)} answer{'' if len(answers) == 1 else 's'} changed"
    if not changed:
        return [f"No score, rank or tier changes; {counted}.", *_listed("Changed", because, shown), *reference]
    moved = [row for row in changed if (row["rank"], row["tier"]) != (row["was_rank"], row["was_tier"])]
    lines = [
        f"{_states(len(changed))} with another score, rank or tier, {len(moved)} of them with another rank or tier; "
        f"{counted}.",
        *reference,
        "",
    ]
    rows = (
        (
            _state(row),
            f"{_score(row['was_score'])} → {_score(row['score'])}",
            _place({"rank": row["was_rank"], "tier": row["was_tier"]}) + f" → {_place(row)}",
            "; ".join(because.get(row["iso3"], ["no answer of its own changed"])[:ANSWERS_SHOWN]) + _more(because, row),
        )
        for row in changed[:shown]
    )
    lines += table(("state", "score", "rank or tier", "because"), rows)
    lines += [f"\nand {_states(len(changed) - shown, more=True)}"] if len(changed) > shown else []
    if doubted:
        more = f" · and {len(doubted) - shown} more" if len(doubted) > shown else ""
        lines += ["", f"**Doubts about changed answers**: {' · '.join(doubted[:shown])}{more}", ""]
    silent = {iso3: said for iso3, said in because.items() if iso3 not in {row["iso3"] for row in changed}}
    return lines + _listed("Changed without another score", silent, shown)


def _states(number: int, *, more: bool = False) -> str:
    return f"{number}{' more' if more else ''} state{'' if number == 1 else 's'}"


def _more(because: dict[str, list[str]], row: dict[str, Any]) -> str:
    more = len(because.get(row["iso3"], ())) - ANSWERS_SHOWN
    return f"; and {more} more" if more > 0 else ""


def _listed(said: str, because: dict[str, list[str]], shown: int) -> list[str]:
    """Answers that move no score, state by state."""
    if not because:
        return []
    states = [f"{text(iso3)} {'; '.join(lines[:ANSWERS_SHOWN])}" for iso3, lines in sorted(because.items())[:shown]]
    more = f" · and {_states(len(because) - shown, more=True)}" if len(because) > shown else ""
    return ["", f"{said}: {' · '.join(states)}{more}"]


def _answer(row: dict[str, Any]) -> str:
    """One changed answer: what it was and is, who says so, and in which file."""
    by = text(row["source"] or "none")
    file = f", {text(row['file'])}" if row["file"] else ""
    why = f": {text(row['review_reason'])}" if row["review_reason"] else ""
    return (
        f"{text(row['item'])} {_figure(row['was_answer']) or '–'} → {_figure(row['answer']) or '–'} ({by}{file}{why})"
    )


def _doubts(candidate: Candidate) -> list[str]:
    found = doubts(candidate.database, candidate.edition)
    if not found:
        return ["The worklists doubt none of its answers."]
    rows = ((text(row["doubt"]), f"{row['answers']}", f"{row['states']}") for row in found)
    return ["What the worklists doubt:", "", *table(("doubt", "answers", "states"), rows)]


def _revised_reference(candidate: Candidate) -> list[str]:
    """The reference data that was corrected since the vintage before, where any was."""
    manifest = json.loads((candidate.folder / "manifest.json").read_text(encoding="utf-8"))
    seeds = ", ".join(f"`{one['seed']}`" for one in manifest.get("revised_reference", []))
    return [f"\nRevised reference data: {seeds}. Figures of groups may change with it."] if seeds else []


def _decisions(candidate: Candidate, folders: DataFolders, shown: int) -> list[str]:
    """What was decided since the vintage before: a figure may hang on it, without a file of the state."""
    before = folders.current if folders.current.is_file() else None
    found = decided(before, candidate.database, candidate.edition)
    if not found:
        return []
    listed = [
        f"{text(one['id'])} ({text(one['kind'])}{', ' + text(one['iso3']) if one['iso3'] else ''}): "
        f"{text(one['reason'])}, approved by {text(one['approver'])}"
        for one in found[:shown]
    ]
    more = f" · and {len(found) - shown} more" if len(found) > shown else ""
    return [f"\nDecided since: {' · '.join(listed)}{more}."]


def _movers(candidate: Candidate) -> list[str]:
    moved = movers(candidate.database, candidate.edition)
    if not moved:
        return ["There is no earlier edition to compare with."]
    rows = ((_state(row), text(row["from_edition"]), f"{row['change']:+.2f}") for row in moved)
    return table(("state", "since", "points"), rows)


def _ends(came_out: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Top and bottom, score by score: states that tie stand in one row."""
    ends = {row["iso3"]: row for row in came_out["top"] + came_out["bottom"]}.values()
    tied: dict[float, list[dict[str, Any]]] = {}
    for row in ends:
        tied.setdefault(round(row["score"], 9), []).append(row)
    return [(_score(score), _place(rows[0]), str(len(rows)), _names(rows)) for score, rows in tied.items()]


def _names(rows: Sequence[dict[str, Any]]) -> str:
    more = f" and {len(rows) - NAMES_SHOWN} more" if len(rows) > NAMES_SHOWN else ""
    return ", ".join(_state(row) for row in rows[:NAMES_SHOWN]) + more


def _state(row: dict[str, Any]) -> str:
    return text(f"{row['name']} ({row['iso3']})")


def _partners(candidate: Candidate) -> list[str]:
    """How old the data of each partner is of which any has landed, or which is too old."""
    ages = [one for one in partner_ages(candidate.folder / "gates") if one["file"] or one["too_old"]]
    if not ages:
        return ["None has landed."]
    if not any(one["too_old"] or one["failure"] for one in ages):
        oldest = max(ages, key=lambda one: one["age_days"])
        return [
            f"{len(ages)} sources, none too old. The oldest is {text(oldest['source'])}: {oldest['age_days']} days."
        ]
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
    return table(("source", "taken on", "days since it was current", "days allowed", "last fetch failed"), rows)


def _links(candidate: Candidate, pages: str) -> str:
    """The ways to its pages."""
    if not pages:
        return ""
    there = f"{pages}/candidates/{candidate.folder.name}"
    paper = read_paper(candidate.folder / PAGES)
    linked = {
        "all of it": "request",
        **({"what people will read": front_page(paper)} if paper and paper.languages else {}),
        **({} if candidate.edition == PARTNERS else {"audit": "audit/report.html"}),
        "Data Docs": "data_docs/index.html",
        **({} if carried_over(candidate.folder) else {"dbt docs": "dbt_docs/index.html"}),
        "dbt run": "dbt",
    }
    return " Look at: " + " · ".join(f"[{name}]({there}/{path})" for name, path in linked.items())


def _files(candidate: Candidate) -> list[str]:
    return [
        f"- file: {code(candidate.database)}",
        f"- SHA-256: `{sha256(candidate.database)}` (only this file can be published by the approval)",
        *_pages(candidate),
        f"- Data Docs: {code(candidate.folder / 'data_docs' / 'index.html')}",
        f"- inputs: {code(candidate.folder / 'manifest.json')}",
    ]


def _pages(candidate: Candidate) -> list[str]:
    """What people will read, by its digest: the release carries these very bytes."""
    folder = candidate.folder / PAGES
    paper = read_paper(folder)
    if paper is None or not paper.languages:
        return []
    told = f"{', '.join(paper.languages)}{', official' if paper.official else ''}"
    left = "".join(
        f"; no profiles in {one} for want of {', '.join(fonts)}" for one, fonts in sorted(paper.left_out.items())
    )
    shown = code(candidate.folder / front_page(paper))
    return [f"- pages ({told}{text(left)}): {shown}, SHA-256 of all `{pages_digest(folder)}`"]


def _figure(value: float | None) -> str:
    """A score or a rank, to six digits: the register has all of them."""
    return "" if value is None else f"{value:.6g}"


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _place(row: dict[str, Any]) -> str:
    if row["tier"] is not None:
        return f"T{row['tier']}"
    return str(row["rank"]) if row["rank"] is not None else ""
