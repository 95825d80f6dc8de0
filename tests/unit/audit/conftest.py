"""Answer matrices and frameworks as files, made by the tests."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from gci.audit.tree import Node, Tree, build_tree

Rows = Sequence[Sequence[object]]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Rows], Path]:
    """Write a CSV file under a name; None is an empty cell."""

    def put(name: str, rows: Rows) -> Path:
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(["" if cell is None else cell for cell in row] for row in rows)
        return tmp_path / name

    return put


@pytest.fixture
def uneven() -> Tree:
    """Items at three depths, and a node with a single child."""
    return build_tree(
        [
            Node("root", "", 4, None),
            Node("a", "root", 3, 2.0),
            Node("b", "root", 3, 1.0),
            Node("x", "root", 1, 1.0),
            Node("a1", "a", 2, 3.0),
            Node("a2", "a", 1, 1.0),
            Node("b1", "b", 1, 5.0),
            Node("p", "a1", 1, 0.5),
            Node("q", "a1", 1, 1.5),
        ]
    )


@pytest.fixture
def some_answers() -> np.ndarray:
    """24 units × 5 items of 0, ½ and 1, one in six missing, one unit without any, two alike."""
    dice = np.random.default_rng(11)
    answers = dice.choice([0.0, 0.5, 1.0], size=(24, 5))
    answers[dice.random(answers.shape) < 1 / 6] = np.nan
    answers[3] = np.nan
    answers[7] = answers[12] = [1.0, 0.5, np.nan, 0.0, 1.0]
    return answers
