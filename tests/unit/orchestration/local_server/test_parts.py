"""What each part of the server is told of its own."""

from __future__ import annotations

from gci.orchestration.local_server.parts import parts, settings_of
from gci.orchestration.settings import DATABASE


def test_the_api_server_alone_does_not_wait_long_for_sqlite() -> None:
    together = {DATABASE: "sqlite:////srv/gci/airflow/airflow.db?timeout=60", "OTHER": "1"}
    told = {part.name: settings_of(part, together) for part in parts("localhost", 8080)}
    short = told.pop("api-server")
    assert short == together | {DATABASE: "sqlite:////srv/gci/airflow/airflow.db?timeout=5"}
    assert all(one == together for one in told.values())


def test_an_operators_own_database_is_left_as_it_is() -> None:
    together = {DATABASE: "postgresql://airflow@db/airflow"}
    assert [settings_of(part, together) for part in parts("localhost", 8080)] == [together] * 4
