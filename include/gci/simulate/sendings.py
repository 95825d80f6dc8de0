"""Which files a simulated round consists of: formats dealt out, faults planted, exports put together."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from gci.reference import seeds
from gci.simulate.confusable_states import MISTAKEN, SWAPPED, under_the_name_of
from gci.simulate.faults.fault_injection import CONTRADICTION, Fault, contradictory
from gci.simulate.faults.submission_faults import SubmissionFault, labelled
from gci.simulate.formats import submissions
from gci.simulate.formats.csv_file import write as write_csv
from gci.simulate.returns import Return, Sending
from gci.simulate.seeded_random import seeded_random
from gci.simulate.states import State, researched
from gci.simulate.writers import EXPORTS, SHARES, SUFFIXES, WRITERS, refused, taken

NOT_MENDED = 0.2
"""Share of the refused files that no good one follows: the index team then researches the state."""
Planted = TypeVar("Planted")
_EXPORT = {"odk_json": submissions.odk_json, "odk_csv": submissions.odk_csv, "kobo": submissions.kobo}


def deal(
    states: Sequence[State], seed: int, faults: float, formats: tuple[str, ...], at: datetime
) -> tuple[list[Sending], list[State]]:
    """The files of a round, and the states as they came to stand: a state whose file is not mended was researched.

    Args:
        states: every state's part.
        seed: the seed of the round.
        faults: share of the states that answer whose first file is refused, 0 to 1.
        formats: the formats to use.
        at: the moment that exports name as that of submission.
    """
    faulty = _faulty(states, seed, faults, formats)
    singles = [name for name in formats if name in WRITERS]
    earlier = _profiles_of_others(states, singles) | _contradictions(states, seed, faulty, singles) if faults else {}
    unusual = _round(taken(formats)) if faults else iter(())
    sendings: list[Sending] = list(earlier.values())
    settled: list[State] = []
    exported: dict[str, list[Return]] = {}
    spoilt: dict[str, list[Return]] = {}
    for part in states:
        chance = seeded_random(seed, part.iso3, "sending")
        fault = faulty.get(part.iso3)
        if isinstance(fault, SubmissionFault):
            spoilt.setdefault(fault.format, []).append(fault.spoil(part.sent[-1]))
        elif fault:
            sendings.append(_planted(part.iso3, fault, part.sent[-1], 1))
        if fault and chance.random() < NOT_MENDED:
            part = researched(part)
        settled.append(part)
        for number, filled in enumerate(part.sent, 2):
            name = chance.choices(formats, [SHARES[one] for one in formats])[0]
            if name in EXPORTS and (fault or part.iso3 in earlier or len(part.sent) > 1):
                name = singles[0]  # an export would not say which of the state's files came last
            if name in EXPORTS:
                exported.setdefault(name, []).append(filled)
            elif name == "csv" and chance.random() < faults and (odd := next(unusual, None)):
                sendings.append(_planted(part.iso3, odd, filled, number))
            else:
                sendings.append(_sending(filled, name, number))
        if part.desk:
            sendings.append(_sending(part.desk, "csv", 4))
    sendings += [
        _export(name, exported.get(name, []), spoilt.get(name, []), at) for name in sorted({*exported, *spoilt})
    ]
    return sendings, settled


def _faulty(
    states: Sequence[State], seed: int, faults: float, formats: tuple[str, ...]
) -> dict[str, Fault | SubmissionFault]:
    """By state the fault of its first file. Those that were swapped in print are always swapped here."""
    kinds = refused(formats)
    answering = [one.iso3 for one in states if one.sent and one.iso3 not in MISTAKEN]
    chosen = seeded_random(seed, "faults").sample(answering, round(faults * len(answering)))
    swap = next((one for one in kinds if one.name == "another_states_return"), None)
    if swap is None or len(chosen) < len(SWAPPED) or not set(SWAPPED) <= set(answering):
        return dict(zip(chosen, _round(kinds), strict=False))
    others = [iso3 for iso3 in chosen if iso3 not in SWAPPED][: len(chosen) - len(SWAPPED)]
    return dict.fromkeys(SWAPPED, swap) | dict(zip(others, _round(kinds), strict=False))


def _profiles_of_others(states: Sequence[State], singles: Sequence[str]) -> dict[str, Sending]:
    """By state the return of another one that it sends as its own, before its own."""
    said = {one.iso3: one.sent[-1] if one.sent else one.desk for one in states}
    answering = {one.iso3 for one in states if one.sent}
    return {
        iso3: replace(_sending(under_the_name_of(iso3, filled), name, 1), planted="profile_of_another_state")
        for name in singles[:1]
        for iso3, other in MISTAKEN.items()
        if iso3 in answering and (filled := said.get(other))
    }


def _contradictions(
    states: Sequence[State], seed: int, faulty: Container[str], singles: Sequence[str]
) -> dict[str, Sending]:
    """By state a return that contradicts itself, before its own: one for each question that others depend on."""
    free = [one for one in states if one.sent and one.iso3 not in faulty and one.iso3 not in MISTAKEN]
    if not free or not singles:
        return {}
    needed = [one for one in seeds.dependencies(free[0].sent[-1].edition) if one.needs == (one.depends_on,)]
    nodes = list(dict.fromkeys(one.depends_on for one in needed))
    chosen = zip(seeded_random(seed, "contradictions").sample(free, min(len(free), len(nodes))), nodes, strict=False)
    return {
        part.iso3: replace(
            _sending(contradictory(part.sent[-1], node), singles[0], 1),
            planted=CONTRADICTION,
            code=CONTRADICTION,
        )
        for part, node in chosen
    }


def _export(name: str, good: list[Return], spoilt: list[Return], at: datetime) -> Sending:
    """One export of good submissions with the spoilt ones among them."""
    every = [labelled(one) if number == 0 and spoilt else one for number, one in enumerate(good)]
    for place, one in enumerate(spoilt):
        every.insert(2 * place, one)
    return Sending(
        f"{name}_submissions.{SUFFIXES[name]}",
        _EXPORT[name](every, at),
        5,
        name,
        tuple(one.iso3 for one in good),
        planted="submissions among good ones, labels for codes" if spoilt else None,
        verdict="accepted" if good else "refused",
        code=("submission_refused" if good else "no_submission_taken") if spoilt else None,
        refused_submissions=tuple(one.iso3 for one in spoilt),
    )


def _round(faults: Sequence[Planted]) -> Iterator[Planted]:
    """The faults one after the other, again and again."""
    while faults:
        yield from faults


def _planted(iso3: str, fault: Fault, filled: Return, number: int) -> Sending:
    name = f"{iso3}_{number}.{SUFFIXES[fault.format]}"
    states = (iso3,) if fault.verdict == "accepted" else ()
    return Sending(name, fault.write(filled), number, fault.format, states, fault.name, fault.verdict, fault.code)


def _sending(filled: Return, name: str, number: int) -> Sending:
    write = WRITERS.get(name, write_csv)
    who = "" if filled.collector == "state" else "_desk"
    return Sending(f"{filled.iso3}{who}_{number}.{SUFFIXES[name]}", write(filled), number, name, (filled.iso3,))
