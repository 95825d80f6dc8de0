"""The stage between build and gates: the audit's draws as Parquet and its report, beside the candidate's file.

The figures stand in the file itself (dbt: models/intermediate/audit). What is written here follows from that file
alone, so that whoever has it can make it again, to the byte.

| in audit/ | holds |
|---|---|
| draws.parquet | edition, draw, iso3, score, tier: every score and tier that was drawn |
| pairs.parquet | edition, iso3, other, probability, tied: how often a state is above another one, for all pairs |
| report.html, report.pdf | the report that goes with the edition, on the screen and on paper |
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gci.core.atomic_directory import hidden
from gci.core.checksums import sha256
from gci.core.lines import PARTNERS
from gci.core.records import Candidate

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "audit"
"""In the folder of a candidate and of a release."""
DRAWS, PAIRS, REPORT, ON_PAPER = "draws.parquet", "pairs.parquet", "report.html", "report.pdf"


def write_audit(candidate: Candidate) -> Path | None:
    """Write audit/ into the candidate's folder, in place of an older one. It is seen when it is whole.

    Args:
        candidate: the candidate, built.

    Returns:
        The folder; None for the partner release: no score moves by it, there is nothing to audit.

    Raises:
        TryAgain: the disk refused.
        Blocked: Typst refuses the report.
    """
    from gci.audit.report import report
    from gci.audit.report_pdf import report_pdf
    from gci.build.manifest import is_synthetic

    if candidate.edition == PARTNERS:
        return None
    folder = candidate.folder / FOLDER
    with hidden(folder) as part:
        made, before = part / "now", part / "before"
        made.mkdir()
        found = audited_again(candidate.database, candidate.edition)
        write_parquet(found["draws"], made / DRAWS)
        write_parquet(found["pair_probabilities"], made / PAIRS)
        about = (candidate.database, candidate.edition, candidate.vintage)
        page = report(*about, synthetic=is_synthetic(candidate.folder))
        (made / REPORT).write_text(page, encoding="utf-8")
        (made / ON_PAPER).write_bytes(report_pdf(page, candidate.edition))
        if folder.exists():
            folder.rename(before)
        made.rename(folder)
    return folder


def audited_again(database: Path, edition: str) -> dict[str, pa.Table]:
    """The audit of an edition, made once more from the answers in a file, with the draws and the seed that it names.

    Args:
        database: a candidate or a published file; only read.
        edition: the edition.

    Returns:
        The tables of gci.audit.tables, by their names there; all of them empty where no state has a score.
    """
    return _audited(sha256(database), database, edition)


@lru_cache(maxsize=1)  # the gate asks for what the stage has just written, of the same bytes
def _audited(digest: str, database: Path, edition: str) -> dict[str, pa.Table]:
    from gci.audit.edition import read_edition
    from gci.audit.planned import plan_in
    from gci.audit.tables import tables
    from gci.audit.tables_schema import SCHEMAS
    from gci.audit.whole import audit_edition

    plan = plan_in(database, edition)
    if plan is None:
        return {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    return tables(audit_edition(read_edition(database, edition), plan))


def write_parquet(table: pa.Table, file: Path) -> None:
    """Write a table as Parquet: the same rows give the same bytes.

    Args:
        table: draws or pairs; its numbers are `score` (0 to 100), `probability` (0 to 1) and `tied`, all else repeats.
        file: where it goes; what lies there is written over.
    """
    import pyarrow.parquet as pq

    texts = [name for name in table.column_names if name not in ("score", "probability", "tied")]
    pq.write_table(table, file, compression="zstd", use_dictionary=texts, store_schema=False)
