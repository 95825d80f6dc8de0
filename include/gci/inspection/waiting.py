"""What is approved and waits for its hour, for people and scripts."""

from __future__ import annotations

from typing import Any

from gci.build.manifest import MANIFEST, is_synthetic
from gci.core.paths import DataFolders
from gci.publish.embargo import is_held
from gci.reference.release_hour import release_hours
from gci.storage.embargo import waiting


def waiting_releases(folders: DataFolders) -> list[dict[str, Any]]:
    """Every release that is approved and not published.

    Returns:
        Per release: release (e.g. `2026@v1`), edition, vintage, planned_for (ISO 8601 UTC; None where no hour stands),
        planned (as decided), decision, approved_by, approved_at, note, candidate_digest, synthetic (whether its returns
        are invented), folder, told (in a sentence).

    Raises:
        Blocked: a release folder is damaged.
    """
    hours = release_hours(folders)
    found = []
    for edition, one in sorted(waiting(folders).items()):
        hour, place = hours.get(edition), one.place(folders)
        found.append(
            {
                "release": one.name,
                "edition": edition,
                "vintage": one.vintage,
                "planned_for": hour.moment.isoformat() if hour else None,
                "planned": hour.said if hour else None,
                "decision": hour.decision if hour else None,
                "approved_by": one.by,
                "approved_at": one.at,
                "note": one.why,
                "candidate_digest": one.digest,
                "synthetic": (place / MANIFEST).is_file() and is_synthetic(place),
                "folder": str(place),
                "told": is_held(edition, folders)
                or "Its hour has come: release_at_hour, or `gci run`, publishes it now.",
            }
        )
    return found
