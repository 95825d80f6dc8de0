"""The report for the sender of a refused file."""

from __future__ import annotations

from html.parser import HTMLParser

from gci.collect.report import as_html
from gci.records import Problem, Receipt

HOSTILE = "<img src=x onerror=alert(1)>\"'&"


class Page(HTMLParser):
    """Collects tags and attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def receipt() -> Receipt:
    problem = Problem("error", "item_unknown", f"{HOSTILE} is no item. Delete it.", HOSTILE, 7, HOSTILE, HOSTILE)
    return Receipt(
        "0" * 64, "survey", HOSTILE, "refused", "2026-01-05", "2026-01-04", "2024", "EST", problems=(problem,)
    )


def test_texts_of_the_file_stay_texts() -> None:
    page = Page(as_html(receipt()))
    assert "img" not in page.tags
    assert "script" not in page.tags
    assert page.words.count(HOSTILE) >= 5


def test_the_page_loads_nothing() -> None:
    page = Page(as_html(receipt()))
    assert not {"link", "img", "iframe", "object", "embed"} & set(page.tags)
    assert not [value for name, value in page.attributes if name in ("src", "href", "srcset")]
    assert "url(" not in as_html(receipt())


def test_place_and_advice_are_shown() -> None:
    page = Page(as_html(receipt()))
    assert "7" in page.words
    assert "is no item. Delete it." in page.words
    assert "To correct: 1. To know of: 0." in page.words


def test_the_same_receipt_gives_the_same_page() -> None:
    assert as_html(receipt()) == as_html(receipt())
