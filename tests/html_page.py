"""A page taken apart: its tags, its attributes, its words."""

from __future__ import annotations

from html.parser import HTMLParser

_LOADING = {"link", "img", "iframe", "object", "embed", "script", "audio", "video", "source", "base"}


class Page(HTMLParser):
    """Collects tags, attributes and words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self._text = text
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data

    def loads(self) -> list[str]:
        """What on the page would fetch or run something."""
        found = [tag for tag in self.tags if tag in _LOADING]
        found += [f"{name}={value}" for name, value in self.attributes if name in ("src", "srcset", "href")]
        found += [name for name, _ in self.attributes if name.startswith("on")]
        return found + [said for said in ("url(", "@import") if said in self._text.casefold()]
