"""Where every edition stands on its way: inbox, landing, candidate, gates, sign-off, published; and the partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from gci.build.not_built import NotBuilt, landed_in_no_candidate
from gci.collect.batches import home_of, lying, passed_over
from gci.core.checksums import sha256
from gci.core.gates import BEFORE_SIGN_OFF
from gci.core.lines import PARTNERS
from gci.core.modified import modified_at
from gci.core.paths import DataFolders
from gci.core.records import OF_EDITIONS, Candidate, GateReport, Kind, Receipt
from gci.gates.report import load_reports
from gci.notifications.blocking import newest
from gci.notifications.edition_calendar import CALLED, OF_DATES
from gci.orchestration.ui.airflow_state import Request
from gci.partners.freshness import ages
from gci.reference.round_dates import round_dates
from gci.reference.seeds import Edition, editions
from gci.sign_off.pending import asked_before, asked_in, pending
from gci.sign_off.record import rejection
from gci.site.paper import read_paper
from gci.site.stage import FOLDER as PAGES
from gci.storage.embargo import waiting
from gci.storage.hours import hour_of
from gci.storage.landing import receipts
from gci.storage.release_log import Release, releases

Mark = Literal["none", "good", "waits", "bad", "old"]
_CALLED = {"published": "in print"}  # by ITU; whether a release of it lies here is the last station's
NAMES = ("Inbox", "Landing", "Candidate", "Gates", "Sign-off", "Published")


@dataclass(frozen=True)
class Link:
    """A way from the page to something.

    Attributes:
        said: its words.
        address: below the pages, or below the server's root.
        out: whether it is one of Airflow's own pages.
    """

    said: str
    address: str
    out: bool = False


@dataclass(frozen=True)
class Station:
    """One station of an edition's way.

    Attributes:
        mark: none (nothing there), good, waits (for somebody), bad (stopped), old (out of date).
        said: what is there, in a few words.
        more: the same, further.
        since: since when, ISO 8601 UTC; '' where nothing says so.
        links: where to look.
    """

    mark: Mark = "none"
    said: str = ""
    more: str = ""
    since: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Line:
    """One edition, or the partners.

    Attributes:
        title: its name.
        note: what kind of edition it is, and whether its returns are invented.
        stations: one for each of NAMES.
        dates: what comes next, and in how many days; negative where the day is over.
    """

    title: str
    note: str
    stations: tuple[Station, ...]
    dates: tuple[tuple[str, str, int], ...] = ()


def lines(folders: DataFolders, asked: Mapping[str, Request], today: date) -> list[Line]:
    """Every edition, newest first, and then the partners.

    Args:
        folders: the data folder.
        asked: the sign-offs that wait in Airflow, by run.
        today: the day from which days are counted.
    """
    landed, out = receipts(folders), releases(folders)
    not_built = {one.edition: one for one in landed_in_no_candidate(folders)}
    ready = pending(folders)
    work = {one.edition: one for one in newest(folders)}
    known = editions()
    found = []
    for name in sorted(known, reverse=True):
        candidate = work.get(name)
        own = [one for one in out if one.edition == name]
        came = [one for one in landed if one.edition == name]
        found.append(
            Line(
                title=name,
                note=_CALLED.get(known[name].status, known[name].status)
                + (", synthetic" if any(one.synthetic for one in came) else ""),
                stations=(
                    _inbox(OF_EDITIONS, name, folders),
                    _landing(came, not_built.get(name)),
                    _candidate(candidate, own, folders),
                    _gates(candidate, own),
                    _sign_off(candidate, ready, own, asked, folders),
                    _published(own),
                ),
                dates=_dates(known[name], today, folders),
            )
        )
    candidate = work.get(PARTNERS)
    own = [one for one in out if one.edition == PARTNERS]
    stations = (
        _inbox(("partners",), None, folders),
        _landed_of_partners(landed, not_built.get(PARTNERS), folders),
        _candidate(candidate, own, folders),
        _gates(candidate, own) if candidate or own else _age_of_partners(folders),
        _sign_off(candidate, ready, own, asked, folders),
        _published(own) if own else _along(landed, out),
    )
    return [*found, Line(PARTNERS, "between editions", stations)]


def _inbox(kinds: Sequence[Kind], place: str | None, folders: DataFolders) -> Station:
    """What waits there. What lies in no known folder is the newest edition's to show, so that it is seen once."""
    homes = [home_of(kind, folders) for kind in kinds]

    def own(path: Path) -> bool:
        below = next(path.relative_to(home).parts for home in homes if path.is_relative_to(home))
        named = below[0] if len(below) > 1 else None
        return place is None or named == place or (named not in editions() and place == max(editions()))

    whole = [path for kind in kinds for path in lying(kind, folders) if own(path)]
    left = [path for kind in kinds for path, _ in passed_over(kind, folders) if own(path)]
    if not whole and not left:
        return Station()
    since = min((written for path in whole if (written := modified_at(path))), default="")
    return Station(
        mark="waits",
        said=_count(len(whole), "file") + " to collect" if whole else "nothing to collect",
        more=f"{_count(len(left), 'file')} not whole yet" if left else "",
        since=since,
    )


def _landing(landed: Sequence[Receipt], not_built: NotBuilt | None) -> Station:
    whole = [one for one in landed if not one.parts]
    if not whole:
        return Station()
    counted = Counter(one.kind for one in whole)
    named = {"survey": "return", "reviews": "review file", "decisions": "decision file"}
    said = ", ".join(_count(number, named.get(kind, kind)) for kind, number in sorted(counted.items(), reverse=True))
    if not_built:
        new = ", ".join(_count(number, named.get(kind, kind)) for kind, number in sorted(not_built.files.items()))
        return Station(
            "waits", said, f"{new} in no candidate", not_built.since, (Link("build", "/dags/build_index", True),)
        )
    return Station("good", said, f"{len({one.iso3 for one in whole if one.iso3})} states", whole[-1].received_at)


def _went_out(out: Release, folders: DataFolders) -> Station:
    """The candidate of a release: its folder may be gone."""
    folder = folders.candidates / f"{out.edition}-v{out.vintage}-{out.document['inputs_digest'][:12]}"
    links = _of_dbt(folder) if (folder / "dbt").is_dir() else ()
    return Station("good", f"vintage {out.vintage}", "went out", links=links)


def _of_dbt(folder: Path) -> tuple[Link, ...]:
    place = f"/candidates/{folder.name}"
    run = Link("dbt run", f"{place}/dbt")
    if not (folder / "dbt" / "docs").is_dir():  # of a partner release dbt builds a part, and documents nothing anew
        return (run,)
    return run, Link("lineage", f"{place}/dbt_docs/index.html#!/overview?g_v=1")


def _candidate(candidate: Candidate | None, own: Sequence[Release], folders: DataFolders) -> Station:
    if candidate is None:
        return _went_out(own[-1], folders) if own else Station()
    said, place = f"vintage {candidate.vintage}", f"/candidates/{candidate.folder.name}"
    if (candidate.folder / "dbt_failed").is_dir():
        return Station("bad", said, "dbt failed", links=(Link("dbt run", f"{place}/dbt"),))
    if not candidate.database.is_file():
        return Station("waits", said, "planned, not built", modified_at(candidate.folder / "manifest.json"))
    since = modified_at(candidate.database)
    return Station("good", said, candidate.inputs_digest[:12], since, _of_dbt(candidate.folder))


def _gates(candidate: Candidate | None, own: Sequence[Release]) -> Station:
    folder = candidate.folder if candidate else own[-1].folder if own else None
    if folder is None:
        return Station()
    reports = load_reports(folder / "gates")
    if not reports:
        return Station("waits", "not held yet")
    place = f"/candidates/{folder.name}" if candidate else f"/releases/{own[-1].edition}/v{own[-1].vintage}"
    docs = (Link("Data Docs", f"{place}/data_docs/index.html"),)
    stopped = [report for report in reports if not report.passed]
    since = modified_at(folder / "gates" / f"{reports[-1].gate}.json")
    if stopped:
        return Station("bad", " · ".join(_verdict(one) for one in stopped), "", since, docs)
    checks = _count(sum(len(report.checks) for report in reports), "check")
    passed = [one.gate for one in reports]
    if candidate and (ahead := [gate for gate in BEFORE_SIGN_OFF if gate not in passed]):
        return Station("waits", f"{', '.join(passed)} passed", f"{checks}; {', '.join(ahead)} to come", since, docs)
    return Station("good", f"all {len(passed)} passed", f"{checks}: {', '.join(passed)}", since, docs)


def _verdict(report: GateReport) -> str:
    failed = sum(not check.passed for check in report.checks)
    return f"{report.gate}: {failed} of {len(report.checks)} checks, {_count(len(report.failures), 'row')}"


def _sign_off(
    candidate: Candidate | None,
    ready: Sequence[Candidate],
    own: Sequence[Release],
    asked: Mapping[str, Request],
    folders: DataFolders,
) -> Station:
    if candidate is None:
        if not own:
            return Station()
        signed = own[-1].document["sign_off"]
        return Station("good", f"by {signed['name']}", str(signed.get("note") or ""), str(signed.get("signed_at", "")))
    if said := rejection(candidate):
        return Station("bad", "rejected", said)
    if candidate not in ready or any(not report.passed for report in load_reports(candidate.folder / "gates")):
        return Station()  # a gate stopped it: nobody can be asked about it
    waits = waiting(folders).get(candidate.edition)
    if waits and waits.candidate == candidate.folder.name:
        hour = hour_of(candidate.edition, folders)
        told = f"waits for its hour, {hour.said}" if hour else "waits: its hour was revoked, and no other is decided"
        return Station("waits", f"approved by {waits.by}", told, waits.at)
    place, older = f"/candidates/{candidate.folder.name}", _void(candidate, ready, asked)
    more = f"{_count(len(older), 'older request')} void" if older else ""
    request = asked.get(asked_in(candidate) or "")
    if request:
        links = (
            Link("answer", request.address, True),
            Link("what changes", f"{place}/request"),
            *_pages(place, candidate.folder / PAGES),
            *older,
        )
        return Station("waits", "waits for a publisher", more, request.since, links)
    trigger = Link("ask", "/dags/publish_edition", True)
    more = "; ".join(filter(None, ("trigger publish_edition", more)))
    return Station("waits", "nobody is asked yet", more, modified_at(candidate.database), (trigger, *older))


def _void(candidate: Candidate, ready: Sequence[Candidate], asked: Mapping[str, Request]) -> tuple[Link, ...]:
    """The requests that stand in Airflow still, about what a newer candidate has taken the place of."""
    before = [one for one in ready if one.edition == candidate.edition and one != candidate]
    runs = [run for one in before if (run := asked_in(one)) and sha256(one.database) != sha256(candidate.database)]
    runs += asked_before(candidate).values()
    return tuple(Link("void request", asked[run].address, True) for run in runs if run in asked)


def _published(own: Sequence[Release]) -> Station:
    if not own:
        return Station()
    last, place = own[-1], f"/releases/{own[-1].edition}/v{own[-1].vintage}"
    before = f"vintage{'s' if last.vintage > 2 else ''} {', '.join(str(one.vintage) for one in own[:-1])} superseded"
    more = " · ".join(filter(None, (last.document["candidate_digest"][:12], before if own[:-1] else "")))
    links = (
        *_pages(place, last.folder),
        Link("files", f"/shelf#{last.edition}-v{last.vintage}"),
        Link("Data Docs", f"{place}/data_docs/index.html"),
    )
    return Station("good", f"vintage {last.vintage}", more, str(last.document.get("published_at", "")), links)


def _pages(place: str, folder: Path) -> tuple[Link, ...]:
    """The way to what people read; none where there are no pages."""
    paper = read_paper(folder)
    return (Link("pages", f"{place}/{PAGES}/{paper.languages[0]}/index.html"),) if paper and paper.languages else ()


def _landed_of_partners(landed: Sequence[Receipt], not_built: NotBuilt | None, folders: DataFolders) -> Station:
    sources, files = ages(folders), [one for one in landed if one.kind == "partners"]
    down = [one for one in sources if one.failure]
    if not files and not down:
        return Station()
    said = f"{sum(one.age_days is not None for one in sources)} of {len(sources)} sources"
    new = f"{_count(not_built.files['partners'], 'newer file')} in no candidate" if not_built else ""
    more = " · ".join(filter(None, (f"{_count(len(down), 'source')} not fetched" if down else "", new)))
    return Station("waits" if more else "good", said, more, files[-1].received_at if files else "")


def _age_of_partners(folders: DataFolders) -> Station:
    have = [one for one in ages(folders) if one.age_days is not None]
    old = [one for one in have if one.too_old]
    if not have:
        return Station()
    return Station("old", f"{_count(len(old), 'source')} too old") if old else Station("good", "none is too old")


def _along(landed: Sequence[Receipt], out: Sequence[Release]) -> Station:
    """What of partner data has gone out as long as it has no release of its own: it goes along with editions."""
    files = {one.digest for one in landed if one.kind == "partners"}
    if not out or not files:
        return Station()
    last = out[-1]
    newer = files - {entry["digest"] for entry in last.manifest.get("inputs", [])}
    if newer:
        return Station("waits", _count(len(newer), "newer file"), "go out with the next release")
    return Station("good", "all of it", f"with {last.name}", str(last.document.get("published_at", "")))


def _dates(edition: Edition, today: date, folders: DataFolders) -> tuple[tuple[str, str, int], ...]:
    """The days that an edition that is not out looks forward to."""
    if edition.status == "published":
        return ()
    named = [
        ("collection opens", edition.collection_from),
        ("collection closes", edition.collection_to),
        ("publication", edition.published_on),
    ]
    named += [(CALLED[OF_DATES[name]], day) for name, day in round_dates(edition.edition, folders).items()]
    dated = sorted((day, said) for said, day in named if day)
    days = [(said, day.isoformat(), (day - today).days) for day, said in dated]
    ahead = [one for one in days if one[2] >= 0]
    return tuple(ahead or days[-1:])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
