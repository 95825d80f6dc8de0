"""A state's score taken apart: overall, pillars, indicators, answers, and the file and row that each came from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.audit.certainty import certainty_of_state
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.reference.near import no_such_state
from gci.storage.receipts import receipt
from gci.storage.release_log import find

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class _Explained:
    """What is taken apart: a release, or a candidate, which has no sign-off yet."""

    edition: str
    vintage: int
    name: str
    database: Path
    synthetic: bool
    release: dict[str, Any]


def explain(iso3: str, edition: str, folders: DataFolders, candidate: Path | None = None) -> dict[str, Any]:
    """Everything that an overall score rests on.

    Args:
        iso3: the state, ISO 3166 alpha-3.
        edition: the edition (its latest vintage), or edition@vintage; of a candidate the edition.
        folders: what is published, and the landing zone with the receipts.
        candidate: folder of a candidate, or its DuckDB file, in place of what is published.

    Returns:
        edition, vintage, synthetic (whether it rests on invented returns), release (when, by whom; of a candidate both
        None, and its folder), state, overall (score, rank, tier, status), certainty (how sure that is and what would
        move it), printed (what each source has, with the decimals that it prints, None where it has all), register
        (known errors of this state), pillars → indicators (score, weight, also as fraction, points, whether derived) →
        answers (answer, source, why it counts, who answered, the table that it is taken from, evidence, comment, file,
        sheet, row, digests, receipt).

    Raises:
        WrongUsage: the edition is not published, the candidate is none, or the state is not in it.
    """
    what = _of_candidate(candidate, edition) if candidate else _of_release(edition, folders)
    with reading(what.database) as connection:
        ask = partial(_ask, connection, what.edition, iso3.upper())
        overall = ask(
            "select * exclude (edition, iso3) from overall_scores where edition = {edition} and iso3 = {iso3}"
        )
        if not overall:
            there = rows(connection, f"select iso3 from overall_scores where edition = {quoted(what.edition)}")
            raise no_such_state(iso3, what.name, [row["iso3"] for row in there])
        return {
            "edition": what.edition,
            "vintage": what.vintage,
            "synthetic": what.synthetic,
            "release": what.release,
            "state": ask("select * from member_states where iso3 = {iso3}")[0],
            "overall": overall[0],
            "certainty": certainty_of_state(connection, what.edition, iso3.upper()),
            "printed": [
                _as_printed(one)
                for one in ask(
                    "select * exclude (edition, iso3) from published_history"
                    " where edition = {edition} and iso3 = {iso3} and score is not null order by source"
                )
            ],
            "reconciliation": ask(
                "select * exclude (edition, iso3) from reconciliation"
                " where edition = {edition} and iso3 = {iso3} order by dimension, source"
            ),
            "register": ask("select * from corrections where edition = {edition} and iso3 = {iso3} order by id"),
            "pillars": _pillars(ask, folders),
        }


def _of_release(name: str, folders: DataFolders) -> _Explained:
    from gci.build.candidate import readable

    try:
        out = find(name, folders)
    except WrongUsage as error:
        built = [one.folder for one in readable(folders) if one.edition == name.partition("@")[0]]
        if not built:
            raise
        raise WrongUsage(f"{error} A candidate is explained with --candidate {built[-1]}.") from error
    papers = out.document
    told = {"published_at": papers["published_at"], "signed_by": papers["sign_off"]["name"], "folder": str(out.folder)}
    return _Explained(out.edition, out.vintage, out.name, out.database, papers.get("synthetic", False), told)


def _of_candidate(place: Path, edition: str) -> _Explained:
    from gci.build.candidate import load
    from gci.build.manifest import is_synthetic

    one = load(place.parent if place.is_file() else place)
    if one.edition != edition.partition("@")[0]:
        raise WrongUsage(f"{place} is a candidate of {one.edition}, not of {edition}.")
    if not one.database.is_file():
        raise WrongUsage(f"{place} is planned and not built yet: there is no {one.database.name} in it.")
    told = {"published_at": None, "signed_by": None, "folder": str(one.folder)}
    name = f"the candidate {one.folder.name}"
    return _Explained(one.edition, one.vintage, name, one.database, is_synthetic(one.folder), told)


def _as_printed(one: dict[str, Any]) -> dict[str, Any]:
    """A published score and how many decimals its source prints: three of a score to 1, two of one to 100."""
    decimals = {"0-1": 3, "0-100": 2}.get(one["scale"])
    return one | {"decimals": decimals if one["source"] != "data360" else None}


def _ask(connection: duckdb.DuckDBPyConnection, edition: str, iso3: str, statement: str) -> list[dict[str, Any]]:
    return rows(connection, statement.format(edition=quoted(edition), iso3=quoted(iso3)))


def _pillars(ask: Callable[[str], list[dict[str, Any]]], folders: DataFolders) -> list[dict[str, Any]]:
    pillars = ask("""
        select pillar, label_en as label, score, weight, weight_fraction
        from pillar_scores join framework using (edition, pillar)
        where edition = {edition} and iso3 = {iso3} and level = 'pillar' order by pillar
    """)
    indicators = ask("""
        select s.* exclude (edition, iso3), label_en as label, weight_fraction
        from indicator_scores as s join framework as f on f.edition = s.edition and f.node = s.indicator
        where s.edition = {edition} and iso3 = {iso3} order by indicator
    """)
    answers = ask("""
        select a.* exclude (edition, iso3, pillar), f.label_en as label, f.weight, f.weight_fraction
        from answers as a join framework as f on f.edition = a.edition and f.node = a.item
        where a.edition = {edition} and iso3 = {iso3} order by item
    """)
    said = cache(partial(receipt, folders=folders))
    for answer in answers:
        answer["receipt"] = said(answer["return_digest"])
        answer["review_receipt"] = said(answer.get("review_digest"))
    for indicator in indicators:
        indicator["answers"] = [answer for answer in answers if answer["indicator"] == indicator["indicator"]]
    for pillar in pillars:
        pillar["indicators"] = [one for one in indicators if one["pillar"] == pillar["pillar"]]
    return pillars
