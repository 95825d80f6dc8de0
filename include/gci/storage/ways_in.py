"""`published/latest/`: pages that lead to the newest vintage, beside the releases, which never change.

/latest/<language>/… leads to the newest edition, /latest/<edition>/<language>/… to the newest vintage of an edition and
/latest/partners/… to that of partner data. A page that was signed before cannot know what is newer: it leads to the
second, and where a web server shows it its script asks latest.json.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gci.core.atomic_file import READ_ONLY, write_all_over
from gci.core.lines import PARTNERS
from gci.core.paths import DataFolders
from gci.reference.labels import LANGUAGES
from gci.storage.release_log import Release

WAYS = "latest"
_INDEX = "index.html"
_WAY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={there}">\
<link rel="canonical" href="{there}"><title>GCI</title></head>
<body><p><a href="{there}">GCI</a></p></body></html>
"""


class Vintage(NamedTuple):
    """The pages of one vintage.

    Attributes:
        home: its folder, below the one that has latest/.
        pages: its pages, below that folder.
    """

    home: str
    pages: Sequence[str]


def ways(lines: Mapping[str, Sequence[Vintage]]) -> dict[str, str]:
    """The pages of latest/.

    Args:
        lines: per edition (or `partners`) its vintages with pages, oldest first.

    Returns:
        Text by path beside the releases. Where the newest vintage has no such page as an older one, its front page in
        that language is meant, or in its first one.
    """
    told: dict[str, str] = {}
    with_pages = {line: there for line, vintages in lines.items() if (there := [one for one in vintages if one.pages])}
    for line, vintages in with_pages.items():
        for name in dict.fromkeys(name for one in vintages for name in one.pages):
            _lead(told, f"{WAYS}/{line}/{name}", name, vintages[-1])
    newest = max((line for line in with_pages if line != PARTNERS), default=None)
    for line in [newest] if newest else []:
        for name in dict.fromkeys(name for one in with_pages[line] for name in one.pages):
            _lead(told, f"{WAYS}/{name}", name, with_pages[line][-1])
        _lead(told, f"{WAYS}/{_INDEX}", _INDEX, with_pages[line][-1])
    return told


def is_page(name: str) -> bool:
    """Whether a file of a release is a page of an address, by its path in the release."""
    return name.partition("/")[0] in LANGUAGES and posixpath.basename(name) == _INDEX


def write_ways(there: Iterable[Release], folders: DataFolders) -> None:
    """Write latest/ of the releases, what is not so already; an address that leads somewhere leads there all the time.

    Raises OSError when the disk refuses.
    """
    lines: dict[str, list[Vintage]] = {}
    (folders.published / WAYS).mkdir(exist_ok=True)
    for one in there:
        pages = sorted(name for name in one.document["files"] if is_page(name))
        lines.setdefault(one.edition, []).append(Vintage(f"{one.edition}/v{one.vintage}", pages))
    write_all_over({folders.published / name: text.encode() for name, text in ways(lines).items()}, READ_ONLY)


def _lead(told: dict[str, str], address: str, name: str, newest: Vintage) -> None:
    front = f"{name.partition('/')[0]}/{_INDEX}"
    page = next((one for one in (name, front) if one in newest.pages), None)
    page = page or next(f"{code}/{_INDEX}" for code in LANGUAGES if f"{code}/{_INDEX}" in newest.pages)
    told[address] = _WAY.format(there=posixpath.relpath(f"{newest.home}/{page}", posixpath.dirname(address)))
