"""Fetching over HTTP from a real server that misbehaves: what comes is whole, and what does not come harms nothing."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gci.collect.collect import collect_files
from gci.core import clock
from gci.core.errors import Blocked, WrongUsage
from gci.core.paths import DataFolders
from gci.partners.fetch.fetch import fetch_partner
from gci.partners.fetch.http import next_address
from gci.partners.fetch.state import recall
from gci.partners.fetch.transport import NotOfferedError, PartnerDownError
from partners.conftest import Source
from partners.web_server import GOOD, HEADER, TEAMS, WebServer, web_server


def inbox(folders: DataFolders, source: str = "itu_idi") -> list[Path]:
    """All that lies in the inbox folder, what is hidden too."""
    home = folders.inbox / "partners" / source
    return sorted(home.iterdir()) if home.is_dir() else []


def contents(folders: DataFolders, source: str = "itu_idi") -> list[bytes]:
    return [path.read_bytes() for path in inbox(folders, source)]


def collected(folders: DataFolders, source: str = "itu_idi") -> list[str]:
    receipts = collect_files("partners", inbox(folders, source), datetime(2026, 3, 1, tzinfo=UTC), folders)
    return [receipt.verdict for receipt in receipts]


def test_a_file_comes_whole_under_a_name_with_the_day(server: WebServer, source: Source, folders: DataFolders) -> None:
    known = fetch_partner(source("/data.csv"), folders)
    day = clock.now().date().isoformat()
    assert [path.name for path in inbox(folders)] == [f"table.{day}.csv"]
    assert contents(folders) == [GOOD]
    assert known == recall("itu_idi", folders)
    assert known.changed_at == known.confirmed_at != ""
    assert known.last_modified == "Sun, 01 Mar 2026 06:00:00 GMT"
    assert collected(folders) == ["accepted"]


def test_what_has_not_changed_is_not_fetched_again(server: WebServer, source: Source, folders: DataFolders) -> None:
    first = fetch_partner(source("/data.csv"), folders)
    collected(folders)
    second = fetch_partner(source("/data.csv"), folders)
    assert server.conditions == [None, first.etag]
    assert inbox(folders) == []
    assert (second.changed_at, second.digest) == (first.changed_at, first.digest)


def test_what_has_changed_is_fetched(server: WebServer, source: Source, folders: DataFolders) -> None:
    fetch_partner(source("/data.csv"), folders)
    server.content = GOOD + b"Namibia,NAM,50.5,,2024,AFR,UMI\n"
    fetch_partner(source("/data.csv"), folders)
    assert contents(folders) == [server.content]


def test_the_same_bytes_without_a_mark_are_not_news(server: WebServer, source: Source, folders: DataFolders) -> None:
    fetch_partner(source("/unmarked"), folders)
    collected(folders)
    fetch_partner(source("/unmarked"), folders)
    assert server.asked["/unmarked"] == 2
    assert inbox(folders) == []


def test_marks_of_another_address_do_not_count(server: WebServer, source: Source, folders: DataFolders) -> None:
    fetch_partner(source("/data.csv"), folders)
    fetch_partner(source("/data.csv?moved"), folders)
    assert server.conditions == [None, None]


def test_a_server_that_fails_twice_is_asked_a_third_time(
    server: WebServer, source: Source, folders: DataFolders
) -> None:
    server.failing = 2
    fetch_partner(source("/fails"), folders)
    assert server.asked["/fails"] == 3
    assert contents(folders) == [GOOD]


def test_a_server_that_stays_down_leaves_everything_as_it_was(
    server: WebServer, source: Source, folders: DataFolders
) -> None:
    first = fetch_partner(source("/fails"), folders)
    collected(folders)
    landed = sorted((folders.landing / "partners").iterdir())
    server.failing = 100
    with pytest.raises(PartnerDownError, match=r"in 3 tries.*503.*latest good file stays in use"):
        fetch_partner(source("/fails"), folders)
    known = recall("itu_idi", folders)
    assert (known.digest, known.confirmed_at) == (first.digest, first.confirmed_at)
    assert "503" in known.failure
    assert known.failed_at
    assert inbox(folders) == []
    assert sorted((folders.landing / "partners").iterdir()) == landed
    server.failing = 0
    assert fetch_partner(source("/fails"), folders).failure == ""


def test_the_wait_that_a_server_asks_for_is_kept(server: WebServer, source: Source, folders: DataFolders) -> None:
    began = time.monotonic()
    fetch_partner(source("/busy"), folders)
    assert time.monotonic() - began >= 1  # a lower bound: the wait was kept, however slow the machine
    assert contents(folders) == [GOOD]


@pytest.mark.parametrize(
    ("path", "how", "reason"),
    [
        ("/stalls", {"timeout": 0.3}, "breaks off after 20 bytes"),
        ("/drips", {"timeout": 0.02}, "sends too slowly|breaks off"),
        ("/truncates", {}, "breaks off after"),
        ("/hangs_up", {}, "breaks off after"),
    ],
)
def test_half_an_answer_is_none(
    path: str, how: dict[str, float], reason: str, server: WebServer, source: Source, folders: DataFolders
) -> None:
    with pytest.raises(PartnerDownError, match=reason):
        fetch_partner(source(path, **how), folders)
    assert server.asked[path] == 3
    assert inbox(folders) == []


@pytest.mark.parametrize(
    ("path", "how", "reason"),
    [
        ("/loop", {"redirects": 4}, "redirects more than 4 times"),
        ("/elsewhere", {}, "none of the web"),
        ("/absent", {}, "404"),
        ("/forbidden", {}, "403"),
        ("/endless", {"largest": 1_000_000}, "larger than the 1000000 bytes"),
    ],
)
def test_what_will_be_the_same_next_time_is_asked_for_once(
    path: str, how: dict[str, int], reason: str, server: WebServer, source: Source, folders: DataFolders
) -> None:
    with pytest.raises(NotOfferedError, match=reason):
        fetch_partner(source(path, **how), folders)
    assert server.asked[path] == how.get("redirects", 0) + 1
    assert inbox(folders) == []


def test_a_redirect_is_followed(server: WebServer, source: Source, folders: DataFolders) -> None:
    fetch_partner(source("/moved"), folders)
    assert contents(folders) == [GOOD]


def test_a_redirect_to_another_server_is_not_followed_and_the_key_stays_here(
    server: WebServer, source: Source, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_server() as other:
        for name in ("127.0.0.1", "localhost"):  # another port of the host, and another host
            server.other = f"http://{name}:{other.port}"
            carries = {"host": server.url, "login": "gci", "password": "secret", "extra": {"X-Api-Key": "key"}}
            monkeypatch.setenv("AIRFLOW_CONN_PARTNER_WEB", json.dumps({"conn_type": "http", **carries}))
            with pytest.raises(NotOfferedError, match=r"redirects to another server, .*/data\.csv\.") as raised:
                fetch_partner(source("/to_another_host"), folders)
            assert "partner_web" in str(raised.value)
            assert "told" not in str(raised.value)
        assert other.keys == []
    assert {key for _, key, _ in server.keys} == {"key"}
    assert all(login for _, _, login in server.keys)
    assert inbox(folders) == []
    assert "another server" in recall("itu_idi", folders).failure


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        ("https://a.org/x/y?q=1", "/z", "https://a.org/z"),
        ("https://a.org/x/y", "z?k=1", "https://a.org/x/z?k=1"),
        ("https://a.org/x", "https://A.org:443/z", "https://A.org:443/z"),
        ("http://a.org/x", "https://a.org/x", "https://a.org/x"),
        ("http://a.org:80/x", "https://a.org:443/x", "https://a.org:443/x"),
        ("https://a.org/x", "//a.org/z", "https://a.org/z"),
    ],
)
def test_where_a_redirect_may_lead(url: str, location: str, target: str) -> None:
    assert next_address(url, location, "c") == target


@pytest.mark.parametrize(
    ("url", "location", "reason"),
    [
        ("https://a.org/x", "https://b.org/x", "another server"),
        ("https://a.org/x", "//b.org/x", "another server"),
        ("https://a.org/x", "https://www.a.org/x", "another server"),
        ("https://a.org/x", "https://a.org.b.org/x", "another server"),
        ("https://a.org/x", "https://a.org@b.org/x", "another server"),
        ("https://a.org/x", "https://a.org:8443/x", "another server"),
        ("http://a.org/x", "https://b.org/x", "another server"),
        ("http://a.org:8080/x", "https://a.org/x", "another server"),
        ("https://a.org/x", "http://a.org/x", "without encryption"),
        ("https://a.org/x", "http://b.org/x", "without encryption"),
        ("https://a.org/x", "file:///etc/hostname", "none of the web"),
        ("https://a.org/x", "https://[a/x", "none of the web"),
        ("https://a.org/x", "https://a.org:port/x", "none of the web"),
    ],
)
def test_where_a_redirect_may_not_lead(url: str, location: str, reason: str) -> None:
    with pytest.raises(NotOfferedError, match=reason):
        next_address(url, location, "c")


@pytest.mark.parametrize("path", ["/schema_changed", "/error_page"])
def test_what_no_longer_fits_its_contract_is_refused_and_the_last_good_file_stays(
    path: str, server: WebServer, source: Source, folders: DataFolders
) -> None:
    fetch_partner(source("/data.csv"), folders)
    assert collected(folders) == ["accepted"]
    landed = sorted((folders.landing / "partners").iterdir())
    fetch_partner(source(path), folders)
    assert collected(folders) == ["refused"]
    assert sorted((folders.landing / "partners").iterdir()) == landed


def test_pages_are_fetched_until_all_rows_are_there(server: WebServer, source: Source, folders: DataFolders) -> None:
    contract = source("/teams", "cirt_teams")
    assert contract.gather is not None
    pages = {**(contract.gather.pages or {}), "size": 2}
    fetch_partner(source("/teams", "cirt_teams", pages=pages), folders)
    assert server.asked["/teams"] == 3
    assert collected(folders, "cirt_teams") == ["accepted"]
    (landed,) = [path for path in (folders.landing / "files").iterdir() if path.suffix == ".jsonl"]
    assert landed.read_text().count('"country"') == len(TEAMS)


def test_pages_that_are_missing_refuse_the_file(server: WebServer, source: Source, folders: DataFolders) -> None:
    fetch_partner(source("/teams_lost", "cirt_teams"), folders)
    assert collected(folders, "cirt_teams") == ["refused"]


def test_two_requests_to_a_host_keep_their_distance(server: WebServer, source: Source, folders: DataFolders) -> None:
    began = time.time()
    for _ in range(3):
        fetch_partner(source("/unmarked", pause=0.3), folders)
    assert time.time() - began >= 0.6  # a lower bound


def test_nobody_listening_is_a_partner_that_is_down(
    server: WebServer, source: Source, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_PARTNER_WEB", '{"conn_type": "http", "host": "http://127.0.0.1:9"}')
    with pytest.raises(PartnerDownError, match="does not answer"):
        fetch_partner(source("/data.csv"), folders)


def test_a_connection_that_is_not_there_or_of_no_use_is_wrong_usage(
    source: Source, folders: DataFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongUsage, match="no Airflow connection nowhere"):
        fetch_partner(source("/data.csv", connection="nowhere"), folders)
    monkeypatch.setenv("AIRFLOW_CONN_OF_NO_USE", '{"conn_type": "mysql"}')
    with pytest.raises(WrongUsage, match="of the type mysql"):
        fetch_partner(source("/data.csv", connection="of_no_use"), folders)


def test_an_inbox_that_cannot_be_written_to_is_not_a_partner_that_is_down(
    server: WebServer, source: Source, folders: DataFolders
) -> None:
    (folders.inbox / "partners").mkdir(parents=True)
    (folders.inbox / "partners" / "itu_idi").write_text("a file in the place of the folder")
    with pytest.raises(Blocked, match="cannot be kept there"):
        fetch_partner(source("/data.csv"), folders)
    assert server.asked["/data.csv"] == 0


def test_what_a_killed_run_left_half_fetched_is_not_collected(
    server: WebServer, source: Source, folders: DataFolders
) -> None:
    home = folders.inbox / "partners" / "itu_idi"
    home.mkdir(parents=True)
    (home / ".half.part").write_bytes(HEADER)
    fetch_partner(source("/data.csv"), folders)
    assert collected(folders) == ["accepted"]
    assert [path.name for path in inbox(folders)] == [".half.part"]
