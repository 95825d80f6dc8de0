"""One real run: 2020 replayed with a broken return and a broken partner file beside it, up to the sign-off."""

from __future__ import annotations

from pathlib import Path

from command_line import gci
from watched_run import Watched, watched

BROKEN_RETURN = "edition,iso3,item,answer,evidence_url,comment\n2020,EST,lm1,1.7,,\n2020,EST,no_such_item,0.5,,\n"
BROKEN_PARTNER = "no,such,columns\n1,2,3\n"


def left_waiting(data: Path) -> Watched:
    """Run it in an empty folder."""
    assert gci(data, "replay", "--edition", "2020").code == 0
    (data / "inbox/survey/2020/EST_second_try.csv").write_text(BROKEN_RETURN, encoding="utf-8")
    (data / "inbox/partners/data360").mkdir(parents=True)
    (data / "inbox/partners/data360/half_a_file.csv").write_text(BROKEN_PARTNER, encoding="utf-8")
    return watched(data, "run", "--edition", "2020", "--json")
