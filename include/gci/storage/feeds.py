"""Atom feeds of what is published: all of it, per class of revision, and per state. Made from the releases alone.

`published/feed.xml` has every release, known error and revision; `published/feeds/class/<class>.xml` what is of one
class; `published/feeds/state/<ISO3>.xml` what is about one state, and the first vintage of each edition.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gci.core.atom import Entry, feed
from gci.core.atomic_file import READ_ONLY, write_all_over
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.storage.release_log import Release

ALL = "feed.xml"
FOLDER = "feeds"
CLASSES = ("error", "late return", "method", "reference data", "partner data")
_PARTNER_FIGURES, _PARTNER_CLASS = "partner_values", CLASSES[-1]
_FIGURES = ("overall_scores", "pillar_scores")
_SHOWN = 6
"""Figures that a summary names; the notes of the release have all."""


@dataclass(frozen=True)
class About:
    """An entry of the news, and which feeds it stands in beside that of everything.

    Attributes:
        entry: as in published/feed.xml.
        kind: its class; None for a release.
        iso3: the state that it is about; None where it is about all.
    """

    entry: Entry
    kind: str | None = None
    iso3: str | None = None


def feeds(there: Sequence[Release]) -> dict[str, str]:
    """The feeds of these releases, oldest first given, newest first written.

    Returns:
        Text by path below published/; the same releases give the same text.

    Raises:
        OSError, ValueError: a release's own files cannot be read.
    """
    told, names = news(there)
    newest_first = told[::-1]
    when = there[-1].document["published_at"] if there else "1970-01-01T00:00:00+00:00"
    made = {ALL: _feed("releases", "Global Cybersecurity Index: releases and errata", when, 0, newest_first)}
    for kind in CLASSES:
        place = f"{FOLDER}/class/{kind.replace(' ', '-')}.xml"
        made[place] = _feed(place, f"Global Cybersecurity Index: {kind}", when, 2, _only(newest_first, kind=kind))
    for iso3, name in sorted(names.items()):
        place = f"{FOLDER}/state/{iso3}.xml"
        made[place] = _feed(place, f"Global Cybersecurity Index: {name}", when, 2, _only(newest_first, iso3=iso3))
    return made


def news(there: Sequence[Release]) -> tuple[list[About], dict[str, str]]:
    """What these releases brought, oldest first, and the names of states by iso3.

    Raises:
        OSError, ValueError: a release's own files cannot be read.
    """
    names: dict[str, str] = {}
    told: list[About] = []
    known: set[str] = set()
    for release in there:
        names |= _names(release)
        told += _of_release(release, names, known)
    return told, names


def _only(told: Iterable[About], kind: str | None = None, iso3: str | None = None) -> list[About]:
    """Those of a class; those about a state, and the first vintages."""
    if kind:
        return [one for one in told if one.kind == kind]
    return [one for one in told if one.iso3 == iso3 or (one.kind is None and one.entry.terms[-1] == "vintage 1")]


def _feed(name: str, title: str, otherwise: str, depth: int, told: Sequence[About]) -> str:
    """A feed; `depth` is that of its folder below published/, from where the links lead."""
    entries = [replace(one.entry, link="../" * depth + one.entry.link) for one in told]
    updated = max((one.updated for one in entries), default=otherwise)
    return feed(f"tag:gci,2024:{name.removesuffix('.xml')}", title, updated, "../" * depth + "latest.json", entries)


def _of_release(release: Release, names: dict[str, str], known: set[str]) -> Iterator[About]:
    """The entries that a release brings: itself, errors that it is the first to list, what it revised."""
    home = f"{release.edition}/v{release.vintage}"
    papers = release.document
    told = _changes(release)
    scores = [one for one in told["changes"] if one["table"] in _FIGURES and one["column"] == "score"]
    called = f"GCI {release.edition}, vintage {release.vintage}" + (" (SYNTHETIC)" if papers.get("synthetic") else "")
    ident = f"tag:gci,{papers['published_at'][:10]}:{home}"
    when = papers["published_at"]
    states = {one["of"]["iso3"] for one in scores}
    if release.edition == PARTNERS:
        first, again = "The first vintage of the partner data", ""
        changed = _counted(sum(one["table"] == _PARTNER_FIGURES for one in told["changes"]), "partner value")
    else:
        first, again = "The first vintage of the edition", "A correction: "
        changed = f"{_counted(len(scores), 'score')} of {_counted(len(states), 'state')}"
    since = told["since"]
    what = f"{first}." if since is None else f"{again}{changed} changed since vintage {since}."
    if papers.get("planned_for"):
        what += f" Planned for {papers['planned_for'][:16].replace('T', ' ')} UTC."
    summary = f"{what} Content digest {papers['content_digest']}."
    terms = ("release", release.edition, f"vintage {release.vintage}")
    yield About(Entry(ident, called, when, summary, f"{home}/notes.md", terms))
    for row in _rows(release.folder / "csv" / "corrections.csv"):
        if row["edition"] == release.edition and row["bites"] == "true" and row["id"] not in known:
            known.add(row["id"])
            yield About(_error(row, release, names, when), "error", row["iso3"])
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for one in scores:
        grouped[one["class"] or "revision", one["of"]["iso3"]].append(one)
    yield from _of_partners(told["changes"], called, ident, when, home)
    for (kind, iso3), figures in sorted(grouped.items()):
        name = names.get(iso3, iso3)
        listed = "; ".join(_figure(one) for one in figures[:_SHOWN])
        more = f"; and {len(figures) - _SHOWN} more" if len(figures) > _SHOWN else ""
        why = "; ".join(dict.fromkeys(str(one["reason"]) for one in figures if one["reason"]))
        title = f"{called}: {name} ({kind})"
        place = f"{ident}/{kind.replace(' ', '-')}/{iso3}"
        entry = Entry(
            place, title, when, f"{listed}{more}. {why}".strip(), f"{home}/notes.md", ("revision", kind, iso3)
        )
        yield About(entry, kind, iso3)


def _of_partners(changes: Sequence[dict[str, Any]], called: str, ident: str, when: str, home: str) -> Iterator[About]:
    """What a partner release has of each partner that is other than in the one before."""
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in changes:
        if one["table"] == _PARTNER_FIGURES:
            by_source[one["of"]["source"]].append(one)
    for source, cells in sorted(by_source.items()):
        new, gone = (sum(one[side] is None for one in cells) for side in ("old", "new"))
        series = ", ".join(sorted({one["of"]["series"] for one in cells}))
        summary = f"{series}: {_counted(new, 'value')} new, {len(cells) - new - gone} changed, {gone} gone."
        place, terms = f"{ident}/{_PARTNER_CLASS.replace(' ', '-')}/{source}", ("revision", _PARTNER_CLASS, source)
        title = f"{called}: {source} ({_PARTNER_CLASS})"
        yield About(Entry(place, title, when, summary, f"{home}/notes.md", terms), _PARTNER_CLASS)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _changes(release: Release) -> dict[str, Any]:
    """What changes.json of a release says; nothing of one from before there was such a file."""
    path = release.folder / "changes.json"
    if not path.is_file():
        return {"changes": [], "since": release.vintage - 1 or None}
    said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return said


def _error(row: dict[str, str], release: Release, names: dict[str, str], when: str) -> Entry:
    """A known error in what was printed."""
    name = names.get(row["iso3"], row["iso3"])
    what = row.get("what_is_wrong") or row.get("reason") or ""
    return Entry(
        ident=f"tag:gci,{when[:10]}:errata/{row['id']}",
        title=f"GCI {release.edition}: known error in print, {name}"
        + (f" ({d})" if (d := row.get("dimension")) else ""),
        updated=when,
        summary=what,
        link=f"{release.edition}/v{release.vintage}/csv/corrections.csv",
        terms=("erratum", "error", row["iso3"]),
    )


def _figure(one: dict[str, Any]) -> str:
    was, now = (("no value" if one[side] is None else f"{one[side]:.4f}") for side in ("old", "new"))
    return f"{one['of'].get('pillar', 'overall')} {was} → {now}"


def _names(release: Release) -> dict[str, str]:
    return {row["iso3"]: row["name_en"] for row in _rows(release.folder / "csv" / "member_states.csv")}


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():  # a release from before there was the table
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write_feeds(there: Sequence[Release], folders: DataFolders) -> None:
    """Write the feeds that are not so already. Raises OSError when the disk refuses."""
    write_all_over({folders.published / name: text.encode() for name, text in feeds(there).items()}, READ_ONLY)
