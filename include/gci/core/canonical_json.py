"""JSON as every document of the warehouse is written: the same value always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


def text(value: Any, plain: Callable[[Any], str] | None = None) -> str:
    """A value as JSON: keys sorted, indented by one, letters as they are, with a final newline.

    Args:
        value: dicts with text keys, lists and plain values.
        plain: gives the text of a value that JSON has no form for.

    Raises:
        TypeError: a value has no form, and `plain` gives it none.
    """
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=plain) + "\n"


def document(value: Any, plain: Callable[[Any], str] | None = None) -> bytes:
    """`text` in UTF-8. Half of a surrogate pair, which UTF-8 has no bytes for, is written as its escape."""
    return text(value, plain).encode("utf-8", "backslashreplace")
