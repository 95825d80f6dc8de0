"""A small round of 2026 as it could go, day by day. Every file is written here by hand and collected as any other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gci.casework.ledger import record
from gci.collect.collect import collect_files
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.reference.seeds import items
from gci.storage.drafts import Note
from gci.storage.drafts import record as note_of_draft
from landed import land_decisions, land_return, land_values

HOSTILE = "<script>alert(1)</script>&\"'{said}"
QUESTIONS = list(items("2026"))
ALL_YES = dict.fromkeys(QUESTIONS, "yes")
_RETURN = "edition,iso3,item,answer,evidence_url,comment"
_REVIEW = "edition,iso3,item,verdict,answer,reason,reviewer,reviewed_on"
Evidence = Callable[[str], str]


@contextmanager
def day(month: int, number: int, year: int = 2026) -> Iterator[datetime]:
    """It is that day for as long as the block runs."""
    moment = datetime(year, month, number, tzinfo=UTC)
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
    try:
        yield moment
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def links_of(state: str, **others: str) -> Evidence:
    """A link of the state's own for every question, but for those named: `ls1_1=""`."""
    return lambda question: others.get(question.replace(".", "_"), f"https://www.gov.{state}/{question}")


def returned(iso3: str, answers: Mapping[str, str], evidence: Evidence, comment: str = "") -> str:
    """A CSV return."""
    rows = [
        f'2026,{iso3},{item},{answer},{evidence(item) if answer else ""},"{comment.replace(chr(34), chr(34) * 2)}"'
        for item, answer in answers.items()
    ]
    return "\n".join([_RETURN, *rows, ""])


def send(
    files: Mapping[str, str], on: tuple[int, int], folders: DataFolders, kind: str = "survey", backwards: bool = False
) -> dict[str, Receipt]:
    """Lay files into the inbox and collect them in one run of that day; gives their receipts by name.

    Their modification times follow the order of `files`, whatever the order in which they are collected.
    """
    paths = []
    for number, (name, text) in enumerate(files.items()):
        path = folders.inbox / kind / "2026" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_770_000_000 + number,) * 2)
        paths.append(path)
    with day(*on) as moment:
        taken = collect_files(kind, paths[::-1] if backwards else paths, moment, folders)  # type: ignore[arg-type]
    return {receipt.file: receipt for receipt in taken}


def asked(folders: DataFolders, on: tuple[int, int], iso3: str, kind: str, subject: str) -> None:
    """A letter about one case went out that day."""
    case = {"case_id": f"2026-{iso3}-{kind}-{subject}", "kind": kind, "subject": subject}
    with day(*on):
        record("2026", iso3, "en", [case], folders)


def first_days(folders: DataFolders, backwards: bool = False) -> None:
    """From 1 April to 9 April."""
    before = dict.fromkeys(items("2024"), "0")
    land_return(folders, "2024", "DEU", before, received_at="2026-01-05 06:00:00")
    land_return(folders, "2024", "EST", dict.fromkeys(before, "1"), received_at="2026-01-05 06:00:00")
    land_values(folders, [("ncsi", "ncsi", "AUT", "2026", "5")], received_at="2026-04-01 00:00:00")
    twice = returned("ISL", ALL_YES, links_of("is")) + "2026,ISL,ts1.1,no,,\n"
    wrong = {"ls1.1": "perhaps", "ls1.2": HOSTILE.replace(",", " ")}
    some_yes: dict[str, str] = ALL_YES | {"ls1.1": "", "ls1.2": ""}
    send(
        {
            "est.csv": returned("EST", some_yes, links_of("ee")),
            "fin.csv": returned("FIN", ALL_YES, links_of("fi", ls1_1="")),
            f"lva {HOSTILE.replace('/', '')}.csv": returned("LVA", wrong, links_of("lv")),
            "pol.csv": returned("POL", ALL_YES | {"ls1.1": "perhaps"}, links_of("pl")),
            "isl.csv": twice,
            "swe_one.csv": returned("SWE", ALL_YES | {"cs1.1": "no"}, links_of("se")),
            "swe_two.csv": returned("SWE", ALL_YES, links_of("se")),
            "aut.csv": returned("AUT", ALL_YES, links_of("at")),
            "deu.csv": returned("DEU", ALL_YES, links_of("de"), HOSTILE),
            "nor.csv": returned("NOR", ALL_YES, links_of("no")),
            "hello.csv": "hello\n",
        },
        (4, 1),
        folders,
        backwards=backwards,
    )
    asked(folders, (4, 2), "FIN", "evidence_missing", "ls1.1")
    asked(folders, (4, 2), "LVA", "refused_file", "return")
    send({"review.csv": f"{_REVIEW}\n2026,NOR,ls1.1,accepted,,,index team,2026-04-02\n"}, (4, 2), folders, "reviews")
    send({"est_2.csv": returned("EST", ALL_YES, links_of("ee"))}, (4, 3), folders)
    send(
        {
            "pol_2.csv": returned("POL", ALL_YES | {"os1.1": "no"}, links_of("pl")),
            "ltu.csv": returned("LTU", ALL_YES, links_of("lt", ts1_1="www.gov.lt/x", ts1_2="https://www.gov.fi/ts1.2")),
            "nor_2.csv": returned("NOR", ALL_YES | {"ls1.1": "no"}, links_of("no")),
        },
        (4, 4),
        folders,
        backwards=backwards,
    )
    send({"est_3.csv": returned("EST", some_yes | {"ls1.2": "yes"}, links_of("ee"))}, (4, 5), folders)
    send({"fin_2.csv": returned("FIN", ALL_YES, links_of("fi2", ls1_1=""))}, (4, 6), folders)
    review = f"{_REVIEW}\n2026,LTU,ts1.1,evidence_missing,,no link,index team,2026-04-08\n"
    send({"review_2.csv": review}, (4, 8), folders, "reviews")
    drafts_of_april(folders)


def drafts_of_april(folders: DataFolders) -> None:
    """Drafts go out on 4 April, for comments until the 8th; on the 9th another one, and one is made and not sent."""
    closes = {"kind": "calendar_date", "subject": "comments_to", "day": "2026-04-08"}
    land_decisions(folders, "2026", [closes])

    def told(what: Any, iso3: str, number: int, text: str = "") -> None:
        moment = datetime(2026, 4, number, 12, tzinfo=UTC).isoformat()
        by = "Ana Lima" if text else ""
        note_of_draft(Note(what, "2026", iso3, moment, "en", "d" * 64, by, text), folders)

    told("made", "EST", 3)
    for iso3 in ("EST", "ESP", "ITA", "PRT"):
        told("sent", iso3, 4)
    told("comment", "ESP", 6, HOSTILE)
    told("comment", "PRT", 5, "We agree.")
    told("answer", "PRT", 7, "Thank you.")
    told("sent", "CHE", 9)
    told("made", "SMR", 9)


def digest_of(receipts: Sequence[Receipt], file: str) -> str:
    """The digest of the file of that name."""
    (found,) = [receipt.digest for receipt in receipts if receipt.file == file]
    return found


def copied(folders: DataFolders, to: Path) -> DataFolders:
    """A copy to change."""
    return DataFolders(Path(shutil.copytree(folders.root, to)))
