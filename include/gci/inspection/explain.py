"""A state's score taken apart: overall, pillars, indicators, answers, and the file and row that each came from."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from gci.audit.certainty import certainty_of_state
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders
from gci.storage.receipts import receipt
from gci.storage.release_log import Release, find

if TYPE_CHECKING:
    import duckdb


def explain(iso3: str, edition: str, folders: DataFolders) -> dict[str, Any]:
    """Everything that a published overall score rests on.

    Args:
        iso3: the state, ISO 3166 alpha-3.
        edition: the edition (its latest vintage), or edition@vintage.
        folders: what is published, and the landing zone with the receipts.

    Returns:
        edition, vintage, synthetic (whether it rests on invented returns), release (when, by whom), state, overall
        (score, rank, tier, status), certainty (how sure that is and what would move it), printed (what each source
        has), register (known errors of this state), pillars → indicators (score, weight as fraction, points, whether
        derived) → answers (answer, source, why it counts, who answered, the table that it is taken from, evidence,
        comment, file, sheet, row, digests, receipt).

    Raises:
        WrongUsage: the edition is not published, or the state is not in it.
    """
    release = find(edition, folders)
    with reading(release.database) as connection:
        ask = partial(_ask, connection, release.edition, iso3.upper())
        overall = ask(
            "select * exclude (edition, iso3) from overall_scores where edition = {edition} and iso3 = {iso3}"
        )
        if not overall:
            raise WrongUsage(_no_such_state(connection, iso3, release))
        return {
            "edition": release.edition,
            "vintage": release.vintage,
            "synthetic": release.document.get("synthetic", False),
            "release": {
                "published_at": release.document["published_at"],
                "signed_by": release.document["sign_off"]["name"],
                "folder": str(release.folder),
            },
            "state": ask("select * from member_states where iso3 = {iso3}")[0],
            "overall": overall[0],
            "certainty": certainty_of_state(connection, release.edition, iso3.upper()),
            "printed": ask(
                "select * exclude (edition, iso3) from published_history"
                " where edition = {edition} and iso3 = {iso3} and score is not null order by source"
            ),
            "reconciliation": ask(
                "select * exclude (edition, iso3) from reconciliation"
                " where edition = {edition} and iso3 = {iso3} order by dimension, source"
            ),
            "register": ask("select * from corrections where edition = {edition} and iso3 = {iso3} order by id"),
            "pillars": _pillars(ask, folders),
        }


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


def _no_such_state(connection: duckdb.DuckDBPyConnection, iso3: str, release: Release) -> str:
    """The message for a state that is not in the edition, with those whose code or name is like it."""
    like = rows(
        connection,
        f"select iso3, name_en from member_states where iso2 = upper({quoted(iso3)})"
        f" or starts_with(iso3, upper({quoted(iso3[:2])})) or starts_with(lower(name_en), lower({quoted(iso3[:4])}))"
        " order by iso3 limit 8",
    )
    meant = ", ".join(f"{state['iso3']} ({state['name_en']})" for state in like)
    advice = f" Is one of these meant: {meant}?" if meant else ""
    return f"{iso3!r} is no state of {release.name}. States are named by ISO 3166 alpha-3, e.g. EST.{advice}"
