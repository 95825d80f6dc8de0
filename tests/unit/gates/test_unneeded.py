"""What Great Expectations imports and no check of ours uses is loaded when it is used, and then as ever."""

from __future__ import annotations

import subprocess
import sys

_IMPORTED = """
import sys
import gci.gates.gx_runner
lazy = [name for name in {late} if type(sys.modules[name]).__name__ == "_LazyModule"]
from scipy import stats
print(*lazy, float(stats.entropy([0.5, 0.5], base=2)), type(stats).__name__)
"""


def test_statistics_are_loaded_when_they_are_used_and_no_sooner() -> None:
    program = _IMPORTED.format(late=("scipy.stats",))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["scipy.stats", "1.0", "module"]
