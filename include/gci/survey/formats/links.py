"""What a cell for evidence leads to: the address that it shows, or the one that lies behind what it shows."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from gci.diagnostics.problems import At, Report, quoted
from gci.readers.sheet import Cell
from gci.survey.texts import well_formed

_BEHIND = ".,;:)]"  # what stands behind an address and is no part of it
_HYPERLINK = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[,;].*)?\)\s*', re.IGNORECASE | re.DOTALL)


def link_of_cell(cell: Cell | None, target: str, at: At, report: Report) -> str | None:
    """The link of a cell whose address lies behind what it shows.

    Args:
        cell: what stands in the cell; None where nothing does.
        target: the address that the cell leads to when it is clicked; '' where it leads nowhere.
        at: its place, for the report.
        report: is told where the address is not the one that the cell shows.

    Returns:
        The address that lies behind the cell, '' where it contradicts the one shown; None where the cell is to be taken
        as it stands.
    """
    shown, formula, struck = ("", None, False) if cell is None else (cell.text, cell.formula, cell.struck)
    if formula is not None:
        written = _HYPERLINK.fullmatch(formula)
        if written is None:
            return None  # another formula, which is not run
        target = written.group(1).replace('""', '"')
        if not well_formed(target.strip()):
            return None
    target = target.strip()
    same = _same(shown, target)
    if not target or struck:
        return None
    if shown == target or (same and well_formed(shown)):
        return None if formula is None else shown
    if target.rstrip("/") in shown and formula is None and not well_formed(shown):
        return None  # among other words
    if not well_formed(target):
        if not well_formed(shown):
            report.add("link_leads_elsewhere", at, found=quoted(target), shown=quoted(shown))
        return None
    if _is_address(shown) and not _same(shown.rstrip(_BEHIND), target):
        report.add("link_of_two_addresses", at, found=quoted(shown), target=quoted(target))
        return ""
    report.add("link_behind_text", at, found=quoted(shown), target=quoted(target))
    return target


def _is_address(text: str) -> bool:
    """Whether a text is, or begins, like a web address, be it a shortened one."""
    return well_formed(text) or bool(re.match(r"(https?://|www\.)\S", text, re.IGNORECASE))


def _same(shown: str, target: str) -> bool:
    """Whether both are the same address, written alike but for what makes no difference."""
    return shown == target or (bool(shown) and _plain(shown) == _plain(target))


def _plain(address: str) -> tuple[str, str]:
    written = address.strip() if "://" in address else f"//{address.strip()}"
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
        host += f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return "", written
    rest = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return host, unquote(rest) + (f"#{parts.fragment}" if parts.fragment else "")
