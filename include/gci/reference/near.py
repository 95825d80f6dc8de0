"""What somebody may have meant by a name that is none: for people to choose from, never taken as the answer."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from gci.core.errors import WrongUsage
from gci.reference.seeds import MemberState, member_states

_MOST = 3
_ALIKE = 0.7


def near(given: str, known: Iterable[str]) -> str:
    """The names that look like `given`, as the end of a message: ` Is 2024@v1 meant?`; empty where none does."""
    return _asked(get_close_matches(given, list(known), _MOST, _ALIKE))


def near_states(given: str, of: Iterable[str] | None = None) -> str:
    """The states whose code or name, in any of the six languages, looks like `given`, as the end of a message.

    Args:
        given: what stands in the place of an alpha-3 code.
        of: codes of the states that may be meant; all member states when not given.
    """
    known = member_states()
    may_be = [known[iso3] for iso3 in (known if of is None else of) if iso3 in known]
    alike = sorted(((-_alike(given.casefold(), one), one.iso3) for one in may_be), key=lambda one: one)
    best = alike[0][0] if alike else 0.0
    # Where one is plainly meant, others are noise.
    close = [iso3 for score, iso3 in alike[:_MOST] if -score >= _ALIKE and (best > -1 or score == best)]
    return _asked([f"{iso3} ({known[iso3].names['en']})" for iso3 in close])


def no_such_state(given: str, where: str, of: Iterable[str]) -> WrongUsage:
    """The error for a state that is not in `where`, whose states are `of`: with those that may be meant."""
    return WrongUsage(
        f"{given!r} is no state of {where}. States are named by ISO 3166 alpha-3, e.g. EST.{near_states(given, of)}"
    )


def _alike(given: str, state: MemberState) -> float:
    """How like a state what was given is, from 0 to 1: its codes, its names, and how they begin."""
    if not given.strip():
        return 0.0
    names = [name.casefold() for name in state.names.values()]
    if given == state.iso2.casefold() or given in names:
        return 1.0
    if len(given) > 2 and any(name.startswith(given) for name in names):
        return 0.9
    spelt = [state.iso3.casefold(), *names] if len(given) <= len(state.iso3) + 1 else names
    return max(SequenceMatcher(None, given, name).ratio() for name in spelt)


def _asked(meant: list[str]) -> str:
    if not meant:
        return ""
    listed = ", ".join(meant[:-1]) + f" or {meant[-1]}" if len(meant) > 1 else meant[0]
    return f" Is {listed} meant?"
