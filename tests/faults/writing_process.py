"""A process that writes a file as a slow sender does: a part for each line from stdin, and says `done` after each.

The parts are lines of JSON: {"open": mode}, {"write": text} or {"close": true}. The end of stdin closes the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO


def main(path: str) -> None:
    out: TextIO | None = None
    for line in sys.stdin:
        act = json.loads(line)
        if "open" in act:
            out = Path(path).open(act["open"], encoding="utf-8", newline="")  # noqa: SIM115 - it stays open on purpose
        assert out is not None
        if "write" in act:
            out.write(act["write"])
            out.flush()
        if "close" in act:
            out.close()
        print("done", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
