"""Fetching from an object store, over SFTP and from a folder: each from a real server, or the real file system."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from gci.core.paths import DataFolders
from gci.partners.fetch.fetch import fetch_partner
from gci.partners.fetch.state import recall
from gci.partners.fetch.transport import NotOfferedError, PartnerDownError
from partners.conftest import Source
from partners.file_servers import PASSWORD, USER, SftpServer, sftp_server
from partners.test_gather_http import collected, contents, inbox
from partners.web_server import GOOD

BETTER = GOOD + b"Namibia,NAM,50.5,,2024,AFR,UMI\n"


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """An S3 server; gives its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(store: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A bucket with the file, and the connection to it."""
    login = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    client = boto3.client("s3", endpoint_url=store, **login)
    client.create_bucket(Bucket="partner")
    client.put_object(Bucket="partner", Key="idi/table.csv", Body=GOOD)
    extra = {"endpoint_url": store, "region_name": "us-east-1"}
    connection = {"conn_type": "aws", "login": "test", "password": "test", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_PARTNER_STORE", json.dumps(connection))
    return client


def test_s3_fetches_an_object_once_and_again_when_it_is_another(
    bucket: Any, source: Source, folders: DataFolders
) -> None:
    contract = source("partner/idi/table.csv", connection="partner_store")
    fetch_partner(contract, folders)
    assert contents(folders) == [GOOD]
    assert collected(folders) == ["accepted"]
    fetch_partner(contract, folders)
    assert inbox(folders) == []
    bucket.put_object(Bucket="partner", Key="idi/table.csv", Body=BETTER)
    fetch_partner(contract, folders)
    assert contents(folders) == [BETTER]


def test_s3_says_what_is_not_there_and_takes_no_more_than_it_may(
    bucket: Any, source: Source, folders: DataFolders
) -> None:
    with pytest.raises(NotOfferedError, match=r"s3://partner/idi/gone\.csv"):
        fetch_partner(source("partner/idi/gone.csv", connection="partner_store"), folders)
    with pytest.raises(NotOfferedError, match="larger than the 10 bytes"):
        fetch_partner(source("partner/idi/table.csv", connection="partner_store", largest=10), folders)
    assert inbox(folders) == []


def test_a_store_that_is_down_is_a_partner_that_is_down(
    source: Source, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = {"endpoint_url": "http://127.0.0.1:9", "region_name": "us-east-1"}
    connection = {"conn_type": "aws", "login": "test", "password": "test", "extra": extra}
    monkeypatch.setenv("AIRFLOW_CONN_PARTNER_STORE", json.dumps(connection))
    with pytest.raises(PartnerDownError, match="in 3 tries"):
        fetch_partner(source("partner/idi/table.csv", connection="partner_store"), folders)
    assert recall("itu_idi", folders).failure


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that an SFTP server serves, and the connection to it."""
    served = tmp_path / "served"
    served.mkdir()
    with sftp_server(served) as server:
        monkeypatch.setenv("AIRFLOW_CONN_PARTNER_SFTP", sftp_connection(server))
        yield served


def sftp_connection(server: SftpServer, password: str = PASSWORD) -> str:
    extra = {"host_key": server.host_key, "no_host_key_check": "false", "allow_host_key_change": "false"}
    place = {"conn_type": "sftp", "host": "127.0.0.1", "port": server.port}
    return json.dumps(place | {"login": USER, "password": password, "extra": extra})


def test_sftp_fetches_a_file_once_and_again_when_it_is_another(
    share: Path, source: Source, folders: DataFolders
) -> None:
    (share / "table.csv").write_bytes(GOOD)
    contract = source("/table.csv", connection="partner_sftp")
    fetch_partner(contract, folders)
    assert contents(folders) == [GOOD]
    assert collected(folders) == ["accepted"]
    fetch_partner(contract, folders)
    assert inbox(folders) == []
    (share / "table.csv").write_bytes(BETTER)
    fetch_partner(contract, folders)
    assert contents(folders) == [BETTER]


def test_sftp_says_what_is_not_there_and_takes_no_more_than_it_may(
    share: Path, source: Source, folders: DataFolders
) -> None:
    (share / "table.csv").write_bytes(GOOD)
    (share / "folder").mkdir()
    with pytest.raises(NotOfferedError, match="cannot be read"):
        fetch_partner(source("/gone.csv", connection="partner_sftp"), folders)
    with pytest.raises(NotOfferedError, match="is no file"):
        fetch_partner(source("/folder", connection="partner_sftp"), folders)
    with pytest.raises(NotOfferedError, match="larger than the 10 bytes"):
        fetch_partner(source("/table.csv", connection="partner_sftp", largest=10), folders)
    assert inbox(folders) == []


def test_sftp_trusts_no_other_server_and_no_server_a_wrong_password(
    tmp_path: Path, source: Source, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = source("/table.csv", connection="partner_sftp", tries=1)
    with sftp_server(tmp_path) as server, sftp_server(tmp_path) as other:
        monkeypatch.setenv("AIRFLOW_CONN_PARTNER_SFTP", sftp_connection(server, "another"))
        with pytest.raises(NotOfferedError, match="do not trust each other"):
            fetch_partner(contract, folders)
        stranger = SftpServer(other.port, server.host_key)
        monkeypatch.setenv("AIRFLOW_CONN_PARTNER_SFTP", sftp_connection(stranger))
        with pytest.raises(NotOfferedError, match="do not trust each other"):
            fetch_partner(contract, folders)
    with pytest.raises(PartnerDownError, match="cannot be fetched"):
        fetch_partner(contract, folders)


def test_a_folder_gives_a_file_once_and_again_when_it_is_another(
    tmp_path: Path, source: Source, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "table.csv").write_bytes(GOOD)
    (tmp_path / "secret.csv").write_bytes(GOOD)
    extra = {"path": str(shared)}
    monkeypatch.setenv("AIRFLOW_CONN_PARTNER_FOLDER", json.dumps({"conn_type": "fs", "extra": extra}))
    contract = source("table.csv", connection="partner_folder")
    fetch_partner(contract, folders)
    fetch_partner(contract, folders)
    assert contents(folders) == [GOOD]
    (shared / "table.csv").write_bytes(BETTER)
    os.utime(shared / "table.csv", (1, 1))
    fetch_partner(contract, folders)
    assert contents(folders) == [BETTER]
    for path, reason in (("../secret.csv", "lies outside"), ("gone.csv", "cannot be read"), (".", "is no file")):
        with pytest.raises(NotOfferedError, match=reason):
            fetch_partner(source(path, connection="partner_folder"), folders)


def test_a_file_that_is_being_written_is_fetched_when_it_is_whole(
    source: Source, folders: DataFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = tmp_path / "share" / "table.csv"
    offered.parent.mkdir()
    monkeypatch.setenv(
        "AIRFLOW_CONN_PARTNER_SHARE", json.dumps({"conn_type": "fs", "extra": {"path": str(offered.parent)}})
    )
    contract = source("table.csv", connection="partner_share")
    with offered.open("wb") as sender:
        sender.write(GOOD)
        sender.flush()
        with pytest.raises(PartnerDownError, match="still being written"):
            fetch_partner(contract, folders)
    assert inbox(folders) == []
    fetch_partner(contract, folders)
    assert contents(folders) == [GOOD]
