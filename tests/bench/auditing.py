"""Scores, ranks and intervals of many replications, printed beside a straightforward NumPy loop over them.

    python tests/bench/auditing.py
    SCALES="1 10" REPLICATIONS=1000 python tests/bench/auditing.py

Units are states with 83 answers each (no, partial, yes) under 20 indicators and 5 pillars. Each figure is a process of
its own, of which the work is timed without its imports; the ratio to the loop is what to compare between machines. The
loop draws the same kind of weights and gives the same figures; ranks in it come from SciPy.
"""

from __future__ import annotations

import os
import sys

from rich.console import Console
from rich.table import Table

from bench import measure

STATES, ITEMS, INDICATORS, PILLARS = 194, 83, 20, 5
PREPARED = f"""
import sys, time
import numpy as np
from gci.audit.tree import Node, build_tree
units, replications = map(int, sys.argv[1:])
dice = np.random.default_rng(1)
answers = dice.choice([0.0, 0.5, 1.0], (units, {ITEMS}))
nodes = [Node("root", "", 4, None)]
nodes += [Node(f"p{{place}}", "root", 3, 20.0) for place in range({PILLARS})]
nodes += [Node(f"i{{place}}", f"p{{place % {PILLARS}}}", 2, 1 + dice.random()) for place in range({INDICATORS})]
nodes += [Node(f"q{{place}}", f"i{{place % {INDICATORS}}}", 1, 1 + dice.random()) for place in range({ITEMS})]
tree = build_tree(nodes)
"""
ENGINE = f"""{PREPARED}
from gci.audit.intervals import quantiles
from gci.audit.simulation import simulate, stream
from gci.audit.weights import perturbed
began = time.perf_counter()
draws = simulate(tree, answers, perturbed(tree, stream(1, 0), replications))
quantiles(draws.ranks, nothing=0)
print(time.perf_counter() - began)
"""
LOOP = f"""{PREPARED}
from scipy.stats import rankdata
began = time.perf_counter()
scores, ranks = np.empty((replications, units)), np.empty((replications, units), dtype=np.int32)
for replication in range(replications):
    weights = tree.weight * (1 + 0.25 * (2 * dice.random(len(tree.nodes)) - 1))
    shares = np.ones(len(tree.nodes))
    for place in reversed(tree.bottom_up):
        below = tree.children[place]
        shares[below] = shares[place] * weights[below] / weights[below].sum()
    scores[replication] = np.round(100 * answers @ shares[tree.items], 9)
    ranks[replication] = rankdata(-scores[replication], method="min")
np.quantile(ranks, (0.05, 0.5, 0.95), axis=0)
print(time.perf_counter() - began)
"""


def main() -> None:
    """Measure every scale and print a table."""
    replications = int(os.environ.get("REPLICATIONS", "10000"))
    table = Table(title=f"{replications:,} replications, {ITEMS} answers a unit", title_justify="left")
    for heading in ("units", "", "seconds", "times the loop", "µs a replication and 194 units", "peak MiB"):
        table.add_column(heading, justify="left" if not heading else "right")
    for times in [int(word) for word in os.environ.get("SCALES", "1 10 100").split()]:
        units = STATES * times
        found = [
            (what, measure(["-c", code, str(units), str(replications)], dict(os.environ)))
            for what, code in (("loop", LOOP), ("audit", ENGINE))
        ]
        loop = float(found[0][1].output)
        for what, one in found:
            seconds = float(one.output)
            each = f"{seconds / replications / times * 1e6:.0f}"
            table.add_row(f"{units:,}", what, f"{seconds:.2f}", f"{seconds / loop:.2f}", each, f"{one.peak:.0f}")
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
