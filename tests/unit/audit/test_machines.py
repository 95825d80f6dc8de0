"""The same seed gives the same bytes on an old processor with one thread as on this one."""

from __future__ import annotations

import numpy as np
from numpy._core._multiarray_umath import (  # type: ignore[import-not-found]
    __cpu_dispatch__,
    __cpu_features__,
)

from command_line import gci


def test_a_processor_without_vector_units_and_threads_gives_the_same_bytes(write, tmp_path):
    dice = np.random.default_rng(21)
    items = [f"q{place}" for place in range(40)]
    answers = np.where(dice.random((80, 40)) < 0.1, None, dice.random((80, 40)).round(3))
    write("A.csv", [["unit", *items], *([f"u{place}", *row] for place, row in enumerate(answers))])
    nodes = [["r", None, 3, None], *([f"p{place}", "r", 2, round(1 + dice.random(), 3)] for place in range(5))]
    nodes += [[item, f"p{place % 5}", 1, round(1 + dice.random(), 3)] for place, item in enumerate(items)]
    write("F.csv", [["node", "parent", "level", "weight"], *nodes])
    told = ["--answers", "A.csv", "--framework", "F.csv", "--missing", "reweight", "--replications", "700"]
    old = {
        "NPY_DISABLE_CPU_FEATURES": " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name)),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    for out, variables in (("here", {}), ("there", old)):
        done = gci(tmp_path, "audit", *told, "--out", out, **variables)
        assert done.code == 0, done.err
    for file in (tmp_path / "here").iterdir():
        assert file.read_bytes() == (tmp_path / "there" / file.name).read_bytes(), file.name
