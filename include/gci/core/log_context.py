"""What a log line is about: edition, state, file digest and task go with each message, as fields of JSON lines.

Airflow writes the fields of structlog's context into its task logs and, with `[logging] json_logs`, into the output of
its services; `GCI_LOG=json` makes the commands of `gci` write the same lines to stderr.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from structlog.contextvars import bound_contextvars

FIELDS = ("edition", "iso3", "source", "digest", "inputs_digest", "channel")
"""The entries of a task's arguments that its log lines carry."""


@contextmanager
def log_context(**what: str | None) -> Iterator[None]:
    """Let every line that is logged within carry these fields; those without a value are left out."""
    with bound_contextvars(**{name: value for name, value in what.items() if value}):
        yield


def wants_json() -> bool:
    """Whether the commands of `gci` are to log JSON lines."""
    return os.environ.get("GCI_LOG", "").lower() == "json"


def log_to_stderr() -> None:
    """Write the warehouse's log to this process's stderr, one JSON object a line."""
    import structlog
    from structlog.contextvars import merge_contextvars

    said: list[Any] = [
        merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=said,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    ours = logging.getLogger("gci")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
