"""The styles of the cells of a workbook: what a number is shown as, and whether what stands there is struck out."""

from __future__ import annotations

from dataclasses import dataclass

from gci.readers.archive import Archive, local
from gci.readers.number_formats import GENERAL, known_format

_LONGEST = 1_000  # characters of a number format; spreadsheet programs take 255
_OFF = ("0", "false")


@dataclass(frozen=True)
class Style:
    """How a cell shows what stands in it.

    Attributes:
        shown_as: its number format.
        struck: whether it is struck out.
    """

    shown_as: str = GENERAL
    struck: bool = False


PLAIN = Style()


def styles_of(archive: Archive, part: str | None) -> list[Style]:
    """The styles by the numbers that cells have for them; none where no part has them."""
    own: dict[str, str] = {}
    fonts: list[bool] = []  # whether it strikes out
    said: list[tuple[str, str]] = []  # number format and font of each style
    inside: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name, within = local(tag), inside[-1] if inside else ""
        if name == "numFmt":
            if len(attributes.get("formatCode", "")) > _LONGEST:
                raise archive.unusual(name)
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and within == "fonts":
            fonts.append(False)
        elif name == "strike" and inside[-2:] == ["fonts", "font"]:
            fonts[-1] = attributes.get("val", "1") not in _OFF
        elif name == "xf" and within == "cellXfs":
            said.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))
        inside.append(name)

    def end(_: str) -> None:
        inside.pop()

    if part is None:
        return []
    archive.parse(part, start, end)
    struck = {str(number) for number, strikes in enumerate(fonts) if strikes}
    return [Style(own.get(number) or known_format(number), font in struck) for number, font in said]
