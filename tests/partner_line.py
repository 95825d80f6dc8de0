"""Two releases of partner data on top of the published editions: all that the project carries, then a newer figure."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from gci.collect.partner_replay import replay_partners
from gci.core.paths import DataFolders
from made_once import made_once
from published import RECEIVED, collect, publish_next

NEWER = "INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\nITU_GCI_GCI_OVRL_SCRE,EST,2024,50,0_TO_100\n"
"""The World Bank gives another figure for Estonia, so that a cross-check has a question."""


def partner_line(published_data: DataFolders) -> DataFolders:
    """Made once in a test run, for whoever reads it."""

    def made(folder: Path) -> DataFolders:
        shutil.copytree(published_data.root, folder, ignore=shutil.ignore_patterns("candidates"), dirs_exist_ok=True)
        folders = DataFolders(folder)
        replay_partners(folders)
        collect(folders, RECEIVED + timedelta(days=1))
        publish_next("partners", folders)
        land_newer(folders, RECEIVED + timedelta(days=2))
        publish_next("partners", folders)
        return folders

    return made_once("partner_line", made)


def land_newer(folders: DataFolders, at: datetime, text: str = NEWER) -> None:
    """A newer file of Data360 arrives and is collected."""
    file = folders.inbox / "partners" / "data360" / "data360.2026-06-01.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    collect(folders, at)
