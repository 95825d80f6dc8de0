"""The stylesheet of the pages: Airflow's colours and letters, which Data Docs have too, and what is the pages' own."""

from __future__ import annotations

from pathlib import Path

from gci.gates.data_docs import PALETTE

STYLE = PALETTE.read_text("utf-8") + (Path(__file__).parent / "templates" / "style.css").read_text("utf-8")
