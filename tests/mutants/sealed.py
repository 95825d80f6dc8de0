"""Forgeries of what landed, with receipts and original bytes left as they are, or made to fit."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gci.core.paths import DataFolders
from gci.storage.chain import seal
from gci.storage.landed_rows import digest_of_rows
from mutants.case import ESTONIA, Case, Spoiling, rows

LATVIA = "iso3 = 'LVA' and edition = '2024'"
UNCHANGED = ("landed_files_are_as_they_were_sealed",)
CHAIN = ("the_chain_of_landing_holds",)
FRANCE = "iso3 = 'FRA' and edition = '2024' and evidence_url is not null"


def _another_states(case: Case) -> None:
    """Latvia's answers in Estonia's file, with everything else of that as it was."""
    other = case.inputs.landing / "survey" / f"{case.digest('survey', LATVIA)}.parquet"
    select = f"select landed.* replace (theirs.answer as answer) from landed join '{other}' as theirs using (item)"
    case.rows("survey", case.digest("survey", ESTONIA), f"{select} order by landed.row")


def _delete_the_newest_review(case: Case) -> None:
    """Rows, bytes, receipt: nothing of it is left, and nobody plans it in."""
    newest = case.digest("reviews", "iso3 = 'FRA'")
    for file in case.inputs.landing.glob(f"*/{newest}*"):
        file.unlink()
    case.inputs = replace(case.inputs, digests=tuple(one for one in case.inputs.digests if one[2] != newest))


def _sealed_anew(case: Case) -> None:
    """Seal everything as it is now, from the first seal on, and plan with that."""
    shutil.rmtree(case.inputs.landing / "chain")
    case.inputs = replace(case.inputs, head=seal(DataFolders(case.inputs.landing.parent)))


def _older_backup(case: Case) -> None:
    """Landing as it was before the newest file of the partner came, sealed by whoever brought it back."""
    newest = case.digest("partners", "file = 'newer.csv'")
    for file in case.inputs.landing.glob(f"*/{newest}*"):
        file.unlink()
    case.inputs = replace(case.inputs, digests=tuple(one for one in case.inputs.digests if one[2] != newest))
    _sealed_anew(case)


def _seals(case: Case) -> list[Path]:
    return sorted((case.inputs.landing / "chain").glob("*.json"))


def _seal_edited(case: Case) -> None:
    """The first seal names another digest of Estonia's rows, as somebody would who had changed them."""
    first = _seals(case)[0]
    entry = case.digest("survey", ESTONIA)
    document = json.loads(first.read_text(encoding="utf-8"))
    (own,) = (one for one in document["entries"] if one["digest"] == entry)
    own["rows_digest"] = "0" * 64
    first.write_text(json.dumps(document), encoding="utf-8")


def _seals_reordered(case: Case) -> None:
    first, second = _seals(case)[:2]
    texts = first.read_text(encoding="utf-8"), second.read_text(encoding="utf-8")
    first.write_text(texts[1], encoding="utf-8")
    second.write_text(texts[0], encoding="utf-8")


def _one_more(case: Case) -> None:
    """A return of everything but a seal: planned in, with rows, bytes and receipt."""
    content = b"sent by nobody"
    digest = hashlib.sha256(content).hexdigest()
    old = case.digest("survey", ESTONIA)
    landing = case.inputs.landing
    shutil.copyfile(landing / "survey" / f"{old}.parquet", landing / "survey" / f"{digest}.parquet")
    case.rows("survey", digest, f"select * replace ('{digest}' as return_digest) from landed")
    rows = digest_of_rows(landing / "survey" / f"{digest}.parquet")
    shutil.copyfile(landing / "receipts" / f"{old}.json", landing / "receipts" / f"{digest}.json")
    case.receipt(digest, digest=digest, rows_digest=rows)
    (landing / "files" / f"{digest}.csv").write_bytes(content)
    case.inputs = replace(case.inputs, digests=(*case.inputs.digests, ("2024", "survey", digest)))


def _reviewer_renamed_everywhere(case: Case) -> None:
    """Another reviewer in the rows, with the digests on the receipt, in its seal and in the manifest made to fit."""
    newest = case.digest("reviews", "iso3 = 'FRA'")
    case.rows("reviews", newest, "select * replace ('somebody else' as reviewer) from landed")
    case.receipt(newest, rows_digest=digest_of_rows(case.inputs.landing / "reviews" / f"{newest}.parquet"))
    _seals(case)[-1].unlink()
    case.inputs = replace(case.inputs, head=seal(DataFolders(case.inputs.landing.parent)))


def _copied_receipt(case: Case) -> None:
    """The receipt of Estonia's return once more, under the name of a file that nobody sent."""
    receipts = case.inputs.landing / "receipts"
    shutil.copyfile(receipts / f"{case.digest('survey', ESTONIA)}.json", receipts / f"{'0' * 64}.json")


def _is_a_link(folder: str) -> Callable[[Case], None]:
    """A file of Estonia's return, or the first seal, lies elsewhere; where it was there is a link to it."""

    def spoil(case: Case) -> None:
        name = "000001" if folder == "chain" else case.digest("survey", ESTONIA)
        (file,) = (case.inputs.landing / folder).glob(f"{name}*")
        file.rename(case.inputs.landing.parent / file.name)
        file.symlink_to(case.inputs.landing.parent / file.name)

    return spoil


def _renamed(case: Case) -> None:
    rows = case.inputs.landing / "survey" / f"{case.digest('survey', ESTONIA)}.parquet"
    rows.rename(rows.with_name(f"{'0' * 64}.parquet"))


def _entries_exchanged(case: Case) -> None:
    """What two seals hold in each other's place, and the second names the first as it is now."""
    first, second = _seals(case)[:2]
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    one["entries"], two["entries"] = two["entries"], one["entries"]
    first.write_text(json.dumps(one), encoding="utf-8")
    two["previous"] = hashlib.sha256(first.read_bytes()).hexdigest()
    second.write_text(json.dumps(two), encoding="utf-8")


READABLE = ("landed_files_can_be_read",)
SEALED = (
    Spoiling("a receipt copied under another name", _copied_receipt, (*READABLE, "receipts.key")),
    Spoiling("rows that lie elsewhere", _is_a_link("survey"), READABLE),
    Spoiling("bytes that lie elsewhere", _is_a_link("files"), READABLE),
    Spoiling("a receipt that lies elsewhere", _is_a_link("receipts"), READABLE),
    Spoiling("a seal that lies elsewhere", _is_a_link("chain"), READABLE),
    Spoiling("rows under another name", _renamed, ("every_input_has_landed", *UNCHANGED)),
    Spoiling("what two seals hold exchanged", _entries_exchanged, CHAIN),
    Spoiling(
        "rows in another order",
        rows("survey", "from landed order by item desc"),
        UNCHANGED,
    ),
    Spoiling(
        "an empty text for none",
        rows("survey", "select * replace (coalesce(comment, '') as comment) from landed"),
        UNCHANGED,
    ),
    Spoiling(
        "a zero with a sign in a partner's value",
        rows(
            "partners", "select * replace (if(value = 100, '-0.0'::double, value) as value) from landed", "value = 100"
        ),
        UNCHANGED,
    ),
    Spoiling(
        "every answer of a state made yes",
        rows("survey", "select * replace (if(answer is null, null, '1.0') as answer) from landed"),
        UNCHANGED,
    ),
    Spoiling("the answers of another state", _another_states, UNCHANGED),
    Spoiling(
        "another link under an answer",
        rows("survey", "select * replace ('https://example.org/forged' as evidence_url) from landed", FRANCE),
        UNCHANGED,
    ),
    Spoiling(
        "another comment beside an answer",
        rows("survey", "select * replace ('nothing to see' as comment) from landed", FRANCE),
        UNCHANGED,
    ),
    Spoiling(
        "another reviewer of a review",
        rows("reviews", "select * replace ('somebody else' as reviewer) from landed", "iso3 = 'FRA'"),
        UNCHANGED,
    ),
    Spoiling(
        "another day of a review",
        rows("reviews", "select * replace (date '2025-01-01' as reviewed_on) from landed", "iso3 = 'FRA'"),
        UNCHANGED,
    ),
    Spoiling(
        "another moment of arrival",
        rows("survey", "select * replace (received_at - interval 1 year as received_at) from landed"),
        UNCHANGED,
    ),
    Spoiling(
        "returns no longer known not to be synthetic",
        rows("survey", "select * replace (null::boolean as synthetic) from landed"),
        UNCHANGED,
    ),
    Spoiling(
        "another value of a partner",
        rows("partners", "select * replace (value + 1 as value) from landed", "iso3 = 'KEN'"),
        UNCHANGED,
    ),
    Spoiling("a newer review deleted whole", _delete_the_newest_review, UNCHANGED),
    Spoiling(
        "a receipt edited",
        lambda case: case.receipt(case.digest("survey", ESTONIA), file="another.csv"),
        UNCHANGED,
    ),
    Spoiling("an older backup brought back", _older_backup, CHAIN),
    Spoiling("a seal edited", _seal_edited, CHAIN),
    Spoiling("a seal removed", lambda case: _seals(case)[0].unlink(), CHAIN),
    Spoiling("seals reordered", _seals_reordered, CHAIN),
    Spoiling("the newest seal removed", lambda case: _seals(case)[-1].unlink(), (*CHAIN, "every_input_is_sealed")),
    Spoiling("a return that was never sealed", _one_more, ("every_input_is_sealed",)),
    Spoiling(
        "rows, receipt and seal forged together", _reviewer_renamed_everywhere, ("rows_are_what_their_bytes_give",)
    ),
)
