"""One edition within a run, or the partner release: build, gate, sign off, publish, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from gci.build.candidate import plan
from gci.build.manifest import is_synthetic
from gci.core import ids
from gci.core.checksums import sha256
from gci.core.errors import Blocked
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.core.records import Candidate
from gci.gates.report import load_reports
from gci.orchestration.runs.dag_runs import DagEnd, DagRuns
from gci.orchestration.runs.logs import RunLogs
from gci.orchestration.runs.progress import Progress
from gci.orchestration.runs.recovery import deferred, waiting_task
from gci.orchestration.runs.result import EditionResult, GateSummary
from gci.orchestration.tasks.candidates import from_dict
from gci.publish.embargo import is_held
from gci.publish.figures import figures
from gci.sign_off.answer import approve
from gci.sign_off.at_the_hour import lay_again
from gci.sign_off.open_comments import open_comments
from gci.sign_off.pending import pending
from gci.sign_off.record import rejection
from gci.storage.embargo import waiting
from gci.storage.release_log import latest, releases

"""The DAG that publishes what waits for its hour."""


@dataclass(frozen=True)
class EditionRun:
    """Brings one edition out.

    Attributes:
        edition: the edition, or `partners`.
        folders: the data folder.
        runs: the DAG runs.
        progress: who is told.
        logs: where to log.
        answered: runs in which an answer of an earlier day took effect now.
    """

    edition: str
    folders: DataFolders
    runs: DagRuns
    progress: Progress
    logs: RunLogs
    answered: Sequence[DagEnd] = ()

    def publish(self, sign_off: str | None, note: str) -> EditionResult:
        """Build, gate, sign off and publish, as far as it goes.

        Args:
            sign_off: who approves; None leaves the request for a person.
            note: what the signer has to say.
        """
        standing = self._standing()
        if standing and deferred(standing, self.runs, self.folders):
            return self._sign_off(standing, sign_off, note)  # built, passed and asked about: only the answer is missing
        if standing and self._waits(standing):
            return self._still_embargoed(standing)
        if standing and (refusal := rejection(standing)):
            return self._rejected(standing, refusal)  # nothing has come in since: built again it would be the same file
        built = self.runs.start(ids.BUILD_INDEX, {"edition": self.edition})
        if built.ended(ids.PLAN, "skipped"):
            return self._nothing_new()
        planned = built.results.get(ids.PLAN, [[None]])[0][0]
        if planned is None:
            return EditionResult(self.edition, "blocked", _why(built))
        candidate = from_dict(planned, self.folders)
        if built.failed():
            return self._stopped("blocked", candidate, _why(built))
        if refusal := rejection(candidate):
            return self._rejected(candidate, refusal)
        return self._sign_off(candidate, sign_off, note)

    def _waits(self, candidate: Candidate) -> bool:
        """Whether exactly this candidate is approved and waits for its hour."""
        found = waiting(self.folders).get(self.edition)
        return found is not None and found.candidate == candidate.folder.name

    def _still_embargoed(self, candidate: Candidate) -> EditionResult:
        """What was approved before: its hour, or whether it may go out at all, may have become another since."""
        try:
            lay_again(self.edition, self.folders)
        except Blocked as error:
            return self._stopped("blocked", candidate, str(error))
        return self._embargoed(candidate)

    def _embargoed(self, candidate: Candidate) -> EditionResult:
        held = is_held(self.edition, self.folders) or "Its hour has come: call again."
        return self._stopped("embargoed", candidate, held)

    def _rejected(self, candidate: Candidate, refusal: str) -> EditionResult:
        again = "Send a correction, or put it before someone again: trigger publish_edition in Airflow's UI."
        return self._stopped("rejected", candidate, f"{refusal} {again}")

    def _standing(self) -> Candidate | None:
        """The candidate that would be built now, if it stands already."""
        planned = plan(self.edition, self.folders)
        return planned if planned in pending(self.folders, self.edition) else None

    def _sign_off(self, candidate: Candidate, sign_off: str | None, note: str) -> EditionResult:
        """Ask, or find who has been asked already; answer if someone signs; publish."""
        asked = deferred(candidate, self.runs, self.folders)
        if not asked:
            came = self.runs.start(ids.PUBLISH_EDITION, {"edition": self.edition})
            if came.state != "waiting":
                return self._stopped("blocked", candidate, _why(came))
            asked = deferred(candidate, self.runs, self.folders)
        if not asked:
            raise Blocked(f"{self.edition}: the request for the sign-off is not about the candidate just built.")
        if not sign_off:
            return self._stopped("waiting_for_sign_off", candidate, self._how_to_sign())
        with self.progress.stage("sign_off", f"{self.edition} · sign-off by {sign_off}"), self.logs.quiet():
            approve(waiting_task(asked, self.runs), sign_off, sha256(candidate.database), note)
        published = self.runs.resume(asked)
        if self._waits(candidate):
            return self._embargoed(candidate)
        if not published.ended(ids.PUBLISH, "success"):
            return self._stopped("blocked", candidate, _why(published))
        return self._release("published", "Published.")

    def _release(self, outcome: Any, message: str) -> EditionResult:
        release = latest(self.edition, self.folders)
        if not release:
            return EditionResult(self.edition, outcome, message)
        return EditionResult(
            edition=self.edition,
            outcome=outcome,
            message=message,
            vintage=release.vintage,
            folder=str(release.folder),
            database=str(self.folders.current),
            gates=_gates(release.folder / "gates"),
            figures=figures(self.folders.current, self.edition),
            signed_by=release.document["sign_off"]["name"],
            synthetic=is_synthetic(release.folder),
        )

    def _brought(self, end: DagEnd) -> bool:
        if end.dag_id == ids.RELEASE_AT_HOUR:
            return self.edition in [Path(one).parent.name for one in chain(*end.results.get(ids.RELEASE_DUE, ()))]
        return bool(end.ended(ids.PUBLISH, "success")) and end.results[ids.GATE_RELEASE][0]["edition"] == self.edition

    def _nothing_new(self) -> EditionResult:
        if any(self._brought(end) for end in self.answered):
            return self._release("published", "Published: the sign-off had been given before this run.")
        if latest(self.edition, self.folders):
            return self._release("nothing_new", "Nothing new since this release: nothing was published.")
        if self.edition == PARTNERS:
            return EditionResult(PARTNERS, "nothing_new", self._no_partner_data())
        inbox = self.folders.inbox / "survey" / self.edition
        return EditionResult(
            self.edition,
            "nothing_new",
            f"No return has landed for it: nothing was published. Returns go into {inbox}.",
        )

    def _no_partner_data(self) -> str:
        if not releases(self.folders):
            return "No edition is published yet, and partner data goes out beside one: nothing was published."
        inbox = self.folders.inbox / "partners"
        return f"No file of a partner has landed: nothing was published. They go into {inbox}/<source>."

    def _stopped(self, outcome: Any, candidate: Candidate, message: str) -> EditionResult:
        """A candidate that did not become a release."""
        there = candidate.database.is_file()
        return EditionResult(
            edition=self.edition,
            outcome=outcome,
            message=message,
            vintage=candidate.vintage,
            folder=str(candidate.folder),
            database=str(candidate.database) if there else None,
            gates=_gates(candidate.folder / "gates"),
            figures=figures(candidate.database, self.edition) if there else None,
            synthetic=is_synthetic(candidate.folder),
        )

    def _how_to_sign(self) -> str:
        what = "--partners" if self.edition == PARTNERS else f"--edition {self.edition}"
        told = open_comments(self.edition, self.folders)
        before = f"\nBefore you sign: {' '.join(told)}" if told else ""
        return (
            "Built, passed, and waits for a person to approve it; nothing was published. Sign off with "
            f'`gci run {what} --sign-off "NAME"`, or in Airflow\'s UI: Required Actions, '
            f"publish_edition.{before}"
        )


def _gates(folder: Any) -> tuple[GateSummary, ...]:
    return tuple(
        GateSummary(report.gate, report.passed, len(report.checks), sum(not check.passed for check in report.checks))
        for report in load_reports(folder)
    )


def _why(end: DagEnd) -> str:
    """What stopped a DAG run, in the words of the tasks that failed."""
    told = [task.message or f"{task.task_id} failed" for task in end.failed()]
    return "\n".join(told) or f"{end.dag_id} ended as {end.state} without an error: see its run {end.run_id}."
