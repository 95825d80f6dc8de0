"""A page that Typst refuses is a clear no."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gci.core.errors import Blocked
from gci.core.typesetting import pdf

AT = datetime(2024, 1, 1, tzinfo=UTC)


def test_what_typst_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.typ").write_text('#set document(title: "x")\n#nothing-of-that-name', encoding="utf-8")
    with pytest.raises(Blocked, match=r"The page of a test cannot be made: unknown variable"):
        pdf(tmp_path / "page.typ", {}, AT, "The page of a test")


def test_a_letter_that_no_font_has_is_no_blank(tmp_path: Path) -> None:
    text = '#set document(title: "x")\n#set text(lang: "en")\n#json(bytes(sys.inputs.told)).word'
    (tmp_path / "page.typ").write_text(text, encoding="utf-8")
    assert pdf(tmp_path / "page.typ", {"word": "Türkiye"}, AT, "The page of a test", own_fonts=True)
    with pytest.raises(Blocked):
        pdf(tmp_path / "page.typ", {"word": "中"}, AT, "The page of a test", own_fonts=True)
