"""Great Expectations, asked once for what an expectation says instead of once for each of its arguments.

`Expectation.configuration` makes a whole new description of the expectation at each look, and the methods below look at
it again for every key: some hundred thousand times at a gate, a third of all that GX does there. Here they look once,
and at the arguments alone. And GX makes JSON of the arguments of each metric, piece by piece, to tell metrics apart:
here only where they are not JSON as they are.
They give what GX's own give; a test holds the two against each other on every kind of expectation that suites have.
"""

from __future__ import annotations

from typing import Any

from great_expectations.core import id_dict
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import parse_result_format

GX_OWN = {
    name: getattr(Expectation, name) for name in ("_get_domain_kwargs", "_get_success_kwargs", "_get_runtime_kwargs")
}
"""The methods as GX has them."""
GX_TO_JSON = id_dict.convert_to_json_serializable

_BESIDE = ("meta", "notes", "description", "severity", "id", "rendered_content")  # of a description, beside its kwargs


def look_once() -> None:
    """From now on, in this process."""
    for name, method in zip(GX_OWN, (_domain_kwargs, _success_kwargs, _runtime_kwargs), strict=True):
        setattr(Expectation, name, method)
    id_dict.convert_to_json_serializable = _to_json


def _kwargs(self: Any) -> dict[str, Any]:
    """`configuration.kwargs`."""
    said: dict[str, Any] = self.dict(exclude_defaults=True)
    return {name: value for name, value in said.items() if name not in _BESIDE}


def _of(self: Any, keys: Any, said: dict[str, Any]) -> dict[str, Any]:
    return {key: said.get(key, self._get_default_value(key)) for key in keys}


def _domain_kwargs(self: Any) -> dict[str, Any]:
    return _of(self, self.domain_keys, _kwargs(self))


def _success_kwargs(self: Any) -> dict[str, Any]:
    said = _kwargs(self)
    return _of(self, self.success_keys, said) | _of(self, self.domain_keys, said)


def _runtime_kwargs(self: Any, runtime_configuration: dict[str, Any] | None = None) -> dict[str, Any]:
    given, said = runtime_configuration or {}, _kwargs(self)
    found = {key: given[key] if key in given else said.get(key, _plain_default(self, key)) for key in self.runtime_keys}
    found |= _of(self, self.success_keys, said) | _of(self, self.domain_keys, said)
    found["result_format"] = parse_result_format(found["result_format"])
    return found


def _plain_default(self: Any, key: str) -> Any:
    field = self.__fields__.get(key)
    return field.default if field is not None and not field.required else None


def _to_json(data: Any) -> Any:
    return data if _is_json(data) else GX_TO_JSON(data)


def _is_json(data: Any) -> bool:
    if isinstance(data, dict):
        return all(type(key) is str and _is_json(value) for key, value in data.items())
    return all(map(_is_json, data)) if type(data) is list else data is None or type(data) in (str, int, bool)
