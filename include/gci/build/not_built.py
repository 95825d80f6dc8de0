"""What has landed and is in no candidate yet: found in the landing zone itself, whatever became of any event."""

from __future__ import annotations

import json
import logging
from collections import Counter
from dataclasses import dataclass

from gci.build.candidate import PLAN_AGAIN, readable
from gci.build.manifest import MANIFEST
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import Receipt
from gci.reference.decided import read_decisions
from gci.storage.damage import Damaged, reading_json
from gci.storage.landing import receipts, rows_file
from gci.storage.release_log import releases

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NotBuilt:
    """Files of one edition that no candidate and no release is made of.

    Attributes:
        edition: the edition, or `partners`.
        since: when the first of them was received, ISO 8601 UTC.
        files: how many, by kind.
    """

    edition: str
    since: str
    files: dict[str, int]

    def told(self) -> str:
        """The same in a sentence."""
        named = {"survey": "return", "reviews": "review file", "decisions": "decision file", "partners": "partner file"}
        counted = " and ".join(
            f"{count} {named.get(kind, kind)}{'' if count == 1 else 's'}" for kind, count in sorted(self.files.items())
        )
        return f"{self.edition}: {counted} landed, in no candidate since {self.since[:16].replace('T', ' ')} UTC."


def landed_in_no_candidate(folders: DataFolders) -> list[NotBuilt]:
    """By edition what has landed and was not built from: empty when `build_index` has seen to everything.

    Partner files stand under `partners`, once an edition is published: before that nothing is built of them alone. Of
    an edition nothing is built before its first return, nor of decisions alone on which no figure hangs.
    """
    built_from, landed = _inputs(folders), receipts(folders)
    begun = {one.edition for one in landed if one.kind == "survey"} | ({PARTNERS} if releases(folders) else set())
    new: dict[str, list[Receipt]] = {}
    for one in landed:
        of = PARTNERS if one.kind == "partners" else one.edition
        if of in begun and of and not one.parts and one.digest not in built_from and _makes_news(one, folders):
            new.setdefault(of, []).append(one)
    return [
        NotBuilt(of, min(one.received_at for one in new[of]), dict(Counter(one.kind for one in new[of])))
        for of in sorted(new)
    ]


def _makes_news(one: Receipt, folders: DataFolders) -> bool:
    if one.kind != "decisions":
        return True
    return any(said.bears_figures for said in read_decisions([rows_file("decisions", one.digest, folders)]))


def _inputs(folders: DataFolders) -> set[str]:
    """Digests of all that candidates and releases name."""
    named = [release.document.get("manifest", {}) for release in releases(folders)]
    for candidate in readable(folders):
        path = candidate.folder / MANIFEST
        try:
            with reading_json(path, PLAN_AGAIN):
                named.append(json.loads(path.read_bytes()))
        except (OSError, Damaged) as error:
            log.warning("%s", error)
    return {entry["digest"] for manifest in named for entry in manifest.get("inputs", [])}
