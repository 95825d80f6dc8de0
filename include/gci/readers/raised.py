"""Digits raised above the line, as marks of notes and powers are: no number is read of them and what is before."""

from __future__ import annotations

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str, before: str) -> str:
    """A raised text behind another one; its digits are written as raised ones where they would go on a number."""
    return text.translate(_RAISED) if before.rstrip()[-1:].isdigit() else text
