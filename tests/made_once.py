"""What is costly to make is made once in a test run, by the worker that needs it first; the others wait for it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock

Made = TypeVar("Made")

_HOME: list[Path] = []
_AT_HAND: dict[str, object] = {}


def begin(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Name the folder of this test run, which all its workers share and pytest clears away."""
    base = tmp_path_factory.getbasetemp()
    _HOME[:] = [base.parent if "PYTEST_XDIST_WORKER" in os.environ else base]


def made_once(name: str, make: Callable[[Path], Made]) -> Made:
    """What `make` gives, made by one worker of the run and read by all. Read it; copy its folder to change it.

    Args:
        name: a file name; the same name is the same thing.
        make: makes it in the empty folder that it is given; what it gives back can be pickled.

    Raises:
        Exception: whatever `make` raises. Nobody tries again: all that ask later are told the same at once.
    """
    if name not in _AT_HAND:
        folder, said = _HOME[0] / "made" / name, _HOME[0] / "made" / f"{name}.pickle"
        failed = folder.with_name(f"{name}.failed")
        folder.parent.mkdir(exist_ok=True)
        with FileLock(folder.with_name(f"{name}.lock")):
            assert not failed.exists(), f"{name} could not be made: {failed.read_text(encoding='utf-8')}"
            if not said.exists():
                folder.mkdir()
                failed.write_text("whoever made it was killed", encoding="utf-8")
                try:
                    said.write_bytes(pickle.dumps(make(folder)))
                except BaseException as error:
                    failed.write_text(f"{type(error).__name__}: {error}", encoding="utf-8")
                    raise
                failed.unlink()
            _AT_HAND[name] = pickle.loads(said.read_bytes())
    return _AT_HAND[name]  # type: ignore[return-value]
