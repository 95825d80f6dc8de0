"""Writes partner data of past days into the inbox, from the figures that the project carries."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from gci.core.paths import REPLAY, DataFolders
from gci.partners.contract import Contract
from gci.partners.contracts import contracts
from gci.reference import seeds
from gci.reference.seed_files import rows_of, seed_file
from gci.storage.inbox import put

_CARRIED = re.compile(r"(?P<source>[a-z0-9_]+)[.](?P<day>\d{4}-\d{2}-\d{2})[.]csv")
_DATA360 = ("INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE")
_EXPORTED, _ASKED_FOR = "2026-04-25", "2026-05-06"
_SIX_DIGITS = ".6g"
"""To which the interface of Data360 gave the overall scores; its export has all digits."""

Table = list[Sequence[str]]


def replay_partners(folders: DataFolders) -> list[Path]:
    """Write what the project carries of partners to inbox/partners/<source>/.

    Args:
        folders: where the inbox is.

    Returns:
        The files, by source and day; their modification time is their day, so that the newer of two counts. The same
        bytes each time. TryAgain when another file of that name waits in the inbox.
    """
    written = []
    for source, day, table in sorted([*_carried(), *_of_data360()], key=lambda one: one[:2]):
        home = folders.inbox / "partners" / source
        home.mkdir(parents=True, exist_ok=True)
        at = datetime.fromisoformat(day).replace(tzinfo=UTC)
        written.append(put(home / f"{source}.{day}.csv", _csv(table), at))
    return written


def _carried() -> Iterator[tuple[str, str, Table]]:
    """Source, day and table of each file in include/replay/partners, in the layout that its partner offers."""
    for path in sorted((REPLAY / "partners").glob("*.csv")):
        named = _CARRIED.fullmatch(path.name)
        if named:
            with path.open(encoding="utf-8", newline="") as lines:
                yield named["source"], named["day"], _as_offered(contracts()[named["source"]], csv.DictReader(lines))


def _as_offered(contract: Contract, carried: csv.DictReader[str]) -> Table:
    """Rows by iso3 code as the partner's own table: with the state's name, and the one series that it is about."""
    ((code, series),) = contract.series.items()
    (layout,) = contract.layouts.values()
    given = [name for name in carried.fieldnames or () if name != "iso3"]
    names = {iso3: state.names["en"] for iso3, state in seeds.member_states().items()}

    def row(cells: dict[str, str]) -> list[str]:
        said = {"area": cells["iso3"], "area_name": names[cells["iso3"]], "series": code}
        of_roles = {column: said[role] for role, column in contract.roles.items()}
        return [of_roles.get(column, series.title) for column in layout.required] + [cells[name] for name in given]

    return [[*layout.required, *given], *(row(cells) for cells in carried)]


def _of_data360() -> Iterator[tuple[str, str, Table]]:
    """The index's own figures as Data360 gives them back: all of them, and once more the overall scores, rounded."""
    contract = contracts()["data360"]
    rows: list[tuple[str, ...]] = []
    overall: list[tuple[str, ...]] = []
    indicators = {of.indicator: (code, of.unit) for code, of in contract.series.items() if of.indicator}
    dimensions = {of.dimension: (code, of.unit) for code, of in contract.series.items() if of.dimension}
    for path in sorted(REPLAY.glob("indicator_values_*.csv")):
        edition = path.stem.rpartition("_")[2]
        with path.open(encoding="utf-8", newline="") as lines:
            for state in csv.DictReader(lines):
                for item in indicators.keys() & state.keys():
                    code, unit = indicators[item]
                    rows.append((code, state["iso3"], edition, state[item], unit))
    for one in rows_of(seed_file("published/published_scores")):
        if one["source"] == "data360":
            code, unit = dimensions[one["dimension"]]
            rows.append((code, one["iso3"], one["edition"], one["published"], unit))
            if one["dimension"] == "overall":
                overall.append((*rows[-1][:3], format(float(one["published"]), _SIX_DIGITS), unit))
    yield "data360", _EXPORTED, [_DATA360, *sorted(rows)]
    yield "data360", _ASKED_FOR, [_DATA360, *sorted(overall)]


def _csv(table: Table) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table)
    return text.getvalue().encode()
