"""The services of docker-compose.yml as processes of this machine, each with the command and environment of the file.

What differs from containers stands in `Places`: addresses and folders. PostgreSQL, Redis and an S3 server on loopback
take the place of the three images.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from compose import SECRETS, services
from debian_package import brought_by
from distributed import leash
from gci.core.paths import PROJECT
from gci.sign_off import keys

BIN = Path(sys.executable).parent
DATABASE_USER = "airflow"


@dataclass(frozen=True)
class Places:
    """Where things are on this machine that containers find under names of their own."""

    root: Path
    postgres: int
    redis: int
    store: int
    api: int

    def here(self, text: str, service: str) -> str:
        """A value of the compose file, as it is on this machine."""
        for there, own in (
            ("@postgres:5432", f"@127.0.0.1:{self.postgres}"),
            ("@redis:6379", f"@127.0.0.1:{self.redis}"),
            ("http://store:9000", f"http://127.0.0.1:{self.store}"),
            ("http://api-server:8080", f"http://127.0.0.1:{self.api}"),
            ("/srv/gci/dags", str(PROJECT / "dags")),
        ):
            text = text.replace(there, own)
        return str(self.data(service)) + text.removeprefix("/data") if text.startswith("/data") else text

    def data(self, service: str) -> Path:
        """The disk of a container."""
        return self.root / service


@dataclass
class Deployment:
    """All services, running.

    Attributes:
        places: where they are.
        more: what their environments have besides what the compose file says.
        running: their processes by name.
    """

    places: Places
    more: dict[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start a service of the compose file with an empty disk."""
        service = services()[name]
        shutil.rmtree(self.places.data(name), ignore_errors=True)
        self.places.data(name).mkdir(parents=True)
        command = [self.places.here(part, name) for part in service["command"]]
        self.running[name] = _started(
            [*_on_one_host(name, command, self.places)], self.environment(name), self.places.root / f"{name}.log"
        )

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a service; of this machine's own it has nothing but where programs are, and `more`."""
        of_service = {key: self.places.here(value, name) for key, value in services()[name]["environment"].items()}
        port = 20000 + self.places.api % 10000 + sorted(services()).index(name)  # containers each have their own 8793
        return (
            {
                "PATH": f"{BIN}:{os.environ['PATH']}",
                "HOME": str(self.places.data(name)),
                "LANG": "C.UTF-8",
                "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(port),
                "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(port),
            }
            | of_service
            | self._sign_off_key(name)
            | self.more
        )

    def _sign_off_key(self, name: str) -> dict[str, str]:
        """The pair of this deployment, of which a service has the file that the compose file gives it, or none."""
        file = self.places.root / "sign_off_key"
        public = keys.make(file)
        given = [one["source"] for one in services()[name].get("secrets", ())]
        return {
            keys.PRIVATE: str(file if "sign_off_key" in given else file.with_name("not given")),
            keys.PUBLIC: public,
        }

    def run(self, name: str, *command: str) -> str:
        """Run a command as in a container of the service, and give what it prints."""
        done = subprocess.run(command, env=self.environment(name), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def kill(self, name: str) -> None:
        """End a service at once, with all that it started."""
        process = self.running.pop(name)
        for group in _groups(process.pid):
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        process.wait()


@contextmanager
def deployed(root: Path, more: dict[str, str]) -> Iterator[Deployment]:
    """Everything that docker-compose.yml has, until the block ends; `more` is added to each environment."""
    places = Places(root, *(_free_port() for _ in range(4)))
    deployment = Deployment(places, more)
    with postgres(root, places.postgres), redis(root, places.redis), store(root, places.store):
        places.data("init").mkdir()
        deployment.run("init", *(places.here(part, "init") for part in services()["init"]["command"]))
        try:
            for name in ("api-server", "scheduler", "dag-processor", "triggerer", "worker-1", "worker-2"):
                deployment.start(name)
            yield deployment
        finally:
            for name in list(deployment.running):
                deployment.kill(name)


@contextmanager
def postgres(root: Path, port: int) -> Iterator[None]:
    """PostgreSQL, which refuses to run as root: then it runs as the user of its Debian package."""
    programs = brought_by("postgresql", lambda: max(Path("/usr/lib/postgresql").glob("*/bin"), default=None))
    home = root / "postgres"
    home.mkdir()
    password = home / "password"
    password.write_text(SECRETS["POSTGRES_PASSWORD"])
    as_user: list[str] = []
    if os.getuid() == 0:
        user = pwd.getpwnam("postgres")
        for path in (home, password):
            os.chown(path, user.pw_uid, user.pw_gid)
        for folder in home.parents:  # pytest keeps its folders to their owner; a way through is all that is needed
            if str(folder).startswith("/tmp/") and folder != Path("/tmp"):
                folder.chmod(folder.stat().st_mode | 0o011)
        as_user = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]
    given = ["--username", DATABASE_USER, "--pwfile", str(password), "--auth", "scram-sha-256", "--encoding", "UTF8"]
    made = [*as_user, str(programs / "initdb"), "--pgdata", str(home / "data"), *given]
    subprocess.run(made, check=True, capture_output=True, cwd="/")
    listen = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={home}", "-c", "max_connections=200"]
    serve = [*as_user, str(programs / "postgres"), "-D", str(home / "data"), "-p", str(port), *listen]
    with _serving(serve, dict(os.environ), root / "postgres.log", port):
        _query(port, "postgres", "create database airflow")
        yield


@contextmanager
def redis(root: Path, port: int) -> Iterator[None]:
    """Redis with the command of the compose file."""
    brought_by("redis-server", lambda: shutil.which("redis-server"))
    command = [*services()["redis"]["command"], "--port", str(port), "--bind", "127.0.0.1"]
    (root / "redis").mkdir()
    with _serving([*command, "--dir", str(root / "redis")], dict(os.environ), root / "redis.log", port):
        yield


@contextmanager
def store(root: Path, port: int) -> Iterator[None]:
    """The object store, empty."""
    command = [sys.executable, "tests/object_store.py", str(port)]
    with _serving(command, dict(os.environ), root / "store.log", port):
        yield


def _query(port: int, database: str, statement: str) -> None:
    import psycopg

    login = f"host=127.0.0.1 port={port} user={DATABASE_USER} password={SECRETS['POSTGRES_PASSWORD']} dbname={database}"
    with psycopg.connect(login, autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


@contextmanager
def _serving(command: list[str], environment: dict[str, str], log: Path, port: int) -> Iterator[None]:
    process = _started(command, environment, log)
    try:
        _await(lambda: _answers(port), f"{command[0]} on port {port}", process, log)
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _await(holds: Callable[[], bool], what: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert process.poll() is None, f"{what} ended: {log.read_text()[-2000:]}"
        assert time.monotonic() < until, f"{what} does not answer: {log.read_text()[-2000:]}"
        time.sleep(0.2)


def _started(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """A process group of its own, which does not outlive the test even when that is killed."""
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, leash.__file__, *command],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            cwd=PROJECT,
            start_new_session=True,
        )


def _on_one_host(name: str, command: list[str], places: Places) -> list[str]:
    """What containers need not say: the port that is free here, and a name for each worker."""
    if "worker" in command:
        return [*command, "--celery-hostname", f"{name}@%h"]
    return [str(places.api) if part == "8080" else part for part in command]


def _groups(pid: int) -> set[int]:
    """The process groups of a process and of all that descend from it: tasks are groups of their own."""
    groups = set()
    for one in (pid, *leash.descendants(pid)):
        with suppress(ProcessLookupError):
            groups.add(os.getpgid(one))
    return groups - {os.getpgid(0)}


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        tried.settimeout(1)
        return tried.connect_ex(("127.0.0.1", port)) == 0
