"""An answer as the server signed it: the only thing that counts as one, wherever it has been on its way.

The guard before Airflow's API makes it while Airflow records the answer, and nobody else can. It goes through Airflow's
record, its task state and its XComs, all of which others can write: so whoever reads it holds it against its
signature and against what it should be about.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.sign_off import keys
from gci.sign_off.approval_policy import APPROVED, REJECTED, Answerer

SIGNED = "signed"
"""Under which name Airflow's record of an answer holds it, beside what the answerer filled in."""

_ABOUT = b"GCI warehouse, answer to a request for a sign-off, form 1\n"
_NOTHING = "Nothing was published."
_ANEW = "Have it signed off anew: clear sign_off, or trigger publish_edition with the edition."


@dataclass(frozen=True)
class SignedAnswer:
    """What somebody answered to one request.

    Attributes:
        dag_id: of the task that asked.
        run_id: the same.
        task_id: the same.
        map_index: the same; -1 where the task is not mapped.
        tries: how many tries the task had been given then; a person who clears it gives it more, and asks anew.
        digest: SHA-256 of the candidate's DuckDB file.
        chosen: `Approve` or `Reject`.
        user: the id under which the server knows who answered.
        by: the name under which it does.
        names: all names that it knows them by.
        role: `publisher` or `shell`.
        at: when Airflow recorded the answer, ISO 8601 UTC.
        note: why, for the record; may be empty.
    """

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    tries: int
    digest: str
    chosen: str
    user: str
    by: str
    names: tuple[str, ...]
    role: str
    at: str
    note: str

    @property
    def approves(self) -> bool:
        """Whether it is an approval rather than a rejection."""
        return self.chosen == APPROVED

    @property
    def answerer(self) -> Answerer:
        """Who answered, as the server knew them."""
        return Answerer(self.names, self.role)

    @property
    def moment(self) -> datetime:
        """When, with a time zone."""
        return datetime.fromisoformat(self.at).astimezone(UTC)

    def signed(self, folders: DataFolders) -> dict[str, Any]:
        """Plain JSON values with the signature of this server.

        Raises:
            Blocked: this process has no private key, or not the one that counts.
        """
        keys.ready(folders)
        content = asdict(self) | {"names": list(self.names), "key": keys.fingerprint(folders)}
        return content | {"signature": keys.sign(_canonical(content), folders)}


def verified(given: Any, folders: DataFolders) -> SignedAnswer:
    """The answer in a signed document, if the server signed exactly this.

    Args:
        given: what `SignedAnswer.signed` gave, perhaps; anything may come in its place.
        folders: the data folder in whose Airflow home the key lies, where none is named.

    Raises:
        Blocked: there is none, it is not signed, or it was changed after it was signed.
    """
    if not given:
        raise Blocked(f"Nobody has answered: silence never approves. {_NOTHING}")
    if not isinstance(given, Mapping) or not given.get("signature"):
        raise Blocked(
            "The answer is not signed by the server: it did not come through the route that records answers, so it "
            "does not "
            f"count. {_NOTHING} {_ANEW}"
        )
    content = {name: value for name, value in given.items() if name != "signature"}
    there = keys.fingerprint(folders)
    if content.get("key") != there:
        raise Blocked(
            f"The answer is signed with another key ({content.get('key')}) than this server's ({there}), so it does "
            f"not "
            f"count. {_NOTHING} {_ANEW}"
        )
    if not keys.is_signed(_canonical(content), str(given["signature"]), folders):
        raise Blocked(
            f"The signature of the answer does not fit what it says: it was changed on the way, so it does not "
            f"count. {_NOTHING} "
            f"{_ANEW}"
        )
    answer = said_in(content)
    if answer.chosen not in (APPROVED, REJECTED):
        raise Blocked(f"The answer is neither {APPROVED} nor {REJECTED}: {answer.chosen}. {_NOTHING}")
    return answer


def said_in(given: Mapping[str, Any]) -> SignedAnswer:
    """What a signed document says, whoever signed it.

    Args:
        given: the document: the fields of SignedAnswer by name, and its signature.

    Raises:
        KeyError, TypeError: it is none.
    """
    return SignedAnswer(
        **{one.name: given[one.name] for one in fields(SignedAnswer)} | {"names": tuple(given["names"])}
    )


def verified_for(given: Any, asked_in: tuple[str, str, str, int], folders: DataFolders) -> SignedAnswer:
    """The same, if it was given to this very request.

    Args:
        given: as for `verified`.
        asked_in: DAG, run, task and map index of the task that asked.
        folders: as for `verified`.

    Raises:
        Blocked: as for `verified`; or it answers another request.
    """
    answer = verified(given, folders)
    answered = (answer.dag_id, answer.run_id, answer.task_id, answer.map_index)
    if answered != asked_in:
        raise Blocked(
            f"The answer was given to another request: {_place(answered)}, while {_place(asked_in)} asks. "
            f"{_NOTHING} {_ANEW}"
        )
    return answer


def compare(answer: SignedAnswer, recorded: dict[str, Any]) -> None:
    """Hold what was signed against what Airflow recorded.

    Args:
        answer: what the server signed.
        recorded: Airflow's record of it, as it wakes a task: chosen_options, params_input (digest, note),
            responded_at, responded_by_user.

    Raises:
        Blocked: they differ; the message says in what.
    """
    by, filled_in = recorded.get("responded_by_user") or {}, recorded.get("params_input") or {}
    moment = recorded.get("responded_at")
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    pairs = {
        "option": (recorded.get("chosen_options"), [answer.chosen]),
        "user": ((str(by.get("id")), str(by.get("name"))), (answer.user, answer.by)),
        "digest": (str(filled_in.get("digest") or "").strip(), answer.digest),
        "note": (str(filled_in.get("note") or "").strip(), answer.note),
        "moment": (at, answer.moment),
    }
    differing = [f"{name}: {there!r}, signed {signed!r}" for name, (there, signed) in pairs.items() if there != signed]
    if differing:
        raise Blocked(
            f"Airflow's record of the answer is not what the server signed ({'; '.join(differing)}), so it does not "
            f"count. "
            "Nothing was published. Clear sign_off to ask anew."
        )


def _place(asked_in: tuple[str, str, str, int]) -> str:
    dag_id, run_id, task_id, map_index = asked_in
    return f"{task_id}{f'[{map_index}]' if map_index >= 0 else ''} of {dag_id}, run {run_id}"


def _canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are signed: the same for the same content, whatever the order of its names."""
    return _ABOUT + json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
