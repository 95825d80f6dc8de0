"""What a release of partner data says: per source how much there is of which day, and what does not go together."""

from __future__ import annotations

import json
from pathlib import Path

from gci.core.database.warehouse_file import reading, rows
from gci.core.errors import Blocked
from gci.core.lines import PARTNERS, vintages
from gci.partners.contracts import contracts
from gci.site.content import Content, Row, published_tables, read_content

_SOURCES = """
select v.source, v.retrieved_on, v.figures, coalesce(r.revisions, 0) as revisions
from (
    select source, max(retrieved_on) as retrieved_on, count(*) as figures from partner_values group by source
) as v
left join (select source, count(*) as revisions from partner_value_revisions group by source) as r using (source)
order by v.source
"""


def read_line(database: Path, line: str) -> Content:
    """What a file tells of a line of releases: an edition, or partner data. Raises as the two that read them do."""
    return read_partners(database) if line == PARTNERS else read_content(database, line)


def read_partners(database: Path) -> Content:
    """Read partner data from a file, with the manifest beside it, which says the vintage.

    Args:
        database: a published `gci.duckdb` of the partner line or its candidate; opened read-only, closed again.

    Returns:
        A content without states: its edition is `partners`.

    Raises:
        Blocked: a log of unfinished writes lies beside the file, or no manifest of the partner line does.
        duckdb.Error: the file has not the tables of a warehouse.
    """
    try:
        vintage = vintages(json.loads(database.with_name("manifest.json").read_text("utf-8")))[PARTNERS]
    except (OSError, ValueError, KeyError) as error:
        raise Blocked(f"{database.parent} has no manifest of partner data that can be read: build it again.") from error
    with reading(database) as connection:
        return Content(
            edition={"edition": PARTNERS, "vintage": vintage, "synthetic": False},
            sources=[_described(row) for row in rows(connection, _SOURCES)],
            worklist=rows(
                connection, "from review_worklist join member_states using (iso3) order by edition, iso3, check_code"
            ),
            tables=published_tables(connection, PARTNERS),
        )


def _described(row: Row) -> Row:
    """A source with what its description says of it: title, owner and licence; its code where there is none."""
    there = contracts().get(row["source"])
    said = (there.title, there.owner, there.licence) if there else (row["source"], "", "")
    return row | dict(zip(("title", "owner", "licence"), said, strict=True))
