"""The rules of a page's style elements, as far as they say what is shown: CSS selectors → which elements they match."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_RULES = 5_000
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_IMPORTANT = re.compile(r"! ?important")
_PART = re.compile(
    r"""(?P<tag>[a-zA-Z][\w-]*|\*)|\#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)|\[\s*(?P<attr>[\w-]+)\s*
    (?:=\s*["']?(?P<value>[^"'\]]*?)["']?\s*)?\]|(?P<pseudo>::?[\w-]+)(?:\((?P<of>[^()]*)\))?""",
    re.VERBOSE,
)
_BRACE = re.compile("[{}]")
_TOGETHER = {ord(mark): number for number, mark in enumerate(" \t\n\r\f+~>")}  # within brackets: no end of a step
_APART = {number: mark for mark, number in _TOGETHER.items()}
_DEEPEST = 5  # blocks within blocks
_MOST_COUNTED = 5_000
_NTH = re.compile(r"(?:(?P<a>[+-]?\d*)n\s*)?(?P<b>[+-]?\s*\d+)?")
# States that a page has only while somebody points at it, and boxes that are no elements of it.
_PASSING = frozenset(
    f":{name}"
    for name in (
        *("hover", "focus", "focus-within", "focus-visible", "active", "visited", "target", "checked", "disabled"),
        *("before", "after", ":before", ":after", ":placeholder", ":marker", ":selection", ":first-line"),
    )
)
_SHOWING = ("display", "visibility", "opacity", "font-size", "clip", "clip-path", "left", "top", "text-indent")
# Said of nearly everything; with these values alone it says what is shown.
_RARELY = {"color": "transparent", "text-decoration": "line-through", "text-decoration-line": "line-through"}


class UnclearError(Exception):
    """A selector that is not followed here. The message is the selector."""


Declarations = dict[str, tuple[bool, str]]
"""Property → whether it is marked important, and its value."""


@dataclass(frozen=True)
class Compound:
    """The conditions that one element must meet.

    Attributes:
        tag: its name; '' for any.
        ids, classes: that it has.
        attributes: that it has, each with its value or None for any.
        places: `first-child`, `last-child` or the argument of nth-child.
        unlike: conditions that it must not meet.
        unclear: whether there are conditions besides that are not followed.
    """

    tag: str
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    attributes: tuple[tuple[str, str | None], ...]
    places: tuple[str, ...]
    unlike: tuple[Compound, ...]
    unclear: bool

    def fits(self, element: HtmlElement) -> bool:
        """Whether an element meets the conditions that are followed."""
        return (
            self.tag in ("", element.tag)
            and all(element.get("id") == one for one in self.ids)
            and (not self.classes or set(self.classes) <= set((element.get("class") or "").split()))
            and all(_says(element, name, said) for name, said in self.attributes)
            and all(_stands(element, place) for place in self.places)
            and not any(one.fits(element) for one in self.unlike)
        )


@dataclass(frozen=True)
class Rule:
    """One selector with what it says.

    Attributes:
        selector: as it is written.
        steps: compounds from the outermost to that of the element itself, each with how it follows: ' ' or '>'.
        weight: ids, classes and tags in it, and its place among all rules: the greater one counts.
        declared: what it says.
    """

    selector: str
    steps: tuple[tuple[str, Compound], ...]
    weight: tuple[int, int, int, int]
    declared: Declarations

    def fits(self, element: HtmlElement) -> bool:
        """Whether the rule is for this element. Raises UnclearError where that cannot be told."""
        if not _matches(self.steps, len(self.steps) - 1, element):
            return False
        if any(step.unclear for _, step in self.steps):
            raise UnclearError(self.selector)
        return True


def _is_about(name: str, value: str) -> bool:
    """Whether a declaration says what is shown."""
    return name in _SHOWING or (name in _RARELY and _RARELY[name] in value)


def rules(sheets: Iterable[str]) -> list[Rule]:
    """The rules of style sheets that say what is shown. Raises UnclearError when they are too many."""
    found: list[Rule] = []
    for selectors, said in _blocks(_COMMENT.sub(" ", "\n".join(sheets))):
        declared = {name: one for name, one in declarations(said).items() if _is_about(name, one[1])}
        for selector in selectors.split(",") if declared else ():
            steps = _steps(selector.strip())
            if steps is not None:
                found.append(Rule(selector.strip(), steps, (*_weight(steps), len(found)), declared))
        if len(found) > MOST_RULES:
            raise UnclearError(f"more than {MOST_RULES} rules")
    return found


def declarations(said: str) -> Declarations:
    """What a block or a style attribute declares."""
    found: Declarations = {}
    for one in _ESCAPED.sub(_character, _COMMENT.sub(" ", said)).split(";"):
        name, colon, value = one.partition(":")
        if colon:
            plain, important = _IMPORTANT.subn("", " ".join(value.lower().split()))
            found[name.strip().lower()] = (bool(important), plain.strip())
    return found


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if 0 < code <= sys.maxunicode else "\ufffd"


def _blocks(sheet: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule, also within blocks (@media) that count for a wide screen."""
    if depth > _DEEPEST:
        raise UnclearError("blocks within blocks")
    place = 0
    while (brace := sheet.find("{", place)) >= 0:
        head = sheet[place:brace].rpartition(";")[2].strip()
        inside, place = _inside(sheet, brace + 1)
        if not head.startswith("@"):
            yield head, inside
        elif _applies(head):
            yield from _blocks(inside, depth + 1)


def _inside(sheet: str, place: int) -> tuple[str, int]:
    """What stands in the block that begins at `place`, and where it ends."""
    begin, still_open = place, 1
    for mark in _BRACE.finditer(sheet, place):
        still_open += 1 if mark[0] == "{" else -1
        if not still_open:
            return sheet[begin : mark.start()], mark.end()
    return sheet[begin:], len(sheet)


def _applies(condition: str) -> bool:
    """Whether an @ block counts for somebody who looks at the page on a wide screen."""
    words = condition.lower()
    return words.strip().startswith(("@media", "@supports", "@layer")) and not any(
        word in words for word in ("print", "max-width", "speech")
    )


def _steps(selector: str) -> tuple[tuple[str, Compound], ...] | None:
    """A selector's compounds; None where it is for passing states alone."""
    found: list[tuple[str, Compound]] = []
    follows = " "
    siblings = False
    for word in re.sub(r"\s*([>+~])\s*", r" \1 ", _joined(selector)).split():
        if word == ">":
            follows = word
        elif word in ("+", "~"):
            found, siblings = [], True
        else:
            compound = _compound(word.translate(_APART))
            if compound is None:
                return None
            found.append((follows, replace(compound, unclear=compound.unclear or siblings)))
            follows = " "
    return tuple(found) or None


def _joined(selector: str) -> str:
    """The selector with its arguments and attributes in one piece each."""
    return re.sub(r"\([^()]*\)|\[[^\]]*\]", lambda one: one[0].translate(_TOGETHER), selector)


def _compound(text: str) -> Compound | None:
    """The conditions of a compound selector; None where they hold in passing states alone."""
    found: dict[str, list[Any]] = {"tag": [], "id": [], "cls": [], "attr": [], "place": [], "not": []}
    place, unclear = 0, False
    while place < len(text):
        part = _PART.match(text, place)
        if part is None:
            unclear = True
            break
        place = part.end()
        if part["pseudo"] in _PASSING:
            return None
        if part["pseudo"]:
            unclear |= not _pseudo(part["pseudo"], (part["of"] or "").strip(), found)
        elif part["attr"]:
            found["attr"].append((part["attr"].lower(), part["value"]))
        elif part[0] != "*":
            name = next(name for name in ("tag", "id", "cls") if part[name])
            found[name].append(part[name].lower() if name == "tag" else part[name])
    unclear |= any(one.unclear for one in found["not"])
    tag, *rest = (*found["tag"], "")
    ids, classes, attributes, places, unlike = (tuple(found[name]) for name in ("id", "cls", "attr", "place", "not"))
    return Compound(tag, ids, classes, attributes, places, unlike, unclear or len(rest) > 1)


def _pseudo(name: str, of: str, found: dict[str, list[Any]]) -> bool:
    """Note what a pseudo-class asks for; False where that is not followed."""
    if name in (":first-child", ":last-child"):
        found["place"].append(name[1:])
    elif name == ":nth-child" and _NTH.fullmatch(_nth(of)):
        found["place"].append(_nth(of))
    elif name == ":not" and (inner := _compound(of)) is not None:
        found["not"].append(inner)
    else:
        return False
    return True


def _says(element: HtmlElement, name: str, said: str | None) -> bool:
    """Whether an element has an attribute, of this value where one is asked for."""
    found = element.get(name)
    return found is not None and said in (None, found)


def _nth(said: str) -> str:
    return {"odd": "2n+1", "even": "2n"}.get(said.strip().lower(), said.replace(" ", "").lower())


def _stands(element: HtmlElement, place: str) -> bool:
    if place == "last-child":
        return element.getnext() is None
    above = element.getparent()
    if above is not None and len(above) > _MOST_COUNTED:
        raise UnclearError(f"nth-child({place}) of more than {_MOST_COUNTED} elements")
    number = 1 if above is None else 1 + above.index(element)
    if place == "first-child":
        return number == 1
    said = _NTH.fullmatch(place)
    if said is None:
        return False
    offset = int(said["b"] or 0)
    if said["a"] is None:
        return number == offset
    each = int(said["a"]) if said["a"] not in ("", "+", "-") else int(f"{said['a']}1")
    return number == offset if each == 0 else (number - offset) % each == 0 and (number - offset) // each >= 0


def _weight(steps: Iterable[tuple[str, Compound]]) -> tuple[int, int, int]:
    parts = [one for _, step in steps for one in (step, *step.unlike)]
    return (
        sum(len(one.ids) for one in parts),
        sum(len(one.classes) + len(one.attributes) + len(one.places) for one in parts),
        sum(bool(one.tag) for one in parts),
    )


def _matches(steps: tuple[tuple[str, Compound], ...], last: int, element: HtmlElement) -> bool:
    """Whether an element stands where the steps up to `last` say."""
    follows, compound = steps[last]
    if not compound.fits(element):
        return False
    if last == 0:
        return True
    if follows == ">":
        outer = element.getparent()
    else:  # the nearest that fits
        outer = next((one for one in element.iterancestors() if steps[last - 1][1].fits(one)), None)
    return outer is not None and _matches(steps, last - 1, outer)
