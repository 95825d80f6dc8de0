"""Checks one file in a process that may use only so many bytes of memory: prints the verdict and the codes.

python bounded_process.py FILE BYTES
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from gci.collect.check_file import check_file
from gci.reference.validation_context import validation_context


def main(path: str, most: str) -> None:
    validation_context()
    resource.setrlimit(resource.RLIMIT_AS, (int(most), int(most)))
    receipt = check_file(Path(path), "survey").receipt
    print(receipt.verdict, *sorted({problem.code for problem in receipt.problems}))


if __name__ == "__main__":
    main(*sys.argv[1:])
