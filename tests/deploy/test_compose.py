"""docker-compose.yml: read by Docker Compose itself, without defaults for secrets, nothing run as root or unpinned."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from compose import FILE, SECRETS, config, services
from gci.core.paths import PROJECT

AIRFLOW = ["init", "api-server", "scheduler", "dag-processor", "triggerer", "worker-1", "worker-2"]
REQUIRED = sorted(SECRETS.keys() - {"GCI_USER_VIEWER"})


@pytest.fixture(scope="module")
def read() -> dict[str, Any]:
    return services()


def test_it_is_what_the_specification_wants(tmp_path: Path) -> None:
    spoilt = tmp_path / "docker-compose.yml"
    spoilt.write_text(FILE.read_text().replace("read_only: true", "read_onyl: true", 1))
    assert "read_onyl" in config(SECRETS, spoilt).stderr
    assert config(SECRETS).returncode == 0


@pytest.mark.parametrize("secret", REQUIRED)
def test_no_secret_has_a_default(secret: str) -> None:
    for without in (SECRETS.keys() - {secret}, SECRETS.keys()):
        said = config({name: SECRETS[name] if name != secret else "" for name in without})
        assert said.returncode != 0
        assert f"required variable {secret} is missing a value" in said.stderr


def test_the_example_of_secrets_names_all_and_gives_none() -> None:
    lines = [line for line in (PROJECT / ".env.example").read_text().splitlines() if line and not line.startswith("#")]
    assert {line.partition("=")[0] for line in lines} == set(SECRETS)
    assert not [line for line in lines if line.partition("=")[2]]


def test_nothing_runs_as_root_or_writes_where_it_need_not(read: dict[str, Any]) -> None:
    for name, service in read.items():
        assert service["user"].partition(":")[0] not in ("", "0", "root"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name


def test_every_service_says_whether_it_is_well(read: dict[str, Any]) -> None:
    assert [name for name, service in read.items() if "healthcheck" not in service] == ["init"]


def test_images_have_exact_versions(read: dict[str, Any]) -> None:
    bases = re.findall(r"^FROM (\S+)", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)
    for image in [service["image"] for service in read.values()] + [one for one in bases if ":" in one]:
        assert re.search(r":[\w.]*\d+\.\d+\.?\d*|:RELEASE\.\d{4}", image), image


def test_airflow_is_one_image_in_one_environment(read: dict[str, Any]) -> None:
    assert {read[name]["image"] for name in AIRFLOW} == {"gci-warehouse:0.1.0"}
    shared = {json.dumps(read[name]["environment"], sort_keys=True) for name in AIRFLOW if name != "init"}
    assert len(shared) == 1
    assert read["init"]["environment"].items() >= json.loads(shared.pop()).items()


def test_workers_share_no_disk(read: dict[str, Any]) -> None:
    volumes = [mount["source"] for name in AIRFLOW for mount in read[name].get("volumes", ())]
    assert sorted(volumes) == ["worker-1", "worker-2"]


def test_secrets_of_one_service_are_not_in_another(read: dict[str, Any]) -> None:
    for name in ("postgres", "redis", "store"):
        own = json.dumps(read[name])
        assert not [secret for secret in ("FERNET_KEY", "JWT_SECRET", "API_SECRET") if SECRETS[secret] in own]
    for name in AIRFLOW:
        users = [variable for variable in read[name]["environment"] if variable.startswith("GCI_USER_")]
        assert bool(users) == (name == "init")


def test_the_api_server_alone_gets_the_key_for_sign_offs(read: dict[str, Any]) -> None:
    given = {name: [one["source"] for one in service.get("secrets", ())] for name, service in read.items()}
    assert {name for name, secrets in given.items() if secrets} == {"api-server"}
    assert given["api-server"] == ["sign_off_key"]
    for name in AIRFLOW:
        assert read[name]["environment"]["GCI_SIGN_OFF_KEY"] == "/run/secrets/sign_off_key"
        mounts = [mount["target"] for mount in read[name].get("volumes", ())]
        assert not [target for target in mounts if target.startswith("/run")]


def test_kubernetes_has_the_same_environment(read: dict[str, Any]) -> None:
    """The values for Airflow's Helm chart in docs/kubernetes.md say what the compose file says."""
    text = (PROJECT / "docs" / "kubernetes.md").read_text()
    values = yaml.safe_load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])  # type: ignore[index]
    plain = {entry["name"]: entry["value"] for entry in values["env"]}
    secret = {entry["envName"] for entry in values["secret"]}
    by_chart = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "AIRFLOW__CELERY__RESULT_BACKEND", "AIRFLOW__CELERY__BROKER_URL"}
    by_chart |= {"AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET"}
    by_chart |= {"AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "AIRFLOW__CORE__EXECUTOR", "AIRFLOW_HOME"}
    elsewhere = {
        "GCI_SIGN_OFF_PUBLIC_KEY",
        "AWS_ENDPOINT_URL_S3",
        "GCI_STORE",
        "AWS_DEFAULT_REGION",
        "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER",
    }
    ours = read["scheduler"]["environment"]
    assert plain.keys() | secret | by_chart == ours.keys()
    assert not plain.keys() & secret
    for name in plain.keys() - elsewhere:
        assert plain[name] == ours[name], name
    (mounted,) = values["apiServer"]["extraVolumeMounts"]
    assert mounted["mountPath"] == ours["GCI_SIGN_OFF_KEY"]
    assert "sign-off-key" not in json.dumps(values["workers"])
    assert values["executor"] == ours["AIRFLOW__CORE__EXECUTOR"]
    assert values["images"]["airflow"]["tag"] == read["scheduler"]["image"].partition(":")[2]
