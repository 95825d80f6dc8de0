"""How an edition of the warehouse is audited: with the draws that its manifest names, and its year as the seed."""

from __future__ import annotations

from pathlib import Path

from gci.audit.plan import Plan
from gci.core.database.warehouse_file import quoted, reading, rows
from gci.core.replications import REPLICATIONS


def plan_of(edition: str, replications: int | None = None) -> Plan:
    """The plan of an edition.

    Places are counted as 1 and one more for each state above, in every edition: confidence sets are of such places.

    Args:
        edition: its name; its year is the seed.
        replications: draws; the usual number where none is named.
    """
    return Plan(replications=replications or REPLICATIONS, seed=int(edition))


def plan_in(database: Path, edition: str) -> Plan | None:
    """The plan that an edition in a file was audited by; None where no state of it has a score.

    The file says how many draws there are, and is not asked for the seed, which is no choice. One that somebody wrote
    over may ask for any number of draws: more than 100,000 are not made.
    """
    asked = f"""
        select least(replications, 100000) as replications
        from editions left join audit_summary using (edition)
        where edition = {quoted(edition)}
            and edition in (select scored.edition from overall_scores as scored where scored.score is not null)
    """
    with reading(database) as connection:
        found = rows(connection, asked)
    return plan_of(edition, **found[0]) if found else None
