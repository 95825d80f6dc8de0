"""Lets the notifier tell something as Airflow calls callbacks; called with a data folder and `sync` or `async`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from gci.airflow_home import settle
from gci.paths import DataFolders

settle(DataFolders(Path(sys.argv[1])))

from gci.notices.channels import OwnersNotifier  # noqa: E402  (Airflow's settings must stand before)

context: dict[str, Any] = {"edition": "2026"}
notifier = OwnersNotifier(
    "Collection of {{ edition }} has closed", "3 states are missing.", "index team", context=context
)


async def call() -> None:
    """As the triggerer does."""
    await notifier


if sys.argv[2] == "async":
    asyncio.run(call())
else:
    notifier(context)
