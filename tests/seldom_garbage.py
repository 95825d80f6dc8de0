"""Runs a script in this process, which seldom looks for garbage: `python seldom_garbage.py SCRIPT ARGUMENT...`.

With all of Airflow imported, looking through what is there costs seconds, and all of it goes with the process.
"""

from __future__ import annotations

import atexit
import gc
import runpy
import sys
from pathlib import Path

from gci.core.worker_pool import RARELY

if __name__ == "__main__":
    gc.set_threshold(*RARELY)
    atexit.register(gc.freeze)
    sys.argv = sys.argv[1:]
    sys.path[0] = str(Path(sys.argv[0]).parent)
    runpy.run_path(sys.argv[0], run_name="__main__")
