"""The bench of the gate `pages`: what reading a candidate's pages back has found, for the rules to ask.

| schema | holds |
|---|---|
| `pages` | `faults`: every place on a page that breaks a check (gci.site.held) |
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gci.core.database.connection import connect
from gci.core.errors import Blocked
from gci.core.records import Candidate
from gci.core.worker_pool import CHECKS
from gci.gates.insert import insert_rows
from gci.gates.patience import Patience
from gci.gates.validation_database import PROCESSOR, Bench, CannotOpenError
from gci.site.asked import Fault
from gci.site.held import faults_of_share
from gci.site.stage import FOLDER

_FAULTS = """
create schema pages;
create table pages.faults (check_name varchar, page varchar, place varchar, found varchar, expected varchar)
"""


@contextmanager
def open_pages(candidate: Candidate) -> Iterator[Bench]:
    """Read the pages back, and lay out what was found; close it all afterwards.

    Args:
        candidate: the candidate with its pages; only read.

    Raises:
        CannotOpenError: its file is none of the warehouse's, or a log of unfinished writes lies beside it.
    """
    import duckdb

    try:
        about = (candidate.folder / FOLDER, candidate.database, candidate.edition, candidate.folder)
        with CHECKS.at_work() as work:
            for share in range(CHECKS.processes):
                work.begin(faults_of_share, *about, share, CHECKS.processes)
            found = sorted(fault for faults in work.results() for fault in faults)
    except (duckdb.Error, Blocked) as error:
        raise CannotOpenError(f"{candidate.database}: {' '.join(str(error).split())}") from error
    with tempfile.TemporaryDirectory(prefix="gci-gates-") as folder:
        connection = connect(autoload_known_extensions=False)
        try:
            connection.execute(_FAULTS)
            columns = ["check_name", *Fault._fields[1:]]
            insert_rows(connection, "pages.faults", columns, [tuple(one) for one in found])
            with Patience(connection, PROCESSOR) as patience:
                yield Bench(connection, {}, Path(folder), patience)
        finally:
            connection.close()
