"""What is left out of dbt is what nobody reads: events, tables and testers are those that dbt makes by itself."""

from __future__ import annotations

from typing import Any

import pytest
from dbt.adapters.events.types import SQLQuery
from dbt.clients.jinja import MacroGenerator
from dbt.events.types import MainReportVersion
from dbt_common.clients import agate_helper
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.logger import LoggerConfig
from dbt_common.events.types import Formatting, Note

from gci.build import dbt_engine
from gci.build.dbt_lean import DBT_OWN

assert callable(dbt_engine.build)  # importing it is what leaves things out
EVENTS: tuple[tuple[type[BaseEvent], dict[str, Any]], ...] = (
    (SQLQuery, {"conn_name": "one", "sql": "select 1", "node_info": {"node_name": "answers", "meta": {}}}),
    (MainReportVersion, {"version": "1", "log_version": 3}),
    (Note, {"msg": "noted"}),
)


class Heard(EventManager):
    """Keeps what reaches a log, and what reaches a callback."""

    def __init__(self, level: EventLevel) -> None:
        super().__init__()
        self.told: list[Any] = []
        self.add_callback(self.told.append)
        self.add_logger(LoggerConfig(name=f"heard_{level.value}", level=level))


@pytest.mark.parametrize(("kind", "said"), EVENTS)
def test_an_event_says_what_dbt_has_it_say(kind: type[BaseEvent], said: dict[str, Any]) -> None:
    event, own = kind(**said), kind.__new__(kind)
    DBT_OWN["init"](own, **said)
    assert event.pb_msg == own.pb_msg
    assert event.message() == own.message()
    assert event.to_dict() == own.to_dict()


def test_what_is_written_to_an_event_is_in_its_message() -> None:
    event = SQLQuery(conn_name="one", sql="select 1")
    event.sql = "select 2"
    assert event.to_dict()["sql"] == "select 2"
    with pytest.raises(AttributeError):
        event.no_such  # noqa: B018


def test_events_for_debugging_reach_only_logs_that_take_them_and_all_others_reach_all() -> None:
    for level, heard in ((EventLevel.INFO, 4), (EventLevel.DEBUG, 5)):
        manager = Heard(level)
        manager.fire_event(SQLQuery(conn_name="one", sql="select 1"))
        manager.fire_event(SQLQuery(conn_name="one", sql="select 1"), level=EventLevel.INFO)
        manager.fire_event(Note(msg="noted"))
        manager.fire_event(Note(msg="noted"), level=EventLevel.WARN)
        manager.fire_event(Formatting("="), level=EventLevel.INFO)
        assert len(manager.told) == heard
        assert manager.told[-4].data.sql == "select 1"


def test_rows_have_the_types_that_dbt_gives_them() -> None:
    rows = [{"a": "1", "b": 1, "c": None}, {"a": "null", "b": 2, "c": "2020-01-01"}]
    tables = [agate_helper.table_from_data_flat(rows, ["a", "b", "c"]) for _ in range(2)]
    own = DBT_OWN["testers"]({"a", "c"}, ())
    for table in tables:
        assert [type(kind) for kind in table.column_types] == [type(kind) for kind in own.run([["1", 1, None]], "abc")]
        assert [list(row.values()) for row in table.rows] == [["1", 1, None], ["null", 2, "2020-01-01"]]
    assert agate_helper.empty_table().column_names == DBT_OWN["empty"]().column_names


def test_a_callable_macro_knows_what_dbt_has_it_know() -> None:
    macro, context, node, stack = object(), {"a": 1}, object(), object()
    for given in ((macro, context, node, stack), (macro,)):
        made, own = MacroGenerator(*given), MacroGenerator.__new__(MacroGenerator)  # type: ignore[arg-type]
        DBT_OWN["callable"](own, *given)
        assert vars(made) == vars(own)
