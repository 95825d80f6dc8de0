"""What the signer of a partner release is shown: which values and which questions are other than those published."""

from __future__ import annotations

from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.publish import partner_changes as of
from gci.publish.doubts import remarked
from gci.sign_off.markdown import table, text


def partner_changes(candidate: Candidate, folders: DataFolders, shown: int) -> list[str]:
    """What changes with a candidate of the partner release, as lines of Markdown.

    Args:
        candidate: what would be published.
        folders: where the published file lies.
        shown: how many rows of a table are shown.
    """
    cells = of.partner_changes(folders.current, candidate.database)
    series = list(of.told_by_series(cells))
    rows = [(text(source), text(code), f"{new}", f"{other}", f"{gone}") for source, code, new, other, gone in series]
    lines = [f"{len(cells):,} values of {len(series)} series are new, changed or gone."]
    if not cells:
        lines = ["No value differs from those that went out beside the editions."]
    if rows:
        lines += ["", *table(("source", "series", "new", "other", "gone"), rows[:shown])]
    lines += [f"\nand {len(rows) - shown} more series"] if len(rows) > shown else []
    questions = of.changed_questions(folders.current, candidate.database)
    if questions:
        told = [
            f"{text(remarked(one['remark'], one['source'], one['severity']))}: {one['raised']} raised, "
            f"{one['answered']} gone"
            for one in questions
        ]
        more = f"; and {len(told) - shown} more" if len(told) > shown else ""
        lines += ["", f"Questions to states by cross-checks: {'; '.join(told[:shown])}{more}."]
    return lines
