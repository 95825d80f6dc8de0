"""Times and peak memory of the warehouse, printed beside bare SQL of the same models; nothing is asserted.

    make bench                        at 1, 10 and 100 times the states
    make bench SCALES="1 10"

Each figure is one whole process on this machine. The ratio to bare SQL in the same run is what to compare between
machines; the seconds are not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from processor_seconds import adopt, await_all, spent
from rich.console import Console
from rich.table import Table
from scaled_project import scaled_project

LOOK = 1.0  # seconds at least between two looks at the memory, which take no more than a fiftieth of the time
EDITIONS = ("2020", "2024")
COMMAND = ("-c", "from gci.cli import main; main()")
BUILD_AGAIN = """
import sys
from pathlib import Path
from gci.build.candidate import build, load
from gci.core.paths import data_folders
build(load(Path(sys.argv[1])), data_folders())
"""
# As before a first release: every file is read again.
GATE_LANDED = """
import sys, time
from dataclasses import replace
from pathlib import Path
from gci.build.candidate import load
from gci.gates.inputs import inputs_of
from gci.gates.run import run_gates
from gci.core.paths import data_folders
folders = data_folders()
began = time.perf_counter()
inputs = replace(inputs_of(load(Path(sys.argv[1])), folders), released=frozenset())
(report,) = run_gates(["landed"], None, None, inputs)
assert report.passed, [check.check for check in report.checks if not check.passed]
print(time.perf_counter() - began)
"""


@dataclass(frozen=True)
class Measured:
    """One process that ended well.

    Attributes:
        seconds: wall-clock time.
        processor: seconds of the processor, user and system, of the process and all that it started.
        peak: largest memory of the process and those that it started, at one time, in MiB; shared pages count once.
        output: what it wrote to stdout.
    """

    seconds: float
    processor: float
    peak: float
    output: str


def measure(arguments: list[str], environment: dict[str, str]) -> Measured:
    """Run Python with these arguments to its end; its stderr goes to the screen when it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        adopt()
        before, began = spent(), time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=out, stderr=err)
        peak = 0
        while process.poll() is None:
            looked = time.perf_counter()
            peak = max(peak, memory(process.pid))
            time.sleep(max(LOOK, 50 * (time.perf_counter() - looked)))
        seconds = time.perf_counter() - began
        await_all()
        out.seek(0)
        err.seek(0)
        if process.returncode:
            sys.exit(f"{arguments[:3]} failed:\n{out.read().decode()}\n{err.read().decode()}")
        return Measured(seconds, spent() - before, peak / 2**20, out.read().decode())


def memory(pid: int) -> int:
    """Bytes that a process and those that it started have now, of shared pages their part."""
    found = 0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                found += one.memory_full_info().pss
    return found


def bench(times: int, folder: Path) -> list[tuple[str, float, float, float]]:
    """Measure one scale.

    Returns:
        What, seconds, seconds of the processor, and peak memory in MiB; nan where it is part of another process.
    """
    project = scaled_project(times, folder / "project")
    environment = os.environ | {"GCI_DATA": str(folder / "data"), "PYTHONPATH": str(project / "include")}
    for edition in EDITIONS:
        measure([*COMMAND, "replay", "--edition", edition], environment)
    chosen = [word for edition in EDITIONS for word in ("--edition", edition)]
    run = measure([*COMMAND, "run", *chosen, "--sign-off", "bench", "--json"], environment)
    stages = json.loads(run.output)["seconds"]
    again = measure([*COMMAND, "run", *chosen, "--json"], environment)
    gates = measure([*COMMAND, "gate", str(folder / "data" / "published" / "gci.duckdb")], environment)
    verified = measure([*COMMAND, "verify", EDITIONS[-1]], environment)
    last = max((folder / "data" / "candidates").glob(f"{EDITIONS[-1]}-v1-*"))
    dbt = measure(["-c", BUILD_AGAIN, str(last)], environment)
    landed = measure(["-c", GATE_LANDED, str(last)], environment)
    bare = measure([str(Path(__file__).with_name("bare_sql.py")), str(last)], environment)
    nan = float("nan")
    return [
        ("whole run, both editions", run.seconds, run.processor, run.peak),
        *((f"  {stage}", seconds, nan, nan) for stage, seconds in stages.items()),
        ("a run with nothing new", again.seconds, again.processor, again.peak),
        ("gates of the published file", gates.seconds, gates.processor, gates.peak),
        ("verify a release", verified.seconds, verified.processor, verified.peak),
        ("dbt alone, both editions in one file", dbt.seconds, dbt.processor, dbt.peak),
        (f"gate landed, {388 * times:,} returns read again", float(landed.output), landed.processor, landed.peak),
        ("bare SQL of the same models", bare.seconds, bare.processor, bare.peak),
    ]


def main() -> None:
    """Measure every scale and print a table for each."""
    console = Console()
    for times in [int(word) for word in os.environ.get("SCALES", "1 10 100").split()]:
        with tempfile.TemporaryDirectory(prefix="gci-bench-") as folder:
            figures = bench(times, Path(folder))
        bare = figures[-1][1]
        table = Table(title=f"{194 * times:,} states in each of {len(EDITIONS)} editions", title_justify="left")
        for heading in ("", "seconds", "processor seconds", "times bare SQL", "peak MiB"):
            table.add_column(heading, justify="left" if not heading else "right")
        for what, seconds, processor, peak in figures:
            used = "" if processor != processor else f"{processor:.1f}"
            most = "" if peak != peak else f"{peak:.0f}"
            table.add_row(what, f"{seconds:.1f}", used, f"{seconds / bare:.1f}", most)
        console.print(table)


if __name__ == "__main__":
    main()
