"""An analyst's process: opens the published file, asks, closes, again and again, until the file `stop` appears.

`python reading_process.py PUBLISHED STOP` prints one line of JSON at the end: how often it asked, which vintages it saw
in which order, and everything that failed or did not fit together.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

ASKED = """
    select
        (select max(vintage) from releases),
        (select vintage from editions where edition = '2024'),
        (select min(score) from overall_scores where edition = '2024'),
        (select count(*) from answers where edition = '2024'),
        (select count(*) from gate_results)
"""


def main(published: str, stop: Path) -> None:
    asked, seen, wrong = 0, [], []
    while not stop.exists() or asked == 0:
        try:
            with duckdb.connect(published, read_only=True) as connection:
                row = connection.execute(ASKED).fetchone()
        except duckdb.Error as error:
            wrong.append(str(error))
            continue
        asked += 1
        vintage, of_edition, score, answers, checks = row
        # Vintage k scores 50 + k, has the same answers, and a check of each of four gates, as each vintage before it.
        if (of_edition, score, answers, checks) != (vintage, 50 + vintage, 18, 4 * vintage):
            wrong.append(f"a half state: {row}")
        if not seen or seen[-1] != vintage:
            seen.append(vintage)
            print(f"vintage {vintage}", flush=True)
    print(json.dumps({"asked": asked, "seen": seen, "wrong": wrong}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
