"""What a release says, read from its DuckDB file for the pages. Nothing is computed here: every figure is a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.lines import PARTNERS, tables_of
from gci.reference.labels import PILLARS
from gci.site.codes import NO_DATA

if TYPE_CHECKING:
    import duckdb

Row = dict[str, Any]

AUDIT_TABLES: Mapping[str, str] = {
    "audit_scenarios": "scenario",
    "audit_sensitivity": "outcome, factor",
    "audit_coherence": "node",
    "audit_importance": "node",
}
"""Tables of the audit that have a place on its page, and in which order their rows stand."""


@dataclass(frozen=True)
class Content:
    """One edition of one file, or the partner data of one, which has no states (gci.site.partner_content).

    Attributes:
        edition: its row of `editions`; `synthetic` says whether any of its scores rests on invented returns.
        states: rows of `member_states` with the overall score, one per state of the edition, by ISO 3166 alpha-3 code.
        nodes: rows of `framework`, by node.
        pillars: `pillar_scores`, by state and pillar.
        indicators: `indicator_scores`, by state and indicator.
        answers: `answers`, by state.
        changes: `score_changes` that end in this edition, by state.
        gaps: `capacity_gaps` against all states, by state.
        peers: `capacity_gap_peers` of these gaps, by state and item.
        groups: `group_scores`, by grouping, group and dimension.
        members: codes of states by grouping and group.
        groups_of: grouping and group by state.
        corrections: the register of known errors of this edition.
        history: `published_history` of all editions, by state.
        activities: rows of `gca_activities` with the state of the data in this edition.
        measures: `gca_activity_measures` of this edition, by activity.
        comparability: `indicator_comparability` that ends in this edition.
        uncertainty: `score_uncertainty`, by state.
        tiers: names and thresholds of the tiers, from 1; none for an edition with ranks.
        vintages: rows of `releases` of this edition's earlier vintages, the first one first.
        revisions: `revisions` of this edition up to this vintage, by state.
        decisions: `decisions` about this edition.
        audited: the row of `audit_summary`; empty where nothing was audited.
        audit: rows of the tables of AUDIT_TABLES, by table.
        tables: the published tables and what each says, by name; those of the downloads.
        sources: of partner data: a row for each source (gci.site.partner_content).
        worklist: of partner data: rows of `review_worklist`.
    """

    edition: Row
    states: dict[str, Row] = field(default_factory=dict)
    nodes: dict[str, Row] = field(default_factory=dict)
    pillars: dict[tuple[str, str], Row] = field(default_factory=dict)
    indicators: dict[tuple[str, str], Row] = field(default_factory=dict)
    answers: dict[str, list[Row]] = field(default_factory=dict)
    changes: dict[str, list[Row]] = field(default_factory=dict)
    gaps: dict[str, list[Row]] = field(default_factory=dict)
    peers: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    groups: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    members: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    groups_of: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    corrections: list[Row] = field(default_factory=list)
    history: dict[str, list[Row]] = field(default_factory=dict)
    activities: list[Row] = field(default_factory=list)
    measures: dict[str, list[Row]] = field(default_factory=dict)
    comparability: list[Row] = field(default_factory=list)
    uncertainty: dict[str, Row] = field(default_factory=dict)
    tiers: dict[int, Row] = field(default_factory=dict)
    vintages: list[Row] = field(default_factory=list)
    revisions: dict[str, list[Row]] = field(default_factory=dict)
    decisions: list[Row] = field(default_factory=list)
    audited: Row = field(default_factory=dict)
    audit: dict[str, list[Row]] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    sources: list[Row] = field(default_factory=list)
    worklist: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The edition, e.g. `2024`."""
        return str(self.edition["edition"])

    @property
    def of_partners(self) -> bool:
        """Whether it is partner data, and no edition."""
        return self.name == PARTNERS

    @property
    def vintage(self) -> int:
        """The vintage that the file holds of the edition."""
        return int(self.edition["vintage"])

    @property
    def printed(self) -> list[str]:
        """The editions of which printed figures are on record, oldest first."""
        return sorted({str(row["edition"]) for rows_of in self.history.values() for row in rows_of})

    @property
    def revised(self) -> int:
        """How many scores of the edition were revised."""
        return sum(map(len, self.revisions.values()))

    @property
    def tiered(self) -> bool:
        """Whether the edition has tiers; the others have ranks."""
        return any(row["tier"] is not None for row in self.states.values())

    @property
    def synthetic(self) -> bool:
        """Whether it rests on invented returns."""
        return bool(self.edition["synthetic"])

    def without_data(self, iso3: str) -> bool:
        """Whether there is no data for a state, although figures were printed for it: they are shown as missing."""
        return bool(self.states[iso3]["obs_status"] == NO_DATA)

    def source_title(self, source: str) -> str:
        """What a source of partner data is called; its code where no figure of it arrived."""
        return next((str(one["title"]) for one in self.sources if one["source"] == source), source)

    def level(self, level: str, parent: str | None = None) -> list[Row]:
        """The nodes of a level (pillar, indicator, question), all or those below a parent, in the index's order."""
        found = [row for row in self.nodes.values() if row["level"] == level and parent in (None, row["parent"])]
        return sorted(found, key=lambda row: (PILLARS.index(row["pillar"]), natural(row["node"])))


def read_content(database: Path, edition: str) -> Content:
    """Read one edition from a file.

    Args:
        database: a published `gci.duckdb` or a candidate with its provenance; opened read-only, closed again.
        edition: the edition.

    Raises:
        Blocked: a log of unfinished writes lies beside the file.
        duckdb.Error: the file has not the tables of a warehouse.
    """
    with reading(database) as connection:

        def ask(statement: str) -> list[Row]:
            return rows(connection, statement.format(edition=quoted(edition)))

        (head,) = ask(
            "select columns(name -> name != 'synthetic'), (select coalesce(bool_or(synthetic), false)"
            " from overall_scores where edition = {edition}) as synthetic from editions where edition = {edition}"
        )
        members = ask("select grouping, member_group, iso3 from group_members where edition = {edition} order by all")
        return Content(
            edition=head,
            states=_by(
                ask("from overall_scores join member_states using (iso3) where edition = {edition} order by iso3"),
                "iso3",
            ),
            nodes=_by(ask("select * from framework where edition = {edition} order by node"), "node"),
            pillars=_by2(ask("from pillar_scores where edition = {edition} order by all"), "iso3", "pillar"),
            indicators=_by2(ask("from indicator_scores where edition = {edition} order by all"), "iso3", "indicator"),
            answers=_listed(ask("from answers where edition = {edition} order by iso3, item"), "iso3"),
            changes=_listed(ask("from score_changes where to_edition = {edition} order by all"), "iso3"),
            gaps=_listed(
                ask("from capacity_gaps where edition = {edition} and grouping = 'all' order by iso3, place"), "iso3"
            ),
            peers=_listed2(
                ask("from capacity_gap_peers where edition = {edition} and grouping = 'all' order by all"),
                "iso3",
                "item",
            ),
            groups={
                (row["grouping"], row["member_group"], row["dimension"]): row
                for row in ask("from group_scores where edition = {edition} order by all")
            },
            members=_codes(members),
            groups_of=_groups(members),
            corrections=ask("from corrections where edition = {edition} order by id"),
            history=_listed(ask("from published_history order by edition, iso3, source"), "iso3"),
            activities=ask(
                "select a.activity, a.guideline, a.pillar, a.asks_en, s.data_status, s.followed_by, s.source_needed"
                " from gca_activities as a join gca_activity_status as s using (activity)"
                " where s.edition = {edition} order by activity"
            ),
            measures=_listed(ask("from gca_activity_measures where edition = {edition} order by all"), "activity"),
            comparability=ask(
                "from indicator_comparability where to_edition = {edition} order by from_edition, concept"
            ),
            uncertainty=_by(ask("from score_uncertainty where edition = {edition} order by iso3"), "iso3"),
            tiers=_by(ask("from tiers where edition = {edition} order by tier"), "tier"),
            # What is on record of this very vintage is written when it is published: the pages are signed before.
            vintages=ask(
                "select r.* from releases as r join editions as e using (edition)"
                " where edition = {edition} and r.vintage < e.vintage order by r.vintage"
            ),
            revisions=_listed(ask("from revisions where edition = {edition} order by all"), "iso3"),
            decisions=ask("from decisions where edition = {edition} order by decided_on, id"),
            audited=next(iter(ask("from audit_summary where edition = {edition}")), {}),
            audit={
                table: ask(f"from {table} where edition = {{edition}} order by {order}")
                for table, order in AUDIT_TABLES.items()
            },
            tables=published_tables(connection, edition),
        )


def published_tables(connection: duckdb.DuckDBPyConnection, line: str) -> dict[str, str]:
    """The tables that a release of a line has the rows of, and what each says."""
    listed = rows(
        connection,
        "select table_name, comment from duckdb_tables()"
        " where schema_name = 'main' and database_name = current_database()",
    )
    says = {row["table_name"]: row["comment"] or "" for row in listed}
    return {name: says[name] for name in tables_of(line, says)}


def natural(code: str) -> tuple[str, list[int]]:
    """The place of a node among its siblings: ls2 before ls10, os1.2 before os1.10."""
    letters = code.rstrip("0123456789.")
    return letters, [int(part) for part in code[len(letters) :].split(".") if part]


def _by(found: Iterable[Row], column: str) -> dict[Any, Row]:
    return {row[column]: row for row in found}


def _by2(found: Iterable[Row], first: str, second: str) -> dict[tuple[str, str], Row]:
    return {(row[first], row[second]): row for row in found}


def _listed(found: Iterable[Row], column: str) -> dict[str, list[Row]]:
    listed: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        listed[row[column]].append(row)
    return listed


def _listed2(found: Iterable[Row], first: str, second: str) -> dict[tuple[str, str], list[Row]]:
    listed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        listed[row[first], row[second]].append(row)
    return listed


def _codes(members: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in members:
        codes[row["grouping"], row["member_group"]].append(row["iso3"])
    return codes


def _groups(members: Iterable[Row]) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in members:
        groups[row["iso3"]].append((row["grouping"], row["member_group"]))
    return groups
