"""`gci audit` on an edition: what it started from and what came out, as the CSV files that files give, and more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gci.audit.csv_out import write_matrix, write_rows
from gci.audit.edition import EditionInputs
from gci.audit.matrix import placed, write_draws
from gci.audit.tables import tables
from gci.audit.whole import Audit

_APART = frozenset({"draws"})
"""Tables that are not written again: scores.csv has them, one column a draw."""


def write_audit(audit: Audit, out: Path) -> tuple[str, ...]:
    """Write everything that is told of an edition into a folder.

    answers.csv and framework.csv are what `gci audit --answers --framework` takes; with weights_used.csv it gives the
    same scores.csv, ranks.csv, intervals.csv and coherence.csv wherever answers are not drawn.

    Args:
        audit: of an edition.
        out: the folder; made where it is not there.

    Returns:
        The names of the files.

    Raises:
        WrongUsage: `out` is a file.
        TryAgain: the folder could not be written to.
    """
    inputs = audit.inputs
    with placed(out) as part:
        write_matrix(part / "answers.csv", inputs.units, ["unit", *inputs.tree.item_names], None, inputs.answers.T)
        write_rows(part / "framework.csv", ("node", "parent", "level", "weight"), _framework(inputs))
        write_draws(part, inputs.units, inputs.tree, inputs.answers, audit.draws, audit.plan)
        for name, table in tables(audit).items():
            if name not in _APART | {"coherence"}:
                write_rows(part / f"{name}.csv", table.column_names, table.to_pylist())
        return tuple(sorted(file.name for file in part.iterdir()))


def _framework(inputs: EditionInputs) -> Iterator[dict[str, Any]]:
    tree = inputs.tree
    for place, node in enumerate(tree.nodes):
        root = place == tree.root
        yield {
            "node": node,
            "parent": "" if root else tree.nodes[int(tree.parent[place])],
            "level": int(tree.level[place]),
            "weight": np.nan if root else float(tree.weight[place]),
        }
