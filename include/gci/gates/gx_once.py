"""Great Expectations, asked once for what an expectation says instead of once for each of its arguments.

`Expectation.configuration` makes a whole new description of the expectation at each look, and the methods below look at
it again for every key: some hundred thousand times at a gate, a third of all that GX does there. Here they look once.
They give what GX's own give; a test holds the two against each other on every kind of expectation that suites have.
"""

from __future__ import annotations

from typing import Any

from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import parse_result_format

GX_OWN = {
    name: getattr(Expectation, name) for name in ("_get_domain_kwargs", "_get_success_kwargs", "_get_runtime_kwargs")
}
"""The methods as GX has them."""


def look_once() -> None:
    """From now on, in this process."""
    for name, method in zip(GX_OWN, (_domain_kwargs, _success_kwargs, _runtime_kwargs), strict=True):
        setattr(Expectation, name, method)


def _of(self: Any, keys: Any, said: dict[str, Any]) -> dict[str, Any]:
    return {key: said.get(key, self._get_default_value(key)) for key in keys}


def _domain_kwargs(self: Any) -> dict[str, Any]:
    return _of(self, self.domain_keys, self.configuration.kwargs)


def _success_kwargs(self: Any) -> dict[str, Any]:
    said = self.configuration.kwargs
    return _of(self, self.success_keys, said) | _of(self, self.domain_keys, said)


def _runtime_kwargs(self: Any, runtime_configuration: dict[str, Any] | None = None) -> dict[str, Any]:
    given, said = runtime_configuration or {}, self.configuration.kwargs
    found = {key: given[key] if key in given else said.get(key, _plain_default(self, key)) for key in self.runtime_keys}
    found |= _of(self, self.success_keys, said) | _of(self, self.domain_keys, said)
    found["result_format"] = parse_result_format(found["result_format"])
    return found


def _plain_default(self: Any, key: str) -> Any:
    field = self.__fields__.get(key)
    return field.default if field is not None and not field.required else None
