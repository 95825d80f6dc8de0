"""Writes one decision into the inbox, as the file that anybody could have put there, once it is found right."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gci.collect.batches import lying
from gci.collect.check_file import check_file
from gci.collect.contradicting import contradicting, decisions_of, refused_with
from gci.core import clock
from gci.core.errors import WrongUsage
from gci.core.paths import DataFolders, data_folders
from gci.core.records import Receipt
from gci.reference.decisions import HEADER
from gci.reference.seeds import edition
from gci.reference.validation_context import validation_context
from gci.storage.inbox import put


def write_decision(said: Mapping[str, str], folders: DataFolders | None = None) -> tuple[Receipt, Path | None]:
    """Check a decision as collection would, beside what waits there, and put it into the inbox where it is right.

    Args:
        said: text by column of a file of decisions. Without an id one is made; without a day of the decision it is
            today's.
        folders: whose inbox; that of the environment when not given.

    Returns:
        What collection says, and the file; None where it would be refused, and nothing is written.

    Raises:
        WrongUsage: there is no such edition.
        TryAgain: another decision of this id waits to be collected.
    """
    home = folders or data_folders()
    of = edition(said["edition"]).edition
    row = {column: " ".join(said.get(column, "").split()) for column in HEADER}
    row["decided_on"] = row["decided_on"] or clock.now().date().isoformat()
    row["id"] = row["id"] or _id(row)
    name = f"{row['id']}.csv"
    if "/" in name or name.startswith("."):
        raise WrongUsage(f"{row['id']!r} cannot be the id of a decision. Use letters, digits, hyphens and full stops.")
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    with tempfile.TemporaryDirectory(prefix="gci-decision-") as folder:
        draft = Path(folder) / name
        draft.write_text(out.getvalue(), encoding="utf-8")
        book = validation_context(home)
        checked = check_file(draft, "decisions", book=book)
        # What waits in the inbox would be collected with it.
        among = contradicting(lying("decisions", home), clock.now(), book, decisions_of(checked))
        receipt = refused_with(checked, among.get(checked.receipt.digest)).receipt
    if receipt.verdict == "refused":
        return receipt, None
    inbox = home.inbox / "decisions" / of
    inbox.mkdir(parents=True, exist_ok=True)
    return receipt, put(inbox / name, out.getvalue().encode(), clock.now())


def _id(row: Mapping[str, str]) -> str:
    """A name that tells what it is about, and is another one for whatever else is decided."""
    mark = hashlib.sha256("\0".join(row[column] for column in HEADER).encode()).hexdigest()[:6]
    return "-".join(filter(None, (row["edition"], row["kind"], row["iso3"], mark)))
