"""What a page shows: what its attributes and its own styles hide is taken out before its tables are read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gci.diagnostics.problems import Report, quoted
from gci.readers.styles import Declarations, Rule, UnclearError, declarations, rules

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_TRIES = 2_000_000  # of rules at elements
_MOST_NAMED = 5
# What style sheets of everywhere call elements that are for readers of the screen's text alone, or for nobody.
_FOR_READERS = frozenset(("sr-only", "visually-hidden", "screen-reader-text"))
_CALLED_HIDDEN = frozenset(("hidden", "hide", "d-none", "is-hidden", "u-hidden", "invisible", "display-none"))
_STRUCK = frozenset(("s", "strike", "del"))
_SIDES = ("left", "top", "text-indent")
_PARTS = frozenset(("tr", "td", "th", "tbody", "thead", "tfoot", "table"))

Hidden = dict["HtmlElement", list[str]]


def leave_out_hidden(page: HtmlElement, report: Report) -> Hidden:
    """Take out of the tables of a page what it does not show.

    Hidden are elements with `hidden`, and those that a style (of their own, or of a style element of the page) says not
    to display. A cell that is only invisible keeps its place and is empty. Raises UnreadableError where it cannot be
    told whether a part of a table shows.

    Returns:
        Table → the texts that were left out of it.
    """
    left_out: Hidden = defaultdict(list)
    try:
        known = _Known(rules(str(sheet.text_content()) for sheet in page.iter("style")))
        _hide(page, known, left_out)
    except UnclearError as error:
        raise report.stop("page_hides_unclearly", found=quoted(str(error))) from None
    for sheet in list(page.iter("style")):
        sheet.drop_tree()
    return left_out


def say_what_was_left_out(table: HtmlElement, left_out: Hidden, report: Report) -> None:
    """Mention what a table that is read does not show."""
    if texts := left_out.get(table, []):
        more = f" and {len(texts) - _MOST_NAMED} more" if len(texts) > _MOST_NAMED else ""
        named = ", ".join(map(quoted, texts[:_MOST_NAMED])) + more
        report.add("page_hides", found=named, count=len(texts))


def _hide(page: HtmlElement, known: _Known, left_out: Hidden) -> None:
    from lxml import etree

    gone: list[HtmlElement] = []
    inside: set[HtmlElement] = set()  # of what is gone
    unseen: set[HtmlElement] = set()
    for element in page.iter(etree.Element):
        above = element.getparent()
        if above in inside:
            inside.add(element)
            continue
        said = known.of(element)
        if _is_struck(element, said) and str(element.text_content()).strip() and _in_table(element):
            raise UnclearError(f"struck out: {' '.join(str(element.text_content()).split())[:60]}")
        if element.tag in ("col", "colgroup") and said.get("visibility") == "collapse":
            raise UnclearError("a column that is collapsed")
        if _is_gone(element, said):
            gone.append(element)
            inside.add(element)
        elif _is_unseen(said, above in unseen):
            unseen.add(element)
        if above in unseen:
            element.tail = None
    for element in gone:
        _note(element, left_out, str(element.text_content()))
        element.drop_tree()
    for element in unseen:
        _note(element, left_out, element.text or "")
        element.text = None


def _is_struck(element: HtmlElement, said: dict[str, str]) -> bool:
    """Whether the text of an element is struck out, as what holds no longer is."""
    styled = said.get("text-decoration", "") + said.get("text-decoration-line", "")
    return element.tag in _STRUCK or "line-through" in styled


def _in_table(element: HtmlElement) -> bool:
    return next(element.iterancestors("table"), None) is not None


def _note(element: HtmlElement, left_out: Hidden, text: str) -> None:
    table = next(element.iterancestors("table"), None)
    if table is not None and text.strip():
        left_out[table].append(" ".join(text.split()))


def _is_gone(element: HtmlElement, said: dict[str, str]) -> bool:
    """Whether an element is not there for whoever looks at the page."""
    classes = set((element.get("class") or "").split())
    if element.tag in ("tr", "tbody") and "collapse" in classes and not classes & {"show", "in"}:
        raise UnclearError("class collapse")  # rows that unfold when one asks for them
    if "display" not in said and "visibility" not in said and element.tag in _PARTS and classes & _CALLED_HIDDEN:
        raise UnclearError(f"class {' '.join(sorted(classes & _CALLED_HIDDEN))}")
    display = said.get("display", "none" if element.get("hidden") is not None else "")
    return (
        display == "none"
        or (element.tag == "dialog" and element.get("open") is None and not display)
        or (said.get("visibility") == "collapse" and element.tag in _PARTS - {"td", "th"})
        or (not said and element.tag not in _PARTS and bool(classes & (_FOR_READERS | _CALLED_HIDDEN)))
        or _is_elsewhere(said)
    )


def _is_elsewhere(said: dict[str, str]) -> bool:
    """Whether an element is cut to nothing, or moved off the page."""
    return (
        said.get("clip", "").replace(" ", "").startswith(("rect(0", "rect(1px"))
        or said.get("clip-path", "").replace(" ", "").startswith(("inset(50%", "inset(100%", "circle(0"))
        or any(said.get(side, "").startswith("-") and len(said[side]) > len("-999px") for side in _SIDES)
    )


def _is_unseen(said: dict[str, str], above: bool) -> bool:
    """Whether an element keeps its place and shows nothing."""
    if said.get("color") == "transparent":
        return True
    if said.get("opacity") in ("0", "0%", "0.0") or said.get("font-size", "").rstrip("pxemrt%") == "0":
        return True
    if "visibility" in said:
        return said["visibility"] in ("hidden", "collapse")
    return above


class _Known:
    """The rules of a page by what their last step asks for, so that few are tried for an element."""

    def __init__(self, found: list[Rule]) -> None:
        self._by: dict[str, list[Rule]] = defaultdict(list)
        self._tried = 0
        for rule in found:
            last = rule.steps[-1][1]
            key = f"#{last.ids[0]}" if last.ids else f".{last.classes[0]}" if last.classes else last.tag
            self._by[key].append(rule)

    def of(self, element: HtmlElement) -> dict[str, str]:
        """Property → value, of those that say what is shown. Raises UnclearError within tables."""
        own = declarations(element.get("style") or "")
        keys = ["", str(element.tag), f"#{element.get('id')}"]
        keys += [f".{name}" for name in (element.get("class") or "").split()]
        tried = [rule for key in dict.fromkeys(keys) for rule in self._by.get(key, ())]
        if not tried and not own:
            return {}
        self._tried += len(tried)
        if self._tried > MOST_TRIES:
            raise UnclearError(f"rules for its elements that are tried more than {MOST_TRIES} times")
        fitting = [rule for rule in tried if self._fits(rule, element)]
        return _winning([(rule.weight, rule.declared) for rule in fitting] + [((1 << 30, 0, 0, 0), own)])

    def _fits(self, rule: Rule, element: HtmlElement) -> bool:
        try:
            return rule.fits(element)
        except UnclearError:
            if element.tag == "table" or next(element.iterancestors("table"), None) is not None:
                raise
            return False


def _winning(said: list[tuple[tuple[int, int, int, int], Declarations]]) -> dict[str, str]:
    """Of each property the value that counts: an important one, then the heaviest, then the last."""
    best: dict[str, tuple[bool, tuple[int, int, int, int], str]] = {}
    for weight, declared in said:
        for name, (important, value) in declared.items():
            if name not in best or (important, weight) > best[name][:2]:
                best[name] = (important, weight, value)
    return {name: value for name, (_, _, value) in best.items()}
