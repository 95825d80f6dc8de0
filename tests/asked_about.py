"""A candidate that a sign-off can be asked about, and no more: some bytes, and a review that has landed for them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from gci.core.paths import DataFolders

BYTES = b"no database: whoever asks and answers looks at the digest alone"
DIGEST = hashlib.sha256(BYTES).hexdigest()


def candidate_with_a_review(data: Path, reviewer: str) -> None:
    """Put it into a data folder."""
    folders, review = DataFolders(data), "5" * 64
    folder = folders.candidates / "2024-v1-asked"
    folder.mkdir(parents=True)
    told = {
        "edition": "2024",
        "vintage": 1,
        "inputs_digest": "0" * 64,
        "inputs": [{"kind": "reviews", "edition": "2024", "digest": review}],
    }
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "candidate.duckdb").write_bytes(BYTES)
    (folders.landing / "reviews").mkdir(parents=True)
    pq.write_table(pa.table({"reviewer": [reviewer]}), folders.landing / "reviews" / f"{review}.parquet")
