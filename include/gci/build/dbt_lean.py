"""dbt without what it makes again at every statement, and nobody here reads: a third of what it does in a build.

| dbt | here |
|---|---|
| makes a message of every event for debugging, whatever its logs take | of those that a log takes, or that are raised |
| makes the testers of types for every result of a statement | once for each list of columns of text |
| makes six hundred macros callable for each node, by three constructors each | by one |
| writes what it has parsed for a partial parse, also where it was told to do none | not then |

A test holds messages and tables against dbt's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from dbt.clients.jinja import MacroGenerator
from dbt.flags import get_flags
from dbt.parser.manifest import ManifestLoader
from dbt_common.clients import agate_helper
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager

DBT_OWN: dict[str, Any] = {
    "init": BaseEvent.__init__,
    "getattr": BaseEvent.__getattr__,
    "setattr": BaseEvent.__setattr__,
    "fire": EventManager.fire_event,
    "testers": agate_helper.build_type_tester,
    "empty": agate_helper.empty_table,
    "callable": MacroGenerator.__init__,
    "write": ManifestLoader.write_manifest_for_partial_parse,
}
"""What dbt has in their place."""

_SAID = "said_of_it"


def leave_out() -> None:
    """From now on, in this process."""
    BaseEvent.__init__ = _init
    BaseEvent.__getattr__ = _getattr
    BaseEvent.__setattr__ = _setattr
    EventManager.fire_event = _fire
    agate_helper.build_type_tester = _testers
    agate_helper.empty_table = cache(DBT_OWN["empty"])
    MacroGenerator.__init__ = _callable
    ManifestLoader.write_manifest_for_partial_parse = _write


def _init(self: Any, *args: Any, **said: Any) -> None:
    if args or self.level_tag() is not EventLevel.DEBUG:
        DBT_OWN["init"](self, *args, **said)
    else:
        self.__dict__[_SAID] = said


def _made(self: Any) -> None:
    """Make the message of an event that somebody reads after all."""
    said = self.__dict__.pop(_SAID, None)
    if said is not None:
        DBT_OWN["init"](self, **said)


def _getattr(self: Any, key: str) -> Any:
    _made(self)
    return self.__dict__["pb_msg"] if key == "pb_msg" and "pb_msg" in self.__dict__ else DBT_OWN["getattr"](self, key)


def _setattr(self: Any, key: str, value: Any) -> None:
    if key != "pb_msg":
        _made(self)
    DBT_OWN["setattr"](self, key, value)


def _fire(self: Any, e: Any, level: Any = None, node: Any = None, force_warn_or_error_handling: bool = False) -> None:
    debugging = (level or e.level_tag()) is EventLevel.DEBUG
    # dbt's callbacks, and ours, read nothing of this level.
    if force_warn_or_error_handling or not debugging or any(log.level is EventLevel.DEBUG for log in self.loggers):
        DBT_OWN["fire"](self, e, level, node, force_warn_or_error_handling)


def _testers(text_columns: Iterable[str], string_null_values: Iterable[str] | None = ("null", "")) -> Any:
    return _tester(frozenset(text_columns), None if string_null_values is None else tuple(string_null_values))


@lru_cache(maxsize=1000)
def _tester(text_columns: frozenset[str], string_null_values: tuple[str, ...] | None) -> Any:
    return DBT_OWN["testers"](text_columns, string_null_values)


def _callable(self: Any, macro: Any, context: Any = None, node: Any = None, stack: Any = None) -> None:
    self.context = context
    self.macro = macro
    self.node = node
    self.stack = stack


def _write(self: Any) -> None:
    if get_flags().PARTIAL_PARSE:
        DBT_OWN["write"](self)
