"""The key that answers to a request for a sign-off are signed with, and its public half, which everybody may have.

The private key is the server's alone: whoever holds it can approve in anybody's name. On one machine both halves
are made
on first use, in Airflow's home, the private one for its owner alone. Where services are apart, the operator gives
the private one to the api-server ($GCI_SIGN_OFF_KEY) and the public one to all ($GCI_SIGN_OFF_PUBLIC_KEY).
"""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import uuid
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import DataFolders

PRIVATE, PUBLIC = "GCI_SIGN_OFF_KEY", "GCI_SIGN_OFF_PUBLIC_KEY"
"""The variables: the path of the file with the private key, and the public key itself."""

_FILE, _PUBLIC_FILE = "sign_off_key.pem", "sign_off_key.pub"


def sign(content: bytes, folders: DataFolders) -> str:
    """Sign some bytes with the private key.

    Args:
        content: what is signed.
        folders: the data folder in whose Airflow home the key lies, where none is named.

    Returns:
        The signature, in base64.

    Raises:
        Blocked: this process has no private key, or it cannot be read.
    """
    return base64.b64encode(_private(folders).sign(content)).decode("ascii")


def is_signed(content: bytes, signature: str, folders: DataFolders) -> bool:
    """Whether a signature over some bytes was made with the private half of the public key.

    Raises:
        Blocked: there is no public key, or it is none.
    """
    try:
        _public(folders).verify(base64.b64decode(signature, validate=True), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(folders: DataFolders) -> str:
    """A short name of the key that counts here: 16 hex digits of the SHA-256 of its public half.

    Raises:
        Blocked: there is no public key, or it is none.
    """
    return hashlib.sha256(_public(folders).public_bytes_raw()).hexdigest()[:16]


def ready(folders: DataFolders) -> None:
    """Make sure that an answer signed here would count. On one machine the pair is made now, if it is not there yet.

    Raises:
        Blocked: this process has no private key, it cannot be read, or it does not fit the public one.
    """
    if _private(folders).public_key().public_bytes_raw() != _public(folders).public_bytes_raw():
        where = f"${PUBLIC}" if os.environ.get(PUBLIC) else str(folders.airflow / _PUBLIC_FILE)
        raise Blocked(
            f"The private key for sign-offs does not fit the public one in {where}, so no answer would count. Bring "
            f"the "
            "pair back from the backup, or give both anew."
        )


def make(file: Path) -> str:
    """Make a private key in a file that only its owner can read; one that is there stays.

    Args:
        file: where to; its folder exists.

    Returns:
        The public key, in base64.

    Raises:
        Blocked: what is there is no such key.
    """
    part = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(
                Ed25519PrivateKey.generate().private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
        os.link(part, file)  # unlike a rename it fails when another process was first
    except FileExistsError:
        pass
    finally:
        part.unlink(missing_ok=True)
    return _told(_read(file).public_key())


def _private(folders: DataFolders) -> Ed25519PrivateKey:
    named = os.environ.get(PRIVATE)
    if named:
        return _read(Path(named))
    if os.environ.get(PUBLIC):
        raise Blocked(f"This service has no private key: ${PRIVATE} names none. Only the api-server signs answers.")
    file = folders.airflow / _FILE
    if not file.exists():
        folders.airflow.mkdir(mode=0o700, parents=True, exist_ok=True)
        make(file)
    return _read(file)


def _public(folders: DataFolders) -> Ed25519PublicKey:
    given = os.environ.get(PUBLIC)
    if given:
        return _parsed(given, f"${PUBLIC}")
    if os.environ.get(PRIVATE):
        return _read(Path(os.environ[PRIVATE])).public_key()
    file = folders.airflow / _PUBLIC_FILE
    if not file.exists():  # made from the private one by the first who may read that
        if not (folders.airflow / _FILE).exists():
            raise Blocked(
                f"No answer has been signed on this data folder: there is no {file}. Services that are apart each need "
                f"${PUBLIC}."
            )
        part = file.with_name(f".{file.name}.{uuid.uuid4().hex}")
        part.write_text(_told(_private(folders).public_key()) + "\n", encoding="ascii")
        part.replace(file)
    return _parsed(file.read_text(encoding="utf-8"), str(file))


def _read(file: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        why = getattr(error, "strerror", None) or "it is none"
        raise Blocked(
            f"The private key for sign-offs cannot be read from {file}: {why}. Bring it back from the backup; a new "
            f"one is "
            f"made by `python -m gci.sign_off.keys {file}`, and what waits is then asked anew."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Blocked(f"{file} holds a key of another kind: sign-offs are signed with Ed25519.")
    return key


def _parsed(text: str, where: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except ValueError as error:
        raise Blocked(
            f"{where} is no public key for sign-offs: 32 bytes in base64, as `gci.sign_off.keys` prints."
        ) from error


def _told(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode("ascii")


def main() -> int:
    """`python -m gci.sign_off.keys FILE`: make a private key there, print the public one.

    Returns:
        Exit code: 0; 1 when the file holds something else; 2 for wrong usage.
    """
    try:
        if len(sys.argv) != 2:
            raise WrongUsage("One argument: the file for the private key.")
        sys.stdout.write(make(Path(sys.argv[1])) + "\n")
    except (Blocked, WrongUsage) as error:
        sys.stderr.write(f"gci: {error}\n")
        return error.exit_code
    except OSError as error:
        sys.stderr.write(f"gci: {sys.argv[1]}: {error.strerror}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
