"""What counts as an answer: what the server signed, unchanged, for this request; everything else is refused by name."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gci.core.errors import Blocked
from gci.core.paths import DataFolders
from gci.sign_off import keys
from gci.sign_off.signed import SignedAnswer, compare, verified, verified_for

ANSWER = SignedAnswer(
    dag_id="publish_edition",
    run_id="manual__1",
    task_id="sign_off",
    map_index=-1,
    tries=3,
    digest="a" * 64,
    chosen="Approve",
    user="7",
    by="Jane Doe",
    names=("jane", "Jane Doe"),
    role="publisher",
    at="2026-03-01T09:30:15.000421+00:00",
    note="compared",
)
HERE = ("publish_edition", "manual__1", "sign_off", -1)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolders:
    monkeypatch.delenv(keys.PRIVATE, raising=False)
    monkeypatch.delenv(keys.PUBLIC, raising=False)
    return DataFolders(tmp_path)


def test_what_was_signed_is_read_as_it_was(folders: DataFolders) -> None:
    document = json.loads(json.dumps(ANSWER.signed(folders), indent=2))
    assert verified_for(document, HERE, folders) == ANSWER
    assert verified(dict(reversed(document.items())), folders) == ANSWER


def _changed(**more: Any) -> Callable[[DataFolders], Any]:
    return lambda folders: ANSWER.signed(folders) | more


def _by_another_key(folders: DataFolders) -> Any:
    elsewhere = DataFolders(folders.root / "elsewhere")
    return ANSWER.signed(elsewhere)


def _foreign_key_under_our_name(folders: DataFolders) -> Any:
    return _by_another_key(folders) | {"key": keys.fingerprint(folders)}


def _signed_otherwise(folders: DataFolders) -> Any:
    """With the right key, but over other bytes: another program's signature counts for nothing here."""
    content = asdict(ANSWER) | {"names": list(ANSWER.names), "key": keys.fingerprint(folders)}
    return content | {"signature": keys.sign(json.dumps(content, sort_keys=True).encode(), folders)}


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        (lambda _: None, "silence never approves"),
        (lambda _: {}, "silence never approves"),
        (lambda _: "Approve", "not signed by the server"),
        (lambda _: ["Approve"], "not signed by the server"),
        (lambda _: asdict(ANSWER), "not signed by the server"),
        (_changed(signature=""), "not signed by the server"),
        (_changed(signature="AAAA"), "does not fit what it says"),
        (_changed(signature="no base64"), "does not fit what it says"),
        (_changed(digest="b" * 64), "does not fit what it says"),
        (_changed(by="Somebody Else"), "does not fit what it says"),
        (_changed(names=["ops"]), "does not fit what it says"),
        (_changed(role="shell"), "does not fit what it says"),
        (_changed(note="looks fine"), "does not fit what it says"),
        (_changed(chosen="Reject"), "does not fit what it says"),
        (_changed(at="2026-03-02T09:30:15+00:00"), "does not fit what it says"),
        (_changed(tries=7), "does not fit what it says"),
        (_changed(run_id="manual__2"), "does not fit what it says"),
        (_changed(more="of it"), "does not fit what it says"),
        (lambda folders: replace(ANSWER, run_id="manual__2").signed(folders), "another request: sign_off of"),
        (lambda folders: replace(ANSWER, dag_id="ask_only").signed(folders), "of ask_only, run manual__1"),
        (lambda folders: replace(ANSWER, task_id="other").signed(folders), "another request: other of"),
        (lambda folders: replace(ANSWER, map_index=2).signed(folders), r"sign_off\[2\] of"),
        (lambda folders: replace(ANSWER, chosen="Approve and Reject").signed(folders), "neither Approve nor Reject"),
        (_by_another_key, "signed with another key"),
        (_foreign_key_under_our_name, "does not fit what it says"),
        (_signed_otherwise, "does not fit what it says"),
    ],
)
def test_whatever_else_comes_is_refused_by_name(
    folders: DataFolders, forged: Callable[[DataFolders], Any], said: str
) -> None:
    keys.ready(folders)
    with pytest.raises(Blocked, match=said):
        verified_for(forged(folders), HERE, folders)


RECORDED = {
    "chosen_options": ["Approve"],
    "params_input": {"digest": "a" * 64, "note": " compared ", "signed": {}},
    "responded_at": datetime(2026, 3, 1, 9, 30, 15, 421, tzinfo=UTC),
    "responded_by_user": {"id": "7", "name": "Jane Doe"},
}


def test_airflows_record_is_what_was_signed() -> None:
    compare(ANSWER, RECORDED)
    compare(ANSWER, RECORDED | {"responded_at": "2026-03-01T10:30:15.000421+01:00"})
    compare(replace(ANSWER, note=""), RECORDED | {"params_input": {"digest": "a" * 64, "note": None}})


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ({"chosen_options": ["Reject"]}, "option: "),
        ({"chosen_options": ["Approve", "Reject"]}, "option: "),
        ({"params_input": {"digest": "b" * 64, "note": "compared"}}, "digest: "),
        ({"params_input": {"digest": "a" * 64, "note": "looks fine"}}, "note: "),
        ({"params_input": None}, "digest: "),
        ({"responded_at": datetime(2026, 3, 1, 9, 30, 16, tzinfo=UTC)}, "moment: "),
        ({"responded_by_user": {"id": "8", "name": "Jane Doe"}}, "user: "),
        ({"responded_by_user": {"id": "7", "name": "John Doe"}}, "user: "),
        ({"responded_by_user": None}, "user: "),
    ],
)
def test_a_record_that_says_something_else_blocks(recorded: dict[str, Any], said: str) -> None:
    with pytest.raises(Blocked, match=f"not what the server signed .{said}"):
        compare(ANSWER, RECORDED | recorded)


def test_the_pair_is_made_once_and_the_private_half_is_its_owners_alone(folders: DataFolders) -> None:
    keys.ready(folders)
    first = keys.fingerprint(folders)
    file = folders.airflow / "sign_off_key.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in folders.airflow.iterdir() if path.name.startswith(".")] == []
    keys.ready(folders)
    assert keys.fingerprint(folders) == first
    (folders.airflow / "sign_off_key.pub").unlink()  # a kill between the two
    assert keys.fingerprint(folders) == first


def test_many_who_make_it_at_once_get_one(folders: DataFolders) -> None:
    program = (
        "import sys; from pathlib import Path; from gci.core.paths import DataFolders; from gci.sign_off import keys;"
        "folders = DataFolders(Path(sys.argv[1])); keys.ready(folders); print(keys.fingerprint(folders))"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, str(folders.root)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert len({process.communicate()[0] for process in started}) == 1


def test_a_service_with_the_public_half_alone_reads_and_cannot_sign(
    folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = folders.root / "secret.pem"
    public = keys.make(secret)
    assert keys.make(secret) == public
    monkeypatch.setenv(keys.PRIVATE, str(secret))
    monkeypatch.setenv(keys.PUBLIC, public)
    keys.ready(folders)
    document = ANSWER.signed(folders)

    monkeypatch.setenv(keys.PRIVATE, str(folders.root / "not here"))
    assert verified(document, folders) == ANSWER
    for without in ("named", "not named"):
        with pytest.raises(Blocked, match="private key"):
            ANSWER.signed(folders)
        if without == "named":
            monkeypatch.delenv(keys.PRIVATE)
    assert not (folders.airflow / "sign_off_key.pem").exists()


def test_keys_that_are_none_or_do_not_fit_are_told(folders: DataFolders, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Blocked, match="No answer has been signed"):
        keys.fingerprint(folders)
    secret = folders.root / "secret.pem"
    secret.write_text("not a key", encoding="utf-8")
    monkeypatch.setenv(keys.PRIVATE, str(secret))
    with pytest.raises(Blocked, match="cannot be read from"):
        keys.ready(folders)
    secret.unlink()
    keys.make(secret)
    monkeypatch.setenv(keys.PUBLIC, "abc")
    with pytest.raises(Blocked, match=r"\$GCI_SIGN_OFF_PUBLIC_KEY is no public key"):
        keys.ready(folders)
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    monkeypatch.setenv(keys.PUBLIC, base64.b64encode(other).decode())
    with pytest.raises(Blocked, match="does not fit the public one"):
        keys.ready(folders)


def test_the_command_makes_a_private_key_and_prints_the_public_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gci.sign_off.keys"]
    done = subprocess.run([*command, tmp_path / "key.pem"], capture_output=True, text=True, check=True)
    assert len(base64.b64decode(done.stdout.strip())) == 32
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    for arguments, code in (([], 2), ([tmp_path / "no" / "such" / "folder"], 1)):
        wrong = subprocess.run([*command, *arguments], capture_output=True, text=True, env=os.environ)
        assert (wrong.returncode, "Traceback" in wrong.stderr) == (code, False), wrong.stderr
