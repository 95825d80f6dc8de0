"""What tests have done in processes of engines: functions of a module that these can import."""

from __future__ import annotations

import logging
import os
import time
import warnings
from pathlib import Path

from gci.build.dbt_job import DbtFailed

log = logging.getLogger("gci.test")


def speak(text: str) -> str:
    """Log, print and warn."""
    log.info("said %s", text)
    log.debug("whispered %s", text)
    print("printed", text)
    warnings.warn(f"warned of {text}", stacklevel=1)
    return text.upper()


def fail() -> None:
    """Fail as dbt does."""
    model = {"name": "answers", "status": "error", "message": "no such column", "compiled": "a.sql", "tests": []}
    raise DbtFailed([model], ValueError("two\n lines"), Path("target"))


def say_and_sleep(file: str) -> None:
    """Write the number of this process into a file, and take a minute."""
    part = Path(f"{file}.part")
    part.write_text(str(os.getpid()))
    part.rename(file)
    time.sleep(60)
